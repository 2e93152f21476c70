"""Digests and alerts: what a channel is told without asking."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.news.briefing import Citation, Point
from bot.news.story import StoryId
from bot.news.trend import Trend

Length = Literal["short", "normal", "long"]
Because = Literal["changed", "withdrawn", "contradicted"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """Why a story stands where it does: what each reason gave, by its name, and their sum."""

    score: float
    parts: dict[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestItem:
    """One story of a digest: headline, one or two cited sentences, the independent publishers, the link to read.

    `kind` says whether the channel hears of it for the first time; `change` is what changed since it last did, as a
    point with its proof. `development` is how far the story had come.
    """

    story: StoryId
    development: int
    kind: Literal["new", "update"]
    headline: str
    change: Point | None
    points: tuple[Point, ...]
    publishers: tuple[str, ...]
    url: str | None
    ranking: Ranking


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """What a channel is told at a set time: what changed since the last one, then the stories, the first most.

    `start` and `end` are what it covers. `late_since` is when it was first due, of one that comes late over a gap.
    `ended` are headlines of stories told before, of which nothing new has come. No items, nothing ended: nothing new.
    `trend` is how many stories a day there were of late, where there is something to see in it.
    """

    topic: str | None
    start: datetime
    end: datetime
    late_since: datetime | None
    items: tuple[DigestItem, ...]
    ended: tuple[str, ...]
    more: int
    citations: tuple[Citation, ...]
    trend: Trend | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a watch met an article: the topic as it was typed, the words or the meaning that fired, and where.

    `sentence` is the sentence of the article, word for word. `words` are those of the rule that it holds, as they stand
    there; `meaning` is how near it came where the rule is a description, with `needed`, from which on it fires.
    """

    topic: str
    words: tuple[str, ...]
    meaning: float | None
    needed: float | None
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """A watched topic met a story. `change` is what changed, of a story that the watch has told before.

    `point` is the sentence in which it did; None where that says what changed, or where no sentence is fit to be shown.
    `ping` is the role that it calls.
    """

    watch: int
    story: StoryId
    development: int
    headline: str
    point: Point | None
    change: Point | None
    publishers: tuple[str, ...]
    url: str | None
    reason: Reason
    citations: tuple[Citation, ...]
    ping: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertBatch:
    """Several alerts of one watch in one message: what was held for the hour, the day or the morning.

    `more` are headlines with links, of those beyond what one hour may bring. `ping` is the role that it calls.
    """

    watch: int
    topic: str
    why_held: str
    alerts: tuple[Alert, ...]
    more: tuple[tuple[str, str | None], ...]
    ping: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrectionNote:
    """What a channel was told and what is true now: the old words, the new ones with their proof (None: withdrawn)."""

    shown_in: str
    quote: str
    instead: Point | None
    because: Because
    headline: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainNotice:
    """Plain words from the desk itself: nothing new, a place that is closed, a feed that was given up."""

    sentence: str


Dispatch = Digest | Alert | AlertBatch | CorrectionNote | PlainNotice
"""Whatever the desk tells a channel without being asked."""
