"""A channel of the fake Slack as a room, with the real library between it and the desk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.desk.desk import Desk
from tests.flows.conversations.room import Seen
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import NEWS, Newsroom, open_line
from tests.slack.reading import keys_in, links_in, words_in

_USERS = {"alice": "U0ALICE", "bob": "U0BOB"}
_NAMES = {user: name for name, user in _USERS.items()}
_OPEN_FORMS = ("digest add", "watch add", "source add", "ask")


class SlackRoom:
    """See Room."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._room, self._slack = newsroom, newsroom.slack
        self._thread = ""

    async def ask(self, member: str, question: str) -> list[Seen]:
        before = self._shown()
        self._thread = await self._slack.say(NEWS, _USERS[member], f"<@U0BOT> {question}")
        return await self._new(before)

    async def go_on(self, member: str, question: str) -> list[Seen]:
        before = self._shown()
        await self._slack.say(NEWS, _USERS[member], question, thread_ts=self._thread)
        return await self._new(before)

    async def command(self, member: str, typed: str) -> list[Seen]:
        if typed in _OPEN_FORMS:  # as a command it opens a form; said, it is answered
            return await self.ask(member, typed)
        before = self._shown()
        verb, _, words = typed.partition(" ")
        taken = await self._slack.slash(f"/{verb}", words, user=_USERS[member])
        assert taken["user_sees"] == ""
        return await self._new(before)

    async def press(self, member: str, label: str) -> list[Seen]:
        before = self._shown()
        message = next(one for one in reversed(before) if label in keys_in(one))
        pressed = keys_in(message)[label]
        await self._slack.click(NEWS, message["ts"], user=_USERS[member], **pressed)
        return await self._new(before)

    def _shown(self) -> list[dict[str, Any]]:
        return sorted([*self._room.said(), *self._slack.ephemeral], key=lambda one: str(one["ts"]))

    async def _new(self, before: list[dict[str, Any]]) -> list[Seen]:
        await self._room.idle()
        return [_seen(one) for one in self._shown() if one not in before]


@asynccontextmanager
async def open_room(desk: Desk, folder: Path) -> AsyncIterator[SlackRoom]:
    """A channel in which Alice is a member and Bob a guest."""
    async with FakeSlack() as slack:
        slack.users["U0BOB"]["is_restricted"] = True
        for user in _USERS.values():
            slack.users[user]["tz"] = "UTC"
        async with open_line(slack, desk, folder) as newsroom:
            yield SlackRoom(newsroom)


def _seen(message: dict[str, Any]) -> Seen:
    assert message["_pings"] == []
    return Seen(
        text=" ".join(words_in(message).split()),
        links=tuple(links_in(message)),
        buttons=tuple(keys_in(message)),
        private_to=_NAMES[message["user"]] if "bot_id" not in message else None,
    )
