"""The feeds: what is read again and again, which are due, and how their readings went."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

import sqlalchemy as sa

from bot.archive.schema import ENTRIES, FEEDS, SOURCES, short_key
from bot.news.source import FeedId, FollowedFeed, Kind
from config import defaults

PUBLIC = "public"
"""The scope of addresses that anybody may read; they are read once for all Spaces."""

FEED_COLUMNS = (
    *(FEEDS.c[name] for name in ("id", "address", "kind", "user", "site", "next_read", "last_read", "last_new")),
    *(FEEDS.c[name] for name in ("gap_seconds", "failures", "failing_since", "code", "fault", "stopped")),
    *(FEEDS.c[name] for name in ("moved_to", "moved_since", "moved_times")),
)
"""The columns that make a FollowedFeed."""

_CLAIMABLE = sa.select(
    *FEED_COLUMNS, *(FEEDS.c[name] for name in ("password", "etag", "last_modified", "body"))
).with_for_update(skip_locked=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFeed:
    """An address to read. The scope is PUBLIC or the Space that owns it; private is what has a user or a secret.

    `key` is the same for all spellings of the address.
    """

    scope: str
    key: str
    address: str
    kind: Kind
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A feed that is to be read now, and what is needed for that.

    The validators are those of the last answer; there are none where a follower still has to get the first list, so
    that everything is read. `is_first` says so.
    """

    feed: FollowedFeed
    password: str | None
    etag: str | None
    last_modified: str | None
    body: bytes | None
    is_first: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a reading that went well leaves with the feed; `fault` is what was wrong with it all the same.

    Where `site`, `gap_seconds` or `last_new` is None, it stays as it is.
    """

    next_read: datetime
    etag: str | None
    last_modified: str | None
    body: bytes | None
    site: str | None = None
    gap_seconds: float | None = None
    last_new: datetime | None = None
    moved_to: str | None = None
    code: str | None = None
    fault: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedCounts:
    """How many feeds are followed, due, failing and given up; when the one was due that has been due for longest."""

    followed: int
    due: int
    failing: int
    stopped: int
    due_since: datetime | None


def find_feed(db: sa.Connection, scope: str, key: str, address: str) -> FollowedFeed | None:
    """The feed that is read at this address, or was first followed under this key; None when it is not followed."""
    here = sa.or_(FEEDS.c.key == short_key(key), FEEDS.c.address == address)
    row = db.execute(sa.select(*FEED_COLUMNS).where(FEEDS.c.scope == scope, here).limit(1)).one_or_none()
    return feed_of(row) if row else None


def add_feed(db: sa.Connection, new: NewFeed, now: datetime) -> FeedId:
    """The number of the feed at that address, which is added, due at once, where it is not there yet."""
    known = find_feed(db, new.scope, new.key, new.address)
    if known is not None:
        return known.id
    key = short_key(new.key)
    digest = blake2b(f"{new.scope}\n{key}".encode(), digest_size=8).digest()
    id = FeedId(int.from_bytes(digest, "little") >> 1)
    row = {"id": id, "scope": new.scope, "key": key, "address": new.address, "kind": new.kind}
    row |= {"user": new.user, "password": new.password, "next_read": now, "failures": 0, "moved_times": 0}
    try:
        with db.begin_nested():
            db.execute(FEEDS.insert().values(row))
    except sa.exc.IntegrityError:
        pass  # another process added it between the two statements
    return id


def drop_unfollowed(db: sa.Connection, id: FeedId) -> None:
    """Forget the feed with its entries, unless a Space still follows it. Articles stay."""
    if not db.execute(sa.select(SOURCES.c.feed).where(SOURCES.c.feed == id).limit(1)).first():
        db.execute(ENTRIES.delete().where(ENTRIES.c.feed == id))
        db.execute(FEEDS.delete().where(FEEDS.c.id == id))


def claim_due_feeds(db: sa.Connection, now: datetime, limit: int) -> list[Claimed]:
    """The feeds that are due, longest due first, which now belong to the caller for a while.

    Nobody else claims them before the lease ends: what a killed process has claimed is read again by then.
    """
    due = _CLAIMABLE.where(FEEDS.c.next_read <= now, FEEDS.c.stopped.is_(None))
    return _claim(db, due.order_by(FEEDS.c.next_read).limit(limit), now)


def claim_feed(db: sa.Connection, id: FeedId, now: datetime) -> Claimed | None:
    """That feed, due or not, stopped or not, for the caller alone; None while somebody is reading it."""
    return next(iter(_claim(db, _CLAIMABLE.where(FEEDS.c.id == id), now)), None)


def postpone_feed(db: sa.Connection, id: FeedId, until: datetime) -> None:
    """Give the claimed feed back, to be read then."""
    db.execute(FEEDS.update().where(FEEDS.c.id == id).values(lease=None, next_read=until))


def free_feeds(db: sa.Connection) -> None:
    """Give back everything claimed: right where whoever claimed it is known to be gone."""
    db.execute(FEEDS.update().where(FEEDS.c.lease.is_not(None)).values(lease=None))


def note_reading(db: sa.Connection, feed: FollowedFeed, reading: Reading, now: datetime) -> None:
    """Note that the feed was read, and give it back."""
    values: dict[str, object] = {
        "lease": None,
        "next_read": reading.next_read,
        "etag": reading.etag,
        "last_modified": reading.last_modified,
        "body": reading.body,
        "last_read": now,
        "failures": 0,
        "failing_since": None,
        "code": reading.code,
        "fault": reading.fault,
        "stopped": None,
    }
    given = {"site": reading.site, "gap_seconds": reading.gap_seconds, "last_new": reading.last_new}
    values |= {name: value for name, value in given.items() if value is not None}
    same_move = reading.moved_to is not None and reading.moved_to == feed.moved_to
    values |= {
        "moved_to": reading.moved_to,
        "moved_since": feed.moved_since if same_move else now if reading.moved_to else None,
        "moved_times": feed.moved_times + 1 if same_move else 1 if reading.moved_to else 0,
    }
    db.execute(FEEDS.update().where(FEEDS.c.id == feed.id).values(values))


def note_failure(
    db: sa.Connection, feed: FollowedFeed, *, code: str, fault: str, next_read: datetime, now: datetime
) -> None:
    """Note that reading the feed failed and why, and give it back."""
    db.execute(
        FEEDS.update()
        .where(FEEDS.c.id == feed.id)
        .values(
            lease=None,
            next_read=next_read,
            failures=feed.failures + 1,
            failing_since=feed.failing_since or now,
            code=code,
            fault=fault,
        )
    )


def stop_feed(db: sa.Connection, id: FeedId, now: datetime) -> None:
    """Let the feed not be read any more, until somebody asks for it."""
    db.execute(FEEDS.update().where(FEEDS.c.id == id).values(lease=None, stopped=now))


def adopt_address(db: sa.Connection, feed: FollowedFeed, key: str, address: str) -> bool:
    """Read the feed at this address from now on. Not where another feed is read there already: the answer is False."""
    scope = db.execute(sa.select(FEEDS.c.scope).where(FEEDS.c.id == feed.id)).scalar_one()
    if find_feed(db, scope, key, address) is not None:
        return False
    values = {"address": address, "moved_to": None, "moved_since": None, "moved_times": 0}
    db.execute(FEEDS.update().where(FEEDS.c.id == feed.id).values(values))
    return True


def count_feeds(db: sa.Connection, now: datetime) -> FeedCounts:
    """How the feeds of all Spaces stand."""
    is_read = FEEDS.c.stopped.is_(None)
    is_due = sa.and_(is_read, FEEDS.c.next_read <= now)

    def count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)

    row = db.execute(
        sa.select(
            sa.func.count().label("followed"),
            count(is_due).label("due"),
            count(sa.and_(is_read, FEEDS.c.failures > 0)).label("failing"),
            count(FEEDS.c.stopped.is_not(None)).label("stopped"),
        ).select_from(FEEDS)
    ).one()
    oldest = db.execute(sa.select(FEEDS.c.next_read).where(is_due).order_by(FEEDS.c.next_read).limit(1)).scalar()
    return FeedCounts(**{name: int(value) for name, value in row._mapping.items()}, due_since=oldest)


def feed_of(row: sa.Row[tuple[object, ...]]) -> FollowedFeed:
    """The feed that the row holds; it may hold more."""
    return FollowedFeed(**{column.name: row._mapping[column] for column in FEED_COLUMNS})


def _claim(db: sa.Connection, wanted: sa.Select[tuple[object, ...]], now: datetime) -> list[Claimed]:
    free = sa.or_(FEEDS.c.lease.is_(None), FEEDS.c.lease <= now)
    rows = db.execute(wanted.where(free)).all()
    ids = [row.id for row in rows]
    lease = now + timedelta(seconds=defaults.POLL_LEASE_SECONDS)
    if not ids:
        return []
    db.execute(FEEDS.update().where(FEEDS.c.id.in_(ids)).values(lease=lease))
    waiting = sa.select(SOURCES.c.feed).where(SOURCES.c.feed.in_(ids), SOURCES.c.first_read.is_(None))
    first = set(db.execute(waiting).scalars())
    return [_claimed(row, is_first=row.id in first) for row in rows]


def _claimed(row: sa.Row[tuple[object, ...]], *, is_first: bool) -> Claimed:
    return Claimed(
        feed=feed_of(row),
        password=row.password,
        etag=None if is_first else row.etag,
        last_modified=None if is_first else row.last_modified,
        body=None if is_first else row.body,
        is_first=is_first,
    )
