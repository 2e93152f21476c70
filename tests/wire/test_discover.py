"""Finding the feed of a site: what its page links to, and the usual places."""

import pytest

from bot.wire.cage import Cage
from bot.wire.discover import find_feeds, usual_places

AT = "https://coast.example/news/"
RSS = "application/rss+xml"


def found(markup: str, address: str | None = AT) -> list[tuple[str, str | None]]:
    """The addresses and titles that a page with this markup gives."""
    page = f"<!doctype html><html><head><title>x</title></head><body>{markup}</body></html>"
    return [(link.address, link.title) for link in find_feeds(page.encode(), address)]


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        (f"<link rel='alternate' type='{RSS}' href='/feed/'>", "https://coast.example/feed/"),
        (f"<LINK REL='Alternate' TYPE='{RSS}; charset=utf-8' HREF=feed.xml>", "https://coast.example/news/feed.xml"),
        (f"<base href='/de/'><link rel='alternate' type='{RSS}' href=feed>", "https://coast.example/de/feed"),
        ("<link rel='alternate' type='application/feed+json' href='/f.json'>", "https://coast.example/f.json"),
        ("<link rel='alternate' type='text/xml' href='/rss.xml'>", "https://coast.example/rss.xml"),
        ("<link rel='feed' href='/all'>", "https://coast.example/all"),
        ("<a href='/rss.xml?a=2&amp;b=1#top'>RSS</a>", "https://coast.example/rss.xml?a=2&b=1"),
        ("<a href='feed://coast.example/all'>All</a>", "http://coast.example/all"),
        ("<a href='feed:https://coast.example/all'>All</a>", "https://coast.example/all"),
        ("<a href='/?feed=rss2'>All</a>", "https://coast.example/?feed=rss2"),
        ("<a type='application/atom+xml' href='/all'>All</a>", "https://coast.example/all"),
        ("<a href='https://feeds.example/coast'>All</a>", "https://feeds.example/coast"),
    ],
)
def test_a_link_that_is_declared_as_a_feed_or_looks_like_one_is_found(markup: str, address: str) -> None:
    assert [to for to, _ in found(markup)] == [address]


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<link rel='alternate' hreflang='de' href='/de/'>",
        "<link rel='alternate' type='application/json' href='/wp-json/wp/v2/posts/1'>",
        "<link rel='alternate' type='application/json+oembed' href='/oembed?url=feed'>",
        "<link rel='alternate' type='text/xml+oembed' href='/oembed/feed.xml'>",
        "<link rel='stylesheet' type='text/css' href='/feed.css'>",
        f"<link rel='alternate' type='{RSS}' href='javascript:alert(1)'>",
        f"<link rel='alternate' type='{RSS}' href='file:///etc/passwd'>",
        f"<link rel='alternate' type='{RSS}' href=''>",
        f"<link rel='alternate' type='{RSS}' href='{AT}'>",
        "<a href='/feedback'>Write to us</a><a href='/tag/rss'>rss</a><a href='/rss.png'>RSS</a><a href='/news'>x</a>",
        "<a href='http://[/feed'>broken</a>",
    ],
)
def test_what_leads_to_no_feed_is_left_out(markup: str) -> None:
    assert found(markup) == []


def test_declared_feeds_come_first_then_likely_links_those_elsewhere_and_those_of_comments() -> None:
    markup = (
        "<a href='https://other.example/rss'>Friends</a>"
        f"<link rel='alternate' type='{RSS}' title='Comments on the news' href='/comments/feed'>"
        "<a href='/sport/rss'>Sport</a>"
        f"<link rel='alternate' type='{RSS}' title='News' href='/feed'>"
    )
    assert [title for _, title in found(markup)] == ["News", "Sport", "Friends", "Comments on the news"]


def test_a_feed_is_named_once_with_the_first_title_that_it_is_given() -> None:
    markup = (
        f"<link rel='alternate' type='{RSS}' href='/feed'><a href='/feed'> All  the news </a><a href='/feed'>RSS</a>"
    )
    assert found(markup) == [("https://coast.example/feed", "All the news")]


def test_without_an_address_only_links_that_name_their_site_are_found() -> None:
    assert found("<a href='/feed'>One</a><a href='https://coast.example/feed'>Two</a>", None) == [
        ("https://coast.example/feed", "Two")
    ]


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7" + bytes(99), b"<", bytes(99), "<a href='/feed'>é".encode("utf-16")[:9]]
)
def test_what_is_no_page_has_no_feeds(data: bytes) -> None:
    assert find_feeds(data, AT) == []


def test_the_process_answers_what_the_search_gives() -> None:
    page = f"<html><link rel='alternate' type='{RSS}' title='Küste' href='/feed'>".encode("cp1252")
    with Cage() as cage:
        assert cage.find_feeds(page, "a", AT) == find_feeds(page, AT) != []


@pytest.mark.parametrize(
    ("address", "first", "never"),
    [
        ("https://coast.example/", "https://coast.example/feed", "https://coast.example/"),
        ("https://coast.example:8443/blog", "https://coast.example:8443/blog/feed", ""),
        (
            "https://coast.example/2025/04/ferry",
            "https://coast.example/feed",
            "https://coast.example/2025/04/ferry/feed",
        ),
        ("https://coast.example/index.html?a=1", "https://coast.example/feed", "https://coast.example/index.html/feed"),
        ("https://coast.example/feed", "https://coast.example/feed/feed", "https://coast.example/feed"),
    ],
)
def test_the_usual_places_are_in_the_part_of_the_site_first_then_at_its_root(
    address: str, first: str, never: str
) -> None:
    places = usual_places(address)
    assert places[0] == first
    assert never not in places
    assert len(places) == len(set(places))
    assert "/rss.xml" in " ".join(places)
    assert places[-1].startswith(address[:16])
