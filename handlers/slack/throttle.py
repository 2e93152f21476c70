"""How fast a workspace may be asked: what Slack allows, kept to by all tasks together."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from bot.errors import NotPosted
from bot.news.article import Space
from config import defaults

_POST = "chat.postMessage"
_A_MINUTE = {
    _POST: defaults.SLACK_WORKSPACE_POSTS_A_MINUTE,
    "assistant.threads.setStatus": defaults.SLACK_SIGNS_A_MINUTE,
    "chat.update": defaults.SLACK_LOOKUPS_A_MINUTE,
    "conversations.history": defaults.SLACK_LOOKUPS_A_MINUTE,
    "conversations.info": defaults.SLACK_LOOKUPS_A_MINUTE,
    "conversations.replies": defaults.SLACK_LOOKUPS_A_MINUTE,
    "reactions.add": defaults.SLACK_LOOKUPS_A_MINUTE,
    "reactions.remove": defaults.SLACK_LOOKUPS_A_MINUTE,
    "users.conversations": defaults.SLACK_LOOKUPS_A_MINUTE,
}
_MINUTE = 60.0
_CHANNELS = 10_000  # remembered before those are forgotten in which a post may begin


class Throttle:
    """Lets calls begin as fast as Slack takes them; whoever would have to wait for long is put off instead."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._began: dict[tuple[Space, str], deque[float]] = {}
        self._left_alone_until: dict[tuple[Space, str], float] = {}
        self._channel_free: dict[tuple[Space, str], float] = {}

    async def turn(self, space: Space, method: str, channel: str | None = None) -> None:
        """Wait until the call may begin; NotPosted, with the time to wait, where that is not soon."""
        wait = self._take(space, method, channel)
        if wait > defaults.SLACK_WAIT_SECONDS:
            raise NotPosted(f"Slack takes no more for {wait:.0f} seconds.", retry_after=timedelta(seconds=wait))
        if wait > 0:
            await asyncio.sleep(wait)

    def leave_alone(self, space: Space, method: str, wait: timedelta) -> None:
        """Let no call of that method begin in the workspace for so long, whoever makes it."""
        until = self._clock() + min(wait.total_seconds(), defaults.LEFT_ALONE_SECONDS)
        named = (space, method)
        self._left_alone_until[named] = max(until, self._left_alone_until.get(named, until))

    def _take(self, space: Space, method: str, channel: str | None) -> float:
        """Seconds until the next call may begin, which is taken for begun then unless they are many."""
        now, named = self._clock(), (space, method)
        most = _A_MINUTE.get(method, defaults.SLACK_OTHER_CALLS_A_MINUTE)
        began = self._began.setdefault(named, deque(maxlen=most))
        free = began[0] + _MINUTE if len(began) == most else now
        free = max(free, self._left_alone_until.get(named, now))
        there = (space, channel or "")
        if method == _POST and there in self._channel_free:
            free = max(free, self._channel_free[there])
        wait = max(free - now, 0.0)
        if wait <= defaults.SLACK_WAIT_SECONDS:
            began.append(now + wait)
            if method == _POST:
                self._note_post(there, now, now + wait + defaults.SLACK_CHANNEL_SECONDS)
        return wait

    def _note_post(self, there: tuple[Space, str], now: float, free: float) -> None:
        if len(self._channel_free) >= _CHANNELS:
            self._channel_free = {one: at for one, at in self._channel_free.items() if at > now}
        self._channel_free[there] = free
