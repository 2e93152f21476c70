"""How many requests Discord refused of late: beyond ten thousand in ten minutes it bans the address of the machine."""

from collections import deque
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import aiohttp

from bot.errors import NotPosted
from config import defaults

_COUNTED = frozenset({401, 403, 429})


class Refusals:
    """Counts what Discord counts, for all that speak with it, and stops well before it loses its patience."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._at: deque[float] = deque(maxlen=defaults.DISCORD_REFUSALS)

    def note(self, status: int, scope: str) -> None:
        """Count an answer, if it counts: not where the limit is one that others share."""
        if status in _COUNTED and scope != "shared":
            self._at.append(self._clock())

    def check(self) -> None:
        """NotPosted as long as nothing more should be asked."""
        if len(self._at) < defaults.DISCORD_REFUSALS:
            return
        wait = self._at[0] + defaults.DISCORD_REFUSALS_SECONDS - self._clock()
        if wait > 0:
            sentence = (
                f"Discord refused {len(self._at)} requests within ten minutes; nothing more is asked for a while."
            )
            raise NotPosted(sentence, retry_after=timedelta(seconds=wait), everywhere=True)

    def trace(self) -> aiohttp.TraceConfig:
        """For the library's own client, so that what it is refused counts too."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._check_start)
        config.on_request_end.append(self._note_end)
        return config

    async def _check_start(self, *_: object) -> None:
        self.check()

    async def _note_end(self, _: object, __: object, end: aiohttp.TraceRequestEndParams) -> None:
        self.note(end.response.status, end.response.headers.get("X-RateLimit-Scope", ""))
