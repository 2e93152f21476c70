"""Time that passes faster than it does, alike for several processes."""

import asyncio
import selectors
import time
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Haste:
    """From the moment `began` on (by the clock on the wall) it was `start`, and time passes so many times faster."""

    start: datetime
    began: float
    times: float

    def now(self) -> datetime:
        """The moment."""
        return self.start + timedelta(seconds=(time.time() - self.began) * self.times)

    def loop(self) -> "HastyLoop":
        """A loop that waits as much shorter."""
        return HastyLoop(self.times)


class HastyLoop(asyncio.SelectorEventLoop):
    """Time passes so many times faster than it does: every wait and every limit is as much shorter."""

    def __init__(self, times: float) -> None:
        self._times = times
        super().__init__(_Hurrying(times))

    def time(self) -> float:
        """Seconds since some moment."""
        return super().time() * self._times


class _Hurrying(selectors.DefaultSelector):
    def __init__(self, times: float) -> None:
        super().__init__()
        self._times = times

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """See BaseSelector."""
        return super().select(timeout / self._times if timeout else timeout)
