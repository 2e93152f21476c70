"""The fake Slack: all of it, on loopback. For tests, and for a look at the bot without a workspace."""

import asyncio
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.slack.chat import Chat
from tests.slack.markup import Json
from tests.slack.people import People
from tests.slack.pressing import Pressing
from tests.slack.rooms import Rooms
from tests.slack.surfaces import Surfaces
from tests.slack.web_api import WebApi


class FakeSlack(WebApi, Chat, Rooms, Surfaces, People, Pressing):
    """Slack as far as a bot sees it.

    async with FakeSlack(mode="socket") as slack: … slack.api_url …
    """

    async def start(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.add_routes(
            [
                web.route("*", "/api/{method}", self._on_api),
                web.get("/link", self._on_link),
                web.post("/upload/{id}", self._on_upload),
                web.post("/hook/{id}", self._on_hook),
                web.get("/files/{id}", self._on_file),
                web.get("/oauth/v2/authorize", self._on_authorize),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.http = aiohttp.ClientSession(auto_decompress=True)
        return self

    async def stop(self) -> None:
        for t in list(self._tasks):
            t.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for ws in list(self.sockets):
            await ws.close()
        await self.http.close()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, *_: Any) -> None:
        await self.stop()

    def messages(self, channel: str = "", bot: bool | None = None) -> list[Json]:
        return [
            m
            for m in self.log
            if not m.get("_deleted")
            and (not channel or m["channel"] == channel)
            and (bot is None or bool(m.get("bot_id")) == bot)
        ]

    def called(self, method: str) -> list[Json]:
        return [c for c in self.calls if c["method"] == method]

    @property
    def is_busy(self) -> bool:
        return bool(self._tasks)

    async def idle(self) -> None:
        """Wait until everything that was handed out was answered, or given up."""
        while self._tasks:
            await asyncio.wait(self._tasks)
