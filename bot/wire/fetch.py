"""Reading the web: conditional requests through the guard, with limits on bytes and seconds. The door to aiohttp.

Nothing that is said or shown here holds a password, or the query of an address: tokens stand there.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import SourceError
from bot.wire import answers
from bot.wire.certificate import certificate_fault
from bot.wire.guard import NOT_PUBLIC, Guard, port_sentence
from bot.wire.lookups import LookUp, LookUps, look_up
from bot.wire.request import Place, basic_authorization, read_place, read_proxy, standing_headers, validating_headers
from bot.wire.unpack import Body, broken_off, malformed, too_large
from config import defaults

_NO_SUCH_NAME = (socket.EAI_NONAME, socket.EAI_NODATA)

Find = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and password for one source. They are sent to the place they were given for and to no other."""

    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the last answer gave to ask "changed since?"."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What an address gave.

    `address` is where it was found in the end. `moved_to` is the furthest place that permanent redirects alone led to;
    None when there were none. `keep_for` is how long the site says that nothing will change.
    """

    data: bytes = field(repr=False)
    address: str = field(repr=False)
    moved_to: str | None = field(repr=False)
    media_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    keep_for: timedelta | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unchanged:
    """Nothing changed since the last answer; etag and last_modified are what to ask with next time."""

    moved_to: str | None = field(repr=False)
    etag: str | None
    last_modified: str | None
    keep_for: timedelta | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How much one reading may take; the seconds of the whole count its redirects in."""

    seconds: float = defaults.FETCH_SECONDS
    connect_seconds: float = defaults.FETCH_CONNECT_SECONDS
    silence_seconds: float = defaults.FETCH_SILENCE_SECONDS
    redirects: int = defaults.FETCH_REDIRECTS
    size_bytes: int = defaults.PAGE_BYTES


