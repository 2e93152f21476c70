"""Front desks for the tests: that of the home Space, and empty ones for others."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.archive.archive import Archive
from bot.desk.desk import Desk
from bot.desk.follow import SourceDesk
from bot.desk.front import FrontDesk
from bot.desk.gather import Gatherer
from bot.news.article import LOCAL, Space
from bot.schedule import Workers
from tests.desk.paper import open_desk


class Working(Workers):
    """Tasks that can be waited for."""

    @property
    def is_busy(self) -> bool:
        return bool(self._tasks)


@dataclass(kw_only=True)
class Desks:
    """See bot.desk.front.Fronts. Where there is a `fault`, no desk can be opened."""

    home: Desk
    folder: Path
    gatherer: Gatherer
    at_now: datetime
    tasks: Working = field(default_factory=Working)
    fault: Exception | None = None
    opened: dict[Space, Desk] = field(default_factory=dict)

    @property
    def archive(self) -> Archive:
        return self.home.archive

    def clock(self) -> datetime:
        return self.at_now

    async def at(self, space: Space) -> FrontDesk:
        if self.fault is not None:
            raise self.fault
        if space != LOCAL and space not in self.opened:
            self.opened[space] = open_desk(self.archive, self.folder, space)
        desk = self.home if space == LOCAL else self.opened[space]
        sources = SourceDesk(archive=self.archive, gatherer=self.gatherer, space=space, clock=self.clock)
        return FrontDesk(desk=desk, sources=sources)
