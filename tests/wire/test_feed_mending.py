"""Feeds that break the rules: of XML, of encodings, or because they stop in the middle."""

import pytest

from tests.wire.feeds import AT, item, only, read, rss

TWO = (item("One", "<link>/1</link>"), "\n", item("Two", "<link>/2</link>"), "\n")
NAMES = "Café fährt", "Zwölf Züge – für 5 €"


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (rss(item("Ferry & bridge")), "Ferry & bridge"),
        (rss(item("Ferry &nbsp; bridge &eacute;")), "Ferry bridge é"),
        (rss(item("Ferry &unheard; bridge")), "Ferry &unheard; bridge"),
        (rss(item("Ferry\x00\x0b bridge&#0;&#x1f;&#xffff;")), "Ferry bridge"),
        (rss(item("<![CDATA[Ferry & bridge &eacute;]]>")), "Ferry & bridge é"),
        (rss(item("Ferry & <!-- & --> bridge")), "Ferry & bridge"),
        ("<b>Warning</b>: mysql_connect() &\n" + rss(item("Ferry")), "Ferry"),
        (rss(item("Ferry")) + "\n<script>count()</script><!-- 0.2 s", "Ferry"),
        ('<!DOCTYPE rss [\n<!ENTITY coast "Küste">\n]>' + rss(item("&coast; & &auml;")), "Küste & ä"),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">' + rss(item("Ferry &eacute;")), "Ferry é"),
        ('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item("Ferry &x;stops")), "Ferry stops"),
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://a.example/">' + rss(item("Ferry")), "Ferry"),
        ("<!-- <html> -->" + rss(item("Ferry")), "Ferry"),
        ("\n\n <?xml version='1.0'?>" + rss(item("Ferry")), "Ferry"),
    ],
)
def test_the_usual_damage_is_put_right(content: str, title: str) -> None:
    entry = only(content)
    assert entry.title == title
    # Only with the feed put right may its entries be known again; tags may stand in entities of its own.
    assert (entry.digest is not None) != ("<!ENTITY" in content)


@pytest.mark.parametrize(
    ("content", "titles"),
    [
        (rss(item("One"), "<item><title>Two</title></wrong>", item("Three")), ["One", "Two", "Three"]),
        (rss(item("One < two"), item("Three")), ["One < two", "Three"]),
        (rss("<item><title a=b>One</title></item>", item("Two")), ["One", "Two"]),
        (rss(item("One", "<odd:tag>x</odd:tag>"), item("Two")), ["One", "Two"]),
    ],
)
def test_a_feed_that_cannot_be_put_right_is_read_as_far_as_it_goes(content: str, titles: list[str]) -> None:
    feed = read(content)
    assert [entry.title for entry in feed.entries] == titles
    assert {entry.digest for entry in feed.entries} == {None} or "odd:tag" in content


def test_names_that_a_feed_does_not_explain_mean_what_they_usually_do() -> None:
    more = "<dc:creator>Jo Roe</dc:creator><dc:date>2025-04-16</dc:date><content:encoded>All of it.</content:encoded>"
    entry = only(rss(item(more=more)))
    assert (entry.author, entry.published, entry.text) == ("Jo Roe", "2025-04-16", "All of it.")


@pytest.mark.parametrize(
    ("rest", "line"),
    [
        ("<item><title>Thr", 3),
        ("<item><title>Three</title><link>/3</link>", 3),
        ("<item><title><![CDATA[never closed</title></item></channel></rss>", 3),
        ("<item><title>Three</title><!-- </item></channel></rss>", None),
        ("<ite", 3),
        ("", 3),
        ("\n\n", 5),
    ],
)
def test_a_feed_that_stops_in_the_middle_keeps_the_whole_entries_before(rest: str, line: int | None) -> None:
    whole = rss(*TWO)
    feed = read(whole[: whole.index("</channel>")] + rest)
    assert [(entry.title, entry.link) for entry in feed.entries][:2] == [
        ("One", "https://coast.example/1"),
        ("Two", "https://coast.example/2"),
    ]
    assert feed.title == "Coast Daily"
    if line:
        assert len(feed.entries) == 2
        assert feed.faults[0].code == "F10"
        assert feed.faults[0].sentence == f"the feed stops in the middle (line {line}); the entries before it were read"
        assert [entry.digest for entry in feed.entries] == [entry.digest for entry in read(whole).entries]


