"""Watches: topics that a channel is told of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType
from zoneinfo import ZoneInfo

from bot.news.article import Space
from bot.news.place import Place
from bot.news.quiet import QuietHours

WatchId = NewType("WatchId", int)

Cadence = Literal["at once", "hourly", "daily"]
Lets = Literal["nothing", "severe"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewWatch:
    """A topic that somebody wants to be told of: where, how soon, and when not.

    `topic` is as it was typed, and `topic_key` what all spellings of it have in common. `quiet_lets` says what is told
    in the quiet hours. `an_hour` is how many alerts one hour may bring; the others are named in a summary. `ping` is
    the role that its alerts call, by its platform's own id.
    """

    place: Place
    topic: str
    topic_key: str
    zone: ZoneInfo
    cadence: Cadence = "at once"
    quiet: QuietHours | None = None
    quiet_lets: Lets = "nothing"
    an_hour: int
    ping: str | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """A watched topic. It has a number that is its own and no subscription's in the Space."""

    id: WatchId
    place: Place
    topic: str
    topic_key: str
    zone: ZoneInfo
    cadence: Cadence
    quiet: QuietHours | None
    quiet_lets: Lets
    an_hour: int
    ping: str | None
    made: datetime
    made_by: str | None
    muted_until: datetime | None

    @property
    def space(self) -> Space:
        """Whose it is."""
        return self.place.space
