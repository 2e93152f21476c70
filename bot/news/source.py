"""Sources, and the feeds that are read for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NewType

from bot.news.article import Space

FeedId = NewType("FeedId", int)

Kind = Literal["feed", "page"]
FullText = Literal["auto", "always", "never"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowedFeed:
    """An address that is read again and again, once for all Spaces that follow it, and how its readings went.

    `last_read` is the last reading that went well. `failures` counts those that have failed since; `fault` and `code`
    are those of the last one. `stopped` is when it was given up. `gap_seconds` is the usual time between new entries.
    `moved_to` is where only permanent redirects have led, `moved_times` times since `moved_since`.
    """

    id: FeedId
    address: str
    kind: Kind
    user: str | None
    site: str | None
    next_read: datetime
    last_read: datetime | None
    last_new: datetime | None
    gap_seconds: float | None
    failures: int
    failing_since: datetime | None
    code: str | None
    fault: str | None
    stopped: datetime | None
    moved_to: str | None
    moved_since: datetime | None
    moved_times: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A place that a Space follows: its own name for it, who added it, and the feed that is read for it.

    `full_text` says whether pages are read where the feed gives only a teaser. `first_read` is when the feed's first
    list was filed; what it lists later is new. `skipped` counts entries that were too many to be read.
    """

    space: Space
    name: str
    full_text: FullText
    added: datetime
    added_by: str | None
    first_read: datetime | None
    last_new: datetime | None
    skipped: int
    feed: FollowedFeed


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Plain words for whoever added a source (`to`; None for the operator)."""

    space: Space
    key: str
    to: str | None
    sentence: str
    made: datetime
