"""What is read of a feed: its fields in every format, and the faults of what is none."""

import json

import pytest

from bot.errors import RefusedInput
from bot.wire.cage import Cage
from config import defaults
from tests.wire.feeds import AT, atom, item, only, read, rss, why

JSON_HEAD = '{"version": "https://jsonfeed.org/version/1.1", "title": "Coast Daily"'
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def json_feed(*items: object, **more: object) -> str:
    """A JSON Feed of these items."""
    return json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Coast Daily", "items": items, **more})


def test_an_rss_item_is_read_with_all_that_it_says() -> None:
    more = (
        "<link>https://coast.example/ferry</link><guid isPermaLink='false'>n-1</guid>"
        "<author>jo@coast.example (Jo Roe)</author><pubDate>Wed, 16 Apr 2025 09:30:00 +0100</pubDate>"
        "<source url='https://wire.example/rss'>Harbour Wire</source><description>Short.</description>"
        "<content:encoded><![CDATA[<p>All of it,</p><p>at length.</p>]]></content:encoded>"
    )
    entry = only(rss(item("Ferry &amp; bridge", more)))
    assert (entry.id, entry.title, entry.link) == ("n-1", "Ferry & bridge", "https://coast.example/ferry")
    assert (entry.published, entry.updated) == ("2025-04-16T08:30:00+00:00", None)
    assert (entry.summary, entry.text) == ("Short.", "All of it,\nat length.")
    assert (entry.author, entry.publisher, entry.source_url) == ("Jo Roe", "Harbour Wire", "https://wire.example/rss")


def test_an_atom_entry_is_read_with_all_that_it_says() -> None:
    entry = only(
        atom(
            "<entry><id>urn:1</id><title type='html'>Ferry &lt;b&gt;stops&lt;/b&gt;</title><link href='/ferry'/>"
            "<author><name>Jo Roe</name></author><author><name>Kim Dale</name></author>"
            "<published>2025-04-16T08:30:00Z</published><updated>2025-04-17T08:30:00Z</updated>"
            "<source><title>Harbour Wire</title><link href='https://wire.example/'/></source>"
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>In May.</p></div></content></entry>",
            root="xml:lang='de'",
        )
    )
    assert (entry.id, entry.title, entry.link) == ("urn:1", "Ferry stops", "https://coast.example/ferry")
    assert (entry.published, entry.updated) == ("2025-04-16T08:30:00+00:00", "2025-04-17T08:30:00+00:00")
    assert (entry.summary, entry.text, entry.author) == ("In May.", "In May.", "Jo Roe, Kim Dale")
    assert (entry.publisher, entry.source_url) == ("Harbour Wire", "https://wire.example/")


def test_a_json_item_is_read_with_all_that_it_says() -> None:
    said = {
        "id": 7, "url": "/ferry", "title": "Ferry stops", "summary": "Short.",
        "content_html": "<p>At <b>length</b>.</p>",
        "date_published": "2025-04-16T09:30:00+01:00", "date_modified": "Thu, 17 Apr 2025 08:30:00 GMT",
        "authors": [{"name": "Jo Roe"}, {"name": "Kim Dale"}, 5],
    }  # fmt: skip
    feed = read(json_feed(said, "nonsense", home_page_url="https://coast.example/", language="en"))
    (entry,) = feed.entries
    assert (feed.title, feed.link, feed.language, feed.faults) == ("Coast Daily", "https://coast.example/", "en", ())
    assert (entry.id, entry.title, entry.link) == ("7", "Ferry stops", "https://coast.example/ferry")
    assert (entry.published, entry.updated) == ("2025-04-16T08:30:00+00:00", "2025-04-17T08:30:00+00:00")
    assert (entry.summary, entry.text, entry.author) == ("Short.", "At length.", "Jo Roe, Kim Dale")


def test_older_formats_are_read_too() -> None:
    rdf = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        "<channel><title>Coast Daily</title><link>https://coast.example/</link></channel>"
        "<item rdf:about='https://coast.example/f'><title>Ferry</title><link>https://coast.example/f</link>"
        "<dc:date>2025-04-16</dc:date></item></rdf:RDF>"
    )
    entry = only(rdf)
    assert (entry.id, entry.link, entry.published) == ("https://coast.example/f",) * 2 + ("2025-04-16",)
    assert only(
        "<channel href='https://c.example/'><item href='https://c.example/f'><title>Ferry</title></item></channel>"
    ).link
    assert only("<entry><title>Ferry</title></entry>").title == "Ferry"


@pytest.mark.parametrize(
    ("head", "minutes"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl> 15 </ttl><sy:updatePeriod>daily</sy:updatePeriod>", 15),
        ("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", None),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 1_440),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 1_440),
        ("<ttl>99999999</ttl>", 1_440),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>90</sy:updateFrequency>", None),
        ("", None),
    ],
)
def test_the_feed_says_how_often_it_wants_to_be_read(head: str, minutes: int | None) -> None:
    assert read(rss(item(), head=head)).every == minutes


