"""The set on addresses that must not be reached, each added, redirected to, answered by a name server, found later."""

import asyncio
import ipaddress
import socket
import ssl
import sys
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from bench.figures import Measured
from bench.sets import Ground, Outcome
from bot.errors import BadAddress, SourceError
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard, is_public, read_literal
from bot.wire.typed import read_typed
from tests.wire.vectors import CLOSED, OPEN, PORTS, SPELLED
from tests.wire.web import NOW, Site, moved, serving

_PUBLIC = "93.184.216.34"
_INNER = ("127.0.0.1", "169.254.169.254", "::1", "10.0.0.1")
_NAME = "news.example"

Reached = list[tuple[str, int]]


def measure_guard(ground: Ground) -> Outcome:
    """Connections to what must not be reached, and addresses of real feeds that pass. Nothing leaves this machine."""
    rows = ground.material.rows("ssrf-urls/urls.jsonl")
    refused = {row["url"]: row["expect"] == "not_private" for row in rows if row["expect"] != "allow"}
    refused |= dict.fromkeys([f"http://{_bracketed(host)}/" for host in (*CLOSED, *SPELLED)], False)
    refused |= dict.fromkeys([f"http://{_NAME}:{port}/" for port in PORTS], False)
    allowed = [row["url"] for row in rows if row["expect"] == "allow"]
    allowed += [f"http://{_bracketed(host)}/" for host in OPEN]
    connections, barred, failures = asyncio.run(_measure(refused, allowed))
    name = "ssrf-urls"
    return Outcome(
        measured=[
            Measured(set=name, figure="connections", ours=connections, wanted="= 0"),
            Measured(set=name, figure="tried, each in four ways", ours=len(refused)),
            Measured(set=name, figure="allowed that pass", ours=1 - barred / len(allowed), wanted="≥ 1.0"),
            Measured(set=name, figure="allowed that were tried", ours=len(allowed)),
        ],
        failures=failures,
    )


async def _measure(refused: dict[str, bool], allowed: Sequence[str]) -> tuple[int, int, list[str]]:
    """Connections made, allowed addresses that did not pass, and each of both in words."""
    answers: dict[str, bytes] = {}
    connections, barred, failures = 0, 0, []
    async with serving(answers) as front:
        trial = _Trial(front, answers)
        for address, may_be_public in refused.items():
            found = [_PUBLIC] if may_be_public else list(_INNER)
            reached = [*await trial.added(address, found), *await trial.redirected(address, found)]
            wrong = [place for place in reached if not (may_be_public and place[0] == _PUBLIC)]
            for inner in _inside(address):
                wrong += [*await trial.answered(inner), *await trial.found_later(inner)]
            connections += len(wrong)
            failures += [f"{address!r} reached {place}" for place in wrong]
        for address in allowed:
            ways = [await trial.added(address, [_PUBLIC]), await trial.redirected(address, [_PUBLIC])]
            if not all(ways):
                barred += 1
                failures.append(f"allowed, but not connected to: {address}")
    return connections, barred, failures


class _Trial:
    """Tries to have an address connected to, and notes every connect but those to the front, which redirects."""

    def __init__(self, front: Site, answers: dict[str, bytes]) -> None:
        self._front, self._answers = front, answers
        self._tls = ssl.create_default_context()
        self._reached: Reached = []
        sys.addaudithook(self._note)

    async def added(self, address: str, found: list[str]) -> Reached:
        """As somebody types it, and as a list that nobody typed would bring it in."""
        reached = await self._fetch(address, lambda _: found)
        try:
            typed = read_typed(address).address
        except BadAddress:
            return reached
        return reached and await self._fetch(typed, lambda _: found)

    async def redirected(self, address: str, found: list[str]) -> Reached:
        """As a site sends us there."""
        self._answers["/feed"] = moved(address)
        return await self._fetch(self._front.address(), lambda _: found)

    async def answered(self, inner: str) -> Reached:
        """As the address of a name, by itself and beside a public one."""
        alone = await self._fetch(f"http://{_NAME}/", lambda _: [inner])
        return alone + await self._fetch(f"https://{_NAME}/", lambda _: [_PUBLIC, inner])

    async def found_later(self, inner: str) -> Reached:
        """As the address of a name that stood for a permitted one a moment ago."""
        self._answers["/feed"] = moved(f"http://{_NAME}/")
        answers = iter((self._front.host, inner))
        return await self._fetch(self._front.named(_NAME), lambda _: [next(answers)])

    async def _fetch(self, address: str, look_up: Callable[[str], list[str]]) -> Reached:
        self._reached = []
        async with Fetcher(Guard([self._front.place]), look_up=look_up, tls=self._tls) as fetcher:
            try:
                await fetcher.fetch(address, now=NOW)
            except SourceError:
                pass
            else:
                raise AssertionError(f"{address!r} gave something, and nothing here does")
        return self._reached

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "socket.connect" or arguments[0].family == socket.AF_UNIX:
            return
        place = arguments[1][0], arguments[1][1]
        if place != (self._front.host, self._front.port):
            self._reached.append(place)
            raise ConnectionRefusedError("nothing leaves while this is measured")


def _inside(address: str) -> Sequence[str]:
    """The address that is spelled in the host, in one way or another; a few inner ones where it is a name."""
    try:
        host = (urlsplit(address).hostname or "").partition("%")[0]
        inner = read_literal(host) or ipaddress.IPv4Address(socket.inet_aton(host))
        return _INNER if is_public(inner) else [host if read_literal(host) else str(inner)]
    except (OSError, ValueError):
        return _INNER


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
