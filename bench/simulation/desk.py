"""A desk at work in one life: everything that goes on while nobody looks, turn by turn."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.simulation.front import Front
from bench.simulation.life import Life, LifeTasks
from bench.simulation.person import Person
from bench.simulation.world import Press
from bot.archive.archive import Archive
from bot.archive.feeds import claim_due_feeds, free_feeds
from bot.archive.inbox import close_event, open_events, take_event
from bot.desk.alert import Alerts
from bot.desk.deliver import Deliverer
from bot.desk.desk import Desk
from bot.desk.digest import Editor
from bot.desk.gather import Gatherer
from bot.desk.outbox import Outbox
from bot.desk.place import Placer
from bot.desk.ports import Poster
from bot.desk.recover import Recoverer
from bot.desk.tick import Tick
from bot.desk.wire import Clock, Tasks, Wire
from bot.index.index import Index
from bot.news.article import Space
from bot.writer.development import find_development

_FEEDS_AT_ONCE = 10
_EVENTS_AT_ONCE = 10
_LONGEST_WAIT = 30.0
_UPKEEP_SECONDS = 25.0
_PERSON_SECONDS = 120.0
_LOOK_SECONDS = 10.0


@dataclass(kw_only=True, slots=True)
class Work:
    """Something that begins again after so many seconds, later and later while there is nothing to do.

    When something was done, what follows from it begins at once.
    """

    every: float
    begin: Callable[[], Awaitable[object]]
    followed_by: Sequence["Work"] = ()
    is_stirred: asyncio.Event = field(default_factory=asyncio.Event)

    async def go_on(self) -> None:
        """Begin it for ever."""
        wait = self.every
        while True:
            was_busy = bool(await self.begin())
            for work in self.followed_by if was_busy else ():
                work.is_stirred.set()
            wait = self.every if was_busy else min(2 * wait, max(_LONGEST_WAIT, self.every))
            with suppress(TimeoutError):
                await asyncio.wait_for(self.is_stirred.wait(), wait)
            self.is_stirred.clear()


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a desk has around it: its Spaces, the press, the wire, the posters, the clocks, and a folder."""

    spaces: Sequence[Space]
    press: Press
    wire: Wire
    posters: Mapping[str, Poster]
    clock: Clock
    monotonic: Callable[[], float]
    front: Front
    person: Person
    folder: Path
    upkeep: Sequence[Callable[[Callable[[str], None]], None]]


class LiveDesk:
    """The desks of all Spaces on one archive, in one life."""

    def __init__(self, archive: Archive, life: Life, around: Surroundings) -> None:
        self._archive, self._life, self._around = archive, life, around

    async def work_until(self, is_done: Callable[[], bool]) -> None:
        """Let everything go on until that is so. What one piece of work has done stirs the others."""
        await self._archive.write(free_feeds)
        tasks = LifeTasks(self._life)
        works = await self._works(tasks)
        for work in works:
            tasks.create_task(work.go_on())
        while not is_done():
            await tasks.wait(_LOOK_SECONDS)
        tasks.end()

    async def _works(self, tasks: Tasks) -> list[Work]:
        around, archive, clock = self._around, self._archive, self._around.clock
        outbox = Outbox(
            archive=archive,
            posters=around.posters,
            tasks=tasks,
            clock=clock,
            monotonic=around.monotonic,
            passed=self._life.passed,
        )
        deliverer = Deliverer(outbox)
        recoverer = Recoverer(deliverer)
        await recoverer.start()
        editor = Editor(archive, around.posters, clock, passed=self._life.passed)
        tick = Tick(archive, clock, around.monotonic)
        placers = [self._placer(space) for space in around.spaces]

        async def place() -> int:
            return sum([await placer.place(clock()) for placer in placers])

        delivering = Work(every=5.0, begin=deliverer.begin_due)
        writing = Work(every=15.0, begin=lambda: editor.begin_due(tasks), followed_by=[delivering])
        placing = Work(every=15.0, begin=place, followed_by=[delivering])
        return [
            Work(every=10.0, begin=self._gather, followed_by=[placing]),
            Work(every=10.0, begin=self._take_in),
            placing,
            Work(every=10.0, begin=tick.turn, followed_by=[writing]),
            writing,
            delivering,
            Work(every=5.0, begin=recoverer.begin_due),
            Work(every=_PERSON_SECONDS, begin=lambda: around.person.decide(archive, around.spaces, clock())),
            Work(every=_UPKEEP_SECONDS, begin=self._keep_up),
        ]

    async def _gather(self) -> int:
        """Read the feeds that are due."""
        archive, around = self._archive, self._around
        gatherer = Gatherer(archive, around.wire, passed=self._life.passed)
        claimed = await archive.write(claim_due_feeds, around.clock(), _FEEDS_AT_ONCE)
        fetched = [(one, around.press.fetch(one.feed.address, around.clock())) for one in claimed]
        gathered = [await gatherer.read(one, around.clock, answer) for one, answer in fetched]
        return sum(one.added + one.changed for one in gathered)

    async def _take_in(self) -> int:
        """Take what the platform hands in, say that it arrived, do it, and answer."""
        archive, front, life, now = self._archive, self._around.front, self._life, self._around.clock()
        for event in front.handed_in(now):
            await archive.write(take_event, event)
            front.acknowledge(event)
            life.passed("acknowledged")
        opened = await archive.read(open_events, _EVENTS_AT_ONCE)
        for event in opened:
            reply = await front.carry_out(archive, event, now)
            await archive.write(close_event, event, reply)
            front.answer(event, reply)
            life.passed("answered")
        return len(opened)

    async def _keep_up(self) -> None:
        """What is done to the database beside the work."""
        for upkeep in self._around.upkeep:
            upkeep(self._life.passed)

    def _placer(self, space: Space) -> Placer:
        desk = Desk(archive=self._archive, index=Index.open(self._around.folder / space, None), space=space)
        alerts = Alerts(desk, self._around.posters)
        return Placer(
            desk,
            prepare_alerts=alerts.prepare,
            raise_alerts=alerts.raise_alerts,
            find_development=find_development,
            passed=self._life.passed,
        )
