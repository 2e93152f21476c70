"""What `newsdesk source add` says of every bad address and every bad answer, and that nothing is kept of one."""

import gzip
import shutil
import ssl
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.archive.archive import Archive
from bot.archive.articles import newest_change
from bot.archive.feeds import count_feeds
from bot.archive.sources import list_sources
from bot.desk.follow import SourceDesk
from bot.desk.gather import Gatherer
from bot.desk.wire import open_wire
from bot.errors import RefusedInput, RequestError, SourceError
from bot.news.article import LOCAL
from bot.news.polling import Pace
from bot.news.source import Source
from bot.wire.fetch import Fetcher, Limits
from bot.wire.guard import Guard
from handlers.console.source_desk import Order, Out, carry_out, say_fault
from tests.handlers.console.makes import make_sheet
from tests.wire.web import Asked, Handler, Site, answer, moved, names, serving

NOW = datetime(2026, 5, 1, 20, 30, tzinfo=UTC)
CERTIFICATES = Path(__file__).parents[1] / "wire" / "certificates"
ITEM = "<item><title>Ferry late</title><guid>{0}</guid><link>https://coast.example/{0}</link></item>"
FEED = f"<rss version='2.0'><channel><title>Coast Daily</title>{ITEM.format(1)}</channel></rss>"
XML = "Content-Type: application/rss+xml"
PAGE = "<html><head><title>Coast</title>{}</head><body><p>The ferry was late.</p></body></html>"
LINK = "<link rel=alternate type=application/rss+xml href=/{0} title='The {0} feed'>"
NOT_PUBLIC = "That address is not on the public internet, so I will not open it."
QUICK = Limits(seconds=0.4, connect_seconds=0.2, silence_seconds=0.4)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A desk that can read one site on loopback, also under a few names, and whose sheet can be read."""

    at: SourceDesk
    site: Site

    async def add(self, typed: str, **how: Any) -> str:
        """What whoever adds the address is told."""
        sheet, file = make_sheet(200)
        order = Order(verb="add", words=typed, **how)
        try:
            status = await carry_out(self.at, order, Out(sheet=sheet, put=file.write, progress=_show_nothing))  # type: ignore[arg-type]
        except (RequestError, SourceError, RefusedInput) as fault:
            return say_fault(fault)
        return f"{file.getvalue()}[{status}]"

    def sources(self) -> list[Source]:
        return list(self.at.archive.read_now(list_sources, LOCAL))

    def is_empty(self) -> bool:
        """Whether nothing is kept: no source, no feed, no article."""
        archive = self.at.archive
        return not (
            self.sources() or archive.read_now(count_feeds, NOW).followed or archive.read_now(newest_change, LOCAL)
        )


@pytest.fixture
def sqlite(tmp_path: Path, migrated_file: Path) -> Iterator[Archive]:
    """An empty archive."""
    shutil.copy(migrated_file, tmp_path / "newsdesk.db")
    with Archive.open(tmp_path) as opened:
        yield opened


@asynccontextmanager
async def stand_at(archive: Archive, said: Any, *, limits: Limits | None = None, tls: str | None = None) -> Any:
    """The desk, and the site that says this to everything, or by path."""
    look_up = names(
        site_example="127.0.0.1", inner_example="10.1.2.3", both_example="93.184.216.34 10.1.2.3", bare_example=""
    )
    shown = trusted = None
    if tls is not None:
        shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        shown.load_cert_chain(CERTIFICATES / f"{tls}.pem")
        trusted = ssl.create_default_context(cafile=CERTIFICATES / f"{tls}.pem")
    async with serving(said, tls=shown) as site:
        guard = Guard([site.place])
        async with Fetcher(guard, look_up=look_up, limits=limits, tls=trusted) as fetcher:
            with open_wire(guard, fetcher, pace=Pace()) as wire:
                desk = SourceDesk(archive=archive, gatherer=Gatherer(archive, wire), space=LOCAL, clock=lambda: NOW)
                yield Stand(at=desk, site=site)


def _show_nothing(doing: str, done: int, total: int | None = None) -> None:
    pass


# Rows of what is typed, by their number in the list of bad inputs; none of them is asked for.
TYPED = [
    (1, "", "Give me a feed or page address, for example https://example.org/feed.xml. (U01)"),
    (1, " \t ", "Give me a feed or page address, for example https://example.org/feed.xml. (U01)"),
    (2, "example", "`example` is not a web address. (U02)"),
    (4, "ftp://coast.example/x", "Only http and https addresses work; this one starts with `ftp`. (U03)"),
    (4, "file:///etc/passwd", "Only http and https addresses work; this one starts with `file`. (U03)"),
    (4, "javascript:alert(1)", "Only http and https addresses work; this one starts with `javascript`. (U03)"),
    (4, "data:text/html,x", "Only http and https addresses work; this one starts with `data`. (U03)"),
    (5, "http:///x", "The address has no host name; write it as https://example.org/feed.xml. (U04)"),
    (5, "http:/a.com", "The address has no host name; write it as https://example.org/feed.xml. (U04)"),
    (6, "https://a.example/" + "x" * 2982, "The address is 3,000 characters long; the limit is 2,048. (U05)"),
    (7, "http://coast.example:99999/", "Port must be 1-65535. (U06)"),
    (7, "http://coast.example:abc/", "Port must be 1-65535. (U06)"),
    (7, "http://coast.example:0/", "Port must be 1-65535. (U06)"),
    (8, "http://coast.example:22/", "Port 22 is not allowed here; 80, 443, 8080 and 8443 are. (U07)"),
    *((10, f"http://{host}/", f"{NOT_PUBLIC} (U09)") for host in ("127.0.0.1", "localhost", "localhost.")),
    *((10, f"http://{host}/", f"{NOT_PUBLIC} (U09)") for host in ("10.1.2.3", "192.168.1.1", "169.254.169.254")),
    *((11, f"http://{host}/", f"{NOT_PUBLIC} (U09)") for host in ("2130706433", "0x7f000001", "0177.0.0.1", "127.1")),
    *((12, f"http://[{ip}]/", f"{NOT_PUBLIC} (U09)") for ip in ("::ffff:127.0.0.1", "::1", "fe80::1%25lo")),
    *((12, f"http://[{ip}]/", f"{NOT_PUBLIC} (U09)") for ip in ("64:ff9b::7f00:1", "2002:7f00:1::")),
    *((13, f"http://{host}/", f"{NOT_PUBLIC} (U09)") for host in ("①②⑦.⓪.⓪.①", "127。0。0。1")),
    (14, "http://inner.example/feed", f"{NOT_PUBLIC} (U09)"),
    (14, "http://both.example/feed", f"{NOT_PUBLIC} (U09)"),
    (17, "http://exmaple.example/feed", "I cannot find a site named `exmaple.example`. Is it spelled right? (U12)"),
    (18, "http://xn--a/", "The host name is not valid. (U13)"),
    (18, f"http://{'a' * 64}.example/", "The host name is not valid. (U13)"),
    (
        19,
        "http://gооgle.com/",
        "This name mixes alphabets; its real form is `xn--ggle-55da.com`. Repeat it in that form if you mean it. (U14)",
    ),
    (20, "http://coast.example/a\tb", "The address contains a character that is not allowed (a tab). (U15)"),
    (20, "http://coast.example/a\nb", "The address contains a character that is not allowed (a line break). (U15)"),
    (20, "http://coast.example/a\0b", "The address contains a character that is not allowed (a NUL). (U15)"),
    (20, "http://coast.example\\b", "The address contains a character that is not allowed (a backslash). (U15)"),
]


@pytest.mark.parametrize(("row", "typed", "told"), TYPED)
async def test_an_address_that_cannot_be_followed(sqlite: Archive, row: int, typed: str, told: str) -> None:
    async with stand_at(sqlite, answer(FEED, XML)) as stand:
        assert await stand.add(typed) == told
        assert stand.site.asked == []
        assert stand.is_empty()


async def test_a_password_in_an_address_is_refused_and_never_said(sqlite: Archive) -> None:
    async with stand_at(sqlite, answer(FEED, XML)) as stand:
        told = await stand.add("http://jo:hunter2@coast.example/")
        assert told.startswith("Put the user name and password in the private fields, not in the address.")
        assert told.endswith("(U08)")
        assert "hunter2" not in told
        assert stand.is_empty()


def by_path(**paths: bytes) -> dict[str, bytes]:
    return {f"/{name.replace('__', '.')}": said for name, said in paths.items()}


async def loop_for_ever(asked: Asked) -> None:
    await asked.say(moved("/feed"))


async def drip(asked: Asked) -> None:
    await asked.drip(answer(FEED), step=1, seconds=0.05)


async def never(asked: Asked) -> None:
    await asked.gone()


async def unchanged(asked: Asked) -> None:
    await asked.say(answer("", 'ETag: "1"', status="304 Not Modified"))


def status(line: str, *headers: str) -> bytes:
    return answer("", *headers, status=line)


def bomb() -> bytes:
    return answer(gzip.compress(b"<rss>" + bytes(1 << 30), 1), "Content-Encoding: gzip", XML)


PADDED = f"<rss version='2.0'><channel>{ITEM.format(1)}<!--{'x' * 11_000_000}--></channel></rss>"
LAUGHS = (
    "<!DOCTYPE r [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>"
    + FEED.replace("Coast Daily", "&c;")
)
QUADRATIC = f"<!DOCTYPE r [<!ENTITY a '{'x' * 50_000}'>]>" + FEED.replace("Coast Daily", "&a;" * 1000)
LONG_LINE = b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 5_000_000 + b"\r\n\r\n" + FEED.encode()
OPENING = "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + FEED.replace("late", "&x;late")
ENTITIES = "The feed uses XML entities in a way that is not accepted. (F11)"
HOST = "127.0.0.1"
LARGE = f"The answer of {HOST} is larger than 10 MB, the most that is read of a feed. (F12)"

# Rows of what a site answers; nothing is kept of these.
ANSWERED: list[tuple[int, Any, str]] = [
    (15, moved("http://10.1.2.3/feed"), f"{HOST} sent me to an address that is not public. (U10)"),
    (15, moved("http://inner.example/feed"), f"{HOST} sent me to an address that is not public. (U10)"),
    (15, moved("file:///etc/passwd"), f"{HOST} sent me to something that is no http or https address. (U10)"),
    (16, loop_for_ever, f"Too many redirects (limit 5), the last from {HOST}. (U11)"),
    (24, status("401 Unauthorized"), f"{HOST} asks for a login (401); add the source with its user name and password."),
    (24, status("403 Forbidden"), f"{HOST} refuses bots (403); ask its operators, or follow another address. (F02)"),
    (24, status("503 No", "Cf-Mitigated: challenge"), f"{HOST} refuses bots (503); ask its operators, or"),
    (25, status("404 Not Found"), f"No feed there: {HOST} knows no such address (404). (F03)"),
    (25, status("410 Gone"), f"No feed there: {HOST} says that it is gone for good (410). (F03)"),
    (26, status("429 No", "Retry-After: 86400"), f"{HOST} asked me to wait until 20:30 UTC tomorrow. (F04)"),
    (26, status("429 No", "Retry-After: 604800"), f"{HOST} asked me to wait until 20:30 UTC tomorrow. (F04)"),
    *(
        (27, status("429 No", f"Retry-After: {text}"), f"{HOST} asked me to wait until 20:45 UTC. (F04)")
        for text in ("-5", "soon", "Fri, 31 Dec 9999 23:59:59 GMT", "")
    ),
    *(
        (28, status(f"{n} No"), f"{HOST} has a fault ({n}); I will keep trying. (F05)")
        for n in (500, 502, 503)
    ),
    (29, status("204 No Content"), f"The feed is empty: {HOST} sent nothing. (F06)"),
    (29, answer(""), f"The feed is empty: {HOST} sent nothing. (F06)"),
    (29, answer(" \r\n "), f"The feed is empty: {HOST} sent nothing. (F06)"),
    (31, by_path(feed=answer(PAGE.format(""))), "This is a web page without a feed."),
    (
        31,
        by_path(feed=answer(PAGE.format(LINK.format("north")))),
        "This page names a feed that cannot be read, http://127.0.0.1:{port}/north: No feed there: 127.0.0.1 knows no",
    ),
    (32, answer(b"%PDF-1.7\n" + bytes(range(256))), "This is a PDF file, not a feed. (F08)"),
    (32, answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256))), "This is a PNG image, not a feed. (F08)"),
    (32, answer(b"PK\x03\x04" + bytes(range(256))), "This is a zip archive or an office document, not a feed. (F08)"),
    (32, answer(b"\0\0\0\x18ftypmp42" + bytes(range(256))), "This is a film or picture file, not a feed. (F08)"),
    (33, answer('{"items": []}', "Content-Type: application/json"), "This JSON is not a JSON Feed: `version` is"),
    (35, answer(LAUGHS, XML), ENTITIES),
    (35, answer(QUADRATIC, XML), ENTITIES),
    (37, answer(PADDED, XML), LARGE),
    (37, bomb, LARGE),
    (39, LONG_LINE, f"The answer of {HOST} is malformed"),
    (39, b"ICY 200 OK\r\n\r\n" + FEED.encode(), f"The answer of {HOST} is malformed"),
    (53, answer(b"\x1f\x8b\x08" + b"?" * 100, "Content-Encoding: gzip", XML), f"The answer of {HOST} is malformed"),
    (54, answer(FEED, XML, length=len(FEED) + 9), f"The answer of {HOST} stops in the middle"),
    (54, answer(FEED, XML, length=len(FEED) - 9), f"The answer of {HOST} is malformed"),
    (55, unchanged, f"The answer of {HOST} is malformed: it says that nothing has changed, but nothing was known"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said", "told"), ANSWERED)
async def test_an_answer_that_is_no_source(sqlite: Archive, row: int, said: Any, told: str) -> None:
    async with stand_at(sqlite, said() if said is bomb else said) as stand:
        heard = await stand.add(stand.site.address())
        assert heard.startswith(told.replace("{port}", str(stand.site.port)))
        assert heard.endswith(")")
        assert heard.count("\n") == 0
        assert stand.is_empty()


@pytest.mark.parametrize("said", [drip, never])
async def test_a_site_that_is_too_slow(sqlite: Archive, said: Handler) -> None:
    """Row 38."""
    async with stand_at(sqlite, said, limits=QUICK) as stand:
        assert await stand.add(stand.site.address()) == (
            f"{HOST} was too slow (limit 0.4 s); I will keep trying. (F13)"
        )
        assert stand.is_empty()


@pytest.mark.parametrize(
    ("shown", "name", "why"),
    [
        ("expired", "site.example", "expired on 2021-05-01."),
        ("future", "site.example", "valid only from 2099-01-01."),
        ("good", "127.0.0.1", "made out to other names than 127.0.0.1."),
    ],
)
async def test_a_certificate_that_is_not_valid(sqlite: Archive, shown: str, name: str, why: str) -> None:
    """Row 21."""
    async with stand_at(sqlite, answer(FEED, XML), tls=shown) as stand:
        told = await stand.add(stand.site.named(name))
        assert told.startswith(f"The certificate of {name} is not valid: {why}")
        assert told.endswith("(U16)")
        assert stand.is_empty()


async def test_a_page_that_names_several_feeds_asks_which_and_follows_none(sqlite: Archive) -> None:
    """Row 30."""
    pages = by_path(
        feed=answer(PAGE.format(LINK.format("north") + LINK.format("south"))),
        north=answer(FEED, XML),
        south=answer(FEED, XML),
    )
    async with stand_at(sqlite, pages) as stand:
        told = await stand.add(stand.site.address())
        assert told.endswith("[1]")
        assert "2 feeds" in told
        assert stand.site.address("/north") in told
        assert stand.site.address("/south") in told
        assert stand.is_empty()
        assert "Following Coast Daily" in await stand.add(stand.site.address(), pick=2)
        assert [source.feed.address for source in stand.sources()] == [stand.site.address("/south")]


@pytest.mark.parametrize("pick", [3, 99])
async def test_a_number_that_no_feed_has_is_refused(sqlite: Archive, pick: int) -> None:
    pages = by_path(
        feed=answer(PAGE.format(LINK.format("north") + LINK.format("south"))),
        north=answer(FEED, XML),
        south=answer(FEED, XML),
        rss=answer(FEED, XML),
    )
    async with stand_at(sqlite, pages) as stand:
        told = await stand.add(stand.site.address(), pick=pick)
        assert told == f"This page names 2 feeds; there is no number {pick} among them."
        assert stand.is_empty()


# What is read all the same: how many articles are filed, and what is said of it.
READ: list[tuple[int, Any, int, str]] = [
    (30, by_path(feed=answer(PAGE.format(LINK.format("rss"))), rss=answer(FEED, XML)), 1, "I found its feed at"),
    (30, by_path(feed=answer(PAGE.format("")), rss__xml=answer(FEED, XML)), 1, "I found its feed at"),
    (34, answer(FEED[: FEED.rindex("</channel>")] + "<item><title>Half", XML), 1, "stops in the middle (line 1)"),
    (36, answer(OPENING, XML), 1, ""),
    (53, answer(FEED, "Content-Encoding: gzip", XML), 1, ""),
    (53, answer(gzip.compress(FEED.encode()), XML), 1, ""),
]  # fmt: skip


@pytest.mark.parametrize(("row", "said", "filed", "told"), READ)
async def test_an_answer_that_is_read_all_the_same(sqlite: Archive, row: int, said: Any, filed: int, told: str) -> None:
    async with stand_at(sqlite, said) as stand:
        heard = await stand.add(stand.site.address())
        assert heard.endswith("[0]")
        assert f"{filed} article filed" in heard
        assert told in heard
        assert "root:" not in heard
        assert len(stand.sources()) == 1


async def test_a_first_answer_that_says_unchanged_is_asked_for_once_more(sqlite: Archive) -> None:
    """Row 55."""
    said = [answer(FEED, XML), answer("", status="304 Not Modified")]

    async def at_first(asked: Asked) -> None:
        await asked.say(said.pop())

    async with stand_at(sqlite, at_first) as stand:
        assert "1 article filed" in await stand.add(stand.site.address())
        assert "if-none-match" not in stand.site.asked[1].headers


@pytest.mark.parametrize(
    "typed",
    [
        lambda site: f"<{site.address()}|coast>",
        lambda site: f"<{site.address('/feed?a=1&amp;b=2')}>",
        lambda site: f"feed:{site.address()}",
        lambda site: site.named("site.example").replace("http://", "feed://http://"),
    ],
)
async def test_an_address_as_chat_programs_and_browsers_wrap_it_is_followed(
    sqlite: Archive, typed: Callable[[Site], str]
) -> None:
    """Row 22."""
    async with stand_at(sqlite, answer(FEED, XML)) as stand:
        assert "1 article filed" in await stand.add(typed(stand.site))


async def test_an_address_without_its_scheme_is_asked_for_as_https_and_that_is_said(sqlite: Archive) -> None:
    """Row 3."""
    async with stand_at(sqlite, answer(FEED, XML), tls="good") as stand:
        told = await stand.add(f"site.example:{stand.site.port}/feed")
        assert told.startswith(f"I read that as https://site.example:{stand.site.port}/feed.")
        assert told.endswith("[0]")


@pytest.mark.parametrize(
    "again",
    [
        lambda site: site.address("/feed"),
        lambda site: site.address("/feed/"),
        lambda site: site.address("/feed?utm_source=mail&utm_campaign=x"),
        lambda site: site.address("/feed#top"),
        lambda site: site.address("/feed").upper().replace("/FEED", "/feed"),
        lambda site: f"  {site.address('/feed')}  ",
        lambda site: site.address("/page"),
    ],
)
async def test_a_source_that_is_followed_already_is_not_followed_twice(
    sqlite: Archive, again: Callable[[Site], str]
) -> None:
    """Row 23."""
    pages = by_path(feed=answer(FEED, XML), page=answer(PAGE.format(LINK.format("feed"))))
    pages["/feed/"] = pages["/feed"]
    async with stand_at(sqlite, pages) as stand:
        await stand.add(stand.site.address())
        assert await stand.add(again(stand.site)) == (
            "“Coast Daily” is followed already, since 1 May 2026: it is the same address. (S01)"
        )
        assert len(stand.sources()) == 1
