"""Where an archive stands, and what a kill leaves of it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import LiteralString, Protocol

import psycopg
from psycopg import sql

from bench.simulation.life import Life, archive_of
from bot.archive.archive import Archive

_FILE = "newsdesk.db"
_PAGES_AT_ONCE = 20
_TABLES: LiteralString = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_LEFT = (_FILE, f"{_FILE}-wal", "lock")


class Ground(Protocol):
    """A database with an archive in it, for one run."""

    def open(self, life: Life) -> Archive:
        """The archive, opened in that life."""

    def end(self, archive: Archive, *, killed: bool) -> None:
        """Let go of it as whoever had it open did."""

    def back_up(self, passed: Callable[[str], None]) -> None:
        """Make a copy beside the work, as an operator would; it passes "mid backup"."""

    def check_point(self, passed: Callable[[str], None]) -> None:
        """Let the database tidy up its log as far as it can; it passes "mid checkpoint"."""


class SqliteGround:
    """A copy of a file. Of whoever is killed everything stays as it was on the disk, the write-ahead log as well."""

    def __init__(self, folder: Path, template: Path) -> None:
        self._folder, self._lives = folder, 0
        self._here.mkdir(parents=True)
        shutil.copy(template, self._here / _FILE)

    @property
    def _here(self) -> Path:
        return self._folder / f"life-{self._lives}"

    def open(self, life: Life) -> Archive:
        """See Ground."""
        return archive_of(life).open(self._here)

    def end(self, archive: Archive, *, killed: bool) -> None:
        """See Ground."""
        if killed:
            before = self._here
            self._lives += 1
            self._here.mkdir()
            for name in _LEFT:
                if (before / name).exists():
                    shutil.copy(before / name, self._here)
            archive.close()  # would move the log into the file, as nobody does who is killed
            shutil.rmtree(before)
        else:
            archive.close()

    def back_up(self, passed: Callable[[str], None]) -> None:
        """See Ground."""
        with closing(self._connect()) as db, closing(sqlite3.connect(self._folder / "backup.db")) as copy:
            db.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda *_: passed("mid backup"))

    def check_point(self, passed: Callable[[str], None]) -> None:
        """See Ground."""
        with closing(self._connect()) as reader, closing(self._connect()) as db:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM deliveries")
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")
            passed("mid checkpoint")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._here / _FILE, isolation_level=None)


class PostgresGround:
    """A database of a server that is laid out as it was at first before each run: its rows are copied back.

    That takes a tenth of the time of a database of its own. Nobody may be connected to it when it is made or laid out.
    """

    def __init__(self, folder: Path, url: str) -> None:
        self._folder, self._url = folder, url
        with self._connect() as db:
            self._tables = [name for (name,) in db.execute(_TABLES)]
            db.execute(sql.SQL("CREATE SCHEMA kept"))
            for name in self._tables:
                db.execute(sql.SQL("CREATE TABLE kept.{0} AS TABLE public.{0}").format(sql.Identifier(name)))

    def lay_out(self) -> None:
        """Put everything back."""
        again = "DELETE FROM public.{0}; INSERT INTO public.{0} SELECT * FROM kept.{0};"
        every = [sql.SQL(again).format(sql.Identifier(name)) for name in self._tables]
        with self._connect() as db:
            db.execute(sql.SQL("SET session_replication_role = replica;") + sql.SQL("").join(every))

    def open(self, life: Life) -> Archive:
        """See Ground."""
        return archive_of(life).open(self._folder, self._url)

    def end(self, archive: Archive, *, killed: bool) -> None:
        """See Ground."""
        archive.close()

    def back_up(self, passed: Callable[[str], None]) -> None:
        """See Ground."""
        with self._connect() as db:
            for name in self._tables:
                db.execute(sql.SQL("SELECT * FROM public.{0}").format(sql.Identifier(name))).fetchall()
                passed("mid backup")

    def check_point(self, passed: Callable[[str], None]) -> None:
        """See Ground."""
        with psycopg.connect(self._url, autocommit=True) as db:
            db.execute("CHECKPOINT")
            passed("mid checkpoint")

    def _connect(self) -> "psycopg.Connection[tuple[str]]":
        return psycopg.connect(self._url)
