"""Hosts are not hurried: a queue before each, through which one request goes at a time."""

from collections.abc import Callable
from time import monotonic

from config import defaults

_KEPT = 10_000
"""Hosts remembered before those are forgotten whose queue has long ended."""


class Hosts:
    """When each host may be asked next, in seconds of the monotonic clock."""

    def __init__(self, gap_seconds: float = defaults.HOST_GAP_SECONDS, clock: Callable[[], float] = monotonic) -> None:
        self._gap = gap_seconds
        self._clock = clock
        self._free_at: dict[str, float] = {}

    def queue(self, host: str) -> float | None:
        """Seconds to wait before the host may be asked, whose queue is then one longer; None where it is too long."""
        now = self._clock()
        turn = max(self._free_at.get(host, now), now)
        if turn - now > defaults.HOST_QUEUE_SECONDS:
            return None
        if len(self._free_at) > _KEPT:
            self._free_at = {one: at for one, at in self._free_at.items() if at > now}
        self._free_at[host] = turn + self._gap
        return turn - now
