"""The desk's voice in Discord: answers to interactions and to messages, none of them told twice."""

import asyncio
from hashlib import sha256
from typing import Any, Literal

from bot.errors import MaybePosted, NotPosted
from config import defaults
from handlers.discord.cards import Card
from handlers.discord.heard import Way
from handlers.discord.message import is_marked, marked, message_of
from handlers.discord.outcomes import outcome_of
from handlers.discord.panel import Panel
from handlers.discord.pictures import Draw, File, attach
from handlers.discord.rest import Answered, Request, Rest

_EPHEMERAL, _LOADING = 1 << 6, 1 << 7  # flags of a message
_HAS_THREAD = 160004
_GONE = 404
_FILE = 13  # a component
TO_ONE = Card((("This is answered to whoever asked alone.",),))


class Voice:
    """Says things; again, where Discord did not take it at first and nobody would hear it twice."""

    def __init__(self, rest: Rest, draw: Draw) -> None:
        self._rest, self._draw = rest, draw
        self.application = ""

    async def answer(self, way: Way, card: Card, file: File | None = None) -> None:
        """Put the card where an interaction is waited for, or in place of the message whose button was pressed.

        The file is shown below the card. PostError where Discord does not take it; where somebody has deleted what
        was waited for, nobody waits any more.
        """
        body, files = await self._with_pictures(card)
        if file is not None:
            files.append(file)
            body["attachments"] = [*body.get("attachments", ()), {"id": len(files) - 1, "filename": file[0]}]
            body["components"] = [*body["components"], {"type": _FILE, "file": {"url": f"attachment://{file[0]}"}}]
        answered = await self._again("PATCH", f"{self._hook(way)}/messages/@original", (body, files))
        if not answered.is_done and answered.status != _GONE:
            raise outcome_of(answered.status, answered.code)

    async def refuse(self, way: Way, card: Card) -> None:
        """Put the card before whoever asked and nobody else, though all see that somebody asked.

        What is said next in answer to an interaction takes the place of what all see, until something stands there.
        """
        await self.answer(way, TO_ONE)
        await self.add(way, card, private=True)
        await self.withdraw(way)

    async def add(self, way: Way, card: Card | Panel, *, private: bool) -> None:
        """Say more in answer to an interaction. It is tried once only: nobody could tell whether it is there."""
        body, files = await self._with_pictures(card)
        body["flags"] |= _EPHEMERAL if private else 0
        await self._rest.ask_patiently(self._request("POST", self._hook(way), body, files))

    async def withdraw(self, way: Way) -> None:
        """Take away what stands where an interaction is waited for."""
        await self._again("DELETE", f"{self._hook(way)}/messages/@original", (None, []))

    async def is_waited_for(self, way: Way) -> bool:
        """Whether an interaction has not been answered yet, as far as Discord says."""
        answered = await self._again("GET", f"{self._hook(way)}/messages/@original", (None, []))
        return not answered.is_done or bool(int(answered.body.get("flags") or 0) & _LOADING)

    async def write(self, channel: str, card: Card, key: str, answer_to: str = "") -> bool:
        """Whether the card stands in the channel now, in answer to a message; the same key is written once only."""
        body, files = await self._with_pictures(card)
        body = {**body, **marked(body["components"], _marker(key))}
        if answer_to:
            body["message_reference"] = {"message_id": answer_to, "fail_if_not_exists": False}
        return (await self._again("POST", f"/channels/{channel}/messages", (body, files))).is_done

    async def has_written(self, channel: str, key: str) -> bool:
        """Whether what has that key stands in the channel. The key is an id of Discord's, and it was written later."""
        path = f"/channels/{channel}/messages"
        answered = await self._rest.ask_patiently(
            Request(method="GET", path=path, limit=f"look {channel}", query={"after": key, "limit": "100"})
        )
        return answered.is_done and any(is_marked(one, _marker(key)) for one in answered.body)

    async def open_thread(self, channel: str, message: str, name: str) -> str | None:
        """The thread under the message, opened where there is none; None where that may not be."""
        body = {"name": name[: defaults.DISCORD_THREAD_NAME], "auto_archive_duration": defaults.DISCORD_THREAD_MINUTES}
        answered = await self._again("POST", f"/channels/{channel}/messages/{message}/threads", (body, []))
        if answered.code == _HAS_THREAD:
            return message
        return str(answered.body["id"]) if answered.is_done else None

    async def talk_to(self, person: str) -> str | None:
        """The channel of direct messages with somebody; None where Discord opens none."""
        answered = await self._again("POST", "/users/@me/channels", ({"recipient_id": person}, []))
        return str(answered.body["id"]) if answered.is_done else None

    def _hook(self, way: Way) -> str:
        return f"/webhooks/{self.application}/{way.token}"

    async def _with_pictures(self, card: Card | Panel) -> tuple[dict[str, Any], list[File]]:
        body = message_of(card.components())
        return body, await attach(body, card.pictures, self._draw)

    async def _again(
        self, method: Literal["GET", "POST", "PATCH", "DELETE"], path: str, said: tuple[Any, list[File]]
    ) -> Answered:
        """The answer to what may be said more than once; the last one, or the last fault, where all have failed."""
        body, files = said
        for wait in defaults.DISCORD_RETRIES:
            try:
                answered = await self._rest.ask_patiently(self._request(method, path, body, files))
                if answered.status < 500:
                    return answered
            except (MaybePosted, NotPosted):
                pass
            await asyncio.sleep(wait)
        return await self._rest.ask_patiently(self._request(method, path, body, files))

    def _request(
        self,
        method: Literal["GET", "POST", "PATCH", "DELETE"],
        path: str,
        body: dict[str, Any] | None,
        files: list[File],
    ) -> Request:
        return Request(method=method, path=path, limit=f"{method} {path}", body=body, files=files)


def _marker(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:24]
