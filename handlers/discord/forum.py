"""Forums, where the desk opens a post a day on each topic and goes on in it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.errors import MaybePosted, NotPosted, PlaceClosed
from bot.news.digest import Alert, AlertBatch, CorrectionNote, Digest, Dispatch, PlainNotice
from config import defaults
from handlers.discord.cards import lay_cards
from handlers.discord.message import message_of
from handlers.discord.outcomes import outcome_of
from handlers.discord.rest import Request, Rest
from handlers.layout.elements import Heading, Layout, Paragraph, Words
from handlers.layout.harmless import harmless

_FORUMS = frozenset({15, 16})  # of text, of pictures
_ASKS_FOR_TAG = 1 << 4  # flag of a forum
_MOST_TAGS = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """The post to which something belongs: its topic, what it is, and the zone in which its day begins."""

    topic: str
    kind: Literal["digest", "alert", "correction", "notice"]
    zone: str

    def frozen(self) -> dict[str, str]:
        """It as JSON holds it."""
        return asdict(self)


def post_of(dispatch: Dispatch, zone: ZoneInfo) -> Post:
    """The post of a forum in which it would stand."""
    match dispatch:
        case Digest():
            return Post(topic=dispatch.topic or "", kind="digest", zone=zone.key)
        case Alert():
            return Post(topic=dispatch.reason.topic, kind="alert", zone=zone.key)
        case AlertBatch():
            return Post(topic=dispatch.topic, kind="alert", zone=zone.key)
        case CorrectionNote():
            return Post(topic="", kind="correction", zone=zone.key)
        case PlainNotice():
            return Post(topic="", kind="notice", zone=zone.key)


class Forums:
    """Knows which channels are forums, and the posts of the day in them.

    Discord itself remembers the posts: what is open there is looked at before another one is opened.
    """

    def __init__(self, rest: Rest, clock: Callable[[], datetime]) -> None:
        self._rest, self._clock = rest, clock
        self._known: dict[str, Mapping[str, Any]] = {}
        self._opened: dict[tuple[str, str], str] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    def is_known(self, channel: str) -> bool:
        """Whether the channel is known to be a forum."""
        return channel in self._known

    def note(self, channel: str, found: Mapping[str, Any]) -> bool:
        """Whether the channel, which Discord shows so, is a forum; that is remembered."""
        if found.get("type") not in _FORUMS:
            return False
        self._known[channel] = found
        return True

    async def look_at(self, channel: str) -> bool:
        """Whether the channel is a forum, asking Discord."""
        return self.note(channel, await self._ask(f"/channels/{channel}"))

    async def thread(self, forum: str, post: Post) -> str:
        """The thread of the post of the day, opened now where there is none."""
        day = _day(post, self._clock())
        name = f"{day} · {harmless(post.topic).strip() or 'News'}"[: defaults.DISCORD_THREAD_NAME].strip()
        async with self._turns.setdefault(forum, asyncio.Lock()):
            if (forum, name) not in self._opened:
                # Those of earlier days take no more.
                self._opened = {key: thread for key, thread in self._opened.items() if key[1].startswith(day)}
                self._opened[forum, name] = await self._find(forum, name) or await self._begin(forum, name, post)
            return self._opened[forum, name]

    async def threads(self, forum: str) -> list[str]:
        """What is open in the forum, the newest first."""
        return [str(thread["id"]) for thread in await self._open(forum)]

    def forget(self, forum: str) -> None:
        """Look at the forum once more: what was opened there is gone or locked."""
        self._opened = {key: thread for key, thread in self._opened.items() if key[0] != forum}

    async def _find(self, forum: str, name: str) -> str | None:
        for thread in await self._open(forum):
            if thread["name"] == name and not thread["thread_metadata"].get("locked"):
                return str(thread["id"])
        return None

    async def _open(self, forum: str) -> list[Mapping[str, Any]]:
        found = await self._ask(f"/guilds/{self._known[forum]['guild_id']}/threads/active")
        threads = [thread for thread in found["threads"] if str(thread.get("parent_id")) == forum]
        return sorted(threads, key=lambda thread: int(thread["id"]), reverse=True)

    async def _begin(self, forum: str, name: str, post: Post) -> str:
        sentence = Words(text="What the desk tells here today stands below, one message after the other.")
        elements = (Heading(line=(Words(text=name),)), Paragraph(line=(sentence,), weight="small"))
        card = lay_cards(Layout(summary=name, elements=elements))[0]
        body = {
            "name": name,
            "auto_archive_duration": defaults.DISCORD_FORUM_MINUTES,
            "applied_tags": self._tags(forum, post),
            "message": message_of(card.components()),
        }
        request = Request(method="POST", path=f"/channels/{forum}/threads", limit=f"open {forum}", body=body)
        try:
            answered = await self._rest.ask(request)
        except MaybePosted as fault:
            raise NotPosted(f"the post of the day may not be open yet: {fault}") from fault
        if not answered.is_done:
            refused = outcome_of(answered.status, answered.code)
            raise NotPosted(str(refused)) if isinstance(refused, MaybePosted) else refused
        return str(answered.body["id"])

    def _tags(self, forum: str, post: Post) -> list[str]:
        """Those that are named like the topic or the kind; the first one where the forum asks for any."""
        offered = self._known[forum].get("available_tags") or []
        wanted = {post.kind, f"{post.kind}s", post.topic.casefold()}
        fitting = [str(tag["id"]) for tag in offered if str(tag["name"]).casefold() in wanted]
        if not fitting and offered and int(self._known[forum].get("flags") or 0) & _ASKS_FOR_TAG:
            fitting = [str(offered[0]["id"])]
        return fitting[:_MOST_TAGS]

    async def _ask(self, path: str) -> Any:
        """What Discord shows; nothing is posted by that, whatever comes of it."""
        try:
            answered = await self._rest.ask(Request(method="GET", path=path, limit=f"look {path}"))
        except MaybePosted as fault:
            raise NotPosted(str(fault)) from fault
        if not answered.is_done:
            refused = outcome_of(answered.status, answered.code)
            raise refused if isinstance(refused, PlaceClosed) else NotPosted(str(refused))
        return answered.body


def _day(post: Post, now: datetime) -> str:
    there = now.astimezone(ZoneInfo(post.zone))
    return f"{there.day} {there:%B %Y}"
