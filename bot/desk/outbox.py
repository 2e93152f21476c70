"""The outbox: what it takes to deliver what is owed, and how much may go out on each platform."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Literal

from bot.archive.archive import Archive
from bot.archive.settling import Settlement
from bot.desk.ports import Poster
from bot.desk.wire import Clock, Tasks
from config import defaults

Step = Literal[
    "claimed", "reply read", "mid settle", "settled", "before lookup", "after lookup", "reposted"
]  # fmt: skip


def _ignore(_: object) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """The archive in which it is owed, the posters by platform, the tasks in which it goes out, and the clocks.

    `monotonic` gives seconds that no clock step changes. `told` hears of everything that was settled, and `passed` of
    every step on the way, where tests let a process end.
    """

    archive: Archive
    posters: Mapping[str, Poster]
    tasks: Tasks
    clock: Clock
    monotonic: Callable[[], float] = monotonic
    told: Callable[[Settlement], None] = _ignore
    passed: Callable[[Step], None] = _ignore


class Lane:
    """What goes out on one platform: how many posts are under way, and how many more may begin now."""

    def __init__(self, poster: Poster, monotonic: Callable[[], float]) -> None:
        self.poster = poster
        self.under_way = 0
        self._monotonic = monotonic
        # So many may begin within any span of so many seconds; these are when the last of them did.
        self._burst = max(1, int(poster.posts_a_second))
        self._span = self._burst / poster.posts_a_second
        self._began: deque[float] = deque(maxlen=self._burst)
        self._paused_until = -1.0

    def room(self) -> int:
        """How many posts may begin now."""
        now = self._monotonic()
        if now < self._paused_until:
            return 0
        recent = sum(began > now - self._span for began in self._began)
        return max(0, min(self._burst - recent, defaults.SENT_AT_ONCE - self.under_way))

    def free_in(self) -> float | None:
        """Seconds until the platform takes one more, where it does not now."""
        now = self._monotonic()
        if now < self._paused_until:
            return self._paused_until - now
        if len(self._began) == self._burst and self._began[0] > now - self._span:
            return self._began[0] + self._span - now
        return None

    def begin(self) -> None:
        """Count one post that begins now."""
        self.under_way += 1
        self._began.append(self._monotonic())

    def end(self) -> None:
        """Count one post that is over."""
        self.under_way -= 1

    def pause(self, seconds: float) -> None:
        """Let nothing begin for so long."""
        self._paused_until = max(self._paused_until, self._monotonic() + seconds)
