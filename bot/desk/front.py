"""The front desks: where what people ask is carried out, one for each Space."""

from dataclasses import dataclass
from typing import Protocol

from bot.archive.archive import Archive
from bot.desk.desk import Desk
from bot.desk.follow import SourceDesk
from bot.desk.wire import Clock, Tasks
from bot.news.article import Space


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontDesk:
    """The desk of one Space, and where its sources are looked after."""

    desk: Desk
    sources: SourceDesk


class Fronts(Protocol):
    """The front desks of all Spaces. `tasks` is where work goes on that nobody waits for; it is finished at the end."""

    @property
    def archive(self) -> Archive:
        """What all of them stand on."""

    @property
    def clock(self) -> Clock:
        """Gives the moment."""

    @property
    def tasks(self) -> Tasks:
        """See above."""

    async def at(self, space: Space) -> FrontDesk:
        """The front desk of the Space, opened when it is first asked for."""
