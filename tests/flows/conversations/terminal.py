"""The terminal as a room: one person, who may do everything, and no buttons."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

from bot.desk.ask import answer_question
from bot.desk.conversation import Conversation
from bot.desk.desk import Desk
from bot.errors import RequestError
from handlers.console.plain import plain
from handlers.console.render import show_answer
from handlers.console.request_desk import carry_out_request
from handlers.console.sheet import Sheet, open_sheet
from handlers.console.source_desk import Out
from handlers.console.typed_request import TypedRequest
from tests.desk.paper import NOW, ZONE
from tests.flows.conversations.room import Seen

_LINK = re.compile(r"https?://\S+")


class TerminalRoom:
    """See Room."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._conversation = desk, Conversation()

    async def ask(self, member: str, question: str) -> list[Seen]:
        self._conversation = Conversation()
        return await self.go_on(member, question)

    async def go_on(self, member: str, question: str) -> list[Seen]:
        try:
            answer = await answer_question(self._desk, question, now=NOW, zone=ZONE, conversation=self._conversation)
        except RequestError as fault:
            return [Seen(text=plain(str(fault)), buttons=None)]
        self._conversation = self._conversation.after(answer)
        return [_seen(lambda sheet: show_answer(sheet, answer))]

    async def command(self, member: str, typed: str) -> list[Seen]:
        file = StringIO()
        out = Out(sheet=open_sheet(file, ZONE, width=2000), put=file.write, progress=_show_nothing)
        try:
            await carry_out_request(self._desk, TypedRequest(typed=typed, zone=ZONE.key), out, lambda: NOW)
        except RequestError as fault:
            return [Seen(text=plain(str(fault)), buttons=None)]
        return [_read(file.getvalue())]

    async def press(self, member: str, label: str) -> list[Seen]:
        raise AssertionError("there is nothing to press")


@asynccontextmanager
async def open_room(desk: Desk, folder: Path) -> AsyncIterator[TerminalRoom]:
    """The terminal."""
    yield TerminalRoom(desk)


def _seen(show: Callable[[Sheet], None]) -> Seen:
    file = StringIO()
    show(open_sheet(file, ZONE, width=2000))
    return _read(file.getvalue())


def _read(shown: str) -> Seen:
    return Seen(text=" ".join(shown.split()), links=tuple(dict.fromkeys(_LINK.findall(shown))), buttons=None)


def _show_nothing(doing: str, done: int, total: int | None = None) -> None:
    pass
