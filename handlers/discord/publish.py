"""Publishing: what is posted in a channel of announcements goes on to the channels that follow it."""

import logging
from collections.abc import Callable

from bot.desk.wire import Tasks
from bot.errors import PostError
from handlers.discord.rest import Request, Rest

_log = logging.getLogger(__name__)

_ANNOUNCEMENTS = 5  # kind of channel
_PUBLISHED = 40033  # before, perhaps by a person


class Publishing:
    """Publishes posts once they are there, beside their delivery: what is not published stays posted, and is no fault.

    `is_announced` tells of a channel whether it is one of announcements, None where that is not known yet.
    """

    def __init__(self, rest: Rest, tasks: Tasks, is_announced: Callable[[str], bool | None]) -> None:
        self._rest, self._tasks, self._is_announced = rest, tasks, is_announced

    def begin(self, receipt: str) -> None:
        """Begin to publish the message of that receipt, where others can follow its channel."""
        channel, _, message = receipt.partition(":")
        is_announced = self._is_announced(channel)
        if is_announced is not False:
            self._tasks.create_task(self._publish(channel, message, is_known=is_announced is True))

    async def _publish(self, channel: str, message: str, *, is_known: bool) -> None:
        try:
            if not (is_known or await self._look(channel)):
                return
            # Ten an hour are taken in a channel, in a limit of their own; whatever is beyond stays unpublished.
            path = f"/channels/{channel}/messages/{message}/crosspost"
            answered = await self._rest.ask_patiently(Request(method="POST", path=path, limit=f"publish {channel}"))
        except PostError as fault:
            _note(channel, str(fault))
            return
        if not answered.is_done and answered.code != _PUBLISHED:
            _note(channel, f"Discord says {answered.code or answered.status}")

    async def _look(self, channel: str) -> bool:
        """Whether the channel is one of announcements, asking Discord."""
        path = f"/channels/{channel}"
        answered = await self._rest.ask_patiently(Request(method="GET", path=path, limit=f"look {path}"))
        return answered.is_done and answered.body.get("type") == _ANNOUNCEMENTS


def _note(channel: str, reason: str) -> None:
    _log.info("a post is not published", extra={"channel": channel, "reason": reason})
