"""Progress on standard error, for work that takes more than a moment. The door to rich's progress bars."""

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, Self

from config import defaults

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID


class Progress:
    """Bars that appear on a terminal once the work has lasted a while, and leave nothing behind.

    `show` may be called as often as the work likes, from any thread. Bars come even while it is silent.
    """

    def __init__(self) -> None:
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}
        self._states: dict[str, tuple[int, int | None]] = {}
        self._lock = threading.Lock()
        self._timer = threading.Timer(defaults.PROGRESS_AFTER_SECONDS, self._appear)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr is not None and sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._states.clear()
            if self._bars is not None:
                self._bars.stop()

    def show(self, doing: str, done: int, total: int | None = None) -> None:
        """How much of a piece of work is done; without a total its end is not known."""
        with self._lock:
            self._states[doing] = done, total
            if self._bars is not None:
                self._draw(self._bars, doing)

    def _appear(self) -> None:
        with self._lock:
            if self._states:
                self._bars = _start_bars()
                for doing in self._states:
                    self._draw(self._bars, doing)

    def _draw(self, bars: "Bars", doing: str) -> None:
        done, total = self._states[doing]
        task = self._tasks.get(doing)
        if task is None:
            task = self._tasks[doing] = bars.add_task(doing, total=total)
        bars.update(task, completed=done, total=total)


def _start_bars() -> "Bars":
    # Imported here: bars are rare, and a question must not wait for their import.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bars = Progress(*columns, console=Console(stderr=True, markup=False, emoji=False), transient=True)
    bars.start()
    return bars
