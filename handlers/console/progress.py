"""Progress on standard error, for work that takes more than a moment. The door to rich's progress bars."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from config import defaults

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress:
    """Bars that appear on a terminal once the work has lasted a while, and leave nothing behind.

    `show` may be called as often as the work likes, from any thread.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def show(self, doing: str, done: int, total: int | None = None) -> None:
        """How much of a piece of work is done; without a total its end is not known."""
        if self._bars is None:
            if not sys.stderr.isatty() or time.monotonic() - self._began < defaults.PROGRESS_AFTER_SECONDS:
                return
            self._bars = _start_bars()
        task = self._tasks.get(doing)
        if task is None:
            task = self._tasks[doing] = self._bars.add_task(doing, total=total)
        self._bars.update(task, completed=done, total=total)


def _start_bars() -> "Bars":
    # Imported here: bars are rare, and a question must not wait for their import.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bars = Progress(*columns, console=Console(stderr=True, markup=False, emoji=False), transient=True)
    bars.start()
    return bars
