"""Connections to SQLite and PostgreSQL, with the settings that keep what was committed."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from bot.errors import ArchiveError
from config import defaults

# https://sqlite.org/wal.html and https://sqlite.org/pragma.html. FULL loses no commit when the power fails. Only the
# writer checkpoints; a reader can change nothing.
_EVERY_CONNECTION = ("foreign_keys=ON", f"busy_timeout={defaults.ARCHIVE_BUSY_MS}", "synchronous=FULL")
_WRITER = ("journal_mode=WAL", f"cache_size=-{defaults.ARCHIVE_CACHE_KIB}")
_READER = ("wal_autocheckpoint=0", "query_only=ON")

_POSTGRESQL_SETTINGS = (
    "SET synchronous_commit=on",
    f"SET statement_timeout='{defaults.POSTGRESQL_STATEMENT_SECONDS}s'",
    f"SET lock_timeout='{defaults.POSTGRESQL_LOCK_SECONDS}s'",
    f"SET idle_in_transaction_session_timeout='{defaults.POSTGRESQL_IDLE_SECONDS}s'",
)


def sqlite_writer(file: Path) -> sa.Engine:
    """The one connection that writes the file, and alone moves the write-ahead log into it."""
    return _sqlite(file, mode="rwc", settings=_EVERY_CONNECTION + _WRITER, begin="BEGIN IMMEDIATE", size=1)


def sqlite_readers(file: Path) -> sa.Engine:
    """Connections that can only read the file."""
    settings = _EVERY_CONNECTION + _READER
    return _sqlite(file, mode="ro", settings=settings, begin="BEGIN", size=defaults.ARCHIVE_READERS)


def postgresql_writers(url: sa.URL) -> sa.Engine:
    """One connection that writes."""
    return _postgresql(url, size=1)


def postgresql_readers(url: sa.URL) -> sa.Engine:
    """Connections on which everything read in one transaction is of one moment."""
    return _postgresql(url, size=defaults.ARCHIVE_READERS).execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def read_address(url: str) -> sa.URL:
    """The PostgreSQL address of the setting; ArchiveError when it is none."""
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError as fault:
        raise _wrong_address("it cannot be read") from fault
    if address.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise _wrong_address(f"it starts with {address.drivername}://")
    return address.set(drivername="postgresql+psycopg")


def refuse_old_postgresql(db: sa.Connection, server: str, oldest: int = defaults.POSTGRESQL_OLDEST) -> None:
    """Raise ArchiveError when the server is older than the tests run on."""
    number = int(db.exec_driver_sql("SHOW server_version_num").scalar_one())
    if number < oldest * 10_000:
        raise ArchiveError(f"{server} is release {number // 10_000}; Newsdesk needs PostgreSQL {oldest} or later.")


def _wrong_address(reason: str) -> ArchiveError:
    return ArchiveError(
        f"NEWSDESK_DATABASE_URL is not the address of a PostgreSQL database: {reason}; "
        "write postgresql://USER:PASSWORD@HOST/DATABASE, or leave it out to use SQLite."
    )


def _sqlite(file: Path, *, mode: str, settings: tuple[str, ...], begin: str, size: int) -> sa.Engine:
    address = f"file:{quote(str(file.absolute()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        # The driver would begin transactions by itself, and only before the first change.
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
        return connection

    engine = sa.create_engine(
        "sqlite://", creator=connect, poolclass=sa.QueuePool, pool_size=size, max_overflow=0, pool_reset_on_return=None
    )
    sa.event.listen(engine, "begin", lambda db: db.exec_driver_sql(begin))
    return engine


def _postgresql(url: sa.URL, *, size: int) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"connect_timeout": defaults.POSTGRESQL_CONNECT_SECONDS, "application_name": "newsdesk"},
    )

    def prepare(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for setting in _POSTGRESQL_SETTINGS:
            cursor.execute(setting)
        cursor.close()
        connection.commit()

    sa.event.listen(engine, "connect", prepare)
    return engine
