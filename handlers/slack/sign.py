"""The sign that somebody was heard: shown at once, and gone when the answer is there."""

from collections.abc import Callable
from time import monotonic

from bot.errors import PostError
from bot.news.article import Space
from bot.news.place import Place
from config import defaults
from handlers.slack.calls import Calls

_STATUS = "is looking through the news…"
_EYES = "eyes"


class Signs:
    """Shows them: a status below the message where the workspace has that, else a reaction on it."""

    def __init__(self, calls: Calls, clock: Callable[[], float] = monotonic) -> None:
        self._calls, self._clock = calls, clock
        self._no_status_until: dict[Space, float] = {}

    async def show(self, place: Place, ts: str) -> str:
        """What is shown now on that message; empty where nothing could be."""
        if self._no_status_until.get(place.space, 0.0) <= self._clock():
            if await self._status(place, _STATUS):
                return _STATUS
            self._no_status_until[place.space] = self._clock() + defaults.SLACK_LOOKED_UP_SECONDS
        return _EYES if await self._react("reactions.add", place, ts) else ""

    async def clear(self, place: Place, ts: str, shown: str, *, is_answered: bool) -> None:
        """Take it away. A status goes by itself when something is posted below it."""
        if shown == _EYES:
            await self._react("reactions.remove", place, ts)
        elif shown and not is_answered:
            await self._status(place, "")

    async def _status(self, place: Place, status: str) -> bool:
        return await self._done(
            place, "assistant.threads.setStatus", channel_id=place.channel, thread_ts=place.thread, status=status
        )

    async def _react(self, method: str, place: Place, ts: str) -> bool:
        return await self._done(place, method, channel=place.channel, timestamp=ts, name=_EYES)

    async def _done(self, place: Place, method: str, **named: object) -> bool:
        try:
            await self._calls.call(place.space, method, **named)
        except PostError:
            return False
        return True
