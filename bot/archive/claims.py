"""Claims: which deliveries are to be sent or looked up now, and by whom."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.archive.attempts import note_attempts
from bot.archive.closed import is_open
from bot.archive.deliveries import delivery_of
from bot.archive.schema import Instant
from bot.archive.schema_due import DELIVERIES, UNDER_WAY, is_in
from bot.news.delivery import Attempt, Delivery
from config import defaults

_AHEAD = DELIVERIES.alias("ahead")
_UNTIL = sa.bindparam("of_until", type_=Instant)
_NOW = sa.bindparam("of_now", type_=Instant)
_ONE = sa.and_(DELIVERIES.c.space == sa.bindparam("of_space"), DELIVERIES.c.id == sa.bindparam("of_id"))
_TAKE = (
    DELIVERIES.update()
    .where(_ONE)
    .values(
        state="sending",
        lease_token=sa.bindparam("of_token"),
        lease_until=_UNTIL,
        attempt=DELIVERIES.c.attempt + 1,
        first_attempt=sa.func.coalesce(DELIVERIES.c.first_attempt, _NOW),
    )
)
_PUT_OFF = DELIVERIES.update().where(_ONE).values(not_before=_UNTIL)


def _first_in_channel(condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """The first delivery of the same channel for which that holds.

    Not as EXISTS: PostgreSQL would make a join of it, and goes through all that is due for every row of that while it
    has not counted the table yet.
    """
    same = (_AHEAD.c[name] == DELIVERIES.c[name] for name in ("space", "platform", "channel"))
    return (
        sa.select(_AHEAD.c.id)
        .where(*same, condition)
        .order_by(_AHEAD.c.due, _AHEAD.c.id)
        .limit(1)
        .correlate(DELIVERIES)
        .scalar_subquery()
    )


def _some(*conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[object, ...]]:
    """So many deliveries of a platform whose time has come, the earliest first, which nobody else claims meanwhile."""
    here = (DELIVERIES.c.platform == sa.bindparam("of_platform"), DELIVERIES.c.not_before <= _NOW)
    in_order = sa.select(DELIVERIES).where(*conditions, *here).order_by(DELIVERIES.c.not_before, DELIVERIES.c.id)
    return in_order.limit(sa.bindparam("at_most", type_=sa.Integer)).with_for_update(skip_locked=True, of=DELIVERIES)


_UNKNOWN = (is_in(*UNDER_WAY), DELIVERIES.c.state == "unknown")
_DUE = _some(
    is_in("pending"),
    _first_in_channel(is_in(*UNDER_WAY, of=_AHEAD)).is_(None),
    _first_in_channel(is_in("pending", of=_AHEAD)) == DELIVERIES.c.id,
)
_POSTED_AGAIN = _some(*_UNKNOWN, is_open(), DELIVERIES.c.first_attempt >= sa.bindparam("of_since", type_=Instant))
_LOOKED_UP = _some(*_UNKNOWN, is_open(), DELIVERIES.c.lease_until <= sa.bindparam("of_over", type_=Instant))
_NEEDS_RECOVERY = sa.select(
    sa.exists().where(
        is_in(*UNDER_WAY),
        sa.or_(
            sa.and_(DELIVERIES.c.state == "sending", DELIVERIES.c.lease_until <= _NOW),
            sa.and_(DELIVERIES.c.state == "unknown", DELIVERIES.c.not_before <= _NOW),
        ),
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Who claims on which platform, and how many at most. The token is new for every claim.

    Of which nobody knows whether it arrived is claimed as well, if it was first posted after `reposts_since`: the
    platform knows its marker still, so that posting it again is no risk.
    """

    platform: str
    token: str
    limit: int
    reposts_since: datetime | None = None


def claim_due(db: sa.Connection, claim: Claim, now: datetime) -> list[Delivery]:
    """Deliveries that are due, each of which now belongs to the caller until its lease ends.

    In a channel one follows the other: no further one is claimed while one is under way there, or an earlier one waits
    to be posted again.
    """
    claimed: list[Delivery] = []
    if claim.reposts_since is not None:
        claimed = _claim(db, _POSTED_AGAIN, claim, now)
    if len(claimed) == claim.limit:
        return claimed
    return claimed + _claim(db, _DUE, replace(claim, limit=claim.limit - len(claimed)), now)


