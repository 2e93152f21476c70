"""What a reader asks: the kind of answer wanted, the names, publishers and times in it, and its parts."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from bot.news.times import Window


class Wanted(Enum):
    """The kind of answer a question wants."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    AMOUNT = "how much"
    SAID = "what was said"
    YES_NO = "yes or no"
    LIST = "list"
    WHY = "why"
    BACKGROUND = "background"
    WHAT = "what"


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A part of a question that can be searched for by itself: its stems and the publishers it names."""

    stems: tuple[str, ...]
    publishers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question as understood.

    `stems` are those of its own words, in order, without stop words, publishers and dates; `names` the keys of people,
    places and organisations. `publishers` are names that the archive has, `unknown_publishers` outlets that it lacks.
    `windows` are the times named; `about_now` says that the newest state is wanted.
    """

    text: str
    now: datetime
    zone: ZoneInfo
    wanted: Wanted
    stems: tuple[str, ...]
    names: tuple[str, ...]
    publishers: tuple[str, ...] = ()
    unknown_publishers: tuple[str, ...] = ()
    windows: tuple[Window, ...] = ()
    about_now: bool = False
    clauses: tuple[Clause, ...] = ()
