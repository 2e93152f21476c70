"""Reading an address: what comes back, what is asked, and where redirects lead."""

import base64
from datetime import timedelta

import pytest

from bot.errors import ConfigError, SourceError
from bot.wire.fetch import Credentials, Fetched, Fetcher, Known, Unchanged
from bot.wire.guard import Guard
from tests.wire.web import NOW, Asked, answer, fetch, moved, names, serving

FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Coast Daily</title></channel></rss>'
LOGIN = Credentials("jo", "hunter2")
LOGGED_IN = "Basic " + base64.b64encode(b"jo:hunter2").decode()


async def test_an_answer_comes_with_what_its_headers_say() -> None:
    head = ("Content-Type: application/rss+xml; charset=UTF-8", 'ETag: "a"',
            "Last-Modified: Fri, 01 May 2026 20:00:00 GMT", "Cache-Control: max-age=600")  # fmt: skip
    async with serving(answer(FEED, *head)) as site:
        assert await fetch(site, "/feed?b=2&a=1") == Fetched(
            data=FEED,
            address=site.address("/feed?b=2&a=1"),
            moved_to=None,
            media_type="application/rss+xml",
            charset="utf-8",
            etag='"a"',
            last_modified="Fri, 01 May 2026 20:00:00 GMT",
            keep_for=timedelta(minutes=10),
        )


