"""Digests and alerts in Slack."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.news.article import Space
from bot.news.digest import Dispatch
from bot.news.place import Place
from config import defaults
from handlers.layout.dispatch import lay_out_dispatch
from handlers.slack.messages import messages_of
from handlers.slack.outcomes import ThreadGone
from handlers.slack.payload import freeze, thaw
from handlers.slack.voice import Voice, thread_of

FirstPart = Callable[[Space, str], Awaitable[str | None]]
"""The receipt of the first part of what the marker is a further part of; None for a first part itself."""


@dataclass(frozen=True, kw_only=True)
class SlackPoster:
    """Posts what is owed: the first part in its channel, the others in the thread under it. See Poster."""

    voice: Voice
    first_part: FirstPart
    platform: str = field(default="slack", init=False)
    repost_seconds: float = field(default=0.0, init=False)
    channel_seconds: float = field(default=defaults.SLACK_CHANNEL_SECONDS, init=False)
    posts_a_second: float = field(default=defaults.SLACK_POSTS_A_SECOND, init=False)

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        """See Poster."""
        return render(dispatch, zone)

    async def post(self, place: Place, payload: str, marker: str) -> str:
        """See Poster."""
        message, there = thaw(payload), await self._where(place, marker)
        try:
            return await self.voice.post(there, message, marker)
        except ThreadGone:
            if there == place:
                raise
        return await self.voice.post(place, message, marker)

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        """See Poster."""
        there = await self._where(place, marker)
        try:
            found = await self.voice.find(there, marker, since)
        except ThreadGone:
            found = None
        return found if found or there == place else await self.voice.find(place, marker, since)

    async def _where(self, place: Place, marker: str) -> Place:
        """Where it belongs: further parts below the first one, wherever that can be."""
        first = None if place.thread else await self.first_part(place.space, marker)
        return replace(place, thread=thread_of(first)) if first else place


def render(dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
    """The messages in which it is posted, as they are kept until then."""
    return tuple(map(freeze, messages_of(lay_out_dispatch(dispatch, zone))))
