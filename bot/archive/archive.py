"""The archive: one place where everything a Space owns is kept, on SQLite or PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

import sqlalchemy as sa

from bot.archive import engines
from bot.archive.faults import Whereabouts, explain, explain_damage, is_worth_another_try
from bot.archive.folder import FolderLock, open_folder, require_file
from bot.archive.together import WaitingWrites
from bot.archive.upgrade import bring_up_to_date, require_present_form
from bot.errors import ArchiveError
from config import defaults

Db = sa.Connection
"""What every function that reads or writes the archive takes first."""

P = ParamSpec("P")
T = TypeVar("T")

_FILE = "newsdesk.db"


class Archive:
    """Runs plain functions on the archive, each in one transaction, on the archive's own threads.

    There is one writing thread and connection, and a few for reading. What must be true together is done in one write;
    writes that wait for each other share a commit.
    """

    def __init__(self, at: Whereabouts, readers: sa.Engine, writer: sa.Engine | None, lock: FolderLock | None) -> None:
        self._at = at
        self._readers = readers
        self._writer = writer
        self._lock = lock
        self._reading = ThreadPoolExecutor(defaults.ARCHIVE_READERS, "archive-read")
        self._writing = ThreadPoolExecutor(1, "archive-write")
        self._waiting = WaitingWrites(writer, partial(self._run, writer)) if writer is not None else None

    @classmethod
    def open(cls, data: Path, url: str | None = None, *, write: bool = True) -> Self:
        """The archive in the data folder, or at the PostgreSQL address.

        To write, the folder is locked (ArchiveBusy), and the archive made and migrated where needed (ArchiveTooNew).
        Only to read, it must exist (RequestError) and nothing is locked. Any other ArchiveError says what to do.
        """
        if url is not None:
            return cls._open_postgresql(Whereabouts(data=data, url=engines.read_address(url)), write)
        return cls._open_sqlite(Whereabouts(data=data, url=None), write)

    @classmethod
    def _open_sqlite(cls, at: Whereabouts, write: bool) -> Self:
        file = at.data / _FILE
        if not write:
            require_file(file)
        lock = open_folder(at.data, _FILE) if write else None
        writer = engines.sqlite_writer(file) if write else None
        archive = cls(at, engines.sqlite_readers(file), writer, lock)
        archive._check(needs_checking=lock is not None and lock.was_left_behind)
        return archive

    @classmethod
    def _open_postgresql(cls, at: Whereabouts, write: bool) -> Self:
        assert at.url is not None
        writer = engines.postgresql_writers(at.url) if write else None
        archive = cls(at, engines.postgresql_readers(at.url), writer, None)
        archive._check(needs_checking=False)
        return archive

    def close(self) -> None:
        """Finish what is running, and free the folder."""
        self._close(ended_cleanly=True)

    def _close(self, *, ended_cleanly: bool) -> None:
        self._reading.shutdown()
        self._writing.shutdown()
        self._readers.dispose()
        if self._writer is not None:
            self._writer.dispose()
        if self._lock is not None:
            self._lock.let_go(ended_cleanly=ended_cleanly)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def read(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """What fn(db, …) finds, on a reading thread; everything it reads is of one moment."""
        work = partial(self.read_now, fn, *args, **named)
        return await asyncio.get_running_loop().run_in_executor(self._reading, work)

    async def write(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """What fn(db, …) gives, on the writing thread; all it changed is kept, or nothing where it raised."""
        if self._waiting is None:
            raise self._only_to_be_read()
        outcome = self._waiting.put(lambda db: fn(db, *args, **named))
        self._writing.submit(self._waiting.do_some)
        found: T = await asyncio.wrap_future(outcome)
        return found

    def read_now(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The same as read, on the caller's thread."""
        return self._run(self._readers, lambda db: fn(db, *args, **named))

    def write_now(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """The same as write, on the caller's thread."""
        if self._writer is None:
            raise self._only_to_be_read()
        return self._run(self._writer, lambda db: fn(db, *args, **named))

    def warnings(self) -> list[str]:
        """What an operator should know about the database; `newsdesk doctor` shows it."""
        if self._at.url is not None or sqlite3.sqlite_version_info >= defaults.SQLITE_SAFE:
            return []
        safe = ".".join(map(str, defaults.SQLITE_SAFE))
        return [
            f"SQLite {sqlite3.sqlite_version} is in use; {safe} and later mend a rare fault of the write-ahead log. "
            "Newsdesk avoids it by writing through one connection; open newsdesk.db with no other program meanwhile."
        ]

    def _check(self, *, needs_checking: bool) -> None:
        try:
            if self._at.url is not None:
                self.read_now(engines.refuse_old_postgresql, self._at.server)
            if needs_checking:
                self.write_now(_quick_check, self._at.data)
            where = self._at.server if self._at.url is not None else str(self._at.data)
            if self._writer is None:
                self.read_now(require_present_form, where)
            else:
                self.write_now(bring_up_to_date, where)
        except BaseException:
            self._close(ended_cleanly=False)
            raise

    def _only_to_be_read(self) -> ArchiveError:
        return ArchiveError(f"the archive in {self._at.data} was opened only to be read.")

    def _run(self, engine: sa.Engine, fn: Callable[[Db], T]) -> T:
        for tries_left in reversed(range(defaults.ARCHIVE_TRIES)):
            try:
                with engine.begin() as db:
                    return fn(db)
            except sa.exc.DBAPIError as fault:
                if tries_left and is_worth_another_try(fault):
                    continue
                sentence = explain(fault, self._at)
                if sentence is None:
                    raise
                raise sentence from fault
        raise AssertionError("the last try returns or raises")


def _quick_check(db: Db, data: Path) -> None:
    found = db.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise explain_damage(data)
