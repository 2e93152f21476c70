"""Secure connections, and what must not be told of any: passwords and the queries of addresses."""

import asyncio
import logging
import ssl
import traceback
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.wire.fetch import Credentials, Fetched, Fetcher, Limits
from bot.wire.guard import Guard
from tests.wire.web import NOW, Asked, Handler, Site, answer, fetch, moved, names, serving

CERTIFICATES = Path(__file__).parent / "certificates"
CANARY = "hunter2-canary"
LOOK_UP = names(site_example="127.0.0.1", other_example="127.0.0.1")


def server_tls(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


def trust(name: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATES / f"{name}.pem")


def guard_for(site: Site) -> Guard:
    return Guard([f"site.example:{site.port}", f"other.example:{site.port}"])


@pytest.mark.parametrize(
    ("shown", "trusted", "host", "why"),
    [
        ("expired", "expired", "site.example", "expired on 2021-05-01."),
        ("future", "future", "site.example", "valid only from 2099-01-01."),
        ("good", "expired", "site.example", "signed by the site itself."),
        ("good", "good", "other.example", "made out to other names than other.example."),
    ],
)
async def test_a_certificate_that_is_not_valid_is_explained(shown: str, trusted: str, host: str, why: str) -> None:
    async with serving(answer("secret"), tls=server_tls(shown)) as site:
        with pytest.raises(SourceError) as refused:
            await fetch(
                site, guard=guard_for(site), look_up=LOOK_UP, tls=trust(trusted), address=site.named(host),
                credentials=Credentials("jo", CANARY),
            )  # fmt: skip
        assert refused.value.code == "U16"
        assert str(refused.value).startswith(f"The certificate of {host} is not valid: {why}")
        assert site.asked == [], "nothing may be said to whoever cannot show who they are"


async def test_a_valid_certificate_is_read_behind_and_no_login_goes_on_without_one() -> None:
    async with serving(answer("<rss/>")) as plain, serving(moved(plain.address()), tls=server_tls("good")) as site:
        guard = Guard([*guard_for(site).exceptions, plain.place])
        fetched = await fetch(
            site, guard=guard, look_up=LOOK_UP, tls=trust("good"), address=site.named("site.example"),
            credentials=Credentials("jo", CANARY),
        )  # fmt: skip
        assert isinstance(fetched, Fetched)
        assert fetched.data == b"<rss/>"
        assert "authorization" in site.asked[0].headers
        assert "authorization" not in plain.asked[0].headers


async def test_a_site_without_encryption_where_it_was_asked_for_is_explained() -> None:
    def bark(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with await asyncio.start_server(bark, "127.0.0.1", 0) as plain:
        port = plain.sockets[0].getsockname()[1]
        async with Fetcher(Guard([f"site.example:{port}"]), look_up=LOOK_UP) as fetcher:
            with pytest.raises(SourceError, match=r"No secure connection to site\.example can be made") as refused:
                await fetcher.fetch(f"https://site.example:{port}/", now=NOW)
        assert refused.value.code == "U16"


async def test_a_secure_site_is_read_through_the_egress_proxy() -> None:
    async def tunnel(asked: Asked) -> None:
        assert asked.line == f"CONNECT site.example:{site.port} HTTP/1.1"
        inside, outside = await asyncio.open_connection("127.0.0.1", site.port)
        await asked.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pass_on(asked.reader, outside), _pass_on(inside, asked.writer))

    async with serving(answer("<rss/>"), tls=server_tls("good")) as site, serving(tunnel) as proxy:
        fetched = await fetch(
            site, guard=guard_for(site), look_up=names(), tls=trust("good"), address=site.named("site.example"),
            proxy=f"http://jo:{CANARY}@127.0.0.1:{proxy.port}", credentials=Credentials("jo", "other"),
        )  # fmt: skip
        assert isinstance(fetched, Fetched)
        assert fetched.data == b"<rss/>"
        assert "proxy-authorization" in proxy.asked[0].headers
        assert "proxy-authorization" not in site.asked[0].headers
        assert "authorization" not in proxy.asked[0].headers


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()
    writer.close()


async def hangs(asked: Asked) -> None:
    await asked.gone()


async def hangs_up(asked: Asked) -> None:
    asked.writer.transport.abort()


FAULTY: list[bytes | Handler] = [
    answer("", status="401 Unauthorized"),
    answer("", status="404 Not Found"),
    answer("", "Retry-After: 5", status="429 Slow Down"),
    answer("", status="304 Not Modified"),
    answer("", status="503 Busy"),
    answer(""),
    answer("<rss/>", length=99),
    answer(b"\x1f\x8b\x08x"),
    answer("<rss/>", "X: " + "a" * 100_000),
    b"nonsense",
    moved(f"http://10.0.0.1/?key={CANARY}"),
    moved(f"http://jo:{CANARY}@127.0.0.1:9/?key={CANARY}"),
    moved(f"/?key={CANARY}"),
    moved(f"ftp://jo:{CANARY}@other.example/?key={CANARY}"),
    moved(f"http://other.example:22/?key={CANARY}"),
    moved(""),
    hangs,
    hangs_up,
]


@pytest.mark.parametrize("said", FAULTY, ids=range(len(FAULTY)))
@pytest.mark.parametrize("tls", [None, "good", "expired"])
async def test_no_fault_and_no_log_tells_a_password_or_a_query(
    said: bytes | Handler, tls: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    asyncio.get_running_loop().set_debug(True)
    caplog.set_level(logging.DEBUG)
    async with serving(said, tls=server_tls(tls) if tls else None) as site:
        with pytest.raises(SourceError) as refused:
            await fetch(
                site, guard=guard_for(site), look_up=LOOK_UP, tls=trust(tls or "good"),
                address=site.named("site.example", f"/feed?key={CANARY}"), credentials=Credentials("jo", CANARY),
                limits=Limits(seconds=0.3),
            )  # fmt: skip
        assert CANARY not in "".join(traceback.format_exception(refused.value))
        assert CANARY not in repr(refused.value)
        assert CANARY not in caplog.text


async def test_a_dead_proxy_tells_nothing_either(caplog: pytest.LogCaptureFixture) -> None:
    async with serving(answer("")) as gone:
        proxy = f"http://jo:{CANARY}@127.0.0.1:{gone.port}"
    for address in (f"http://coast.example/?key={CANARY}", f"https://coast.example/?key={CANARY}"):
        async with Fetcher(Guard(), proxy=proxy, look_up=names()) as fetcher:
            with pytest.raises(SourceError) as refused:
                await fetcher.fetch(address, now=NOW, credentials=Credentials("jo", CANARY))
            assert CANARY not in "".join(traceback.format_exception(refused.value))
            assert CANARY not in repr(fetcher)
    assert CANARY not in caplog.text


async def test_no_value_shows_a_password_or_a_query() -> None:
    async with serving({"/feed": moved(f"/next?key={CANARY}", "301 Moved"), "/next": answer(CANARY)}) as site:
        fetched = await fetch(site, f"/feed?key={CANARY}")
        assert isinstance(fetched, Fetched)
        assert fetched.moved_to == fetched.address == site.address(f"/next?key={CANARY}")
        assert CANARY not in repr(fetched)
    assert CANARY not in repr(Credentials("jo", CANARY))
