"""An event loop whose time is made up: where everybody waits, it goes on at once to whatever comes first."""

import asyncio
import selectors
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar

T = TypeVar("T")


class Stuck(Exception):
    """Everybody waits, and for nothing that time could bring."""


class MadeUpLoop(asyncio.SelectorEventLoop):
    """Runs one thing after the other on one thread, so that the same seed always gives the same run.

    What is given to other threads is done at once, on this one.
    """

    def __init__(self) -> None:
        self._now = 0.0
        super().__init__(_Jumping(self.sleep_through))

    def time(self) -> float:
        """Seconds since the beginning."""
        return self._now

    def let_pass(self, seconds: float) -> None:
        """Go on for so long."""
        self.run_until_complete(asyncio.sleep(seconds))

    def sleep_through(self, seconds: float) -> None:
        """Be so much later at once, as for a machine that was asleep."""
        self._now += seconds

    def run_in_executor(  # type: ignore[override]
        self, executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        """The outcome of the work, which is done by now; what it raises is raised here."""
        outcome: asyncio.Future[T] = self.create_future()
        outcome.set_result(func(*args))
        return outcome


class _Jumping(selectors.DefaultSelector):
    """Looks at what is ready; where it would wait, time passes instead."""

    def __init__(self, jump: Callable[[float], None]) -> None:
        super().__init__()
        self._jump = jump

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """See BaseSelector."""
        ready = super().select(0)
        if not ready and timeout is None:
            raise Stuck
        if not ready and timeout:
            self._jump(timeout)
        return ready