class Fetcher:
    """Reads addresses of the web, and of the intranet where the guard permits it. Use it as an async context.

    `proxy` is the one way out where the operator has one: it then looks names up and judges their addresses, while
    hosts and ports are still judged here. No proxy of the environment is used. `contact` is an address at which the
    operators of sites find ours. `tls` replaces the system's trust. ConfigError where proxy or contact cannot be used.
    """

    def __init__(
        self,
        guard: Guard,
        *,
        proxy: str | None = None,
        contact: str | None = None,
        look_up: LookUp = look_up,
        limits: Limits | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._guard, self._lookups, self._limits = guard, LookUps(look_up), limits or Limits()
        self._proxy = read_proxy(proxy) if proxy else None
        self._tls = tls or ssl.create_default_context()
        self._headers = standing_headers(contact)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._lookups.close()

    async def fetch(
        self, address: str, *, now: datetime, known: Known | None = None, credentials: Credentials | None = None
    ) -> Fetched | Unchanged:
        """What the address gives now, or Unchanged where the site says that it gives what is known.

        Only http and https, at most a few redirects, a limited size and time; SourceError says in a sentence what went
        wrong, with its code.
        """
        start = read_place(address)
        if start is None:
            raise SourceError("U13", "That is no web address that can be opened.")
        known = known or Known()
        validators = validating_headers(known.etag, known.last_modified)
        try:
            async with asyncio.timeout(self._limits.seconds):
                answer = await self._follow(start, validators, credentials, now)
                if answer.status == answers.UNCHANGED and not validators:
                    # A cache on the way asked with somebody else's validators: ask past it, once.
                    answer = await self._follow(start, {"Cache-Control": "no-cache"}, credentials, now)
        except TimeoutError:
            raise self._too_slow(start.host) from None
        if answer.status == answers.UNCHANGED and not validators:
            raise malformed(answer.place.host, "it says that nothing has changed, but nothing was known before")
        return answer.outcome(known, now)

    async def _follow(
        self, start: Place, headers: Mapping[str, str], credentials: Credentials | None, now: datetime
    ) -> "_Answer":
        """The answer at the end of the redirects."""
        place, sender, moved_to, is_permanent = start, "", None, True
        for _ in range(self._limits.redirects + 1):
            if credentials and place.origin != start.origin:
                credentials = None  # for good: the way back would be one that somebody else has chosen
            own = {"Authorization": basic_authorization(credentials.name, credentials.password)} if credentials else {}
            hop = _Hop(self._guard, place, sender, self._find, is_proxied=bool(self._proxy))
            answer = await self._ask(hop, {**headers, **own}, now)
            if answer.status not in answers.MOVED:
                answer.moved_to = moved_to
                return answer
            is_permanent = is_permanent and answer.status in answers.MOVED_FOR_GOOD
            place, sender = answer.next_place(), place.host
            moved_to = place.address if is_permanent else moved_to
        raise SourceError("U11", f"Too many redirects (limit {self._limits.redirects}), the last from {sender}.")

    async def _ask(self, hop: "_Hop", headers: Mapping[str, str], now: datetime) -> "_Answer":
        """The answer of one place; its body is read only where it is what was asked for."""
        hop.check()
        try:
            async with (
                self._session(hop) as session,
                session.get(
                    URL(hop.place.address, encoded=True), headers=headers, allow_redirects=False, proxy=self._proxy
                ) as response,
            ):
                return await self._read(response, hop.place, now)
        except (aiohttp.ClientError, OSError) as fault:
            problem = fault
        # Not as its consequence: what the libraries say of a fault shows whole addresses.
        raise await self._explain(problem, hop)

    def _session(self, hop: "_Hop") -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=hop, socket_factory=hop.open_socket, use_dns_cache=False, force_close=True, ssl=self._tls
        )
        return aiohttp.ClientSession(
            connector=connector,
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(
                total=self._limits.seconds,
                sock_connect=self._limits.connect_seconds,
                sock_read=self._limits.silence_seconds,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            read_bufsize=defaults.FETCH_STEP_BYTES,
            max_line_size=defaults.FETCH_HEADER_BYTES,
            max_field_size=defaults.FETCH_HEADER_BYTES,
            max_headers=defaults.FETCH_HEADERS,
        )

    async def _read(self, response: aiohttp.ClientResponse, place: Place, now: datetime) -> "_Answer":
        answer = _Answer(status=response.status, headers=response.headers, place=place)
        if answer.status in answers.MOVED or answer.status == answers.UNCHANGED:
            return answer
        is_logged_in = "Authorization" in response.request_info.headers
        fault = answers.fault_of(answer.status, answer.headers, place.host, now, is_logged_in=is_logged_in)
        if fault:
            raise fault
        if (response.content_length or 0) > self._limits.size_bytes:
            raise too_large(place.host, self._limits.size_bytes)
        body = Body(place.host, ",".join(response.headers.getall("Content-Encoding", ())), self._limits.size_bytes)
        async for arrived in response.content.iter_any():
            body.add(arrived)
        answer.data = body.whole()
        if not answer.data or answer.data.isspace():
            raise answers.empty(place.host)
        return answer

    async def _find(self, host: str) -> Sequence[str]:
        return await asyncio.wrap_future(self._lookups.begin(host))

    async def _explain(self, fault: Exception, hop: "_Hop") -> SourceError:
        """The fault in our words."""
        host = hop.place.host
        match fault:
            case _ if hop.is_refused:
                return hop.refusal()
            case aiohttp.ClientHttpProxyError():
                return SourceError("F18", f"The egress proxy does not open {host} ({fault.status}).")
            case aiohttp.ClientConnectorCertificateError():
                return certificate_fault(host, fault.__cause__, await self._certificate(hop))
            case aiohttp.ClientConnectorSSLError():
                return certificate_fault(host, fault.__cause__, None)
            case aiohttp.ClientConnectorError() if self._proxy:
                return SourceError("F18", "The egress proxy does not answer; its operator has to see to it.")
            case aiohttp.ClientConnectorDNSError() if fault.os_error.errno in _NO_SUCH_NAME:
                return SourceError("U12", f"I cannot find a site named `{host}`. Is it spelled right?")
            case TimeoutError() if not isinstance(fault, aiohttp.ConnectionTimeoutError):
                return self._too_slow(host)
            case aiohttp.ClientPayloadError():
                return broken_off(host)
            case aiohttp.ClientResponseError():
                return malformed(host)
            case _:
                # Closed and filtered ports, dead machines and lost routes all read the same.
                return SourceError("F18", f"{host} does not answer; I will keep trying.")

    def _too_slow(self, host: str) -> SourceError:
        return SourceError("F13", f"{host} was too slow (limit {self._limits.seconds:g} s); I will keep trying.")

    async def _certificate(self, hop: "_Hop") -> bytes | None:
        """The certificate that a site shows, trusted or not; nothing is sent to it."""
        if self._proxy or hop.way is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        loop, opened = asyncio.get_running_loop(), hop.open_socket(hop.way)
        try:
            opened.setblocking(False)
            await loop.sock_connect(opened, hop.way[4])
            transport, _ = await loop.create_connection(
                asyncio.Protocol, sock=opened, ssl=context, server_hostname=hop.place.host
            )
            shown: bytes | None = transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
            transport.abort()
        except OSError:
            return None
        finally:
            opened.close()
        return shown


@dataclass(kw_only=True, slots=True)
class _Answer:
    """What one place answered; `data` is unpacked."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    place: Place
    data: bytes = field(default=b"", repr=False)
    moved_to: str | None = field(default=None, repr=False)

    def outcome(self, known: Known, now: datetime) -> Fetched | Unchanged:
        """What whoever asked gets."""
        etag = answers.validator_of(self.headers, "ETag")
        last_modified = answers.validator_of(self.headers, "Last-Modified")
        keep_for = answers.keep_for(self.headers, now)
        if self.status == answers.UNCHANGED:
            return Unchanged(
                moved_to=self.moved_to,
                etag=etag or known.etag,
                last_modified=last_modified or known.last_modified,
                keep_for=keep_for,
            )
        return Fetched(
            data=self.data,
            address=self.place.address,
            moved_to=self.moved_to,
            media_type=answers.media_type_of(self.headers),
            charset=answers.charset_of(self.headers),
            etag=etag,
            last_modified=last_modified,
            keep_for=keep_for,
        )

    def next_place(self) -> Place:
        """Where a redirect leads."""
        location = self.headers.get("Location", "").strip()
        if not location:
            raise malformed(self.place.host, "it sends me on and does not say where to")
        place = read_place(location, self.place.address)
        if place is None:
            raise SourceError("U10", f"{self.place.host} sent me to something that is no http or https address.")
        return place


class _Hop(AbstractResolver):
    """One step of the way: the place to ask, and the guard before every address and every socket.

    `sender` is the host that sent us there, if any did. Behind a proxy only the place itself is judged.
    """

    def __init__(self, guard: Guard, place: Place, sender: str, find: Find, *, is_proxied: bool) -> None:
        self._guard, self.place, self._sender, self._find = guard, place, sender, find
        self._is_proxied = is_proxied
        self.is_refused = False
        self.way: aiohttp.AddrInfoType | None = None

    def check(self) -> None:
        """SourceError where the place may not be asked, whatever its name stands for."""
        if not self._guard.permits_host(self.place.host, self.place.port):
            raise self.refusal()
        if not self._guard.permits_port(self.place.host, self.place.port):
            sentence = port_sentence(self.place.port)
            if self._sender:
                raise SourceError("U10", f"{self._sender} sent me on to a port of its choice. {sentence}")
            raise SourceError("U07", sentence)

    def refusal(self) -> SourceError:
        """The one answer to everything that is not public."""
        if self._sender:
            return SourceError("U10", f"{self._sender} sent me to an address that is not public.")
        return SourceError("U09", NOT_PUBLIC)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of the host; none of them where one is refused."""
        found = await self._find(host)
        for address in found:
            self._judge(address, port)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    async def close(self) -> None:
        """Nothing is held."""

    def open_socket(self, way: aiohttp.AddrInfoType) -> socket.socket:
        """A socket for this very connection: the last look at where it goes, past every name and redirect."""
        family, kind, protocol, _, target = way
        self._judge(str(target[0]), int(target[1]))
        self.way = way
        return socket.socket(family, kind, protocol)

    def _judge(self, address: str, port: int) -> None:
        if not (self._is_proxied or self._guard.permits(address, port, self.place.host)):
            self.is_refused = True
            raise PermissionError("not a public address")
