"""Writes that wait for each other are committed together: each kept or refused by itself, none answered before."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from config import defaults

Work = Callable[[sa.Connection], Any]


class WaitingWrites:
    """What is to be written, in the order in which it came. `alone` does one piece in a transaction of its own."""

    def __init__(self, writer: sa.Engine, alone: Callable[[Work], Any]) -> None:
        self._writer, self._alone = writer, alone
        self._waiting: SimpleQueue[_Write] = SimpleQueue()

    def put(self, work: Work) -> Future[Any]:
        """What the work will have given, once it is kept; somebody has to see that do_some is called for it."""
        write = _Write(work)
        self._waiting.put(write)
        return write.outcome

    def do_some(self) -> None:
        """Do some of what waits, if anything does; called from one thread, as often as something was put."""
        some = list(self._take())
        try:
            if len(some) > 1:
                self._do_together(some)
            else:
                self._do_alone(some)
        except BaseException as end:
            for write in some:
                write.give_up(end)
            raise

    def _take(self) -> Iterator["_Write"]:
        for _ in range(defaults.ARCHIVE_WRITES_TOGETHER):
            try:
                write = self._waiting.get_nowait()
            except Empty:
                return
            if write.outcome.set_running_or_notify_cancel():
                yield write

    def _do_together(self, some: list["_Write"]) -> None:
        try:
            with self._writer.begin() as db:
                for write in some:
                    with write, db.begin_nested():
                        write.found = write.work(db)
                    if isinstance(write.fault, sa.exc.DBAPIError):
                        raise write.fault
        except sa.exc.DBAPIError:
            self._do_alone(some)  # none of it was kept
        else:
            for write in some:
                write.tell()

    def _do_alone(self, some: list["_Write"]) -> None:
        for write in some:
            write.fault = None
            with write:
                write.found = self._alone(write.work)
            write.tell()


class _Write:
    """One piece of work. As a context it remembers what the work raises."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.found: Any = None
        self.fault: Exception | None = None
        self.outcome: Future[Any] = Future()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(fault, Exception):
            return False
        self.fault = fault
        return True

    def tell(self) -> None:
        """Say what came of it."""
        if self.fault is not None:
            self.outcome.set_exception(self.fault)
        else:
            self.outcome.set_result(self.found)

    def give_up(self, end: BaseException) -> None:
        """Say that it was not done, unless it was."""
        if not self.outcome.done():
            self.outcome.set_exception(end)
