"""Writes that wait for each other share a commit, and each is kept or refused by itself all the same."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from threading import Event as Gate
from typing import Any

import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.inbox import Event, find_event, take_event
from bot.errors import RequestError
from bot.news.article import Space

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPACE = Space("T1")


def _event(name: str) -> Event:
    return Event(space=SPACE, platform="slack", event=name, body="", received=NOW, reply=None)


def _is_kept(archive: Archive, name: str) -> bool:
    return archive.read_now(find_event, SPACE, "slack", name) is not None


def _take_and_refuse(db: Db, event: Event) -> None:
    take_event(db, event)
    raise RequestError("No.")


def _take_badly(db: Db, event: Event) -> None:
    take_event(db, event)
    db.execute(sa.text("no such statement"))


class _End(BaseException):
    """Stands for the end of the process."""


def _take_and_end(db: Db, event: Event) -> None:
    take_event(db, event)
    raise _End


async def _behind_each_other(archive: Archive, *writes: Coroutine[Any, Any, object]) -> list[object]:
    """What the writes gave, or raised, most of which waited while something else was written."""
    gate = Gate()

    async def open_gate() -> None:
        gate.set()

    first = archive.write(lambda _db: gate.wait())
    found = await asyncio.gather(first, *writes, open_gate(), return_exceptions=True)
    return found[1:-1]


def _later(archive: Archive, fn: Callable[[Db, Event], object], event: Event) -> Coroutine[Any, Any, object]:
    return archive.write(fn, event)


async def test_what_waits_together_is_all_kept(archive: Archive) -> None:
    names = [f"Ev{number}" for number in range(40)]
    found = await _behind_each_other(archive, *(_later(archive, take_event, _event(name)) for name in names))
    assert found == [True] * 40
    assert all(_is_kept(archive, name) for name in names)


async def test_one_that_is_refused_leaves_nothing_behind_and_the_others_are_kept(archive: Archive) -> None:
    found = await _behind_each_other(
        archive,
        _later(archive, take_event, _event("first")),
        _later(archive, _take_and_refuse, _event("refused")),
        _later(archive, take_event, _event("last")),
    )
    assert [type(one) for one in found] == [bool, RequestError, bool]
    assert [_is_kept(archive, name) for name in ("first", "refused", "last")] == [True, False, True]


async def test_one_that_the_database_refuses_leaves_nothing_behind_and_the_others_are_kept(archive: Archive) -> None:
    found = await _behind_each_other(
        archive,
        _later(archive, take_event, _event("first")),
        _later(archive, _take_badly, _event("bad")),
        _later(archive, take_event, _event("last")),
    )
    assert found[0] is True and found[2] is True
    assert isinstance(found[1], Exception)
    assert [_is_kept(archive, name) for name in ("first", "bad", "last")] == [True, False, True]


async def test_the_same_thing_written_twice_at_once_is_done_once(archive: Archive) -> None:
    found = await _behind_each_other(archive, *(_later(archive, take_event, _event("same")) for _ in range(5)))
    assert sorted(map(bool, found)) == [False] * 4 + [True]


async def test_where_the_process_is_to_end_only_what_is_kept_is_answered_as_kept(
    archive: Archive,
) -> None:
    found = await _behind_each_other(
        archive,
        _later(archive, take_event, _event("first")),
        _later(archive, _take_and_end, _event("end")),
        _later(archive, take_event, _event("last")),
    )
    assert isinstance(found[1], _End)
    kept = [_is_kept(archive, name) for name in ("first", "end", "last")]
    assert kept == [found[0] is True, False, found[2] is True]


async def test_a_write_that_nobody_waits_for_any_more_is_left_out(archive: Archive) -> None:
    left = asyncio.ensure_future(_later(archive, take_event, _event("left")))

    async def leave() -> None:
        left.cancel()

    gate = Gate()
    holding = asyncio.ensure_future(archive.write(lambda _db: gate.wait()))
    found = await asyncio.gather(left, leave(), return_exceptions=True)
    gate.set()
    await holding
    await archive.write(take_event, _event("next"))
    assert isinstance(found[0], asyncio.CancelledError)
    assert _is_kept(archive, "next")
