"""A channel of the made-up Discord as a room, with the real library between it and the desk."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from simcord.backend.models import Message

from bot.desk.desk import Desk
from handlers.discord.answer import ASK_MORE
from tests.fake_discord.newsroom import Newsroom, labels_of, open_line, text_of
from tests.fake_discord.rig import open_rig
from tests.flows.conversations.room import Seen

_OPTIONS = {
    "digest add": "when",
    "digest preview": "number",
    "digest remove": "number",
    "watch add": "topic",
    "watch test": "topic",
    "watch remove": "number",
    "why": "link",
}
_EPHEMERAL, _MADE_BY_DISCORD = 1 << 6, (18, 21)
_LINK = re.compile(r"\]\((?:<)?(https?://[^)>]+)")
_MARKUP = re.compile(r"\\(.)|<t:(\d+):\w>|\]\(<?https?://[^)>]*>?\)|\*\*|\u200b|\[(?=[^\]]*\]\()")


class DiscordRoom:
    """See Room."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._room, self._world = newsroom, newsroom.rig.world
        self._thread: int | str = "news"

    async def ask(self, member: str, question: str) -> list[Seen]:
        before = self._shown()
        self._thread = self._world.say(member, "news", f"<@{self._world.bot_id}> {question}")
        return await self._new(before)

    async def go_on(self, member: str, question: str) -> list[Seen]:
        before = self._shown()
        self._world.say(member, self._thread, f"<@{self._world.bot_id}> {question}")
        return await self._new(before)

    async def command(self, member: str, typed: str) -> list[Seen]:
        words = typed.split(" ", 2)
        name = words[0] if words[0] == "why" else " ".join(words[:2])
        rest = typed[len(name) :].strip()
        if name not in (*_OPTIONS, "digest list", "watch list") or (name in _OPTIONS and not rest):
            return await self.ask(member, typed)  # Discord lets nobody choose that, but it can be said
        before = self._shown()
        self._world.slash(member, "news", name, **({_OPTIONS[name]: rest} if rest else {}))
        return await self._new(before)

    async def press(self, member: str, label: str) -> list[Seen]:
        before = self._shown()
        message = next(one for one in reversed(before) if label in labels_of(one))
        self._world.press(member, message.channel_id, message.id, labels_of(message)[label])
        return await self._new(before)

    def _shown(self) -> list[Message]:
        every = [one for messages in self._world.backend.messages.values() for one in messages.values()]
        said = [one for one in every if one.author_id == self._world.bot_id and one.type not in _MADE_BY_DISCORD]
        return sorted(said, key=lambda one: one.id)

    async def _new(self, before: list[Message]) -> list[Seen]:
        await self._room.quiet()
        return [self._seen(one) for one in self._shown() if one not in before]

    def _seen(self, message: Message) -> Seen:
        text = text_of(message)
        buttons = [label for label in labels_of(message) if label != ASK_MORE.label]  # which no other platform needs
        return Seen(
            text=" ".join(_MARKUP.sub(_read, text).split()),
            links=tuple(_LINK.findall(text)),
            buttons=tuple(buttons),
            private_to=self._asker(message) if int(message.flags) & _EPHEMERAL else None,
        )

    def _asker(self, message: Message) -> str:
        interactions = self._world.backend.interactions.values()
        by = next(i.user_id for i in interactions if message.id in (i.message_id, *i.followup_ids))
        return next(name for name, id in self._world.people.items() if id == by)


@asynccontextmanager
async def open_room(desk: Desk, folder: Path) -> AsyncIterator[DiscordRoom]:
    """A channel in which Alice manages the server and Bob does not."""
    async with open_rig() as rig, open_line(rig, desk, folder) as newsroom:
        yield DiscordRoom(newsroom)


def _read(found: re.Match[str]) -> str:
    """What a reader sees where there is markup."""
    return found[1] or (f"{datetime.fromtimestamp(int(found[2]), UTC):%-d %b %Y}" if found[2] else "")
