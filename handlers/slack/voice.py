"""How the desk speaks in Slack: a message is posted under a marker, and found again by it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.desk.wire import Clock
from bot.errors import CannotSee, MaybePosted, NotPosted, PlaceClosed, PostError, SpaceClosed
from bot.news.place import Place
from config import defaults
from handlers.layout.elements import Layout
from handlers.slack.blocks import older
from handlers.slack.calls import Calls
from handlers.slack.messages import Message, messages_of
from handlers.slack.mrkdwn import Block
from handlers.slack.outcomes import BlocksRefused, ScopeMissing, ThreadGone
from handlers.slack.pictures import Pictures

_EVENT = "newsdesk_delivery"
_MARKED = "nd:"  # begins the id of a block, which has the marker as well


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Posts and finds messages. What was posted is named by its receipt: the channel, and Slack's time of it.

    `unread` is where a look goes on that Slack has broken off.
    """

    calls: Calls
    pictures: Pictures
    clock: Clock
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    unread: dict[tuple[Place, str], str] = field(default_factory=dict, init=False, repr=False)

    async def post(self, place: Place, message: Message, marker: str) -> str:
        """The receipt of the message that is now there; else a PostError.

        Where Slack does not take the blocks, older kinds of blocks are posted, and words for pictures.
        """
        tries = await self._tries(place, message)
        for wait, blocks in tries[:-1]:
            await self.sleep(wait)
            try:
                return await self._post(place, message.text, blocks, marker)
            except BlocksRefused:
                continue
        return await self._post(place, message.text, tries[-1][1], marker)

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        """The receipt of the message with the marker, posted since then; None when it is surely not there.

        It may be a little older by Slack's clock. CannotSee when what is posted there cannot be read, NotPosted when
        Slack asks to be left alone.
        """
        sought = (place, marker)
        cursor = self.unread.pop(sought, None)
        for _ in range(defaults.SLACK_HISTORY_PAGES):
            try:
                page = await self._page(place, since, cursor)
            except NotPosted:
                # Where Slack shows a page a minute, the next look goes on from here; whatever was posted is older.
                if cursor:
                    self.unread[sought] = cursor
                raise
            for message in page["messages"]:
                if _has_marker(message, marker):
                    return _receipt(place.channel, message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None and page.get("has_more"):
                raise CannotSee("Slack shows only a part of what is posted there.")
            if cursor is None:
                return None
        raise CannotSee("too much was posted there since.")

    async def answer(self, place: Place, layout: Layout, marker: str, since: datetime | None = None) -> list[str]:
        """The receipts of the messages in which it is shown, all in one thread; it waits while Slack asks for that.

        With `since`, what is there already is found by its marker and not posted again.
        """
        receipts: list[str] = []
        for part, message in enumerate(messages_of(layout), start=1):
            named = f"{marker}.{part}"
            found = await self.find(place, named, since) if since else None
            receipts.append(found or await self._insist(place, message, named))
            place = replace(place, thread=place.thread or thread_of(receipts[0]))
        return receipts

    async def show_instead(self, place: Place, receipt: str, message: Message) -> None:
        """Let the message show something else."""
        channel, _, posted = receipt.partition(":")
        named = {"channel": channel, "ts": posted, "text": message.text, "blocks": list(message.blocks)}
        try:
            await self.calls.call(place.space, "chat.update", **named)
        except BlocksRefused:
            await self.calls.call(place.space, "chat.update", **(named | {"blocks": older(message.blocks)}))

    async def _insist(self, place: Place, message: Message, marker: str) -> str:
        """Post it for somebody who waits: put off for a while where need be, and looked up where nobody knows."""
        began, waited = self.clock(), 0.0
        while True:
            try:
                return await self.post(place, message, marker)
            except (NotPosted, MaybePosted) as fault:
                may_be_there, wait = isinstance(fault, MaybePosted), _patience(fault)
                waited += wait
                if waited > defaults.SLACK_ANSWER_SECONDS:
                    raise
            await self.sleep(wait)
            found = await self.find(place, marker, began) if may_be_there else None
            if found:
                return found

    async def _tries(self, place: Place, message: Message) -> list[tuple[float, list[Block]]]:
        """The blocks to try one after the other, and how long to wait before each."""
        described = list(message.blocks)
        shown = await self.pictures.blocks(place.space, message.trends) if message.trends else {}
        pictured = [shown.get(block.get("block_id", ""), block) for block in described]
        tries = [(0.0, pictured)]
        if shown:
            tries.append((defaults.SLACK_FILE_SECONDS, pictured))
        if older(described) != pictured:
            tries.append((0.0, older(described)))
        return tries

    async def _post(self, place: Place, text: str, blocks: Sequence[Block], marker: str) -> str:
        marked = [blocks[0] | {"block_id": f"{_MARKED}{marker}"}, *blocks[1:]]
        answer = await self.calls.call(
            place.space,
            "chat.postMessage",
            channel=place.channel,
            thread_ts=place.thread,
            text=text,
            blocks=marked,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": _EVENT, "event_payload": {"marker": marker}},
        )
        return _receipt(answer["channel"], answer["ts"])

    async def _page(self, place: Place, since: datetime, cursor: str | None) -> dict[str, Any]:
        method = "conversations.replies" if place.thread else "conversations.history"
        try:
            return await self.calls.call(
                place.space,
                method,
                channel=place.channel,
                ts=place.thread,
                oldest=f"{since.timestamp() - defaults.LOOKUP_BEFORE_SECONDS:.6f}",
                include_all_metadata=True,
                limit=defaults.SLACK_HISTORY_PAGE,
                cursor=cursor,
            )
        except (PlaceClosed, SpaceClosed, ThreadGone) as fault:
            if isinstance(fault, ScopeMissing):
                raise CannotSee(str(fault)) from None
            raise
        except NotPosted as fault:
            if fault.retry_after is None:
                raise CannotSee(str(fault)) from None
            raise
        except PostError as fault:
            raise CannotSee(str(fault)) from None


def _patience(fault: PostError) -> float:
    """Seconds after which something else can be tried."""
    if isinstance(fault, MaybePosted):
        return defaults.SLACK_UNDER_WAY_SECONDS
    asked = fault.retry_after if isinstance(fault, NotPosted) else None
    return asked.total_seconds() if asked else defaults.SLACK_ASK_AGAIN_SECONDS


def thread_of(receipt: str) -> str:
    """The thread under that message."""
    return receipt.partition(":")[2]


def _receipt(channel: str, posted: str) -> str:
    return f"{channel}:{posted}"


def _has_marker(message: dict[str, Any], marker: str) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    ids = (block.get("block_id") for block in message.get("blocks") or ())
    return payload.get("marker") == marker or f"{_MARKED}{marker}" in ids
