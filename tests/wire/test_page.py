"""Pages as they come: in any encoding, damaged, huge, or no pages at all."""

from collections.abc import Iterator

import pytest

from bot.errors import RefusedInput
from bot.wire.cage import Cage
from tests.wire.pages import ADDRESS, SENTENCES, article, json_ld, page, read

WORDS = "Zoë Dürr naïve façade"
DECLARED = '<meta charset="{}">'


def written(declared: str, *, late: bool = False, words: str = WORDS) -> str:
    """A page with signs outside ASCII that declares an encoding."""
    padding = f"<!-- {'padding ' * 600} -->" if late else ""
    mark = f'<meta charset="{declared}">' if declared else ""
    return (
        f"<!doctype html><html><head>{padding}{mark}<title>{words}</title></head><body><article><h1>{words}</h1>"
        f"<p>{SENTENCES[0]} {words}.</p>{article(3)}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("declared", "real", "charset"),
    [
        ("utf-8", "utf-8", None),
        ("", "utf-8", None),
        ("iso-8859-1", "cp1252", None),
        ("", "cp1252", "iso-8859-1"),
        ("", "cp1252", None),
        ("iso-8859-1", "utf-8", None),
        ("utf-8", "utf-16", None),
        ("zlib_codec", "utf-8", None),
        ("no-such-thing", "utf-8", "no-such-thing"),
        ("utf-8", "utf-8", "iso-8859-1"),
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_a_page_is_read_in_the_encoding_it_really_has(
    declared: str, real: str, charset: str | None, late: bool
) -> None:
    found = read(written(declared, late=late).encode(real), charset=charset)
    assert found.title == WORDS
    assert f"{WORDS}." in found.text


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Привет из гавани", "windows-1251"),
        ("Привет из гавани", "koi8-r"),
        ("港口提前开放", "gb18030"),
        ("港が早く開いた", "shift_jis"),
    ],
)
def test_what_the_server_says_of_the_encoding_counts_where_the_page_says_nothing(words: str, encoding: str) -> None:
    data = written("", words=words).encode(encoding)
    assert read(data, charset=encoding).title == words
    assert read(written(encoding, words=words).encode(encoding)).title == words


def test_a_few_broken_signs_cost_a_few_signs_and_not_the_page() -> None:
    for encoding in ("utf-8", "gb18030"):
        data = written(encoding, words="港口提前开放" * 30).encode(encoding).replace(b"The new harbour", b"\xff\xfe")
        assert "Harbour master Kim Dale" in read(data).text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7" + bytes(99), "a PDF file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "a PNG image"),
        (b"\x1f\x8b\x08" + bytes(99), "a gzip archive"),
        (bytes(range(256)) * 9, "binary data"),
        (bytes(99), "binary data"),
    ],
)
def test_what_is_no_page_is_refused_by_what_it_is(data: bytes, kind: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        read(data)
    assert (refused.value.reason, refused.value.code) == (f"that is {kind}, not a page", "F08")


@pytest.mark.parametrize("start", ["", "<?xml version='1.0'?>\n", "<?xml version='1.0'?><!-- made by hand -->"])
def test_a_feed_is_no_page(start: str) -> None:
    with pytest.raises(RefusedInput, match="that is a feed, not a page; follow it as a source"):
        read(f"{start}<rss version='2.0'><channel><title>Coast Daily</title></channel></rss>")


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "   \n",
        "<html></html>",
        "<html><body></body></html>",
        "<!doctype html>\n<script>1</script>",
        "<p",
        "words and nothing else",
        "<?xml version='1.0'?><catalog><book/></catalog>",
    ],
)
def test_a_page_without_an_article_is_refused_with_what_to_do(markup: str) -> None:
    with pytest.raises(RefusedInput, match="no article text was found in this page; save its text"):
        read(markup)


@pytest.mark.parametrize(
    "head",
    [
        json_ld("{broken"),
        json_ld("[[[[[1]]]], null, true, 7]"),
        json_ld('{"@type": ["NewsArticle", 7], "headline": {"a": [1]}, "author": [[{"name": null}], 7, null]}'),
        json_ld('{"@graph": {"@graph": {"@type": "Article", "datePublished": 20250416, "publisher": []}}}'),
        json_ld("[" * 100_000),
        json_ld('{"a":' * 50_000 + "1" + "}" * 50_000),
        json_ld('{"@id": "#a", "author": {"@id": "#a"}, "@type": "Article"}'),
        "<meta><meta name><meta name='author'><meta content='x'><link><link rel><base href='http://['>",
        "<meta property='article:published_time' content='99999-99-99T99:99:99+99:99'>",
        "<meta property='og:title' content=''><meta name='author' content=', , ;'>",
        "<html lang='" + "x" * 9_000 + "'>",
    ],
)
def test_odd_claims_spoil_nothing_else(head: str) -> None:
    found = read(page(head=head))
    assert found.title == "Harbour opens early"
    assert found.text.startswith(SENTENCES[0])
    assert (found.author, found.published) == (None, None)


TIRING = {
    "deep blocks": f"<html><body>{'<div>' * 100_000}deep{article()}",
    "deep signs": f"<html><body>{'<b><i>' * 50_000}{article()}",
    "deep tables": f"<html><body>{'<table><tr><td>' * 3_000}{article()}",
    "many paragraphs": page(f"<h1>Harbour</h1>{article(5_000)}"),
    "one long word": page(f"<h1>Harbour</h1>{article()}<p>{'x' * 2_000_000}</p>"),
    "many links": page(f"<h1>Harbour</h1>{article()}{'<a href=/x>y</a> ' * 15_000}"),
    "a long headline": page(f"<h1>{'Harbour ' * 50_000}</h1>{article()}"),
    "many bylines": page(f"<h1>Harbour</h1>{'<div>By Jo Roe, 1/2/2025</div>' * 8_000}{article()}"),
    "many headlines": page(f"<h1>Harbour</h1>{'<h1>Harbour</h1>' * 8_000}{article()}"),
    "many attributes": page(f"<p {' '.join(f'a{n}=1' for n in range(10_000))}>x</p>{article()}"),
    "a long title": page(head="<title>" + "Harbour - " * 50_000 + "</title>"),
    "many offers": page(f"<p>{'subscribe to ' * 40_000}</p>{article()}"),
    "many figures": page(f"<p>{'1.1.' * 100_000}2025</p>{article()}"),
}


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    """One cage for all of them: it is replaced when a page brings it down."""
    with Cage() as opened:
        yield opened


@pytest.mark.parametrize("lang", ["en", "de", ""])
@pytest.mark.parametrize(
    "words", ["Der Hafen öffnet früher, sagt die Stadt.", "港口提前开放。", "The harbour opens to the ships."]
)
def test_a_page_in_any_language_can_be_read_in_the_cage(cage: Cage, words: str, lang: str) -> None:
    markup = page(f"<h1>{words}</h1><time>1. Mai 2025</time>{f'<p>{words * 4}</p>' * 9}", title=words, lang=lang)
    assert cage.read_page(markup.encode(), "a.html", ADDRESS).title == words


@pytest.mark.parametrize("markup", TIRING.values(), ids=TIRING)
def test_a_page_that_would_tire_a_parser_is_read_or_refused_and_the_next_one_read(cage: Cage, markup: str) -> None:
    try:
        cage.read_page(markup.encode(), "a.html", ADDRESS)
    except RefusedInput as refused:
        assert refused.code in ("", "F15")
    assert cage.read_page(page().encode(), "b.html", ADDRESS).title == "Harbour opens early"
