"""Bringing an archive to the present form of its tables. The door to Alembic."""

from pathlib import Path

import sqlalchemy as sa

from bot.archive.folder import explain_nothing
from bot.archive.schema import REVISION
from bot.errors import ArchiveError, ArchiveTooNew

_MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))
_MIGRATION_LOCK = 0x4E455753  # "NEWS": a number that two processes agree on


def bring_up_to_date(db: sa.Connection, where: str) -> None:
    """Create or migrate the tables inside the open transaction. Nothing is imported when they are current.

    Raises ArchiveTooNew for an archive that a later Newsdesk has written.
    """
    if _revision(db, where) == REVISION:
        return
    if db.dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        if _revision(db, where) == REVISION:
            return
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": db})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def require_present_form(db: sa.Connection, where: str) -> None:
    """Raise RequestError when nothing was ever added, ArchiveError when the archive must be migrated first."""
    found = _revision(db, where)
    if found is None:
        raise explain_nothing(where)
    if found != REVISION:
        raise ArchiveError(
            f"the archive in {where} is from an earlier Newsdesk (form {found}; this one needs {REVISION}); "
            "bring it up to date with `newsdesk reindex`."
        )


def _revision(db: sa.Connection, where: str) -> str | None:
    if not sa.inspect(db).has_table(_VERSION.name):
        return None
    found: str | None = db.execute(sa.select(_VERSION.c.version_num)).scalar()
    if found is not None and found > REVISION:
        raise ArchiveTooNew(
            f"the archive in {where} was written by a later Newsdesk (form {found}; this one knows {REVISION}); "
            "install that release or a newer one, or name another folder with --data."
        )
    return found
