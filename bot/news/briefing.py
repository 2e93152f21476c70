"""What the desk tells a reader: points, figures, conflicts and the citations that carry them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.news.article import ArticleId
from bot.news.story import StoryId
from bot.news.trend import Trend


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """Proof shown to the reader. `quote` stands word for word in the stored text of that version of the article.

    `number` counts from 1 in the order of first use. `article` is the importer's name for it, `source` the publisher.
    """

    number: int
    article: str
    article_id: ArticleId
    version: int
    source: str
    title: str
    url: str | None
    published: datetime | None
    published_day_only: bool
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """One statement and the numbers of its citations, never empty.

    `text` is the source's own sentence, perhaps with a name in [brackets] that makes it readable on its own.
    `as_of` is set where a newer statement replaced an older one; `superseded` marks the older one.
    """

    text: str
    citations: tuple[int, ...]
    as_of: datetime | None = None
    superseded: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A number with what it measures, its status (None, "in force", "paused", "proposed", "denied", "superseded")
    and its proof.
    """

    value: str
    of: str
    status: str | None
    citations: tuple[int, ...]
    as_of: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictValue:
    """One of the values that sources give for one thing."""

    value: str
    citations: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Values that sources give differently for one thing, newest first."""

    of: str
    values: tuple[ConflictValue, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Searched:
    """What was looked through: counts, and the dates of the oldest and newest article (None in an empty archive)."""

    articles: int
    sources: int
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Points for a question, the direct answer first; no points means the articles hold no answer.

    `as_of` is the date of the newest article cited. `nearest` is the closest coverage, only when nothing was found.
    `words_only` says that meaning was not used (no weights, or their vectors are still behind).
    `read_as` is the question as resolved against the conversation, when that differs from what was typed.
    """

    question: str
    status: Literal["answered", "nothing_found"]
    as_of: datetime | None
    points: tuple[Point, ...]
    figures: tuple[Figure, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    citations: tuple[Citation, ...] = ()
    searched: Searched
    nearest: tuple[Citation, ...] = ()
    read_as: str | None = None
    words_only: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class BriefItem:
    """One story of a brief: its headline, one or two cited sentences, and how many publishers carry it.

    `story` is its number, where it was placed already.
    """

    headline: str
    points: tuple[Point, ...]
    publishers: tuple[str, ...]
    story: StoryId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Brief:
    """The lines that matter, then the stories; both empty when there is no news in the window.

    `trend` is how many stories a day there were of late, where there is something to see in it.
    """

    topic: str | None
    as_of: datetime | None
    points: tuple[Point, ...]
    stories: tuple[BriefItem, ...]
    citations: tuple[Citation, ...]
    searched: Searched
    trend: Trend | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundPassage:
    """A passage that search found, best first; `score` is comparable within one query only."""

    article: str
    source: str
    title: str
    url: str | None
    published: datetime | None
    published_day_only: bool
    text: str
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One input that was not taken in, and why; the code names the kind of fault where it has one ("O05")."""

    where: str
    reason: str
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeat:
    """An article that repeats one already kept; `likeness` is the shared part of their three-word runs, 1.0 when
    equal.
    """

    article: str
    of: str
    likeness: float


@dataclass(kw_only=True, slots=True)
class Intake:
    """What an `add` did: names of the articles added and changed, the repeats, the refusals, and sources noted from
    OPML.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    repeated: list[Repeat] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
