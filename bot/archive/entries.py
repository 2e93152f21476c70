"""The entries that feeds have listed, and the pages behind them that are still to be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.archive.kept import portions
from bot.archive.schema import ENTRIES, FEEDS
from bot.news.source import FeedId
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEntry:
    """An entry as its feed listed it last: what recognises it before it is parsed, and what it said."""

    key: str
    raw: str
    digest: str
    page: str | None
    page_read: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedPage:
    """A page behind an entry of a feed, to be read for its full text."""

    feed: FeedId
    key: str
    page: str
    tries: int


def known_entries(db: sa.Connection, feed: FeedId) -> dict[str, KnownEntry]:
    """The entries that the feed has listed, by key."""
    columns = (ENTRIES.c[name] for name in ("key", "raw", "digest", "page", "page_read"))
    rows = db.execute(sa.select(*columns).where(ENTRIES.c.feed == feed))
    return {row.key: KnownEntry(**row._mapping) for row in rows}


def keep_entries(db: sa.Connection, feed: FeedId, entries: Sequence[KnownEntry], now: datetime) -> None:
    """Keep the entries as they were listed now; `page` is owed from now on where it was not read yet."""
    for some in portions(entries):
        keys = [entry.key for entry in some]
        kept = sa.select(ENTRIES.c.key, ENTRIES.c.seen).where(ENTRIES.c.feed == feed, ENTRIES.c.key.in_(keys))
        seen = {row.key: row.seen for row in db.execute(kept)}
        db.execute(ENTRIES.delete().where(ENTRIES.c.feed == feed, ENTRIES.c.key.in_(keys)))
        rows = [
            {
                "feed": feed,
                "key": entry.key,
                "raw": entry.raw,
                "digest": entry.digest,
                "seen": seen.get(entry.key, now),
                "listed": now,
                "page": entry.page,
                "page_next": now if entry.page and entry.page_read is None else None,
                "page_tries": 0,
                "page_read": entry.page_read,
            }
            for entry in some
        ]
        db.execute(ENTRIES.insert(), rows)


def note_listed(db: sa.Connection, feed: FeedId, keys: Iterable[str], now: datetime) -> None:
    """Note that the feed still lists these entries, unchanged."""
    for some in portions(keys):
        db.execute(ENTRIES.update().where(ENTRIES.c.feed == feed, ENTRIES.c.key.in_(some)).values(listed=now))


def forget_entries(db: sa.Connection, now: datetime) -> int:
    """How many entries were forgotten that no feed has listed for long."""
    before = now - timedelta(days=defaults.ENTRIES_KEPT_DAYS)
    still_read = sa.select(FEEDS.c.id).where(FEEDS.c.last_read > before)
    gone = ENTRIES.delete().where(ENTRIES.c.listed < before, ENTRIES.c.feed.in_(still_read))
    return db.execute(gone).rowcount


def claim_owed_pages(db: sa.Connection, now: datetime, limit: int) -> list[OwedPage]:
    """Pages that are to be read now, newest entry first; nobody else claims them before a lease ends."""
    due = (
        sa.select(ENTRIES.c.feed, ENTRIES.c.key, ENTRIES.c.page, ENTRIES.c.page_tries)
        .where(ENTRIES.c.page_next <= now)
        .order_by(ENTRIES.c.seen.desc())
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = db.execute(due).all()
    lease = now + timedelta(seconds=defaults.POLL_LEASE_SECONDS)
    for row in rows:
        here = sa.and_(ENTRIES.c.feed == row.feed, ENTRIES.c.key == row.key)
        db.execute(ENTRIES.update().where(here).values(page_next=lease))
    return [OwedPage(feed=row.feed, key=row.key, page=row.page, tries=row.page_tries) for row in rows]


def settle_page(db: sa.Connection, owed: OwedPage, *, read: datetime | None, next_try: datetime | None) -> None:
    """Note that the page was read, or when it is tried again; neither means that it is given up."""
    here = sa.and_(ENTRIES.c.feed == owed.feed, ENTRIES.c.key == owed.key)
    values = {"page_read": read, "page_next": next_try, "page_tries": owed.tries + 1}
    db.execute(ENTRIES.update().where(here).values(values))
