"""The occurrences: which digests are to be written, and how far those that were delivered have covered the news."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.archive.kept import portions
from bot.archive.schema_due import DELIVERIES, OCCURRENCES, SUBSCRIPTIONS
from bot.archive.subscriptions import subscription_of
from bot.news.schedule import Occurrence
from bot.news.subscription import OpenOccurrence, Subscription
from bot.news.times import Window

Closed = Literal["owed", "nothing new", "coalesced"]


# In the order of the key of one subscription, so that only its latest are looked at.
_NEWEST_FIRST = (OCCURRENCES.c.local_date.desc(), OCCURRENCES.c.slot.desc())
_LOOKED_BACK = 8

_PARTS = sa.select(DELIVERIES.c.id).where(
    DELIVERIES.c.space == OCCURRENCES.c.space, DELIVERIES.c.key == OCCURRENCES.c.key
)
_LAST_DELIVERED = (
    sa.select(OCCURRENCES.c.covers_to, OCCURRENCES.c.covers_change)
    .where(
        OCCURRENCES.c.space == sa.bindparam("of_space"),
        OCCURRENCES.c.subscription == sa.bindparam("of_id"),
        OCCURRENCES.c.covers_to.is_not(None),
        _PARTS.where(DELIVERIES.c.state == "sent").exists(),
        ~_PARTS.where(DELIVERIES.c.state != "sent").exists(),
    )
    .order_by(*_NEWEST_FIRST)
    .limit(1)
)

_OPEN = (
    sa.select(SUBSCRIPTIONS, OCCURRENCES)
    .select_from(
        OCCURRENCES.join(
            SUBSCRIPTIONS,
            sa.and_(SUBSCRIPTIONS.c.space == OCCURRENCES.c.space, SUBSCRIPTIONS.c.id == OCCURRENCES.c.subscription),
        )
    )
    .where(OCCURRENCES.c.state == "open")
)


def note_occurrences(db: sa.Connection, noted: Sequence[OpenOccurrence]) -> None:
    """Note that these digests are to be written. One that was noted before stays as it is."""
    rows = [
        {
            "space": one.subscription.space,
            "subscription": one.subscription.id,
            "local_date": one.occurrence.local_date.isoformat(),
            "slot": f"{one.occurrence.slot:%H:%M}",
            "due": one.occurrence.due,
            "noted": one.noted,
            "state": "open",
            "late_since": one.late_since,
        }
        for one in noted
    ]
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    if rows:
        db.execute(make(OCCURRENCES).on_conflict_do_nothing(), rows)


def open_occurrences(db: sa.Connection, platforms: Iterable[str], limit: int) -> list[OpenOccurrence]:
    """The digests that are to be written for these platforms, the earliest due first; at most one of a subscription."""
    wanted = _OPEN.where(SUBSCRIPTIONS.c.platform.in_(list(platforms))).order_by(OCCURRENCES.c.due).limit(limit)
    return [_open(row) for row in db.execute(wanted)]


def open_occurrences_of(db: sa.Connection, subscriptions: Sequence[Subscription]) -> list[OpenOccurrence]:
    """The digests of these subscriptions that are to be written."""
    keys = sa.tuple_(OCCURRENCES.c.space, OCCURRENCES.c.subscription)
    some = portions((one.space, one.id) for one in subscriptions)
    return [_open(row) for these in some for row in db.execute(_OPEN.where(keys.in_(these)))]


def close_occurrence(
    db: sa.Connection, one: OpenOccurrence, state: Closed, covers: Window | None = None, change: int | None = None
) -> bool:
    """Whether the digest was still to be written; it is not any more. False, and nothing happens, where it was not.

    One that is "owed" has its key for a delivery's. `change` is the last placed change that it looked at.
    """
    here = sa.and_(
        OCCURRENCES.c.space == one.subscription.space,
        OCCURRENCES.c.subscription == one.subscription.id,
        OCCURRENCES.c.local_date == one.occurrence.local_date.isoformat(),
        OCCURRENCES.c.slot == f"{one.occurrence.slot:%H:%M}",
        OCCURRENCES.c.state == "open",
    )
    values: dict[str, object] = {"state": state, "key": one.key if state == "owed" else None}
    if covers is not None:
        values |= {"covers_from": covers.start, "covers_to": covers.end, "covers_change": change}
    return db.execute(OCCURRENCES.update().where(here).values(values)).rowcount == 1


def covered_until(db: sa.Connection, subscription: Subscription) -> datetime:
    """Where its last delivered digest ended, and the next one begins: every part of it was sent."""
    return covered(db, subscription)[0]


def covered(db: sa.Connection, subscription: Subscription) -> tuple[datetime, int | None]:
    """The same, with the last placed change that this digest looked at; None where none was delivered.

    What no clock can set is exact: news that was read before that digest and placed after it is still to be told.
    """
    its = {"of_space": subscription.space, "of_id": subscription.id}
    last = db.execute(_LAST_DELIVERED, its).one_or_none()
    return (last.covers_to, last.covers_change) if last else (subscription.covers_from, None)


def undelivered_digests(db: sa.Connection, subscription: Subscription) -> list[tuple[str, datetime]]:
    """The keys of its digests of which nothing was or may have been posted yet, each with when it was first due.

    Only of its latest: each that was written made the undelivered ones before it a part of itself.
    """
    its = sa.and_(OCCURRENCES.c.space == subscription.space, OCCURRENCES.c.subscription == subscription.id)
    owed = sa.select(OCCURRENCES.c.key, OCCURRENCES.c.due, OCCURRENCES.c.late_since)
    owed = owed.where(its, OCCURRENCES.c.state == "owed").order_by(*_NEWEST_FIRST).limit(_LOOKED_BACK)
    due = {row.key: row.late_since or row.due for row in db.execute(owed)}
    states: dict[str, set[str]] = {}
    posted = sa.select(DELIVERIES.c.key, DELIVERIES.c.state)
    for row in db.execute(posted.where(DELIVERIES.c.space == subscription.space, DELIVERIES.c.key.in_(list(due)))):
        states.setdefault(row.key, set()).add(row.state)
    return [(key, due[key]) for key in reversed(due) if key in states and states[key] <= {"pending", "waiting"}]


def coalesce_occurrence(db: sa.Connection, subscription: Subscription, key: str) -> None:
    """Note that the digest of that key, which was never posted, has become part of a later one."""
    its = sa.and_(OCCURRENCES.c.space == subscription.space, OCCURRENCES.c.subscription == subscription.id)
    db.execute(OCCURRENCES.update().where(its, OCCURRENCES.c.key == key).values(state="coalesced"))


def _open(row: sa.Row[tuple[object, ...]]) -> OpenOccurrence:
    found = row._mapping
    return OpenOccurrence(
        subscription=subscription_of(row),
        occurrence=Occurrence(
            local_date=date.fromisoformat(found[OCCURRENCES.c.local_date]),
            slot=time.fromisoformat(found[OCCURRENCES.c.slot]),
            due=found[OCCURRENCES.c.due],
        ),
        noted=found[OCCURRENCES.c.noted],
        late_since=found[OCCURRENCES.c.late_since],
    )
