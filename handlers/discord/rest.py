"""Requests to Discord, each of them once: whoever posts must see every outcome, so nothing is retried here."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any, Literal

import aiohttp
import discord
from discord.http import Route

from bot.errors import MaybePosted, NotPosted
from config import defaults
from handlers.discord.refusals import Refusals

_UNSENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_AGENT = f"DiscordBot (https://github.com/Rapptz/discord.py {discord.__version__}) newsdesk"
_UNCOUNTED = ("/interactions/", "/webhooks/")  # not in the limit of all requests
_MOST_LIMITS = 1_000  # remembered before those that are over are forgotten


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One request. `limit` names what Discord limits together: a route in a channel, say."""

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    path: str
    limit: str
    body: Mapping[str, Any] | None = None
    query: Mapping[str, str] | None = None
    files: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """What came back; `code` is Discord's own number for what is wrong, 0 where it gives none."""

    status: int
    body: Any
    code: int

    @property
    def is_done(self) -> bool:
        """Whether it did what it was asked."""
        return 200 <= self.status < 300


class Rest:
    """Asks Discord with the bot's token, and keeps to the limits that its answers name."""

    def __init__(self, token: str, refusals: Refusals, clock: Callable[[], float] = monotonic) -> None:
        self._token, self._refusals, self._clock = token, refusals, clock
        self._session: aiohttp.ClientSession | None = None
        self._closed_until: dict[str, float] = {}
        self._all_closed_until = 0.0
        self._under_way, self._is_idle = 0, asyncio.Event()
        self._is_idle.set()
        self._turn, self._began = asyncio.Lock(), float("-inf")

    async def close(self) -> None:
        """Ask nothing more, once what was asked is answered, or has taken too long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_idle.wait(), defaults.DISCORD_STOP_SECONDS)
        if self._session is not None:
            await self._session.close()

    async def ask(self, request: Request) -> Answered:
        """The answer; NotPosted where a limit forbids to ask, MaybePosted where no answer came."""
        self._under_way += 1
        self._is_idle.clear()
        try:
            return await self._ask(request)
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._is_idle.set()

    async def _ask(self, request: Request) -> Answered:
        await self._wait_for_turn(request)
        self._check_limits(request.limit)
        try:
            async with self._open().request(
                request.method,
                Route.BASE + request.path,
                params=request.query,
                data=_form(request),
                headers=self._headers(request),
            ) as response:
                raw = await response.read()
        except _UNSENT as fault:
            raise NotPosted("Discord cannot be reached.") from fault
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise MaybePosted("the connection to Discord broke off before it answered.") from fault
        answered = _read(response.status, raw)
        self._note_limits(request.limit, response, answered)
        return answered

    async def ask_patiently(self, request: Request) -> Answered:
        """The same, but a short wait that Discord asks for is waited for; not for posts, behind which others stand."""
        try:
            return await self.ask(request)
        except NotPosted as limited:
            wait = limited.retry_after
            if wait is None or wait.total_seconds() > defaults.DISCORD_PATIENCE_SECONDS:
                raise
        await asyncio.sleep(wait.total_seconds())
        return await self.ask(request)

    async def _wait_for_turn(self, request: Request) -> None:
        """Begin a little later than the request before: what begins at once arrives in heaps, which count as too many
        in a second. Interactions are not counted, and somebody waits for them."""
        if request.path.startswith(_UNCOUNTED):
            return
        async with self._turn:
            clock = asyncio.get_running_loop().time
            wait = self._began + 1 / defaults.DISCORD_REQUESTS_A_SECOND - clock()
            if wait > 0:
                await asyncio.sleep(wait)
            self._began = clock()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            # Every channel may post at the same time.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                timeout=aiohttp.ClientTimeout(total=defaults.DISCORD_REQUEST_SECONDS),
            )
        return self._session

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"Authorization": f"Bot {self._token}", "User-Agent": _AGENT}
        if request.body is not None and not request.files:
            headers["Content-Type"] = "application/json"
        return headers

    def _check_limits(self, limit: str) -> None:
        self._refusals.check()
        now = self._clock()
        if self._all_closed_until > now:
            raise _limited(self._all_closed_until - now, everywhere=True)
        if self._closed_until.get(limit, now) > now:
            raise _limited(self._closed_until[limit] - now, everywhere=False)

    def _note_limits(self, limit: str, response: aiohttp.ClientResponse, answered: Answered) -> None:
        headers, now = response.headers, self._clock()
        self._refusals.note(response.status, headers.get("X-RateLimit-Scope", ""))
        if response.status != 429:
            if headers.get("X-RateLimit-Remaining") == "0":
                self._close(limit, now + _seconds(headers.get("X-RateLimit-Reset-After")))
            return
        body = answered.body if isinstance(answered.body, dict) else {}
        wait = _seconds(body.get("retry_after", headers.get("Retry-After")), defaults.DISCORD_LIMITED_SECONDS)
        # Without Via it comes from what stands before Discord, and means the address of this machine.
        everywhere = bool(body.get("global")) or "Via" not in headers or not body
        if everywhere:
            self._all_closed_until = now + wait
        else:
            self._close(limit, now + wait)
        raise _limited(wait, everywhere=everywhere)

    def _close(self, limit: str, until: float) -> None:
        if len(self._closed_until) >= _MOST_LIMITS:
            now = self._clock()
            self._closed_until = {one: over for one, over in self._closed_until.items() if over > now}
        self._closed_until[limit] = until


def _form(request: Request) -> aiohttp.FormData | bytes | None:
    if request.body is None:
        return None
    written = json.dumps(request.body, ensure_ascii=False)
    if not request.files:
        return written.encode()
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("payload_json", written, content_type="application/json")
    for number, (name, content) in enumerate(request.files):
        form.add_field(f"files[{number}]", content, filename=name, content_type="application/octet-stream")
    return form


def _read(status: int, raw: bytes) -> Answered:
    try:
        body = json.loads(raw) if raw else None
    except ValueError:
        body = None
    code = body.get("code") if isinstance(body, dict) else None
    return Answered(status=status, body=body, code=code if isinstance(code, int) else 0)


def _seconds(given: object, otherwise: float = 1.0) -> float:
    try:
        return max(0.0, float(str(given)))
    except ValueError:
        return otherwise


def _limited(seconds: float, *, everywhere: bool) -> NotPosted:
    where = "" if everywhere else " there"
    wait = timedelta(seconds=seconds)
    return NotPosted(f"Discord takes no more{where} for {seconds:.1f} s.", retry_after=wait, everywhere=everywhere)
