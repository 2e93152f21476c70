"""Pictures of trends as attachments, each with the words that say what it shows."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from bot.news.trend import Trend
from config import defaults
from handlers.discord.cards import picture_name

Draw = Callable[[Trend], bytes]
"""Makes a picture of a trend."""

File = tuple[str, bytes]
"""Its name and what is in it."""


async def attach(body: dict[str, Any], trends: Sequence[Trend], draw: Draw) -> list[File]:
    """The pictures, drawn beside the work; the message announces them from now on."""
    files = [(picture_name(at), await asyncio.to_thread(draw, trend)) for at, trend in enumerate(trends)]
    if files:
        body["attachments"] = [
            {"id": at, "filename": picture_name(at), "description": trend.in_words()[: defaults.DISCORD_DESCRIPTION]}
            for at, trend in enumerate(trends)
        ]
    return files