def test_a_feed_that_stops_before_its_first_entry_has_a_title_and_a_fault() -> None:
    for end in ("<item><title>One", "<item>", "<link>https://coast.example/</link"):
        feed = read(f"<rss><channel><title>Coast Daily</title>{end}")
        assert (feed.title, feed.entries, [fault.code for fault in feed.faults]) == ("Coast Daily", (), ["F10"])


def test_a_feed_damaged_before_its_first_entry_says_where() -> None:
    feed = read("<rss><channel>\n<title>Coast Daily</channel></rss>")
    assert [(fault.code, fault.sentence) for fault in feed.faults] == [
        ("F10", "the feed is damaged (line 2), and no entry could be read")
    ]


@pytest.mark.parametrize(
    ("encoding", "declared", "served"),
    [
        ("utf-8", None, None),
        ("utf-8-sig", "iso-8859-1", "windows-1251"),
        ("utf-8", "iso-8859-1", "us-ascii"),
        ("utf-8", "zlib_codec", None),
        ("utf-8", "unicode_escape", "utf-7"),
        ("utf-8", "utf-16", None),
        ("utf-16", None, None),
        ("utf-16-le", "utf-8", None),
        ("utf-16-be", None, "utf-8"),
        ("utf-32", None, None),
        ("utf-32-le", None, None),
        ("cp1252", None, None),
        ("cp1252", "iso-8859-1", None),
        ("cp1252", "utf-8", None),
        ("cp1252", None, "ISO-8859-1"),
        ("cp1252", None, '"windows-1252"'),
    ],
)
def test_a_feed_is_read_in_the_encoding_it_really_has(encoding: str, declared: str | None, served: str | None) -> None:
    title, summary = NAMES
    said = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    content = said + rss(item(title, f"<description>{summary}</description>"))
    entry = only(content.encode(encoding), AT, served)
    assert (entry.title, entry.summary) == NAMES


@pytest.mark.parametrize(
    ("encoding", "declared", "served", "title"),
    [
        ("cp1251", "windows-1251", None, "Новости порта"),
        ("cp1251", None, "windows-1251", "Новости порта"),
        ("cp1251", "windows-1251", "ISO-8859-1", "Новости порта"),
        ("koi8-r", "KOI8-R", None, "Новости порта"),
        ("koi8-r", "windows-1251", "koi8-r", "Новости порта"),
        ("shift_jis", "Shift_JIS", None, "港のニュース"),
        ("euc_jp", "x-euc-jp", None, "港のニュース"),
        ("iso2022_jp", "ISO-2022-JP", None, "港のニュース"),
        ("gb18030", "gb2312", None, "港口新闻"),
        ("hz", "hz-gb-2312", None, "港口新闻"),
        ("big5", "Big5", None, "港口新聞"),
        ("cp949", "euc-kr", None, "항구 소식"),
        ("cp1250", "windows-1250", None, "Łódź źródło"),
        ("iso8859-9", "iso-8859-9", None, "Liman şişli ığdır"),
    ],
)
def test_a_feed_is_read_in_the_encoding_that_is_said_of_it(
    encoding: str, declared: str | None, served: str | None, title: str
) -> None:
    said = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    assert only((said + rss(item(title))).encode(encoding), AT, served).title == title


def test_letters_cut_in_two_are_dropped_and_the_rest_stays_utf_8() -> None:
    broken = rss(item("Café für Jürgen Züge"), item("Ende …")).encode().replace("…".encode(), b"\xe2\x80")
    assert [entry.title for entry in read(broken).entries] == ["Café für Jürgen Züge", "Ende"]


def test_markup_smuggled_in_utf_7_stays_words() -> None:
    content = "<?xml version='1.0' encoding='utf-7'?>" + rss(item("+ADw-script+AD4-"))
    assert only(content).title == "+ADw-script+AD4-"
