"""Keepsakes: values that belong to the installation as a whole."""

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


def find_keepsake(db: sa.Connection, name: str) -> str | None:
    """The value of that name; None where there is none."""
    found: str | None = db.execute(sa.select(KEEPSAKES.c.value).where(KEEPSAKES.c.name == name)).scalar()
    return found


def note_keepsake(db: sa.Connection, name: str, value: str) -> None:
    """Let the name have that value from now on."""
    if keepsake(db, name, lambda: value) != value:
        db.execute(KEEPSAKES.update().where(KEEPSAKES.c.name == name).values(value=value))
