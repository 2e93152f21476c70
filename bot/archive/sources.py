"""The sources: what each Space follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.articles import newest_change
from bot.archive.counts import placed_mark
from bot.archive.feeds import FEED_COLUMNS, NewFeed, add_feed, drop_unfollowed, feed_of
from bot.archive.schema import FEEDS, SOURCES
from bot.news.article import Space
from bot.news.source import FeedId, FullText, Source

_COLUMNS = [column for column in SOURCES.c if column.name != "feed"]
_SOURCE = sa.select(*_COLUMNS, *FEED_COLUMNS).select_from(SOURCES.join(FEEDS, FEEDS.c.id == SOURCES.c.feed))


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSource:
    """A feed as a Space wants to follow it: its own name for it, whether pages are read, and who adds it."""

    name: str
    full_text: FullText = "auto"
    by: str | None = None


def follow_feed(db: sa.Connection, space: Space, feed: FeedId, new: NewSource, now: datetime) -> None:
    """Let the Space follow the feed, which is then due at once: what it lists at first has to be filed."""
    row = {"name": new.name, "full_text": new.full_text, "added": now, "added_by": new.by, "skipped": 0}
    db.execute(SOURCES.insert().values(space=space, feed=feed, **row))
    db.execute(FEEDS.update().where(FEEDS.c.id == feed).values(next_read=now, stopped=None))


def note_sources(
    db: sa.Connection, space: Space, named: Sequence[tuple[str, NewFeed]], now: datetime, by: str | None = None
) -> list[str]:
    """The names of those that the Space did not follow yet, of these names and feeds; it follows them from now on.

    A source that is followed keeps the name that it has.
    """
    fresh: dict[FeedId, str] = {}
    for name, new in named:
        feed = add_feed(db, new, now)
        if feed not in fresh and find_source(db, space, feed) is None:
            follow_feed(db, space, feed, NewSource(name=name, by=by), now)
            fresh[feed] = name
    return list(fresh.values())


def find_source(db: sa.Connection, space: Space, feed: FeedId) -> Source | None:
    """The source by which the Space follows the feed; None where it does not."""
    row = db.execute(_SOURCE.where(SOURCES.c.space == space, SOURCES.c.feed == feed)).one_or_none()
    return _source(row) if row else None


def list_sources(db: sa.Connection, space: Space) -> list[Source]:
    """What the Space follows, by name."""
    rows = db.execute(_SOURCE.where(SOURCES.c.space == space).order_by(SOURCES.c.name, FEEDS.c.address))
    return [_source(row) for row in rows]


def source_names(db: sa.Connection, space: Space) -> list[str]:
    """The names of what the Space follows, in order; for every letter that somebody types."""
    named = sa.select(SOURCES.c.name).where(SOURCES.c.space == space).order_by(SOURCES.c.name)
    return list(db.execute(named).scalars())


def followers(db: sa.Connection, feed: FeedId) -> list[Source]:
    """The sources of all Spaces that follow the feed, by Space."""
    return [_source(row) for row in db.execute(_SOURCE.where(SOURCES.c.feed == feed).order_by(SOURCES.c.space))]


def awaits_news(db: sa.Connection, space: Space, due: datetime) -> bool:
    """Whether a source of the Space, due by then, is still to be read, or what was read is still to be placed."""
    if placed_mark(db, space) < newest_change(db, space):
        return True
    is_due = sa.and_(SOURCES.c.space == space, FEEDS.c.next_read <= due, FEEDS.c.stopped.is_(None))
    unread = sa.select(FEEDS.c.id).select_from(SOURCES.join(FEEDS, FEEDS.c.id == SOURCES.c.feed)).where(is_due)
    return db.execute(unread.limit(1)).first() is not None


def note_filed(
    db: sa.Connection, source: Source, *, first_read: datetime, last_new: datetime | None, skipped: int
) -> None:
    """Note for the source that a list of its feed was filed; without new articles the last new one stays as it is."""
    values: dict[str, object] = {"first_read": first_read, "skipped": skipped}
    if last_new is not None:
        values["last_new"] = last_new
    here = sa.and_(SOURCES.c.space == source.space, SOURCES.c.feed == source.feed.id)
    db.execute(SOURCES.update().where(here).values(values))


def remove_source(db: sa.Connection, source: Source) -> None:
    """Let the Space not follow it any more. Its articles stay; a feed that nobody follows is forgotten."""
    db.execute(SOURCES.delete().where(SOURCES.c.space == source.space, SOURCES.c.feed == source.feed.id))
    drop_unfollowed(db, source.feed.id)


def _source(row: sa.Row[tuple[object, ...]]) -> Source:
    return Source(**{column.name: row._mapping[column] for column in _COLUMNS}, feed=feed_of(row))