async def test_a_request_is_polite_and_gives_nothing_away() -> None:
    async with serving(answer(FEED, "Set-Cookie: id=1")) as site:
        await fetch(site, "/a/../f%65ed?q=%7e&b[]=1#part", contact="https://desk.example/bot")
        await fetch(site)
        first, second = site.asked
        assert first.line == "GET /feed?q=%7e&b[]=1 HTTP/1.1"
        assert first.headers["user-agent"].startswith("Newsdesk")
        assert first.headers["user-agent"].endswith("(+https://desk.example/bot)")
        assert "application/atom+xml" in first.headers["accept"]
        assert "text/html" in first.headers["accept"]
        assert set(first.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert second.headers["accept-encoding"] == "gzip"
        assert "cookie" not in second.headers


async def test_what_is_known_is_asked_with_and_may_be_unchanged() -> None:
    known = Known(etag='W/"a"', last_modified="Fri, 01 May 2026 20:00:00 GMT")
    async with serving(answer("", "Cache-Control: max-age=60", status="304 Not Modified")) as site:
        unchanged = await fetch(site, known=known)
        assert site.asked[0].headers["if-none-match"] == 'W/"a"'
        assert site.asked[0].headers["if-modified-since"] == "Fri, 01 May 2026 20:00:00 GMT"
        assert unchanged == Unchanged(
            moved_to=None, etag=known.etag, last_modified=known.last_modified, keep_for=timedelta(minutes=1)
        )


async def test_an_unchanged_answer_may_bring_new_validators() -> None:
    async with serving(answer("", 'ETag: "b"', status="304 Not Modified")) as site:
        unchanged = await fetch(site, known=Known(etag='"a"'))
        assert (unchanged.etag, unchanged.last_modified) == ('"b"', None)


async def test_unchanged_to_a_first_request_is_asked_past_once() -> None:
    async def forgetful(asked: Asked) -> None:
        is_past = asked.headers.get("cache-control") == "no-cache"
        await asked.say(answer(FEED) if is_past else answer("", status="304 Not Modified"))

    async with serving(forgetful) as site:
        fetched = await fetch(site)
        assert isinstance(fetched, Fetched)
        assert fetched.data == FEED
        assert site.accepted == 2


async def test_unchanged_to_a_first_request_again_is_malformed() -> None:
    async with serving(answer("", status="304 Not Modified")) as site:
        with pytest.raises(SourceError, match="nothing has changed, but nothing was known") as refused:
            await fetch(site, known=Known())
        assert refused.value.code == "F14"
        assert site.accepted == 2


@pytest.mark.parametrize(
    ("status", "code", "retry_after"),
    [
        ("401 Unauthorized", "F01", None),
        ("403 Forbidden", "F02", None),
        ("404 Not Found", "F03", None),
        ("410 Gone", "F03", None),
        ("429 Too Many Requests", "F04", timedelta(minutes=2)),
        ("503 Service Unavailable", "F05", timedelta(minutes=2)),
        ("204 No Content", "F06", None),
        ("200 OK", "F06", None),
    ],
)
async def test_an_answer_without_anything_to_read_is_a_fault_of_the_source(
    status: str, code: str, retry_after: timedelta | None
) -> None:
    async with serving(answer("", "Retry-After: 120", status=status)) as site:
        with pytest.raises(SourceError) as refused:
            await fetch(site)
        assert (refused.value.code, refused.value.retry_after) == (code, retry_after)
        assert refused.value.is_gone == status.startswith("410")


async def test_blank_space_is_an_empty_feed() -> None:
    async with serving(answer(" \r\n\t ")) as site:
        with pytest.raises(SourceError, match=r"The feed is empty: 127\.0\.0\.1 sent nothing\.") as refused:
            await fetch(site)
        assert refused.value.code == "F06"


@pytest.mark.parametrize(
    ("chain", "moved_to"),
    [
        (["301"], "/1"),
        (["308"], "/1"),
        (["302"], None),
        (["303"], None),
        (["307"], None),
        (["301", "308", "301"], "/3"),
        (["301", "302"], "/1"),
        (["302", "301"], None),
        (["301", "307", "301"], "/1"),
        (["301"] * 5, "/5"),
    ],
)
async def test_a_source_has_moved_as_far_as_permanent_redirects_alone_lead(
    chain: list[str], moved_to: str | None
) -> None:
    steps = {f"/{n}": moved(f"/{n + 1}", f"{status} Moved") for n, status in enumerate(chain)}
    async with serving({**steps, f"/{len(chain)}": answer(FEED)}) as site:
        fetched = await fetch(site, "/0")
        assert isinstance(fetched, Fetched)
        assert fetched.address == site.address(f"/{len(chain)}")
        assert fetched.moved_to == (moved_to and site.address(moved_to))


async def test_an_unchanged_source_may_have_moved_too() -> None:
    async with serving({"/old": moved("/new", "301 Moved"), "/new": answer("", status="304 Not Modified")}) as site:
        unchanged = await fetch(site, "/old", known=Known(etag='"a"'))
        assert isinstance(unchanged, Unchanged)
        assert unchanged.moved_to == site.address("/new")


@pytest.mark.parametrize("path", ["/loop", "/a", "/0"])
async def test_redirects_end_somewhere(path: str) -> None:
    steps = {f"/{n}": moved(f"/{n + 1}") for n in range(9)}
    async with serving({"/loop": moved("/loop"), "/a": moved("/b"), "/b": moved("/a"), **steps}) as site:
        with pytest.raises(SourceError, match=r"Too many redirects \(limit 5\)") as refused:
            await fetch(site, path)
        assert refused.value.code == "U11"
        assert site.accepted == 6


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/feed?b=2&a=1", "/feed?b=2&a=1"),
        ("feed", "/old/feed"),
        ("../feed", "/feed"),
        ("?page=2", "/old/x?page=2"),
        ("//{place}/feed", "/feed"),
        ("http://jo:hunter2@{place}/feed", "/feed"),
        ("/feed#part", "/feed"),
        ("/f\u00e9ed", "/f%C3%A9ed"),
        ("/feed\t x", "/feed%20x"),
        ("/feed\\x", "/feed%5Cx"),
        ("/%0d%0aX-Evil:%201", "/%0D%0AX-Evil:%201"),
    ],
)
async def test_a_redirect_is_followed_as_it_is_written_and_without_user_names(location: str, asked: str) -> None:
    async def lead(request: Asked) -> None:
        goal = location.format(place=f"127.0.0.1:{site.port}")
        await request.say(moved(goal) if request.target == "/old/x" else answer(FEED))

    async with serving(lead) as site:
        await fetch(site, "/old/x")
        assert site.asked[1].target == asked
        assert "authorization" not in site.asked[1].headers


@pytest.mark.parametrize(
    ("location", "code", "sentence"),
    [
        ("", "F14", "it sends me on and does not say where to"),
        ("javascript:alert(1)", "U10", "something that is no http or https address"),
        ("file:///etc/passwd", "U10", "something that is no http or https address"),
        ("gopher://127.0.0.1:6379/_INFO", "U10", "something that is no http or https address"),
        ("http://127.0.0.1\\@other.example/", "U10", "something that is no http or https address"),
        ("http://other.example:22/", "U10", "Port 22 is not allowed here; 80, 443, 8080 and 8443 are."),
        ("http://" + "a" * 3000, "U10", "something that is no http or https address"),
        ("http://10.0.0.1/", "U10", "127.0.0.1 sent me to an address that is not public."),
        ("http://localhost/", "U10", "127.0.0.1 sent me to an address that is not public."),
    ],
)
async def test_a_redirect_to_nowhere_is_explained(location: str, code: str, sentence: str) -> None:
    async with serving(moved(location)) as site:
        with pytest.raises(SourceError) as refused:
            await fetch(site)
        assert refused.value.code == code
        assert sentence in str(refused.value)
        assert site.accepted == 1


