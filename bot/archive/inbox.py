"""The inbox: what platforms have handed in, so that what they repeat is done once and nothing is forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.archive.schema import short_key
from bot.archive.schema_due import INBOX
from bot.news.article import Space
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that a platform handed in, under its own id; `reply` is what it was answered with, once it was."""

    space: Space
    platform: str
    event: str
    body: str
    received: datetime
    reply: str | None


def take_event(db: sa.Connection, event: Event) -> bool:
    """Whether the event is new, and kept from now on. The platform may be told that it arrived once this is committed.

    False: it was handed in before, and is being done or is done.
    """
    if find_event(db, event.space, event.platform, event.event) is not None:
        return False
    db.execute(
        INBOX.insert().values(
            space=event.space,
            platform=event.platform,
            event=short_key(event.event),
            body=event.body,
            received=event.received,
            state="open",
        )
    )
    return True


def find_event(db: sa.Connection, space: Space, platform: str, event: str) -> Event | None:
    """The event of that id; None where none was handed in, or it was long ago."""
    row = db.execute(sa.select(INBOX).where(_is(space, platform, event))).one_or_none()
    return _event(row) if row else None


def open_events(db: sa.Connection, platform: str, limit: int) -> list[Event]:
    """What the platform handed in and was not answered, the oldest first: after a restart it is done once more."""
    wanted = sa.select(INBOX).where(INBOX.c.state == "open", INBOX.c.platform == platform)
    rows = db.execute(wanted.order_by(INBOX.c.received).limit(limit))
    return [_event(row) for row in rows]


def close_event(db: sa.Connection, event: Event, reply: str) -> None:
    """Note that the event was done, in the transaction that did it, and what it is to be answered with."""
    db.execute(INBOX.update().where(_is(event.space, event.platform, event.event)).values(state="done", reply=reply))


def forget_events(db: sa.Connection, now: datetime) -> None:
    """Forget what was done so long ago that no platform hands it in again."""
    before = now - timedelta(hours=defaults.INBOX_HOURS)
    db.execute(INBOX.delete().where(INBOX.c.state == "done", INBOX.c.received < before))


def _is(space: Space, platform: str, event: str) -> sa.ColumnElement[bool]:
    return sa.and_(INBOX.c.space == space, INBOX.c.platform == platform, INBOX.c.event == short_key(event))


def _event(row: sa.Row[tuple[object, ...]]) -> Event:
    return Event(
        space=row.space,
        platform=row.platform,
        event=row.event,
        body=row.body,
        received=row.received,
        reply=row.reply,
    )
