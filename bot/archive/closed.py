"""Places where nothing can be posted any more. What is owed there waits until they are open again."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa

from bot.archive.notices import owe_notice
from bot.archive.schema_due import CLOSED, DELIVERIES, LEFT, SUBSCRIPTIONS, UNDER_WAY, WATCHES, is_in
from bot.news.article import Space
from bot.news.place import Place
from bot.news.source import Notice

_HELD = DELIVERIES.alias("held")
_ALL = ""  # the channel that stands for every channel of a Space


def close_place(db: sa.Connection, place: Place, reason: str, now: datetime) -> bool:
    """Whether the channel is closed from now on: what is owed there waits, and whom its posts are for is told once.

    False: it was closed before.
    """
    is_new = _close(db, place.platform, place.space, place.channel, reason, now)
    if is_new:
        sentence = f"Nothing can be posted in {place.channel} on {place.platform}: {reason} What is due there waits."
        for owner in _owners(db, place):
            key = f"closed:{place.platform}:{place.channel}:{now.isoformat()}:{owner or ''}"
            owe_notice(db, Notice(space=place.space, key=key, to=owner, sentence=sentence, made=now))
    return is_new


def close_space(db: sa.Connection, platform: str, space: Space, reason: str, now: datetime) -> bool:
    """Whether every channel of the Space on that platform is closed from now on; the operator is told once."""
    is_new = _close(db, platform, space, _ALL, reason, now)
    if is_new:
        sentence = f"Nothing can be posted on {platform}: {reason} What is due there waits."
        notice = Notice(space=space, key=f"closed:{platform}::{now.isoformat()}", to=None, sentence=sentence, made=now)
        owe_notice(db, notice)
    return is_new


def reopen_place(db: sa.Connection, place: Place, now: datetime) -> bool:
    """Whether the channel was closed; what waited for it goes out now, unless the whole Space is closed."""
    return _open(db, place.platform, place.space, place.channel, now)


def reopen_space(db: sa.Connection, platform: str, space: Space, now: datetime) -> bool:
    """Whether the Space was closed; what waited for it goes out now, but for channels that are closed themselves."""
    return _open(db, platform, space, _ALL, now)


def resume(db: sa.Connection, there: sa.ColumnElement[bool]) -> None:
    """Let what waits there go on, but for what waits in a closed place, or for an earlier part that is held."""
    waiting = sa.and_(is_in(*LEFT), DELIVERIES.c.state == "waiting", there)
    held_part = sa.exists().where(
        _HELD.c.space == DELIVERIES.c.space,
        _HELD.c.key == DELIVERIES.c.key,
        _HELD.c.part < DELIVERIES.c.part,
        _HELD.c.state == "held",
    )
    db.execute(DELIVERIES.update().where(waiting, is_open(), ~held_part).values(state="pending"))


def closed_in(db: sa.Connection, space: Space) -> Callable[[Place], bool]:
    """What tells of a place in the Space whether nothing can be posted there."""
    closed = _closed(db, space)
    return lambda place: not closed.isdisjoint({(place.platform, place.channel), (place.platform, _ALL)})


def list_closed(db: sa.Connection, space: Space) -> list[tuple[Place, str]]:
    """The places in the Space where nothing can be posted, the longest closed first, each with the reason.

    A place without a channel stands for all of the Space on its platform.
    """
    rows = db.execute(sa.select(CLOSED).where(CLOSED.c.space == space).order_by(CLOSED.c.since, CLOSED.c.channel))
    return [(Place(platform=row.platform, space=space, channel=row.channel), row.reason) for row in rows]


def is_open() -> sa.ColumnElement[bool]:
    """For a statement about deliveries: whether their place is not closed."""
    return ~sa.exists().where(
        CLOSED.c.space == DELIVERIES.c.space,
        CLOSED.c.platform == DELIVERIES.c.platform,
        CLOSED.c.channel.in_([DELIVERIES.c.channel, _ALL]),
    )


def _closed(db: sa.Connection, space: Space) -> set[tuple[str, str]]:
    found = db.execute(sa.select(CLOSED.c.platform, CLOSED.c.channel).where(CLOSED.c.space == space))
    return {(platform, channel) for platform, channel in found}


def _close(db: sa.Connection, platform: str, space: Space, channel: str, reason: str, now: datetime) -> bool:
    there = sa.and_(is_in("pending"), _owed_to(platform, space, channel))
    db.execute(DELIVERIES.update().where(there).values(state="waiting"))
    if (platform, channel) in _closed(db, space):
        return False
    row = {"space": space, "platform": platform, "channel": channel, "since": now, "reason": reason}
    try:
        with db.begin_nested():
            db.execute(CLOSED.insert().values(row))
    except sa.exc.IntegrityError:
        return False  # another process closed it between the two statements
    return True


def _open(db: sa.Connection, platform: str, space: Space, channel: str, now: datetime) -> bool:
    here = sa.and_(CLOSED.c.space == space, CLOSED.c.platform == platform, CLOSED.c.channel == channel)
    was_closed = db.execute(CLOSED.delete().where(here)).rowcount > 0
    there = _owed_to(platform, space, channel)
    resume(db, there)
    unknown = sa.and_(is_in(*UNDER_WAY), DELIVERIES.c.state == "unknown", there, is_open())
    db.execute(DELIVERIES.update().where(unknown).values(unknown_since=now, not_before=now))
    return was_closed


def _owed_to(platform: str, space: Space, channel: str) -> sa.ColumnElement[bool]:
    there = sa.and_(DELIVERIES.c.space == space, DELIVERIES.c.platform == platform)
    return there if channel == _ALL else sa.and_(there, DELIVERIES.c.channel == channel)


def _owners(db: sa.Connection, place: Place) -> list[str | None]:
    """Who has asked for what is posted there; the operator (None) where nobody has."""
    asked = [
        sa.select(table.c.made_by).where(
            table.c.space == place.space, table.c.platform == place.platform, table.c.channel == place.channel
        )
        for table in (SUBSCRIPTIONS, WATCHES)
    ]
    return sorted(owner for owner in db.execute(sa.union(*asked)).scalars() if owner is not None) or [None]
