"""Posting in Discord what the desk owes, so that it is found again."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from bot.errors import CannotSee, MaybePosted, NotPosted, PlaceClosed, PostError, SpaceClosed
from bot.news.digest import Dispatch
from bot.news.place import Place
from bot.news.trend import thaw_trend
from config import defaults
from handlers.discord.cards import Card, lay_cards
from handlers.discord.forum import Forums, Post, post_of
from handlers.discord.message import is_marked, marked
from handlers.discord.outcomes import GONE, NO_TEXT_CHANNELS, UNKNOWN_MESSAGE, outcome_of
from handlers.discord.pictures import Draw, File, attach
from handlers.discord.rest import Answered, Request, Rest
from handlers.layout.dispatch import lay_out_dispatch

_FORM = 1  # of payloads: what was frozen by an earlier release is told apart by it
_EPOCH = 1_420_070_400_000  # milliseconds: the ids of Discord count from there
_PAGE = 100
_DELETED = "0"  # instead of the id of a message that a person deleted before anybody knew that it was there
_FOR_FOLLOWERS = frozenset({"digest", "alert"})

Body = dict[str, Any]

Publish = Callable[[str], None]
"""Begins to publish the message of that receipt."""


def publish_nothing(_: str) -> None:
    """Leave everything where it is."""


class DiscordPoster:
    """Posts by requests of its own, so that it sees what became of each.

    `draw` makes a picture of a trend. `publish` is told of every digest and alert that is there.
    """

    platform: ClassVar[str] = "discord"
    repost_seconds: ClassVar[float] = defaults.DISCORD_NONCE_SECONDS
    channel_seconds: ClassVar[float] = defaults.DISCORD_CHANNEL_SECONDS
    posts_a_second: ClassVar[float] = defaults.DISCORD_POSTS_A_SECOND

    def __init__(
        self, rest: Rest, draw: Draw, clock: Callable[[], datetime], publish: Publish = publish_nothing
    ) -> None:
        self._rest, self._draw, self._publish = rest, draw, publish
        self._forums = Forums(rest, clock)
        self._revoked: SpaceClosed | None = None

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        """See Poster."""
        return render(dispatch, zone)

    async def post(self, place: Place, payload: str, marker: str) -> str:
        """See Poster; the receipt names the channel and the message."""
        if self._revoked is not None:
            raise self._revoked
        frozen = json.loads(payload)
        body = marked(frozen["components"], marker, frozen.get("ping"))
        files = await attach(body, [thaw_trend(picture) for picture in frozen["pictures"]], self._draw)
        channel, answers = _where(place)
        if answers is not None:
            body["message_reference"] = {"message_id": answers, "fail_if_not_exists": False}
        if not self._forums.is_known(channel):
            answered = await self._send(channel, body, files)
            if answered.code not in NO_TEXT_CHANNELS or not await self._forums.look_at(channel):
                receipt = self._receipt(channel, answered)
                if frozen["post"]["kind"] in _FOR_FOLLOWERS:
                    self._publish(receipt)
                return receipt
        return await self._post_of_the_day(channel, Post(**frozen["post"]), body, files)

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        """See Poster."""
        channel, _ = _where(place)
        for thread in await self._where_it_may_be(channel):
            message = await self._find_in(thread, marker, since)
            if message is not None:
                return f"{thread}:{message}"
        return None

    async def _post_of_the_day(self, forum: str, post: Post, body: Body, files: list[File]) -> str:
        thread = await self._forums.thread(forum, post)
        answered = await self._send(thread, body, files)
        try:
            return self._receipt(thread, answered)
        except PlaceClosed as fault:
            # A person deleted or locked it; the forum is open all the same, and gets another one.
            self._forums.forget(forum)
            raise NotPosted(str(fault)) from fault

    async def _send(self, channel: str, body: Body, files: list[File]) -> Answered:
        path = f"/channels/{channel}/messages"
        return await self._rest.ask(Request(method="POST", path=path, limit=f"post {channel}", body=body, files=files))

    def _receipt(self, channel: str, answered: Answered) -> str:
        if answered.code == UNKNOWN_MESSAGE:
            return f"{channel}:{_DELETED}"
        if not answered.is_done:
            fault = outcome_of(answered.status, answered.code)
            if isinstance(fault, SpaceClosed):
                self._revoked = fault
            raise fault
        if not isinstance(answered.body, dict) or "id" not in answered.body:
            raise MaybePosted("Discord answered in a way that nobody understands.")
        return f"{channel}:{answered.body['id']}"

    async def _where_it_may_be(self, channel: str) -> list[str]:
        """The channel, or in a forum what is open there."""
        if not self._forums.note(channel, await self._look(f"/channels/{channel}")):
            return [channel]
        return await self._forums.threads(channel)

    async def _find_in(self, channel: str, marker: str, since: datetime) -> str | None:
        path, after = f"/channels/{channel}/messages", _first_id(since)
        page = await self._look(path, after=str(after), limit=str(_PAGE))
        if not page:
            await self._check_sight(channel)
        while page:
            for message in page:
                if is_marked(message, marker):
                    return str(message["id"])
            if len(page) < _PAGE:
                break
            after = max(int(message["id"]) for message in page)
            page = await self._look(path, after=str(after), limit=str(_PAGE))
        return None

    async def _check_sight(self, channel: str) -> None:
        """CannotSee where nothing is shown though something was written: that is how Discord shows a channel to a bot
        that may not read its history."""
        if await self._look(f"/channels/{channel}/messages", limit="1"):
            return
        if (await self._look(f"/channels/{channel}")).get("last_message_id"):
            raise CannotSee("the bot cannot see what was written there; it needs Read Message History.")

    async def _look(self, path: str, **query: str) -> Any:
        request = Request(method="GET", path=path, limit=f"look {path}", query=query)
        try:
            answered = await self._rest.ask_patiently(request)
        except MaybePosted as fault:
            raise CannotSee(str(fault)) from fault
        if not answered.is_done:
            raise _unseen(answered)
        return answered.body


def _unseen(answered: Answered) -> PostError:
    """Only what is gone is closed: where nothing can be read, something may still be posted."""
    fault = outcome_of(answered.status, answered.code)
    if isinstance(fault, NotPosted | SpaceClosed) or answered.code in GONE:
        return fault
    return CannotSee(str(fault))


def render(dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
    """As JSON, the components of each message, its trends, whom it pings, and the post of a forum to which it goes."""
    post = post_of(dispatch, zone)
    return tuple(freeze(card, post) for card in lay_cards(lay_out_dispatch(dispatch, zone)))


def freeze(card: Card, post: Post) -> str:
    """The message as it is kept until it is posted; what it holds does not change in between."""
    pictures = [trend.frozen() for trend in card.pictures]
    frozen = {"form": _FORM, "components": card.components(), "pictures": pictures, "post": post.frozen()}
    frozen |= {"ping": card.ping} if card.ping else {}
    return json.dumps(frozen, ensure_ascii=False, separators=(",", ":"))


def _where(place: Place) -> tuple[str, str | None]:
    """The channel or thread to post in, and the message to answer: a thread may be the receipt of an earlier post."""
    channel, _, message = (place.thread or place.channel).partition(":")
    return channel, message if message and message != _DELETED else None


def _first_id(since: datetime) -> int:
    """Below the ids of all that was written from then on."""
    return max(0, int(since.timestamp() * 1000) - _EPOCH) << 22
