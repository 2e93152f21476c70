"""Where an archive stands, and what a kill leaves of it."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import LiteralString, Protocol

import psycopg
import sqlalchemy as sa
from psycopg import sql

from bench.simulation.life import Life, archive_of
from bot.archive import engines
from bot.archive.archive import Archive
from bot.archive.faults import Whereabouts
from bot.archive.folder import FolderLock, open_folder

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Engines:
    """Connections that outlive the archives on them, with every statement that was ever compiled for them.

    A desk compiles what it uses once; of desks that live for so short a time that is a quarter of all they do.
    """

    readers: sa.Engine
    writer: sa.Engine

    def open(self, life: Life, at: Whereabouts, lock: FolderLock | None = None) -> Archive:
        """The archive of that life."""
        return archive_of(life)(at, self.readers, self.writer, lock)


class SqliteGround:
    """A copy of a file. Of whoever is killed everything stays as it was on the disk, the write-ahead log as well.

    Where it is opened `as_new`, it is opened just as by a program that starts.
    """

    def __init__(self, folder: Path, template: Path, *, as_new: bool = True) -> None:
        self._here, self._as_new = folder, as_new
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        shutil.copy(template, folder / _FILE)

    def open(self, life: Life) -> Archive:
        """See Ground."""
        if self._as_new:
            return archive_of(life).open(self._here)
        lock = open_folder(self._here, _FILE)
        return _engines_on_file(self._here / _FILE).open(life, Whereabouts(data=self._here, url=None), lock)

    def end(self, archive: Archive, *, killed: bool) -> None:
        """See Ground."""
        if not killed:
            archive.close()
            return
        left = {name: (self._here / name).read_bytes() for name in _LEFT if (self._here / name).exists()}
        archive.close()  # moves the log into the file, as nobody does who is killed
        for name, content in left.items():
            (self._here / name).write_bytes(content)

    def back_up(self, passed: Callable[[str], None]) -> None:
        """See Ground."""
        with closing(self._connect()) as db, closing(sqlite3.connect(self._here / "backup.db")) as copy:
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
    Where it is opened `as_new`, it is opened just as by a program that starts.
    """

    def __init__(self, folder: Path, url: str, *, as_new: bool = True) -> None:
        self._folder, self._url, self.as_new = folder, url, as_new
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
        if self.as_new:
            return archive_of(life).open(self._folder, self._url)
        address = engines.read_address(self._url)
        return _engines_on_server(address).open(life, Whereabouts(data=self._folder, url=address))

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


@cache
def _engines_on_file(file: Path) -> Engines:
    return Engines(readers=engines.sqlite_readers(file), writer=engines.sqlite_writer(file))


@cache
def _engines_on_server(address: sa.URL) -> Engines:
    return Engines(readers=engines.postgresql_readers(address), writer=engines.postgresql_writers(address))
