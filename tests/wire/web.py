"""A small web server on loopback that answers exactly what a test says, well-formed or not.

    async with serving({"/feed": answer(FEED, "ETag: x")}) as site:
        async with Fetcher(site.guard) as fetcher:
            await fetcher.fetch(site.address("/feed"), now=NOW)
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from bot.wire.guard import Guard

Handler = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request as it arrived; the names of its headers in lower case."""

    line: str
    headers: Mapping[str, str]

    @property
    def target(self) -> str:
        """What stands between the method and the version."""
        return self.line.split(" ")[1]


@dataclass(kw_only=True, slots=True)
class Site:
    """A server that runs, what it was asked so far, and how many connections it accepted."""

    host: str
    port: int
    scheme: str
    asked: list[Asked] = field(default_factory=list)
    accepted: int = 0
    open: int = 0

    def address(self, path: str = "/feed") -> str:
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}{path}"

    def named(self, name: str, path: str = "/feed") -> str:
        """The address under a name that only the test's own look-up knows."""
        return f"{self.scheme}://{name}:{self.port}{path}"

    @property
    def guard(self) -> Guard:
        """A guard that permits this site and nothing else on loopback."""
        return Guard([f"[{self.host}]:{self.port}"])


def answer(body: bytes | str = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A well-formed answer, unless its headers or its length are none."""
    content = body.encode() if isinstance(body, str) else body
    size = len(content) if length is None else length
    head = [f"HTTP/1.1 {status}", f"Content-Length: {size}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + content


def moved(location: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return answer("", f"Location: {location}", status=status)


@asynccontextmanager
async def serving(
    answers: Mapping[str, bytes] | bytes | Handler, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Site]:
    """A site: one answer for every path, one for each, or a function that writes what it likes."""
    site = Site(host=host, port=0, scheme="https" if tls else "http")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        site.accepted += 1
        site.open += 1
        with suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            line, *rest = head.strip().split("\r\n")
            pairs = (header.partition(":") for header in rest)
            asked = Asked(line=line, headers={name.lower(): value.strip() for name, _, value in pairs})
            site.asked.append(asked)
            if callable(answers):
                await answers(asked, writer)
            else:
                writer.write(answers if isinstance(answers, bytes) else _by_path(answers, asked.target))
            await writer.drain()
        site.open -= 1
        writer.close()

    server = await asyncio.start_server(serve, host, 0, ssl=tls, limit=1 << 20)
    site.port = server.sockets[0].getsockname()[1]
    try:
        yield site
    finally:
        server.close()


def _by_path(answers: Mapping[str, bytes], target: str) -> bytes:
    return answers.get(target.partition("?")[0], answer("", status="404 Not Found"))
