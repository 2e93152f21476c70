"""Settling: what became of deliveries that were sent or looked up, and what a person says of those that are held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from bot.archive.attempts import note_attempts
from bot.archive.closed import close_place, close_space, resume
from bot.archive.deliveries import delivery_of
from bot.archive.kept import portions
from bot.archive.notices import owe_notice
from bot.archive.schema import Instant
from bot.archive.schema_due import DELIVERIES, LEFT, is_in
from bot.news.article import Space
from bot.news.delivery import Attempt, Delivery, DeliveryId, State
from bot.news.source import Notice

Named = tuple[Space, DeliveryId]
"""What names a delivery."""

_KEY = sa.tuple_(DELIVERIES.c.space, DELIVERIES.c.id)
_SETTLED = ("state", "not_before", "unknown_since", "lease_until", "receipt", "settled", "fault", "attempt")
_SETTLE = (
    DELIVERIES.update()
    .where(DELIVERIES.c.space == sa.bindparam("of_space"), DELIVERIES.c.id == sa.bindparam("of_id"))
    .values(
        lease_token=sa.null(),
        **{name: sa.bindparam(f"of_{name}", type_=DELIVERIES.c[name].type) for name in _SETTLED},
    )
)

_OF_SPACE = DELIVERIES.c.space == sa.bindparam("of_space")
_NEXT_THERE = (
    sa.select(DELIVERIES.c.id)
    .where(is_in("pending"), _OF_SPACE)
    .where(*(DELIVERIES.c[name] == sa.bindparam(f"of_{name}") for name in ("platform", "channel")))
    .order_by(DELIVERIES.c.due, DELIVERIES.c.id)
    .limit(1)
    .correlate(None)
)
_FREE = sa.bindparam("of_free", type_=Instant)
_PACE = (
    DELIVERIES.update()
    .where(_OF_SPACE, DELIVERIES.c.id == _NEXT_THERE.scalar_subquery(), DELIVERIES.c.not_before < _FREE)
    .values(not_before=_FREE)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Settlement:
    """What became of a delivery, as it was claimed, in one attempt.

    `channel_free` is when its channel takes the next one; `closes` what was found closed. A delivery that was given
    back counts as never claimed.
    """

    delivery: Delivery
    attempt: Attempt
    state: State
    not_before: datetime
    receipt: str | None = None
    channel_free: datetime | None = None
    closes: Literal["channel", "Space"] | None = None

    @property
    def names(self) -> Named:
        """What names the delivery."""
        return self.delivery.place.space, self.delivery.id


def settle(db: sa.Connection, settlements: Sequence[Settlement]) -> set[Named]:
    """Which of the deliveries were still as they had been claimed, and are settled now.

    The others belong to somebody else by now, and nothing is changed in them.
    """
    own = _still_owned(db, settlements)
    settled = [one for one in settlements if one.names in own]
    if settled:
        db.execute(_SETTLE, [_row(one) for one in settled])
        note_attempts(db, [(one.delivery, one.attempt) for one in settled])
    if paced := [_pace(one, one.channel_free) for one in settled if one.channel_free is not None]:
        db.execute(_PACE, paced)
    for one in settled:
        _tell(db, one)
    return own


def post_it(db: sa.Connection, space: Space, delivery: DeliveryId, by: str | None, now: datetime) -> bool:
    """Whether the delivery was held, and is posted again because a person says that it did not arrive."""
    return _release(db, (space, delivery), "pending", by, now)


def it_was_posted(db: sa.Connection, space: Space, delivery: DeliveryId, by: str | None, now: datetime) -> bool:
    """Whether the delivery was held, and counts as sent because a person says that it arrived."""
    return _release(db, (space, delivery), "sent", by, now)


def _still_owned(db: sa.Connection, settlements: Sequence[Settlement]) -> set[Named]:
    own: set[Named] = set()
    claimed = {one.names: one.delivery for one in settlements}
    columns = (DELIVERIES.c[name] for name in ("space", "id", "state", "lease_token", "attempt"))
    wanted = sa.select(*columns).with_for_update()
    for some in portions(claimed):
        for space, id, *found in db.execute(wanted.where(_KEY.in_(some))):
            was = claimed[space, id]
            if found == [was.state, was.lease_token, was.attempt]:
                own.add((space, id))
    return own


def _row(one: Settlement) -> dict[str, object]:
    was = one.delivery
    is_over = one.state in ("sent", "dead")
    settled: dict[str, object] = {
        "state": one.state,
        "not_before": one.not_before,
        "unknown_since": (was.unknown_since or one.attempt.ended) if one.state in ("unknown", "held") else None,
        "lease_until": was.lease_until if one.state == "unknown" else None,
        "receipt": one.receipt,
        "settled": one.attempt.ended if is_over else None,
        "fault": one.attempt.fault,
        "attempt": was.attempt - 1 if one.attempt.outcome == "given back" else was.attempt,
    }
    return {f"of_{name}": value for name, value in settled.items()} | {"of_space": was.place.space, "of_id": was.id}


def _pace(one: Settlement, free: datetime) -> dict[str, object]:
    place = one.delivery.place
    return {"of_space": place.space, "of_platform": place.platform, "of_channel": place.channel, "of_free": free}


def _tell(db: sa.Connection, one: Settlement) -> None:
    """Close what was found closed, and tell whoever has to know."""
    was, now, reason = one.delivery, one.attempt.ended, one.attempt.fault or ""
    if one.closes == "channel":
        close_place(db, was.place, reason, now)
    elif one.closes == "Space":
        close_space(db, was.place.platform, was.place.space, reason, now)
    where = f"{was.place.channel} on {was.place.platform}"
    if one.state == "dead":
        _notify(db, was, "refused", f"The {was.cause} for {where} was refused and is given up: {reason}", now)
    elif one.state == "held":
        question = "Look there, then say whether to post it again or that it was posted."
        sentence = f"Nobody knows whether the {was.cause} for {where} has arrived: {reason} {question}"
        _notify(db, was, "held", sentence, now)
        later = sa.and_(_is_of(was), is_in("pending"), DELIVERIES.c.part > was.part)
        db.execute(DELIVERIES.update().where(later).values(state="waiting"))


def _notify(db: sa.Connection, about: Delivery, kind: str, sentence: str, now: datetime) -> None:
    key = f"{kind}:{about.key}:{about.part}:{about.attempt}"
    owe_notice(db, Notice(space=about.place.space, key=key, to=None, sentence=sentence, made=now))


def _release(db: sa.Connection, names: Named, state: State, by: str | None, now: datetime) -> bool:
    here = sa.and_(is_in(*LEFT), DELIVERIES.c.state == "held", _KEY.in_([names]))
    is_sent = state == "sent"
    values = {"state": state, "not_before": now, "unknown_since": None, "settled": now if is_sent else None}
    row = db.execute(DELIVERIES.update().where(here).values(values).returning(DELIVERIES)).one_or_none()
    if row is None:
        return False
    said = Attempt(
        what="said",
        began=now,
        ended=now,
        outcome="sent" if is_sent else "absent",
        fault=f"{by} said so" if by else None,
    )
    note_attempts(db, [(delivery_of(row), said)])
    resume(db, _is_of(delivery_of(row)))
    return True


def _is_of(delivery: Delivery) -> sa.ColumnElement[bool]:
    """Whether it is a part of the same briefing."""
    return sa.and_(DELIVERIES.c.space == delivery.place.space, DELIVERIES.c.key == delivery.key)