async def test_a_login_is_sent_to_the_place_that_it_was_given_for() -> None:
    async with serving({"/old": moved("/feed"), "/feed": answer(FEED)}) as site:
        await fetch(site, "/old", credentials=LOGIN)
        assert [asked.headers.get("authorization") for asked in site.asked] == [LOGGED_IN, LOGGED_IN]


async def test_a_login_that_is_not_accepted_is_told_from_one_that_is_missing() -> None:
    async with serving(answer("", status="401 Unauthorized")) as site:
        for login, said in (
            (None, "asks for a login (401)"),
            (LOGIN, "does not accept the user name and password (401)"),
        ):
            with pytest.raises(SourceError) as refused:
                await fetch(site, credentials=login)
            assert refused.value.code == "F01"
            assert said in str(refused.value)


@pytest.mark.parametrize("is_named", [False, True])
async def test_a_login_stays_behind_when_a_redirect_leaves_the_place_and_does_not_come_back(is_named: bool) -> None:
    async def lead(asked: Asked) -> None:
        # Another port and another name for the same port are other places.
        away = site.named("other.example", "/away") if is_named else other.address("/away")
        await asked.say({"/feed": moved(away), "/away": moved(site.address("/back"))}.get(asked.target, answer(FEED)))

    async with serving(lead) as site, serving(lead) as other:
        guard = Guard([site.place, other.place, f"other.example:{site.port}"])
        await fetch(site, guard=guard, look_up=names(other_example="127.0.0.1"), credentials=LOGIN)
        asked = {one.target: one.headers.get("authorization") for one in (*site.asked, *other.asked)}
        assert asked == {"/feed": LOGGED_IN, "/away": None, "/back": None}


async def test_a_name_is_looked_up_for_every_step() -> None:
    looked_up: list[str] = []

    def look_up(host: str) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    async with serving({"/feed": moved("/next"), "/next": answer(FEED)}) as site:
        guard = Guard([f"coast.example:{site.port}"])
        fetched = await fetch(site, guard=guard, address=site.named("coast.example"), look_up=look_up)
        assert isinstance(fetched, Fetched)
        assert fetched.address == site.named("coast.example", "/next")
        assert looked_up == ["coast.example", "coast.example"]
        assert site.asked[0].headers["host"] == f"coast.example:{site.port}"


@pytest.mark.parametrize("host", ["my_site.example", "a--b.example", "0xadada.example", f"{'a' * 63}.example"])
async def test_odd_names_are_asked_for_as_they_are(host: str) -> None:
    async with serving(answer(FEED)) as site:
        guard = Guard([f"{host}:{site.port}"])
        await fetch(site, guard=guard, address=site.named(host, "/%zz?a=%&&=;"), look_up=lambda _: ["127.0.0.1"])
        assert site.asked[0].target == "/%zz?a=%&&=;"


async def test_names_of_other_alphabets_are_asked_for_in_ascii() -> None:
    async with serving(answer(FEED)) as site:
        guard = Guard([f"xn--bcher-kva.example:{site.port}"])
        look_up = names(**{"xn--bcher-kva_example": "127.0.0.1"})
        await fetch(site, guard=guard, address=site.named("B\u00dccher.example"), look_up=look_up)
        assert site.asked[0].headers["host"] == f"xn--bcher-kva.example:{site.port}"


async def test_a_name_that_does_not_exist_may_be_misspelled() -> None:
    async with serving(answer(FEED)) as site:
        with pytest.raises(
            SourceError, match=r"I cannot find a site named `exmaple\.org`\. Is it spelled right\?"
        ) as refused:
            await fetch(site, address="https://exmaple.org/feed?key=hunter2", look_up=names())
        assert refused.value.code == "U12"


async def test_the_loopback_of_the_newer_internet_protocol_is_read_too() -> None:
    async with serving(answer(FEED), host="::1") as site:
        assert isinstance(await fetch(site), Fetched)


@pytest.mark.parametrize("address", ["", "example", "ftp://example.org/", "http://", "http://exa mple.org/"])
async def test_what_is_no_address_is_not_fetched(address: str) -> None:
    async with Fetcher(Guard()) as fetcher:
        with pytest.raises(SourceError, match="That is no web address that can be opened") as refused:
            await fetcher.fetch(address, now=NOW)
        assert refused.value.code == "U13"


def test_a_proxy_or_contact_that_cannot_be_used_is_refused_at_once() -> None:
    for wrong in ({"proxy": "socks5://jo:hunter2@proxy"}, {"contact": "a\r\nb"}):
        with pytest.raises(ConfigError):
            Fetcher(Guard(), **wrong)
