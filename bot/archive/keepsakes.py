"""Keepsakes: values that belong to the installation as a whole, each made once."""

from collections.abc import Callable

import sqlalchemy as sa

from bot.archive.schema_due import KEEPSAKES


def keepsake(db: sa.Connection, name: str, make: Callable[[], str]) -> str:
    """The value of that name; where there is none yet, one is made and kept for good."""
    wanted = sa.select(KEEPSAKES.c.value).where(KEEPSAKES.c.name == name)
    found: str | None = db.execute(wanted).scalar()
    if found is not None:
        return found
    try:
        with db.begin_nested():
            db.execute(KEEPSAKES.insert().values(name=name, value=make()))
    except sa.exc.IntegrityError:
        pass  # another process made it between the two statements
    return str(db.execute(wanted).scalar_one())
