"""The attempts: every try to post a delivery or to look it up, kept as the trail for "was it posted?"."""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.archive.schema_due import ATTEMPTS
from bot.news.article import Space
from bot.news.delivery import Attempt, Delivery, DeliveryId

_OF = sa.and_(
    ATTEMPTS.c.space == sa.bindparam("of_space", type_=sa.String),
    ATTEMPTS.c.delivery == sa.bindparam("of_delivery", type_=sa.BigInteger),
)
_NEXT = sa.select(sa.func.coalesce(sa.func.max(ATTEMPTS.c.number), 0) + 1).where(_OF).scalar_subquery()
_NOTED = ("what", "began", "ended", "outcome", "fault")
_NOTE = ATTEMPTS.insert().values(
    space=sa.bindparam("of_space"), delivery=sa.bindparam("of_delivery"), number=_NEXT,
    **{name: sa.bindparam(f"of_{name}", type_=ATTEMPTS.c[name].type) for name in _NOTED},
)  # fmt: skip


def note_attempts(db: sa.Connection, attempts: Sequence[tuple[Delivery, Attempt]]) -> None:
    """Add the attempts to the trails of their deliveries."""
    if attempts:
        db.execute(_NOTE, [_row(delivery, attempt) for delivery, attempt in attempts])


def list_attempts(db: sa.Connection, space: Space, delivery: DeliveryId) -> list[Attempt]:
    """Every attempt at the delivery, in order."""
    here = sa.and_(ATTEMPTS.c.space == space, ATTEMPTS.c.delivery == delivery)
    wanted = sa.select(*(ATTEMPTS.c[name] for name in _NOTED)).where(here).order_by(ATTEMPTS.c.number)
    return [Attempt(**row._mapping) for row in db.execute(wanted)]


def _row(delivery: Delivery, attempt: Attempt) -> dict[str, object]:
    row = {f"of_{name}": getattr(attempt, name) for name in _NOTED}
    return row | {"of_space": delivery.place.space, "of_delivery": delivery.id}
