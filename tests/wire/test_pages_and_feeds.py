"""Saved pages and feeds to drafts, hostile ones among them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config import defaults
from tests.wire.take import FEED, MILL, PAGE, Taken, put, take

HEAD = '<?xml version="1.0"?>'


def take_feed(folder: Path, content: str | bytes, name: str = "a.xml") -> Taken:
    """What a feed file with this content gives, read with a good file behind it that must always come through."""
    put(folder / "z.txt", MILL)
    taken = take(put(folder / name, content), folder / "z.txt")
    assert taken.drafts[-1].name == "z.txt"
    taken.drafts.pop()
    return taken


def rss(*items: str) -> str:
    """A feed of these items."""
    return f"{HEAD}<rss version='2.0'><channel><title>Coast Daily</title>{''.join(items)}</channel></rss>"


def item(title: str = "Ferry stops", more: str = "<description>The ferry stops in May.</description>") -> str:
    """One item of a feed."""
    return f"<item><title>{title}</title>{more}</item>"


def test_a_page_gives_its_article_and_what_it_says_about_itself(tmp_path: Path) -> None:
    (draft,) = take(put(tmp_path / "a.html", PAGE)).drafts
    assert (draft.name, draft.title) == ("a.html", "Harbour opens early")
    assert (draft.publisher, draft.author, draft.language) == ("Coast Daily", "Jo Roe", "en")
    assert (draft.published, draft.published_day_only) == (datetime(2025, 4, 16, 8, 30, tzinfo=UTC), False)
    assert (draft.url, draft.identity) == ("https://coast.example/news/harbour",) * 2
    assert draft.text.startswith("The new harbour at Selby took its first ship on Wednesday")
    assert "Sport" not in draft.text
    assert "alert" not in draft.text


def test_a_page_without_an_address_is_known_by_its_file(tmp_path: Path) -> None:
    for link in ("", '<link rel="canonical" href="https://coast.example/">', '<link rel="canonical" href="/x">'):
        page = PAGE.replace('<link rel="canonical" href="https://coast.example/news/harbour?utm_source=feed">', link)
        assert take(put(tmp_path / "a.html", page)).drafts[0].identity == str((tmp_path / "a.html").resolve())


@pytest.mark.parametrize(
    "page", ["<html></html>", "<html><body><p></p></body></html>", "<!doctype html>\n<script>1</script>"]
)
def test_a_page_without_an_article_is_refused_with_what_to_do(tmp_path: Path, page: str) -> None:
    assert "no article text was found in this page; save its text" in take(put(tmp_path / "a.html", page)).reasons


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("utf-8", "iso-8859-1"),
        ("utf-16", "utf-8"),
        ("utf-8", "zlib_codec"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_really_has(tmp_path: Path, encoding: str, declared: str) -> None:
    page = PAGE.replace("Kim Dale", "Zoë Dürr").replace('charset="utf-8"', f'charset="{declared}"')
    assert "Harbour master Zoë Dürr" in take(put(tmp_path / "a.html", page.encode(encoding))).drafts[0].text


def test_nesting_that_would_tire_a_parser_is_read_or_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    put(tmp_path / "a.html", f"<html><body>{'<div>' * 200_000}x{'<p>y' * 10_000}</body></html>")
    put(tmp_path / "b.html", PAGE)
    assert take(tmp_path).drafts[-1].name == "b.html"


def test_feed_entries_become_drafts_of_the_feeds_publisher(tmp_path: Path) -> None:
    ferry, bridge = take_feed(tmp_path, FEED).drafts
    assert (ferry.title, ferry.text) == ("Ferry & bridge", "The ferry stops in May.")
    assert (ferry.url, ferry.name, ferry.identity) == ("https://coast.example/ferry",) * 3
    assert ferry.published == datetime(2025, 4, 16, 8, 30, tzinfo=UTC)
    assert {ferry.publisher, bridge.publisher} == {"Coast Daily"}
    assert bridge.published is None


def test_atom_and_json_feeds_are_read_too(tmp_path: Path) -> None:
    atom = (
        f"{HEAD}<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title>Küste</title><entry><title>Fähre</title>"
        "<link href='https://coast.example/f'/><updated>2025-04-16T08:30:00Z</updated>"
        "<author><name>Jo Roe</name></author><source><title>Ursprung</title></source>"
        "<content type='html'>&lt;p&gt;Die Fähre hält.&lt;/p&gt;</content></entry></feed>"
    )
    (draft,) = take_feed(tmp_path, atom, "a.atom").drafts
    assert (draft.title, draft.text, draft.language) == ("Fähre", "Die Fähre hält.", "de")
    assert (draft.publisher, draft.author) == ("Ursprung", "Jo Roe")
    as_json = (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Coast Daily", "items": [{"id": 7, "title": "Ferry",'
        '"url": "https://coast.example/f", "content_html": "<p>It <b>stops</b>.</p>", "date_published": "2025-04-16",'
        '"authors": [{"name": "Jo Roe"}]}, "nonsense"]}'
    )
    for name in ("a.json", "b.xml"):
        (draft,) = take_feed(tmp_path, as_json, name).drafts
        assert (draft.title, draft.text, draft.author) == ("Ferry", "It stops.", "Jo Roe")
        assert (draft.published, draft.published_day_only) == (datetime(2025, 4, 16, tzinfo=UTC), True)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("   \n", "the feed is empty"),
        ("\0\0\0\0", "the feed holds nothing but zero bytes"),
        (f"{HEAD}<html></html>", "this is a web page without a feed"),
        (f"{HEAD}<catalog><book/></catalog>", "this is not a feed"),
        ("just words", "this is not a feed"),
        (b"%PDF-1.7" + bytes(99), "this is a PDF file, not a feed"),
        (b"\x1f\x8b\x08" + bytes(99), "this is a gzip archive, not a feed"),
        ('{"items": []}', "this JSON is not a JSON Feed: `version` is missing"),
        ("{broken", "neither XML nor JSON"),
        (rss(), "the feed has no entries"),
        (rss(item(more="", title="")), "entry 1: has no text"),
    ],
)
def test_what_is_no_feed_is_refused_by_what_it_is(tmp_path: Path, content: str | bytes, reason: str) -> None:
    taken = take_feed(tmp_path, content)
    assert reason in taken.reasons
    assert taken.drafts == []


def test_a_feed_that_stops_in_the_middle_keeps_the_entries_before(tmp_path: Path) -> None:
    cut = rss(item("One"), "\n", item("Two"), "\n<item><title>Thr")
    taken = take_feed(tmp_path, cut[: cut.index("</channel>")])
    assert [draft.title for draft in taken.drafts[:2]] == ["One", "Two"]
    assert "the feed stops in the middle (line 3); the entries before it were read" in taken.reasons


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{BOMB}]>',
        f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
        '<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>',
    ],
)
def test_entities_that_grow_are_refused(tmp_path: Path, doctype: str) -> None:
    taken = take_feed(tmp_path, rss(item("&l9;&a;")).replace("<rss", f"{doctype}<rss"))
    assert taken.reasons.endswith("the feed uses XML entities in a way that is not accepted")


def test_entities_that_grow_are_refused_in_a_feed_with_very_many_entries_too(tmp_path: Path) -> None:
    feed = rss(*(item(f"Item {n}") for n in range(600))).replace("<rss", '<!DOCTYPE rss [<!ENTITY a "&b;">]><rss')
    assert take_feed(tmp_path, feed).reasons.endswith("the feed uses XML entities in a way that is not accepted")


def test_an_external_entity_is_never_opened_and_the_feed_is_read(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret", "the secret words")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y SYSTEM "http://127.0.0.1:9/">]>'
    (draft,) = take_feed(tmp_path, rss(item("Ferry &x;&y;stops")).replace("<rss", f"{doctype}<rss")).drafts
    assert draft.title == "Ferry stops"


def test_a_feed_that_is_the_name_of_a_file_does_not_open_it(tmp_path: Path) -> None:
    put(tmp_path / "other.xml", FEED)
    assert "this is not a feed" in take_feed(tmp_path, str(tmp_path / "other.xml")).reasons


@pytest.mark.parametrize(
    "content",
    [
        rss("<item>" + "<a>" * 500 + "</a>" * 500 + "</item>"),
        rss("<item " + " ".join(f"a{n}='1'" for n in range(300)) + "/>"),
    ],
)
def test_shapes_made_to_tire_a_parser_are_refused(tmp_path: Path, content: str) -> None:
    assert take_feed(tmp_path, content).reasons.endswith("the feed is too complex to read safely")


def test_of_a_feed_with_very_many_entries_the_first_are_read_and_the_number_told(tmp_path: Path) -> None:
    taken = take_feed(tmp_path, rss(*(item(f"Item {n}", f"<link>https://c.example/{n}</link>") for n in range(3_000))))
    assert len(taken.drafts) == defaults.FEED_ENTRIES
    assert "holds 3,000 entries; the newest 500 were read" in taken.reasons


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//", "http://[::1", ""]
)
def test_an_unsafe_link_is_dropped_and_the_entry_kept(tmp_path: Path, link: str) -> None:
    (draft,) = take_feed(tmp_path, rss(item(more=f"<link>{link}</link><description>Words.</description>"))).drafts
    assert (draft.url, draft.name) == (None, "a.xml#1")


def test_an_id_counts_where_there_is_no_link_unless_the_feed_repeats_it(tmp_path: Path) -> None:
    def entry(guid: str, words: str) -> str:
        return item(more=f"<guid isPermaLink='false'>{guid}</guid><description>{words}</description>")

    own = take_feed(tmp_path, rss(entry("n-1", "One."), entry("n-2", "Two."))).drafts
    assert [draft.identity for draft in own] == ["n-1", "n-2"]
    taken = take_feed(tmp_path, rss(entry("same", "One."), entry("same", "Two.")))
    assert len({draft.identity for draft in taken.drafts} - {"same"}) == 2
    assert "the feed gives every entry the same id" in taken.reasons


@pytest.mark.parametrize(
    "date", ["", "32 Foo 2025", "Thu, 01 Jan 1970 00:00:00 GMT", "9999-12-31", "2025-04-16T10:00:00+99:99"]
)
def test_a_date_that_cannot_be_is_none(tmp_path: Path, date: str) -> None:
    (draft,) = take_feed(tmp_path, rss(item(more=f"<pubDate>{date}</pubDate><description>Words.</description>"))).drafts
    assert draft.published is None


def test_a_huge_title_is_clipped_and_one_that_cannot_be_seen_replaced(tmp_path: Path) -> None:
    (huge,) = take_feed(tmp_path, rss(item("Ferry " * 200_000))).drafts
    assert len(huge.title) <= 300
    (unseen,) = take_feed(tmp_path, rss(item("\u202e\u200b\u2066"))).drafts
    assert unseen.title == "The ferry stops in May"


def test_scripts_frames_and_styles_leave_only_words(tmp_path: Path) -> None:
    markup = "<p>One.</p><script>x()</script><iframe src=y>z</iframe><style>p{}</style><p onclick=x()>Two.</p>"
    escaped = markup.replace("<", "&lt;")
    (draft,) = take_feed(tmp_path, rss(item(more=f"<description>{escaped}</description>"))).drafts
    assert draft.text == "One.\nTwo."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "cp1252"])
def test_a_feed_is_read_in_the_encoding_it_really_has(tmp_path: Path, encoding: str) -> None:
    content = rss(item("Café fährt", "<description>Zwölf Züge – für 5 €.</description>"))
    (draft,) = take_feed(tmp_path, content.encode(encoding)).drafts
    assert (draft.title, draft.text) == ("Café fährt", "Zwölf Züge – für 5 €.")
