"""Documents piped in and told: what a line gives, and how pages, feeds and lists look as JSON and on a sheet."""

import base64
import io
import json
from datetime import UTC, datetime

import pytest

from bot.wire.parsed import Entry, Fault, Feed, Page
from bot.wire.reading import NotedSource, Subscriptions
from config import defaults
from handlers.console.asking import BadLine
from handlers.console.documents import (
    Document,
    feed_fields,
    list_fields,
    page_fields,
    read_documents,
    refused_fields,
    show_feed,
    show_list,
    show_page,
)
from tests.handlers.console.makes import make_sheet

NOW = datetime(2025, 5, 1, 12, tzinfo=UTC)
PAGE = Page(title="Harbour\x1b[31m opens", text="One.\n\nTwo.", author="Jo Roe", published="2025-04-16T23:30:00-04:00")
FEED = Feed(
    title="Coast Daily",
    link="https://coast.example/",
    entries=(
        Entry(id="1", title="Ferry", link="https://coast.example/f", published="2025-04-16", summary="It stops."),
        Entry(author="Jo Roe", published="9999-12-31", summary="word " * 500),
    ),
    faults=(Fault(sentence="the feed repeats itself", code="F17"), Fault(sentence="it is odd")),
)
LIST = Subscriptions(
    sources=(NotedSource(name="Coast Daily", address="https://coast.example/feed"),),
    faults=(Fault(sentence="line 2: no address", code="U04"),),
)


def documents_in(*lines: object, key: str = "xml") -> list[Document | BadLine]:
    """What the lines give."""
    piped = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(read_documents(io.BytesIO(piped.encode()), key))


@pytest.mark.parametrize(
    ("line", "document"),
    [
        ({"id": "a", "xml": "<rss/>"}, Document(id="a", data=b"<rss/>")),
        ({"id": 2, "xml": "é\ud800"}, Document(id=2, data="é?".encode())),
        ({"xml_b64": base64.encodebytes(b"\xff" * 99).decode()}, Document(id=None, data=b"\xff" * 99)),
        ({"id": {}, "xml": ""}, Document(id=None, data=b"")),
        ({"xml": "", "url": "https://a.example/f"}, Document(id=None, data=b"", url="https://a.example/f")),
        ({"xml": "", "url": "javascript:alert(1)"}, Document(id=None, data=b"")),
        ({"xml": "", "url": 5, "headers": []}, Document(id=None, data=b"")),
        (
            {"xml": "", "headers": {"CONTENT-TYPE": "text/xml; Charset = 'koi8-r'", "Content-Location": "http://a.b/"}},
            Document(id=None, data=b"", url="http://a.b/", charset="koi8-r"),
        ),
    ],
)
def test_a_line_gives_its_document_and_what_is_known_of_it(line: object, document: Document) -> None:
    assert documents_in(line) == [document]


@pytest.mark.parametrize(
    ("line", "line_id", "reason"),
    [
        ({"id": "a"}, "a", 'Line 1 has no "opml" or "opml_b64" with text in it.'),
        ({"id": "a", "opml": None}, "a", 'Line 1 has no "opml"'),
        ({"id": "a", "opml_b64": "%%%"}, "a", '"opml_b64" in line 1 is not base64.'),
        ({"id": "a", "opml_b64": "abc"}, "a", '"opml_b64" in line 1 is not base64.'),
        ({"id": "a", "opml_b64": "é"}, "a", '"opml_b64" in line 1 is not base64.'),
        ([1], None, "Line 1 is no JSON object, which begins with a brace."),
        ("words", None, "Line 1 is not valid JSON"),
        ("[" * 99_999, None, "Line 1 is JSON with a value too deep"),
        ('{"id": NaN}', None, "Line 1 is JSON with a value too deep, too long or not a number."),
    ],
)
def test_a_line_without_a_document_says_why_and_the_next_is_read(line: object, line_id: object, reason: str) -> None:
    bad, good = documents_in(line, {"opml": "<opml/>"}, key="opml")
    assert isinstance(bad, BadLine)
    assert (bad.id, bad.reason[: len(reason)]) == (line_id, reason)
    assert isinstance(good, Document)


def test_a_line_that_is_too_long_is_skipped() -> None:
    long = b'{"xml": "' + b"x" * defaults.DOCUMENT_LINE_BYTES + b'"}\n{"xml": ""}'
    bad, good = read_documents(io.BytesIO(long), "xml")
    assert isinstance(bad, BadLine)
    assert "Line 1 is longer than 32,000,000 bytes" in bad.reason
    assert good == Document(id=None, data=b"")


def test_documents_are_told_key_for_key_as_promised() -> None:
    feed = feed_fields(FEED, NOW)
    assert list(feed) == ["title", "link", "entries", "faults"]
    entries = feed["entries"]
    assert isinstance(entries, list)
    assert list(entries[0]) == ["id", "title", "link", "published", "summary"]
    assert [entry["published"] for entry in entries] == ["2025-04-16T00:00:00Z", None]
    assert feed["faults"] == ["the feed repeats itself (F17)", "it is odd"]
    assert list_fields(LIST, NOW) == {"feeds": ["https://coast.example/feed"], "faults": ["line 2: no address (U04)"]}
    for kind, fields in (("xml", feed), ("html", page_fields(PAGE, NOW)), ("opml", list_fields(LIST, NOW))):
        assert list(refused_fields(kind, "why")) == list(fields)


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("2025-04-16T23:30:00-04:00", "2025-04-16T23:30:00-04:00"),
        ("2025-04-16", "2025-04-16"),
        ("Wed, 16 Apr 2025 08:30:00 GMT", "2025-04-16T08:30:00+00:00"),
        ("April 16, 2025", "2025-04-16"),
        ("9999-12-31", None),
        ("soon", None),
        (None, None),
    ],
)
def test_the_day_of_a_page_stays_the_day_that_it_names(claim: str | None, told: str | None) -> None:
    assert page_fields(Page(text="x", published=claim), NOW)["published"] == told


def test_a_feed_is_shown_with_what_it_lists_and_its_faults() -> None:
    sheet, file = make_sheet(60)
    show_feed(sheet, FEED, NOW)
    shown = file.getvalue()
    assert shown.startswith(
        "Coast Daily\nhttps://coast.example/\n\n1. Ferry\n   16 April 2025\n   https://coast.example/f\n   It"
    )
    assert "2. (no title)\n   Jo Roe · undated\n   word word" in shown
    assert shown.endswith("\n\nFaults\n  the feed repeats itself (F17)\n  it is odd\n")
    assert len(shown) < 900


def test_a_page_is_shown_with_its_text() -> None:
    sheet, file = make_sheet()
    show_page(sheet, PAGE, NOW)
    assert file.getvalue() == "Harbour opens\nJo Roe · 16 April 2025, 23:30 EDT\n\nOne.\n\nTwo.\n"


def test_a_page_behind_a_barrier_says_so() -> None:
    page = Page(text="", barrier="paywall")
    assert page_fields(page, NOW)["faults"] == ["this is not the whole article: paywall"]
    sheet, file = make_sheet()
    show_page(sheet, page, NOW)
    assert file.getvalue() == "(no title)\nundated\n\nFaults\n  this is not the whole article: paywall\n"


def test_a_list_is_shown_with_its_addresses() -> None:
    sheet, file = make_sheet()
    show_list(sheet, LIST, NOW)
    shown = "1 feed\n  Coast Daily\n    https://coast.example/feed\n\nFaults\n  line 2: no address (U04)\n"
    assert file.getvalue() == shown
