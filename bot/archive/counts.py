"""The counts of each Space: how far its news was placed, and the last numbers given."""

from typing import Literal, get_args

import sqlalchemy as sa

from bot.archive.schema_due import COUNTS
from bot.news.article import Space

Numbered = Literal["last_story", "last_order", "last_delivery", "last_answer"]


def take_numbers(db: sa.Connection, space: Space, of: Numbered, count: int = 1) -> int:
    """The first of so many numbers in a row that were never given in the Space before; the first of all is 1.

    Whoever else wants numbers of the Space waits until the transaction ends, so they become visible in order.
    """
    advance = (
        COUNTS.update()
        .where(COUNTS.c.space == space)
        .values({of: COUNTS.c[of] + count})
        .returning(COUNTS.c[of].label("last"))
    )
    last: int | None = db.execute(advance).scalar()
    if last is None:
        _begin(db, space)
        last = db.execute(advance).scalar_one()
    return last - count + 1


def placed_mark(db: sa.Connection, space: Space) -> int:
    """The number of the last change that was placed into stories; 0 when none was."""
    return db.execute(sa.select(COUNTS.c.placed).where(COUNTS.c.space == space)).scalar() or 0


def placed_marks(db: sa.Connection) -> dict[Space, int]:
    """The same for every Space in which anything was placed."""
    return {row.space: row.placed for row in db.execute(sa.select(COUNTS.c.space, COUNTS.c.placed))}


def advance_placed(db: sa.Connection, space: Space, since: int, to: int) -> bool:
    """Whether the mark stood at `since`; it stands at `to` from now on. False, and nothing happens, if it did not."""
    advance = COUNTS.update().where(COUNTS.c.space == space, COUNTS.c.placed == since).values(placed=to)
    if since == 0 and placed_mark(db, space) == 0:
        _begin(db, space)
    return db.execute(advance).rowcount == 1


def _begin(db: sa.Connection, space: Space) -> None:
    """Make the row of a Space that has none yet."""
    row = {"space": space, "placed": 0} | dict.fromkeys(get_args(Numbered), 0)
    try:
        with db.begin_nested():
            db.execute(COUNTS.insert().values(row))
    except sa.exc.IntegrityError:
        pass  # another process made it first, or it was there
