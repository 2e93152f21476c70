"""The entries that feeds have listed, and the pages behind them that are still to be read."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema import ENTRIES, FEEDS
from bot.news.source import FeedId
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownEntry:
    """An entry as its feed listed it last: what recognises it before it is parsed (`raw`), and what it said (`digest`).

    `given_id` is the id that the feed gave it, which others may have too. `page` is the page behind it; `page_read` is
    when its full text was read there. `listed` is when the feed last listed it.
    """

    key: str
    raw: str
    digest: str
    given_id: str | None
    page: str | None
    page_read: datetime | None
    listed: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedPage:
    """A page behind an entry of a feed, to be read for its full text; perhaps it was read before and has changed."""

    feed: FeedId
    key: str
    page: str
    tries: int
    was_read: bool


def known_entries(db: sa.Connection, feed: FeedId) -> dict[str, KnownEntry]:
    """The entries that the feed has listed, by key."""
    columns = (ENTRIES.c[name] for name in ("key", "raw", "digest", "given_id", "page", "page_read", "listed"))
    rows = db.execute(sa.select(*columns).where(ENTRIES.c.feed == feed))
    return {row.key: KnownEntry(**row._mapping) for row in rows}


def keep_entries(
    db: sa.Connection, feed: FeedId, entries: Sequence[KnownEntry], now: datetime, *, owed: Container[str] = ()
) -> None:
    """Keep the entries as they are listed now; the pages behind those with the owed keys are to be read."""
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
                "given_id": entry.given_id,
                "seen": seen.get(entry.key, now),
                "listed": entry.listed,
                "page": entry.page,
                "page_next": now if entry.key in owed else None,
                "page_tries": 0,
                "page_read": entry.page_read,
            }
            for entry in some
        ]
        insert_rows(db, ENTRIES, rows)


def renew_raw(db: sa.Connection, feed: FeedId, key: str, raw: str, now: datetime) -> None:
    """Note that the feed lists the entry in other bytes, which say the same."""
    here = sa.and_(ENTRIES.c.feed == feed, ENTRIES.c.key == key)
    db.execute(ENTRIES.update().where(here).values(raw=raw, listed=now))


def note_listed(db: sa.Connection, feed: FeedId, keys: Iterable[str], now: datetime) -> None:
    """Note that the feed still lists these entries, unchanged."""
    for some in portions(keys):
        db.execute(ENTRIES.update().where(ENTRIES.c.feed == feed, ENTRIES.c.key.in_(some)).values(listed=now))


def forget_entries(db: sa.Connection, now: datetime) -> int:
    """How many entries were forgotten that no feed has listed for long."""
    before = now - timedelta(days=defaults.ENTRIES_KEPT_DAYS)
    # A feed that has listed something new since has noted then what it still listed.
    renewed = sa.select(FEEDS.c.id).where(FEEDS.c.last_new > before)
    gone = ENTRIES.delete().where(ENTRIES.c.listed < before, ENTRIES.c.feed.in_(renewed))
    return db.execute(gone).rowcount


def claim_owed_pages(db: sa.Connection, now: datetime, limit: int) -> list[OwedPage]:
    """Pages that are to be read now, newest entry first; nobody else claims them before a lease ends."""
    due = (
        sa.select(*(ENTRIES.c[name] for name in ("feed", "key", "page", "page_tries", "page_read")))
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
    return [
        OwedPage(feed=row.feed, key=row.key, page=row.page, tries=row.page_tries, was_read=row.page_read is not None)
        for row in rows
    ]


def count_owed_pages(db: sa.Connection) -> int:
    """How many pages are still to be read."""
    owed = sa.select(sa.func.count()).select_from(ENTRIES).where(ENTRIES.c.page_next.is_not(None))
    return int(db.execute(owed).scalar_one())


def settle_page(db: sa.Connection, owed: OwedPage, *, read: datetime | None, next_try: datetime | None) -> None:
    """Note that the page was read, or when it is tried again; neither means that it is given up."""
    here = sa.and_(ENTRIES.c.feed == owed.feed, ENTRIES.c.key == owed.key)
    values: dict[str, object] = {"page_next": next_try, "page_tries": owed.tries + 1}
    if read is not None:
        values["page_read"] = read
    db.execute(ENTRIES.update().where(here).values(values))
