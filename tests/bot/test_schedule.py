"""Work begins again and again, and what goes wrong in one piece harms no other."""

import asyncio
import logging

import pytest

from bot.schedule import Ticker, Workers


async def test_work_that_fails_is_logged_and_begun_again(caplog: pytest.LogCaptureFixture) -> None:
    turns: list[str] = []
    enough, ended = asyncio.Event(), []

    async def fails() -> None:
        turns.append("fails")
        raise ValueError("no")

    async def works() -> None:
        turns.append("works")
        if turns.count("works") >= 3 and turns.count("fails") >= 2:
            enough.set()

    ticker = Ticker(ended.append)
    ticker.every(0.01, "failing", fails)
    ticker.every(0.01, "working", works)
    with caplog.at_level(logging.ERROR):
        ticker.start()
        async with asyncio.timeout(30):
            await enough.wait()
        ticker.stop()
    assert set(ended) == {"working"}
    assert "work failed" in caplog.text


async def test_work_that_has_not_ended_is_not_begun_a_second_time() -> None:
    at_once, most, seen = 0, 0, asyncio.Event()
    other_turns = 0

    async def slow() -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await seen.wait()
        at_once -= 1

    async def counts() -> None:
        nonlocal other_turns
        other_turns += 1
        if other_turns == 5:
            seen.set()

    ticker = Ticker(lambda _name: None)
    ticker.every(0.01, "slow", slow)
    ticker.every(0.01, "counting", counts)
    ticker.start()
    async with asyncio.timeout(30):
        await seen.wait()
    ticker.stop()
    assert most == 1


async def test_a_task_that_fails_ends_alone_and_the_late_are_broken_off(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    async def fails() -> None:
        raise ValueError("no")

    async def works() -> None:
        done.append("works")

    async def never_ends() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            done.append("broken off")

    workers = Workers()
    for work in (fails, works, never_ends):
        workers.create_task(work())
    await workers.finish(0.05)
    assert done == ["works", "broken off"]
    assert "task failed" in caplog.text
