"""A desk at work: everything that goes on while nobody looks, turn by turn, for several Spaces on one archive."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.archive.archive import Archive
from bot.archive.feeds import claim_due_feeds
from bot.desk.consequences import open_placer
from bot.desk.correct import owe_corrections
from bot.desk.deliver import Deliverer
from bot.desk.desk import Desk
from bot.desk.digest import Editor
from bot.desk.gather import Gatherer
from bot.desk.outbox import Outbox
from bot.desk.ports import Poster
from bot.desk.recover import Recoverer
from bot.desk.release import release_held
from bot.desk.tick import Tick
from bot.desk.wire import Clock, Tasks, Wire
from bot.index.index import Index
from bot.news.article import Space
from bot.wire.fetch import Fetched

_FEEDS_AT_ONCE = 4
_LONGEST_WAIT = 60.0


@dataclass(kw_only=True, slots=True)
class Work:
    """Something that begins again after so many seconds, later and later while there is nothing to do.

    When something was done, what follows from it begins at once. Of faults that it forgives the next turn comes too.
    """

    every: float
    begin: Callable[[], Awaitable[object]]
    followed_by: Sequence["Work"] = ()
    forgives: tuple[type[Exception], ...] = ()
    is_stirred: asyncio.Event = field(default_factory=asyncio.Event)

    async def go_on(self) -> None:
        """Begin it for ever."""
        wait = self.every
        while True:
            was_busy = False
            with suppress(*self.forgives):
                was_busy = bool(await self.begin())
            for work in self.followed_by if was_busy else ():
                work.is_stirred.set()
            wait = self.every if was_busy else min(2 * wait, max(_LONGEST_WAIT, self.every))
            with suppress(TimeoutError):
                await asyncio.wait_for(self.is_stirred.wait(), wait)
            self.is_stirred.clear()


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a desk has around it: its Spaces, the wire, the posters, the clocks, and a folder.

    `fetch` gives what an address lists at a moment. `passed` hears of every step.
    """

    spaces: Sequence[Space]
    fetch: Callable[[str, datetime], Fetched]
    wire: Wire
    posters: Mapping[str, Poster]
    clock: Clock
    monotonic: Callable[[], float]
    folder: Path
    passed: Callable[[str], None]


async def all_works(archive: Archive, around: Surroundings, tasks: Tasks) -> list[Work]:
    """All that goes on, from reading what is due to looking up what may have arrived.

    What was under way when the desk before ended is taken over first.
    """
    clock, posters = around.clock, around.posters
    outbox = Outbox(
        archive=archive, posters=posters, tasks=tasks, clock=clock, monotonic=around.monotonic, passed=around.passed
    )
    deliverer = Deliverer(outbox)
    recoverer = Recoverer(deliverer)
    await recoverer.start()
    gatherer = Gatherer(archive, around.wire, passed=around.passed)
    editor = Editor(archive, posters, clock, passed=around.passed)
    tick = Tick(archive, clock, around.monotonic)
    placers = [
        open_placer(
            Desk(archive=archive, index=Index.open(around.folder / space, None), space=space),
            posters,
            passed=around.passed,
        )
        for space in around.spaces
    ]

    async def gather() -> int:
        claimed = await archive.write(claim_due_feeds, clock(), _FEEDS_AT_ONCE)
        fetched = [(one, around.fetch(one.feed.address, clock())) for one in claimed]
        gathered = [await gatherer.read(one, clock, answer) for one, answer in fetched]
        return sum(one.added + one.changed for one in gathered)

    async def place() -> int:
        return sum([await placer.place(clock()) for placer in placers])

    delivering = Work(every=10.0, begin=deliverer.begin_due)
    writing = Work(every=20.0, begin=lambda: editor.begin_due(tasks), followed_by=[delivering])
    placing = Work(every=20.0, begin=place, followed_by=[delivering, writing])
    return [
        Work(every=10.0, begin=gather, followed_by=[placing]),
        placing,
        Work(every=10.0, begin=tick.turn, followed_by=[writing]),
        writing,
        Work(every=30.0, begin=lambda: release_held(archive, posters, clock()), followed_by=[delivering]),
        Work(every=30.0, begin=lambda: owe_corrections(archive, posters, clock()), followed_by=[delivering]),
        delivering,
        Work(every=10.0, begin=recoverer.begin_due),
    ]
