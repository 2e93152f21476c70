"""The Spaces: the front desk of each, opened when it is asked for or has news, and what goes on in all of them."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.archive.archive import Archive
from bot.archive.articles import newest_changes
from bot.archive.counts import placed_marks
from bot.desk.catch_up import catch_up, index_meaning, index_words
from bot.desk.consequences import open_placer
from bot.desk.desk import Desk
from bot.desk.follow import SourceDesk
from bot.desk.front import FrontDesk
from bot.desk.gather import Gatherer
from bot.desk.place import Placer
from bot.desk.telling import Posters
from bot.desk.wire import Clock, Tasks
from bot.index.index import Index
from bot.news.article import Space

_NAME = re.compile(r"[A-Za-z0-9-]{1,100}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What the front desks of all Spaces stand on."""

    archive: Archive
    gatherer: Gatherer
    posters: Posters
    clock: Clock
    tasks: Tasks
    open_index: Callable[[Space], Index]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Open:
    """What was opened for one Space. Its index is changed by one at a time."""

    front: FrontDesk
    placer: Placer
    indexing: asyncio.Lock


class Spaces:
    """See bot.desk.front.Fronts."""

    def __init__(self, ground: Ground, first: Desk) -> None:
        self._ground = ground
        self._opening: defaultdict[Space, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._open = {first.space: self._around(first)}

    @property
    def archive(self) -> Archive:
        """See Fronts."""
        return self._ground.archive

    @property
    def clock(self) -> Clock:
        """See Fronts."""
        return self._ground.clock

    @property
    def tasks(self) -> Tasks:
        """See Fronts."""
        return self._ground.tasks

    async def at(self, space: Space) -> FrontDesk:
        """See Fronts."""
        return (await self._opened(space)).front

    async def index_words(self) -> None:
        """Let what was filed in any Space be found by words."""
        for space, newest in (await self.archive.read(newest_changes)).items():
            one = await self._opened(space)
            if newest > one.front.desk.index.seq:
                async with one.indexing:
                    await index_words(one.front.desk)

    async def index_meaning(self) -> None:
        """Let what was filed in any Space be found by meaning."""
        for space, newest in (await self.archive.read(newest_changes)).items():
            desk = (await self._opened(space)).front.desk
            if newest > desk.index.seq_of_meaning:
                await index_meaning(desk)

    async def place(self) -> bool:
        """Give what was filed in any Space its place in a story, with all that follows; whether there was any to do.

        A Space without news does ahead a part of what its next news would wait for.
        """
        has_done = False
        placed = await self.archive.read(placed_marks)
        for space, newest in (await self.archive.read(newest_changes)).items():
            if newest > placed.get(space, 0):
                has_done |= await (await self._opened(space)).placer.place(self.clock()) > 0
            elif space in self._open:
                has_done |= await self._open[space].placer.look_ahead()
        return has_done

    def indexed(self) -> Mapping[Space, int]:
        """The newest change that can be found by words, of each Space that is open."""
        return {space: one.front.desk.index.seq for space, one in self._open.items()}

    async def _opened(self, space: Space) -> _Open:
        if space not in self._open:
            async with self._opening[space]:
                if space not in self._open:
                    self._open[space] = await self._open_new(space)
        return self._open[space]

    async def _open_new(self, space: Space) -> _Open:
        if not _NAME.fullmatch(space):
            raise ValueError("the name of a Space becomes that of a folder")
        index = await asyncio.to_thread(self._ground.open_index, space)
        desk = Desk(archive=self.archive, index=index, space=space)
        await catch_up(desk, progress=_show_nothing, vectors=False)
        return self._around(desk)

    def _around(self, desk: Desk) -> _Open:
        ground = self._ground
        sources = SourceDesk(archive=ground.archive, gatherer=ground.gatherer, space=desk.space, clock=ground.clock)
        return _Open(
            front=FrontDesk(desk=desk, sources=sources),
            placer=open_placer(desk, ground.posters),
            indexing=asyncio.Lock(),
        )


def _show_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Nobody watches the progress."""