def claim_lookups(db: sa.Connection, platform: str, limit: int, now: datetime) -> list[Delivery]:
    """Deliveries of which nobody knows whether they arrived, and nobody can be sending any more.

    Nobody else looks them up for a while.
    """
    over = now - timedelta(seconds=defaults.LOOKUP_AFTER_SECONDS)
    rows = db.execute(_LOOKED_UP, {"of_platform": platform, "of_now": now, "of_over": over, "at_most": limit}).all()
    if rows:
        until = now + timedelta(seconds=defaults.LOOKUP_LEASE_SECONDS)
        db.execute(_PUT_OFF, [{"of_space": row.space, "of_id": row.id, "of_until": until} for row in rows])
    return [delivery_of(row) for row in rows]


def needs_recovery(db: sa.Connection, now: datetime) -> bool:
    """Whether a lease has ended, or the time has come to look up what may have arrived."""
    return db.execute(_NEEDS_RECOVERY, {"of_now": now}).scalar_one()


def claimed_with(db: sa.Connection, token: str) -> list[Delivery]:
    """What was claimed with the token: for whoever was not told, because the database went away meanwhile."""
    wanted = sa.and_(is_in(*UNDER_WAY), DELIVERIES.c.state == "sending", DELIVERIES.c.lease_token == token)
    rows = db.execute(sa.select(DELIVERIES).where(wanted).order_by(DELIVERIES.c.not_before, DELIVERIES.c.id))
    return [delivery_of(row) for row in rows]


def sweep_leases(db: sa.Connection, now: datetime) -> int:
    """How many deliveries nobody owns any more, because their lease has ended: they may have arrived."""
    return _give_up(db, DELIVERIES.c.lease_until <= now, "its lease ended", now)


def take_over(db: sa.Connection, now: datetime) -> int:
    """How many deliveries were under way when the process ended whose place this one takes.

    On SQLite there is only one process, so all of them; on PostgreSQL those whose lease has ended.
    """
    if db.dialect.name != "sqlite":
        return sweep_leases(db, now)
    count = _give_up(db, sa.true(), "the process ended", now)
    over = now + timedelta(seconds=defaults.RESTART_SECONDS - defaults.LOOKUP_AFTER_SECONDS)
    db.execute(DELIVERIES.update().where(*_UNKNOWN).values(not_before=now))
    db.execute(DELIVERIES.update().where(*_UNKNOWN, DELIVERIES.c.lease_until > over).values(lease_until=over))
    return count


def clock_gap(db: sa.Connection, now: datetime) -> timedelta:
    """How far the database's clock is ahead; SQLite has none of its own.

    Desks that share a database have to agree on when a lease ends.
    """
    if db.dialect.name == "sqlite":
        return timedelta()
    there: datetime = db.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return there - now


def _claim(db: sa.Connection, some: sa.Select[tuple[object, ...]], claim: Claim, now: datetime) -> list[Delivery]:
    given = {"of_platform": claim.platform, "of_now": now, "of_since": claim.reposts_since, "at_most": claim.limit}
    rows = db.execute(some, given).all()
    if not rows:
        return []
    until = now + timedelta(seconds=defaults.LEASE_SECONDS)
    lease = {"of_now": now, "of_until": until, "of_token": claim.token}
    try:
        with db.begin_nested():
            db.execute(_TAKE, [{"of_space": row.space, "of_id": row.id} | lease for row in rows])
    except sa.exc.IntegrityError:
        return []  # in the same moment another process has claimed another one of the same channel
    return [
        delivery_of(
            row,
            state="sending",
            lease_token=claim.token,
            lease_until=until,
            attempt=row.attempt + 1,
            first_attempt=row.first_attempt or now,
        )
        for row in rows
    ]


def _give_up(db: sa.Connection, which: sa.ColumnElement[bool], why: str, now: datetime) -> int:
    """Nobody knows what became of these, and whoever sent them is gone."""
    given_up = (
        DELIVERIES.update()
        .where(is_in(*UNDER_WAY), DELIVERIES.c.state == "sending", which)
        .values(
            state="unknown",
            lease_token=None,
            not_before=now,
            unknown_since=sa.func.coalesce(DELIVERIES.c.unknown_since, sa.literal(now, Instant)),
            fault=why,
        )
        .returning(DELIVERIES)
    )
    deliveries = [delivery_of(row) for row in db.execute(given_up)]
    note_attempts(db, [(one, _unfinished(one, why, now)) for one in deliveries])
    return len(deliveries)


def _unfinished(delivery: Delivery, why: str, now: datetime) -> Attempt:
    assert delivery.lease_until is not None, "it was being sent"
    began = delivery.lease_until - timedelta(seconds=defaults.LEASE_SECONDS)
    return Attempt(what="post", began=began, ended=now, outcome="unknown", fault=why)
