"""Where somebody is told something: for all to see in a channel, or for that person alone."""

import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import PostError
from bot.news.place import Place
from config import defaults
from handlers.layout.elements import Layout
from handlers.slack.blocks import older
from handlers.slack.calls import Calls
from handlers.slack.messages import messages_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Whisper:
    """For one person's eyes: in the channel where they are, else directly."""

    calls: Calls
    place: Place
    user: str
    is_direct: bool

    async def tell(self, layout: Layout) -> bool:
        """Whether they were told."""
        for message in messages_of(layout):
            shown: dict[str, object] = {
                "text": message.text,
                "blocks": older(message.blocks),
                "thread_ts": self.place.thread,
            }
            if not await self._shown(shown):
                return False
        return True

    async def _shown(self, shown: dict[str, object]) -> bool:
        channel, space = self.place.channel, self.place.space
        quiet = {"unfurl_links": False, "unfurl_media": False}
        try:
            if self.is_direct:
                await self.calls.call(space, "chat.postMessage", channel=channel, **shown, **quiet)
            else:
                await self.calls.call(space, "chat.postEphemeral", channel=channel, user=self.user, **shown)
        except PostError:
            directly = {**shown, "thread_ts": None, "channel": self.user}
            try:
                await self.calls.call(space, "chat.postMessage", **directly, **quiet)
            except PostError as fault:
                _log.warning("somebody could not be told", extra={"space": space, "why": str(fault)})
                return False
        return True


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerAddress:
    """The address that comes with a command or a button: it works for half an hour, wherever that was."""

    session: aiohttp.ClientSession
    url: str
    thread: str | None = None

    async def tell(self, layout: Layout, *, all_see: bool = False) -> bool:
        """Whether it was told: to whoever asked, or to everyone in the channel."""
        messages = messages_of(layout)
        client = AsyncWebhookClient(self.url, session=self.session, retry_handlers=[])
        client.proxy = None  # but that of the session
        for message in messages[: defaults.SLACK_ADDRESS_USES]:
            body: dict[str, object] = {
                "response_type": "in_channel" if all_see else "ephemeral",
                "replace_original": False,
                "text": message.text,
                "blocks": list(message.blocks),
                "unfurl_links": False,
                "unfurl_media": False,
                **({"thread_ts": self.thread} if self.thread else {}),
            }
            if not await self._sent(client, body) and not await self._sent(
                client, body | {"blocks": older(message.blocks)}
            ):
                return False
        return True

    async def _sent(self, client: AsyncWebhookClient, body: dict[str, object]) -> bool:
        try:
            answer = await client.send_dict(body)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            _log.warning("an answer could not be given", extra={"why": type(fault).__name__})
            return False
        return bool(answer.status_code == 200)
