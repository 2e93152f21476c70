"""A desk at work in one life: everything that goes on while nobody looks, tick by tick."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.simulation.life import Life
from bench.simulation.world import Press
from bot.archive.archive import Archive
from bot.archive.feeds import claim_due_feeds, free_feeds
from bot.desk.desk import Desk
from bot.desk.gather import Gatherer
from bot.desk.place import Placer
from bot.desk.wire import Wire
from bot.index.index import Index
from bot.news.article import Space

_FEEDS_AT_ONCE = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """Something that begins again every so many seconds."""

    every: float
    begin: Callable[[], Awaitable[object]]


class LiveDesk:
    """The desk of some Spaces on one archive, as it lives until it is ended or stopped."""

    def __init__(self, archive: Archive, life: Life, clock: Callable[[], datetime]) -> None:
        self._archive, self._life, self._clock = archive, life, clock

    def works(self, press: Press, wire: Wire, spaces: Sequence[Space], folder: Path) -> list[Work]:
        """All that goes on."""
        gatherer = Gatherer(self._archive, wire, passed=self._life.passed)
        desks = [Desk(archive=self._archive, index=Index.open(folder / space, None), space=space) for space in spaces]
        placers = [Placer(desk) for desk in desks]

        async def gather() -> None:
            for claimed in await self._archive.write(claim_due_feeds, self._clock(), _FEEDS_AT_ONCE):
                answer = press.fetch(claimed.feed.address, self._clock())
                await gatherer.read(claimed, self._clock, answer)

        async def place() -> None:
            for placer in placers:
                await placer.place(self._clock())

        return [Work(every=5, begin=gather), Work(every=2, begin=place)]

    async def live(self, works: Sequence[Work]) -> None:
        """Go on for ever."""
        self._archive.write_now(free_feeds)
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(_again_and_again(work))


async def _again_and_again(work: Work) -> None:
    while True:
        await asyncio.sleep(work.every)
        await work.begin()
