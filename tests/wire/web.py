"""A small web server on loopback that answers exactly what a test says, well-formed or not.

async with serving({"/feed": answer(FEED, 'ETag: "x"')}) as site:
    fetched = await fetch(site)
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.wire.fetch import Fetched, Fetcher, Unchanged
from bot.wire.guard import Guard

_TRUST = ssl.create_default_context()
NOW = datetime(2026, 5, 1, 20, 30, tzinfo=UTC)

Handler = Callable[["Asked"], Awaitable[None]]
"""Answers one request as it likes; the connection is closed when it returns."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request as it arrived, the names of its headers in lower case, and the connection to answer on."""

    line: str
    headers: Mapping[str, str]
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def target(self) -> str:
        """What stands between the method and the version."""
        return self.line.split(" ")[1]

    async def say(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def drip(self, data: bytes, *, step: int, seconds: float) -> None:
        """A few bytes now and then, until whoever asked has gone."""
        for start in range(0, len(data), step):
            await self.say(data[start : start + step])
            with suppress(TimeoutError):
                await asyncio.wait_for(self.gone(), seconds)
                return

    async def gone(self) -> None:
        """Waits until whoever asked has closed the connection."""
        while await self.reader.read(1 << 16):
            pass


@dataclass(kw_only=True, slots=True)
class Site:
    """A server that runs, what it was asked so far, and how many connections it accepted."""

    host: str
    port: int = 0
    scheme: str
    asked: list[Asked] = field(default_factory=list)
    accepted: int = 0
    open: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)

    def address(self, path: str = "/feed") -> str:
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}{path}"

    def named(self, name: str, path: str = "/feed") -> str:
        """The address under a name that only the test's own look-up knows."""
        return f"{self.scheme}://{name}:{self.port}{path}"

    @property
    def place(self) -> str:
        """What an operator would write to allow this site."""
        return f"[{self.host}]:{self.port}"


def answer(body: bytes | str = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A well-formed answer, unless its headers or its length are none."""
    content = body.encode() if isinstance(body, str) else body
    size = len(content) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + content


def moved(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer("", f"Location: {location}", status=status)


@asynccontextmanager
async def serving(
    answers: Mapping[str, bytes] | bytes | Handler, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Site]:
    """A site: one answer to everything, one for each path, or a function that answers what it likes."""
    site = Site(host=host, scheme="https" if tls else "http")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.accepted += 1
        site.open += 1
        site.idle.clear()
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, *rest = head.strip().split("\r\n")
            pairs = (header.partition(":") for header in rest)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            asked = Asked(line=line, headers=headers, reader=reader, writer=writer)
            site.asked.append(asked)
            if callable(answers):
                await answers(asked)
            else:
                await asked.say(answers if isinstance(answers, bytes) else _by_path(answers, asked.target))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # whoever asked has gone, or the test is over
        finally:
            site.open -= 1
            if not site.open:
                site.idle.set()
            writer.close()

    server = await asyncio.start_server(serve, host, 0, ssl=tls, limit=1 << 20)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()


def names(**addresses: str) -> Callable[[str], list[str]]:
    """A look-up that knows these names only, each with its addresses; dots are written as underscores."""
    known = {name.replace("_", "."): found.split() for name, found in addresses.items()}

    def look_up(host: str) -> list[str]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return known[host]

    return look_up


async def fetch(
    site: Site, path: str = "/feed", *, address: str | None = None, guard: Guard | None = None, **how: Any
) -> Fetched | Unchanged:
    """What a fetcher gets from the site, with a guard that permits it and nothing else on loopback."""
    settings = {name: how.pop(name) for name in ("proxy", "contact", "look_up", "limits", "tls") if name in how}
    async with Fetcher(guard or Guard([site.place]), **{"tls": _TRUST, **settings}) as fetcher:
        return await fetcher.fetch(address or site.address(path), **{"now": NOW, **how})


def _by_path(answers: Mapping[str, bytes], target: str) -> bytes:
    return answers.get(target.partition("?")[0], answer("", status="404 Not Found"))
