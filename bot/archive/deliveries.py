"""The deliveries: what is owed to places, each once, and what became of it."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from bot.archive.closed import closed_in
from bot.archive.counts import take_numbers
from bot.archive.keepsakes import keepsake
from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema_due import DELIVERIES, LEFT, UNDER_WAY, is_in
from bot.news.article import Space
from bot.news.delivery import Delivery, DeliveryCounts, Owed
from bot.news.place import Place

MARKER_SECRET = "marker secret"
"""The name of the keepsake without which nobody can guess a marker."""

_MARKER_CHARACTERS = 24  # 96 bits; Discord takes up to 25 characters
_SECRET_BYTES = 32
_FURTHER = DELIVERIES.alias("further")
_IN_PLACE = {"space", "platform", "channel", "thread"}


def owe_delivery(db: sa.Connection, owed: Owed, now: datetime) -> bool:
    """Whether it is owed from now on. False: it was owed under its key before, and nothing changes."""
    return bool(owe_many(db, owed.place.space, [owed], now))


def owe_many(db: sa.Connection, space: Space, owed: Sequence[Owed], now: datetime) -> set[str]:
    """The keys of what is owed from now on; what was owed under its key before stays as it is.

    All of it belongs to the Space (ValueError). Part by part it is numbered in the order given.
    """
    if any(one.place.space != space for one in owed):
        raise ValueError(f"something of another Space was to be owed in {space}")
    if not owed:
        return set()
    # The numbers come first: whoever wants to owe the same waits here, and sees below that it is owed.
    number = take_numbers(db, space, "last_delivery", sum(len(one.payloads) for one in owed))
    known = _known_keys(db, space, [one.key for one in owed])
    secret = keepsake(db, MARKER_SECRET, lambda: secrets.token_hex(_SECRET_BYTES))
    is_closed = closed_in(db, space)
    rows: list[dict[str, object]] = []
    fresh: set[str] = set()
    for one in owed:
        if one.key not in known and one.key not in fresh:
            fresh.add(one.key)
            state = "waiting" if is_closed(one.place) else "pending"
            rows += _rows(one, number + len(rows), secret, now, state)
    insert_rows(db, DELIVERIES, rows)
    return fresh


def drop_pending(db: sa.Connection, space: Space, key: str, now: datetime) -> bool:
    """Whether what is owed under the key is never posted, because nothing of it was or may have been until now."""
    here = sa.and_(DELIVERIES.c.space == space, DELIVERIES.c.key == key)
    states = set(db.execute(sa.select(DELIVERIES.c.state).where(here).with_for_update()).scalars())
    if not states or not states <= {"pending", "waiting"}:
        return False
    db.execute(DELIVERIES.update().where(here).values(state="dropped", settled=now))
    return True


def find_deliveries(db: sa.Connection, space: Space, key: str) -> list[Delivery]:
    """What is or was owed under the key, part by part."""
    here = sa.and_(DELIVERIES.c.space == space, DELIVERIES.c.key == key)
    return [delivery_of(row) for row in db.execute(sa.select(DELIVERIES).where(here).order_by(DELIVERIES.c.part))]


def first_receipt(db: sa.Connection, space: Space, marker: str) -> str | None:
    """The receipt of the first part of what is being sent or looked up under the marker, where that is a further part.

    None for a first part, and where nobody knows what became of it.
    """
    whole = (DELIVERIES.c[name] == _FURTHER.c[name] for name in ("space", "key"))
    further = sa.and_(_FURTHER.c.space == space, _FURTHER.c.marker == marker, _FURTHER.c.part > 1)
    found = sa.select(DELIVERIES.c.receipt).where(*whole, DELIVERIES.c.part == 1)
    return db.execute(found.where(is_in(*UNDER_WAY, of=_FURTHER), further)).scalar_one_or_none()


def list_held(db: sa.Connection, space: Space) -> list[Delivery]:
    """What waits for a person to say whether it was posted, oldest first."""
    here = sa.and_(is_in(*LEFT), DELIVERIES.c.state == "held", DELIVERIES.c.space == space)
    rows = db.execute(sa.select(DELIVERIES).where(here).order_by(DELIVERIES.c.due, DELIVERIES.c.id))
    return [delivery_of(row) for row in rows]


def count_deliveries(db: sa.Connection, now: datetime) -> DeliveryCounts:
    """How the deliveries of all Spaces stand."""
    due = sa.select(sa.func.count(), sa.func.min(DELIVERIES.c.due)).where(
        is_in("pending"), DELIVERIES.c.due <= now, DELIVERIES.c.not_before <= now
    )
    due_now, since = db.execute(due).one()
    counted: dict[str, int] = {}
    for states in (UNDER_WAY, LEFT):
        by_state = sa.select(DELIVERIES.c.state, sa.func.count()).where(is_in(*states)).group_by(DELIVERIES.c.state)
        counted |= {str(state): int(number) for state, number in db.execute(by_state)}
    of_each = {state: counted.get(state, 0) for state in (*UNDER_WAY, *LEFT)}
    return DeliveryCounts(due=due_now, due_since=since, **of_each)


def delivery_of(row: sa.Row[tuple[object, ...]], **instead: object) -> Delivery:
    """The delivery that the row holds, with some of it as it has become since."""
    found = row._mapping
    place = Place(**{name: found[name] for name in _IN_PLACE})
    values = {column.name: found[column.name] for column in DELIVERIES.c if column.name not in _IN_PLACE}
    return Delivery(place=place, **(values | instead))


def _known_keys(db: sa.Connection, space: Space, keys: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for some in portions(keys):
        here = sa.and_(DELIVERIES.c.space == space, DELIVERIES.c.key.in_(some))
        known.update(db.execute(sa.select(DELIVERIES.c.key).where(here)).scalars())
    return known


def _rows(owed: Owed, number: int, secret: str, now: datetime, state: str) -> Iterator[dict[str, object]]:
    for part, payload in enumerate(owed.payloads, start=1):
        yield {
            "space": owed.place.space,
            "id": number + part - 1,
            "platform": owed.place.platform,
            "channel": owed.place.channel,
            "thread": owed.place.thread,
            "cause": owed.cause,
            "key": owed.key,
            "part": part,
            "parts": len(owed.payloads),
            "marker": _marker(secret, owed.place.space, owed.key, part),
            "payload": payload,
            "state": state,
            "owed": now,
            "due": owed.due,
            "not_before": owed.due,
            "attempt": 0,
        }


def _marker(secret: str, space: Space, key: str, part: int) -> str:
    """What finds the message again on its platform and tells an outsider nothing."""
    return sha256("\0".join((secret, space, key, str(part))).encode()).hexdigest()[:_MARKER_CHARACTERS]
