"""The platform on loopback, so that it outlives whoever posts there; and the line to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from bench.platform.gate import Gate
from bench.platform.platform import Answer, Message, Request
from bench.platform.poster import Unanswered, Unreached


@asynccontextmanager
async def serving(gate: Gate, port: int = 0) -> AsyncIterator[int]:
    """While in it, the platform answers at the port that this gives."""
    runner = web.AppRunner(_make_app(gate), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port, backlog=1024)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


class HttpLine:
    """A line to a platform that is served. Use it as a context."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}/ask"
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(limit=0)
        self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._session is not None
        await self._session.close()

    async def ask(self, request: Request) -> Answer:
        """See Line."""
        assert self._session is not None
        try:
            async with self._session.post(self._address, data=write_request(request)) as response:
                return _read_answer(await response.json())
        except aiohttp.ClientConnectorError:
            raise Unreached from None
        except aiohttp.ClientError:
            raise Unanswered from None


def write_request(request: Request) -> str:
    """The request as it goes over the line."""
    since = request.since.isoformat() if request.since else None
    return json.dumps(asdict(request) | {"since": since})


def read_request(written: str) -> Request:
    """The request as it was before."""
    given: dict[str, Any] = json.loads(written)
    since = datetime.fromisoformat(given["since"]) if given["since"] else None
    return Request(**given | {"since": since})


def write_message(message: Message) -> str:
    """One line for the message."""
    return json.dumps(asdict(message) | {"at": message.at.isoformat()})


def read_message(line: str) -> Message:
    """The message as it was before."""
    given: dict[str, Any] = json.loads(line)
    return Message(**given | {"at": datetime.fromisoformat(given["at"])})


def _read_answer(given: dict[str, Any]) -> Answer:
    return Answer(**given | {"markers": tuple((marker, receipt) for marker, receipt in given["markers"])})


def _make_app(gate: Gate) -> web.Application:
    app = web.Application()
    going: set[asyncio.Task[Answer | None]] = set()

    async def ask(request: web.Request) -> web.StreamResponse:
        asked = read_request(await request.text())
        # A task of its own: what has arrived is done, whoever has gone meanwhile.
        answering = asyncio.create_task(
            gate.answer(asked, gate.draw(asked), lambda: request.transport is None or request.transport.is_closing())
        )
        going.add(answering)
        answering.add_done_callback(going.discard)
        answer = await asyncio.shield(answering)
        if answer is None:
            if request.transport is not None:  # else whoever asked has gone
                request.transport.abort()
            return web.Response()
        return web.json_response(asdict(answer))

    async def messages(request: web.Request) -> web.Response:
        since = int(request.query.get("since", "0"))
        return web.Response(text="\n".join(map(write_message, gate.platform.messages[since:])))

    async def counted(_request: web.Request) -> web.Response:
        counts = {"messages": len(gate.platform.messages), "going": len(going)}
        return web.json_response(counts | {"troubles": dict(gate.troubles)})

    app.router.add_post("/ask", ask)
    app.router.add_get("/messages", messages)
    app.router.add_get("/counted", counted)
    return app
