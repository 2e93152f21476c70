"""Subscription lists: read whatever their XML is worth, and refused with the reason."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from bot.errors import RefusedInput
from bot.wire.opml import read_opml
from config import defaults
from tests.wire.take import put, take

LOOSE = (
    "<opml version='1.0'><head><title>Mine & yours</title></head><body><outline text='Folder'>"
    '<outline text="A & B" title="Coast & Daily" xmlUrl="https://coast.example/feed?b=2&a=1"/>'
    "<outline text='Second' xmlurl='feed://second.example/rss'>"
    '<outline text="Again" xmlUrl="https://coast.example/feed?b=2&amp;a=1"/>'
    '<!-- <outline text="Off" xmlUrl="https://off.example/feed"/> -->'
    '<outline xmlUrl="http://third.example/&#x2F;f" />'
)
NAMED = [
    ("Coast & Daily", "https://coast.example/feed?b=2&a=1"),
    ("Second", "http://second.example/rss"),
    ("http://third.example//f", "http://third.example//f"),
]


def outlines(*addresses: str) -> str:
    """A list of these addresses, each on a line of its own."""
    lines = "\n".join(f"<outline text='x' xmlUrl='{address}'/>" for address in addresses)
    return f"<opml version='2.0'><body>\n{lines}\n</body></opml>"


def packed() -> bytes:
    """A spreadsheet, which is a zip archive."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("../../etc/passwd", outlines("https://coast.example/feed"))
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_gives_its_feeds_once_even_where_it_is_not_well_formed(encoding: str) -> None:
    listed = read_opml(LOOSE.encode(encoding), "a.opml")
    assert [(source.name, source.address) for source in listed.sources] == NAMED
    assert listed.faults == ()


def test_names_are_read_in_the_encoding_that_the_list_declares() -> None:
    content = '<?xml version="1.0" encoding="windows-1251"?><outline text="Новости" xmlUrl="https://n.example/f"/>'
    assert read_opml(content.encode("cp1251"), "a").sources[0].name == "Новости"


def test_feeds_are_taken_from_a_list_whose_encoding_cannot_be_told() -> None:
    content = '<outline text="Łódź źle" xmlUrl="https://n.example/f"/>' * 3
    (source,) = read_opml(content.encode("cp1250"), "a").sources
    assert source.address == "https://n.example/f"


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        (
            "javascript:alert(1)",
            "U03",
            "line 3: Only http and https addresses work; this one starts with `javascript`.",
        ),
        ("file:///etc/passwd", "U03", "line 3: Only http and https"),
        ("http:///x", "U04", "line 3: The address has no host name"),
        ("https://a.example:99999/f", "U06", "line 3: "),
    ],
)
def test_a_line_that_is_no_address_is_told_with_its_code_and_the_others_are_taken(
    address: str, code: str, sentence: str
) -> None:
    listed = read_opml(outlines("https://a.example/f", address, "https://b.example/f").encode(), "a.opml")
    assert [source.address for source in listed.sources] == ["https://a.example/f", "https://b.example/f"]
    assert [fault.code for fault in listed.faults] == [code]
    assert listed.faults[0].sentence.startswith(sentence)


def test_an_address_without_its_scheme_is_understood() -> None:
    listed = read_opml(outlines("//a.example/f", "b.example/f").encode(), "a.opml")
    assert [source.address for source in listed.sources] == ["http://a.example/f", "https://b.example/f"]


@pytest.mark.parametrize(
    ("content", "code", "reason"),
    [
        (b"<opml><body></body></opml>", "O01", "there are no feeds in the file"),
        (b"<opml><body><outline text='Folder'/></body></opml>", "O01", "there are no feeds in the file"),
        (outlines(*(f"https://a.example/{n}" for n in range(501))).encode(), "O02", "501 feeds; the limit for one"),
        (outlines(*(f"https://a.example/{n}" for n in range(5_000))).encode(), "O02", "limit for one file is 500"),
        (LOOSE.encode() + b" " * 3_000_000, "O03", "has 3.0 MB; the limit for one file is 1 MB"),
        (b"<opml>\n<body>\n\n<outline text='x'>\n</body>", "O04", "line 5: mismatched tag"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml>&a;</opml>', "O04", "uses XML entities"),
        (b"just words", "O05", "is not an OPML file"),
        (b"", "O05", "is not an OPML file"),
        (b"<rss><channel/></rss>", "O05", "is not an OPML file"),
        (packed(), "O05", "is not an OPML file: it looks like a zip archive or an office document"),
    ],
)
def test_a_list_that_gives_no_feeds_is_refused_with_the_reason(content: bytes, code: str, reason: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        read_opml(content, "a.opml")
    assert refused.value.code == code
    assert reason in refused.value.reason


def test_as_many_feeds_as_a_list_may_name_are_taken() -> None:
    addresses = [f"https://a.example/{n}" for n in range(defaults.OPML_FEEDS)]
    assert len(read_opml(outlines(*addresses, *addresses).encode(), "a").sources) == defaults.OPML_FEEDS


def test_a_list_is_taken_in_from_a_file_with_one_refusal_for_each_bad_line(tmp_path: Path) -> None:
    content = LOOSE + '\n<outline text="../../x" xmlUrl="ftp://a.example/feed"/>'
    taken = take(put(tmp_path / "a.opml", content))
    assert [(source.name, source.address) for source in taken.sources] == NAMED
    assert taken.reasons.endswith("line 2: Only http and https addresses work; this one starts with `ftp`.")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.opml"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "content",
    [
        "<opml>" + "<!--" * 200_000,
        "<opml>" + "<outline " * 100_000,
        "<opml>" + "<outline xmlUrl='b'/>\n" * 40_000,
        "<opml>" + "".join(f"<outline xmlUrl='b{number}'/>\n" for number in range(30_000)),
        "<opml>" + ("<outline a" + " " * 19_000) * 50,
        "<opml>" + ("<outline xmlUrl='" + "&#x41;" * 600 + "'/>") * 200,
    ],
    ids=["comments", "outlines", "one bad address", "bad addresses", "white space", "references"],
)
def test_a_list_made_to_tire_its_reader_is_done_with_quickly(content: str) -> None:
    with suppress(RefusedInput):
        assert read_opml(content.encode()[: defaults.OPML_BYTES], "a").sources == ()


def test_what_is_commented_out_keeps_its_lines() -> None:
    content = outlines("https://a.example/f").replace("<body>", "<body><!--\n\n\n<outline xmlUrl='b'/>--><!-- -->")
    listed = read_opml(content.replace("https://a", "ftp://a").encode(), "a")
    assert [fault.sentence[:8] for fault in listed.faults] == ["line 5: "]
