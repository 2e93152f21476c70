"""The process that parses hostile formats: its limits, and that it is replaced when it dies."""

from collections.abc import Iterator

import pytest

from bot.errors import RefusedInput
from bot.wire.cage import Cage
from bot.wire.feed import read_feed
from bot.wire.markup import to_plain
from bot.wire.page import read_page
from config import defaults
from tests.wire.take import FEED, PAGE

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry><title>F</title><id>1</id><link href="/f"/>
<updated>2025-04-16T08:30:00Z</updated><content type="html">&lt;p>One&lt;/p>&lt;svg>x&lt;/svg>Two</content></entry>
<entry>"""
JSON = """{"version": "https://jsonfeed.org/version/1", "items": [{"id": 1, "summary": "S", "author": {"name": "Jo"}},
{"content_html": "<ul><li>One<li>Two</ul>", "authors": "nobody"}]}"""
MANY = f"<rss><channel>{'<item><title>T</title><guid>1</guid></item>' * 501}</channel></rss>"
DEEP = f"<rss>{'<a>' * 200}"
WIDE = "<rss " + " ".join(f"a{n}='1'" for n in range(80)) + "/>"
CUT = FEED[:-40]
OUTSIDE = FEED.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hosts">]><rss').replace(
    "Bridge", "&x;Bridge"
)
ODD = '{"version": "https://jsonfeed.org/version/1", "items": 7}'
GROWS = '<!DOCTYPE rss [<!ENTITY a "&b;">]><rss/>'


def test_a_page_that_uses_up_its_time_is_refused_and_the_next_one_read() -> None:
    with Cage(wall_seconds=0.001) as cage, pytest.raises(RefusedInput, match=r"a\.html: too complex to read safely"):
        cage.read_page(PAGE.encode(), "a.html")
    with Cage() as cage:
        assert cage.read_page(PAGE.encode(), "b.html").title == "Harbour opens early"


def test_the_process_is_replaced_after_it_died() -> None:
    # Entities of this depth make the libraries raise, which ends the process: nothing in it is caught and kept.
    with Cage(wall_seconds=20) as cage:
        bomb = f"{'<p>' * 4}{'<b>' * 2_000_000}".encode()
        try:
            cage.to_plain(bomb.decode(), "a.html")
        except RefusedInput as refused:
            assert "too complex" in refused.reason
        assert cage.to_plain("<p>One</p><p>Two</p>", "b.html") == "One\nTwo"


def test_the_process_is_replaced_when_it_has_grown_and_the_answer_is_the_same() -> None:
    with Cage() as cage, Cage(resident_bytes=1) as worn:
        for _ in range(2):
            assert worn.read_feed(FEED.encode(), "a.xml") == cage.read_feed(FEED.encode(), "a.xml")
            assert worn.pid is None
            assert cage.pid is not None


def test_what_is_larger_than_a_page_may_be_never_reaches_the_process() -> None:
    with Cage() as cage, pytest.raises(RefusedInput, match="larger than 10 MB"):
        cage.read_page(bytes(defaults.PAGE_BYTES + 1), "a.html")


def test_closing_twice_or_unused_does_no_harm() -> None:
    cage = Cage()
    cage.close()
    cage.to_plain("<p>x</p>", "a")
    cage.close()
    cage.close()


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    """One cage for the tests that leave it alive."""
    with Cage() as opened:
        yield opened


@pytest.mark.parametrize(
    "content",
    [
        FEED,
        ATOM,
        JSON,
        MANY,
        GROWS,
        "",
        "words",
        "{",
        '{"version": 1}',
        "<opml/>",
        "<rss/>",
        DEEP,
        WIDE,
        CUT,
        OUTSIDE,
        ODD,
    ],
)
def test_the_process_answers_what_the_feed_parser_gives(cage: Cage, content: str) -> None:
    try:
        expected = read_feed(content.encode(), "a", "https://coast.example/feed")
    except RefusedInput as refused:
        with pytest.raises(RefusedInput) as same:
            cage.read_feed(content.encode(), "a", "https://coast.example/feed")
        assert same.value.reason == refused.reason
    else:
        assert cage.read_feed(content.encode(), "a", "https://coast.example/feed") == expected


@pytest.mark.parametrize(
    "content", [PAGE, PAGE.replace("article:published_time", "x"), "<html></html>", "\x00\x01" * 99]
)
def test_the_process_answers_what_the_page_parser_gives(cage: Cage, content: str) -> None:
    try:
        expected = read_page(content.encode(), "a", None)
    except RefusedInput as refused:
        with pytest.raises(RefusedInput) as same:
            cage.read_page(content.encode(), "a")
        assert same.value.reason == refused.reason
    else:
        assert cage.read_page(content.encode(), "a") == expected


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("no markup at all", "no markup at all"),
        ("5 &lt; 6", "5 < 6"),
        ("<p>One<p>Two<br>Three", "One\nTwo\nThree"),
        ("<div>One<script>x()</script> and<!-- no --> two</div><style>p{}</style>", "One and two"),
        ("<ul><li>One</li><li><b>Two</b></li></ul>tail", "One\nTwo\ntail"),
        ("<svg><text>x</text></svg>", ""),
        ("<p", "<p"),
        ("<p>" * 5_000 + "deep", "deep"),
    ],
)
def test_markup_becomes_its_words_one_block_a_line(cage: Cage, markup: str, words: str) -> None:
    assert to_plain(markup) == words
    assert cage.to_plain(markup, "a") == words
