"""What a platform hands in is answered once, whatever it repeats, and also when the desk ended meanwhile."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.archive.archive import Archive
from bot.archive.inbox import Event, find_event
from bot.desk.reception import Reception
from bot.news.article import Space
from bot.schedule import Workers

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVENT = Event(space=Space("slack-T1"), platform="slack", event="Ev1", body="{}", received=NOW, reply=None)


@dataclass
class Answering:
    """Answers what comes, or ends with its process before that."""

    ends: bool = False
    answered: list[tuple[str, bool]] = field(default_factory=list)

    async def answer(self, event: Event, again: bool) -> str:
        self.answered.append((event.event, again))
        if self.ends:
            raise asyncio.CancelledError
        return "answered"


def reception(archive: Archive, answering: Answering, tasks: Workers) -> Reception:
    return Reception(archive, "slack", tasks, answering.answer)


async def test_what_is_handed_in_again_is_answered_once(archive: Archive) -> None:
    answering, tasks = Answering(), Workers()
    at = reception(archive, answering, tasks)
    assert [await at.take(EVENT) for _ in range(3)] == [True, False, False]
    await tasks.finish(5)
    assert answering.answered == [("Ev1", False)]
    found = archive.read_now(find_event, EVENT.space, "slack", "Ev1")
    assert found is not None and found.reply == "answered"


async def test_what_was_open_when_the_desk_ended_is_answered_afterwards_and_only_that(archive: Archive) -> None:
    ended, tasks = Answering(ends=True), Workers()
    await reception(archive, ended, tasks).take(EVENT)
    await tasks.finish(5)
    answering = Answering()
    assert await reception(archive, answering, tasks).resume() == 1
    await tasks.finish(5)
    assert answering.answered == [("Ev1", True)]
    assert await reception(archive, answering, tasks).resume() == 0


async def test_another_platforms_events_are_left_to_it(archive: Archive) -> None:
    tasks = Workers()
    await reception(archive, Answering(ends=True), tasks).take(EVENT)
    await tasks.finish(5)
    assert await Reception(archive, "discord", tasks, Answering().answer).resume() == 0
