"""The outbox: what it takes to deliver what is owed, and how much may go out on each platform."""

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
    """What goes out on one platform: how many posts are under way, and how many more may begin now.

    Posts begin in handfuls, spread evenly: a platform that counts them sees about as many in every second, and a look
    that comes late makes the next ones no later.
    """

    def __init__(self, poster: Poster, monotonic: Callable[[], float]) -> None:
        self.poster = poster
        self.under_way = 0
        self._monotonic = monotonic
        self._a_second = poster.posts_a_second
        self._most = max(2, int(self._a_second * defaults.SENT_AHEAD_SECONDS))
        self._handful = self._most // 2
        self._free, self._counted = float(self._most), monotonic()
        self._paused_until = -1.0

    def room(self) -> int:
        """How many posts may begin now."""
        if self._monotonic() < self._paused_until:
            return 0
        free = self._count_free()
        return max(0, min(int(free), defaults.SENT_AT_ONCE - self.under_way)) if free >= self._handful else 0

    def free_in(self) -> float | None:
        """Seconds until the platform takes a handful more, where it does not now."""
        now = self._monotonic()
        if now < self._paused_until:
            return self._paused_until - now
        missing = self._handful - self._count_free()
        return missing / self._a_second if missing > 0 else None

    def begin(self) -> None:
        """Count one post that begins now."""
        self.under_way += 1
        self._free = self._count_free() - 1

    def end(self) -> None:
        """Count one post that is over."""
        self.under_way -= 1

    def pause(self, seconds: float) -> None:
        """Let nothing begin for so long."""
        self._paused_until = max(self._paused_until, self._monotonic() + seconds)

    def _count_free(self) -> float:
        now = self._monotonic()
        self._free = min(float(self._most), self._free + (now - self._counted) * self._a_second)
        self._counted = now
        return self._free
