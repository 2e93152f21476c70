"""Pictures of trends: drawn and uploaded before the message that shows them is posted."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp

from bot.errors import NewsdeskError
from bot.news.article import Space
from bot.news.trend import Trend
from config import defaults
from handlers.slack.blocks import picture_block
from handlers.slack.calls import Calls
from handlers.slack.mrkdwn import Block

_log = logging.getLogger(__name__)
_TROUBLE = (NewsdeskError, aiohttp.ClientError, TimeoutError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pictures:
    """Draws trends as PNG with `draw`, which may take its time, and uploads them."""

    calls: Calls
    draw: Callable[[Trend], bytes]

    async def blocks(self, space: Space, trends: Mapping[str, Trend]) -> dict[str, Block]:
        """The pictures of the trends, under the same names; one that fails, or takes too long, is left out."""
        shown: dict[str, Block] = {}
        try:
            async with asyncio.timeout(defaults.SLACK_PICTURE_SECONDS):
                for name, trend in trends.items():
                    shown[name] = picture_block(trend, await self._upload(space, trend))
        except _TROUBLE as fault:
            _log.warning("a picture is told in words", extra={"space": space, "fault": type(fault).__name__})
        return shown

    async def _upload(self, space: Space, trend: Trend) -> str:
        """Slack's name of the file."""
        drawn = await asyncio.to_thread(self.draw, trend)
        asked = await self.calls.call(
            space, "files.getUploadURLExternal", filename="trend.png", length=len(drawn), alt_txt=trend.in_words()
        )
        client = await self.calls.client_of(space)
        assert client.session is not None, "all clients share one"
        async with client.session.post(asked["upload_url"], data=drawn) as answer:
            answer.raise_for_status()
        files = f'[{{"id": "{asked["file_id"]}"}}]'
        await self.calls.call(space, "files.completeUploadExternal", files=files)
        return str(asked["file_id"])