@pytest.mark.parametrize(
    ("written", "claim"),
    [
        ("Wed, 16 Apr 2025 08:30:00 GMT", "2025-04-16T08:30:00+00:00"),
        ("16 Apr 2025 10:30 CEST", "2025-04-16T08:30:00+00:00"),
        ("Wed, 16 Apr 25 08:30:00 GMT", "2025-04-16T08:30:00+00:00"),
        ("2025-04-16T10:30:00+02:00", "2025-04-16T08:30:00+00:00"),
        ("2025-04-16", "2025-04-16"),
        ("mer, 16 apr 2025 10:30:00 +0200", "2025-04-16T08:30:00+00:00"),
        ("Mittwoch, 16. April 2025 08:30", "2025-04-16T08:30:00+00:00"),
        ("16 avril 2025", "2025-04-16"),
        ("32 Foo 2025", "32 Foo 2025"),
        ("04/05/2025", "04/05/2025"),
        ("31 Dec 25 23:30:00 EST", "2026-01-01T04:30:00+00:00"),
        ("2025-13-45", "2025-13-45"),
        ("-0001-12-31", "-0001-12-31"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
        ("2025-04-16T10:00:00+99:99", "2025-04-16T10:00:00+99:99"),
        ("", None),
    ],
)
def test_a_date_is_read_as_it_was_meant_and_else_left_as_it_is(written: str, claim: str | None) -> None:
    assert only(rss(item(more=f"<pubDate>{written}</pubDate>"))).published == claim


@pytest.mark.parametrize(
    ("link", "read_as"),
    [
        ("https://coast.example/a?b=2&amp;a=1#c", "https://coast.example/a?b=2&a=1#c"),
        ("  https://coast.example/a\n", "https://coast.example/a"),
        ("/a", "https://coast.example/a"),
        ("a b.html", "https://coast.example/feeds/a%20b.html"),
        ("//other.example/a", "https://other.example/a"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
        ("https://jo:secret@coast.example/a", "https://coast.example/a"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://[::1", None),
        ("https://", None),
        ("https://a.example/" + "x" * 3_000, None),
        ("", None),
    ],
)
def test_a_link_is_made_absolute_and_an_unsafe_one_dropped(link: str, read_as: str | None) -> None:
    assert only(rss(item(more=f"<link>{link}</link><description>Words.</description>"))).link == read_as


def test_a_link_is_relative_to_the_site_then_to_the_feed_and_stays_where_neither_is_known() -> None:
    relative = item(more="<link>a</link>")
    assert only(rss(relative, head="<link>https://site.example/news/</link>")).link == "https://site.example/news/a"
    assert only(rss(relative)).link == "https://coast.example/feeds/a"
    assert only(rss(relative), address=None).link == "a"
    based = atom("<entry xml:base='https://base.example/x/'><title>F</title><link href='a'/></entry>")
    assert only(based).link == "https://base.example/x/a"


@pytest.mark.parametrize(
    ("guid", "link"), [("https://coast.example/7", "https://coast.example/7"), ("n-7", None), ("/7", None)]
)
def test_an_id_serves_as_the_link_only_where_it_is_an_address(guid: str, link: str | None) -> None:
    for address in (None, AT):
        for empty in ("", "<link/>", "<link> </link>"):
            entry = only(rss(item(more=f"{empty}<guid>{guid}</guid>")), address)
            assert (entry.id, entry.link) == (guid, link)
        assert only(json_feed({"id": guid, "title": "Ferry"}), address).link == link


def test_what_a_podcast_says_in_its_own_words_is_read() -> None:
    entry = only(rss("<item><itunes:title>Ferry</itunes:title><itunes:subtitle>It stops.</itunes:subtitle></item>"))
    assert (entry.title, entry.summary) == ("Ferry", "It stops.")


def test_a_site_may_be_named_by_an_alternate_link_alone() -> None:
    assert (
        read(rss(item(), head="<atom:link rel='alternate' href='https://coast.example/'/>")).link
        == "https://coast.example/"
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("@everyone &lt;!channel&gt; &lt;@U1&gt;", "@everyone <!channel> <@U1>"),
        ("abc\u202egnp\u202c\u200b \u2066x\u2069", "abcgnp x"),
        ("\u202e\u200b\u2066", None),
        ("Z" + "\u0301" * 60 + "algo", "Ź\u0301\u0301\u0301algo"),
        ("1 &lt; 2 &amp; 3 &gt; 2", "1 < 2 & 3 > 2"),
        ("AT&amp;amp;T", "AT&T"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", None),
        ("<b>Ferry</b> stops", "Ferry stops"),
        ("Ferry " * 1_000_000, "Ferry " * 48 + "Ferry…"),
    ],
)
def test_a_hostile_title_becomes_plain_words(title: str, shown: str | None) -> None:
    assert only(rss(item(title))).title == shown


def test_a_long_description_is_clipped_and_the_text_kept() -> None:
    markup = "&lt;p&gt;word&lt;/p&gt;" * 10_000
    entry = only(rss(item(more=f"<description>{markup}</description>")))
    assert len(entry.summary) <= defaults.SUMMARY_CHARACTERS
    assert entry.summary.endswith("word…")
    assert entry.text.count("word") == 10_000


def test_scripts_frames_and_styles_leave_only_words() -> None:
    markup = "<p>One.</p><script>x()</script><iframe src=y>z</iframe><style>p{}</style><p onclick=x()>Two.</p>"
    assert only(rss(item(more=f"<description><![CDATA[{markup}]]></description>"))).text == "One.\nTwo."
    assert only(json_feed({"content_html": markup})).text == "One.\nTwo."


def test_an_item_without_id_link_or_title_is_kept() -> None:
    entry = only(rss("<item><description>The ferry stops.</description></item>"))
    assert (entry.id, entry.link, entry.title, entry.text) == (None, None, None, "The ferry stops.")


@pytest.mark.parametrize(
    ("content", "code", "reason"),
    [
        ("", "F06", "the feed is empty"),
        (" \n\t ", "F06", "the feed is empty"),
        (rss(), "F06", "the feed has no entries"),
        (json_feed(), "F06", "the feed has no entries"),
        ("<!doctype html><html><body>Sign in</body></html>", "F07", "this is a web page without a feed"),
        ("<!DOCTYPE html>\n<p>Sign in", "F07", "this is a web page without a feed"),
        (
            "<html><link rel=alternate type=application/rss+xml href=/feed></html>",
            "F07",
            "this is a web page, not a feed; it links to https://coast.example/feed",
        ),
        (b"%PDF-1.7" + bytes(99), "F08", "this is a PDF file, not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "F08", "this is a PNG image, not a feed"),
        (b"PK\x03\x04" + bytes(99), "F08", "this is a zip archive or an office document, not a feed"),
        (bytes(4) + b"ftypisom" + bytes(99), "F08", "this is a film or picture file, not a feed"),
        (b"\x1f\x8b\x08" + bytes(99), "F08", "this is a gzip archive, not a feed"),
        ("<opml><body/></opml>", "F08", "this is a list of feeds (OPML), not a feed"),
        ("<urlset></urlset>", "F08", "this is a sitemap, not a feed"),
        ("<catalog><book/></catalog>", "F08", "this is not a feed: it has no rss, feed or rdf element"),
        ("just words", "F08", "this is not a feed"),
        ('{"items": []}', "F09", "this JSON is not a JSON Feed: `version` is missing"),
        ("[1, 2]", "F09", "this JSON is not a JSON Feed"),
        ("{broken", "F09", "neither XML nor JSON"),
        ('{"a": ' * 100_000, "F09", "neither XML nor JSON"),
        (bytes(4_000), "F10", "the feed holds nothing but zero bytes"),
        (rss(item(), "\n<item><title>Thr")[: -len("</channel></rss>")], "F10", "stops in the middle (line 2)"),
        (f'<!DOCTYPE rss [<!ENTITY l0 "lol">{BOMB}]>' + rss(item("&l9;")), "F11", "entities in a way that is not"),
        (f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>' + rss(item("&a;" * 50)), "F11", "entities in a way"),
        ('<!DOCTYPE rss [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' + rss(item("&a;")), "F11", "entities in a way"),
        (rss("<item " + " ".join(f"a{n}='1'" for n in range(300_000)) + "/>"), "F15", "too complex to read safely"),
        (rss("<item>" + "<b>" * 100_000 + "</b>" * 100_000 + "</item>"), "F15", "too complex to read safely"),
        (rss(item("Łódź źródło")).encode("cp1250"), "F16", "the feed's text encoding cannot be told"),
        (rss(*[item(more="<guid>n-1</guid>")] * 3), "F17", "the feed gives every entry the same id"),
    ],
)  # fmt: skip
def test_each_fault_has_its_sentence_and_its_code(content: str | bytes, code: str, reason: str) -> None:
    given = why(content)
    assert given[0] == code
    assert reason in given[1]


def test_codes_and_entries_survive_the_process() -> None:
    with Cage() as cage:
        for content, code in ((b"", "F06"), (b"%PDF-1.7" + bytes(99), "F08"), (bytes(defaults.PAGE_BYTES + 1), "F12")):
            with pytest.raises(RefusedInput) as refused:
                cage.read_feed(content, "a.xml", AT)
            assert refused.value.code == code
        once = read(rss(item(), item("Bridge opens")))
        assert cage.read_feed(rss(item(), item("Bridge opens")).encode(), "a.xml", AT) == once
        known = [once.entries[0].digest or ""]
        again = cage.read_feed(rss(item(), item("Bridge opens")).encode(), "a.xml", AT, charset="utf-8", known=known)
        assert ([entry.title for entry in again.entries], list(again.unread)) == (["Bridge opens"], known)


def test_a_feed_that_uses_up_its_time_is_too_complex() -> None:
    with Cage(wall_seconds=0.001) as cage, pytest.raises(RefusedInput) as refused:
        cage.read_feed(rss(item()).encode(), "a.xml", AT)
    assert refused.value.code == "F15"
