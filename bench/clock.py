"""Virtual minutes."""

import time


class Clock:
    """The virtual minute: it stands still, or goes on by `pace` minutes in each real minute."""

    def __init__(self, minute: float = 0.0, pace: float = 0.0) -> None:
        self.set(minute, pace)

    def set(self, minute: float, pace: float = 0.0) -> None:
        """Go on from that minute."""
        self._minute, self._pace, self._set = minute, pace, time.monotonic()

    def __call__(self) -> float:
        """The minute now."""
        return self._minute + (time.monotonic() - self._set) / 60 * self._pace
