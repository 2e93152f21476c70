"""A web page to its article; runs in the cage. Part of the door to trafilatura."""

import re
from typing import TYPE_CHECKING

from bot.errors import RefusedInput
from bot.wire.barrier import find_barrier
from bot.wire.encoding import decode_markup, looks_like
from bot.wire.language import read_language, reads_as_english
from bot.wire.page_author import find_authors
from bot.wire.page_date import find_published
from bot.wire.page_lines import visible_lines
from bot.wire.page_origin import find_address, find_credit, find_publisher, host_names, said_names
from bot.wire.page_text import read_text
from bot.wire.page_title import find_title
from bot.wire.parsed import Page
from bot.wire.structured import Structured, read_structured
from config import defaults

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NO_ARTICLE = "no article text was found in this page; save its text as a .txt file and add that"
_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<\?.*?\?>\s*)*<(?:rss|feed|rdf:RDF|channel)[\s>]", re.DOTALL)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARATIONS = 16_384  # bytes in which a page has to declare its encoding; browsers look at 1,024
_FEW_BROKEN = 0.01  # share of signs that cannot be read in the declared encoding, up to which it is believed


def read_page(data: bytes, where: str, address: str | None = None, charset: str | None = None) -> Page:
    """The article of the page, without navigation, advertising and comments, and what the page says about it.

    RefusedInput where the bytes are no page, or hold no article and nothing says why. The address is where the page
    was read and the charset what the server said of it, if known; nothing is fetched.
    """
    import trafilatura

    source = _decode(data, where, charset)
    if _FEED.match(source[:_DECLARATIONS]):
        raise RefusedInput(where, "that is a feed, not a page; follow it as a source", "F08")
    tree = trafilatura.load_html(source)
    if tree is None:
        raise RefusedInput(where, _NO_ARTICLE)
    told = read_structured(tree, address)
    url, canonical = find_address(tree, told, address)
    names, hosts = said_names(told), host_names(url)
    lines = visible_lines(tree)
    title = find_title(tree, told, [*names, *hosts])
    text, raw = read_text(tree, told, lines, title)
    barrier = find_barrier(tree, told, lines, raw)
    if not text and not barrier:
        raise RefusedInput(where, _NO_ARTICLE)
    publisher = find_publisher(told, url)
    return Page(
        text=text[: defaults.ARTICLE_CHARACTERS + 1],
        title=title,
        author=find_authors(tree, told, lines, title, names),
        publisher=publisher,
        published=find_published(tree, told, lines, title, address or url),
        url=url,
        language=_find_language(tree, told, text),
        barrier=barrier,
        canonical=canonical,
        credit=find_credit(told, raw, publisher, url),
    )


def _decode(data: bytes, where: str, charset: str | None) -> str:
    kind = looks_like(data)
    if kind:
        raise RefusedInput(where, f"that is {kind}, not a page", "F08")
    declared = _CHARSET.search(_COMMENT.sub(b"", data[:_DECLARATIONS]))
    named = declared[1].decode("ascii") if declared else None
    text = decode_markup(data, charset, named)
    if text is None:
        text = _decode_most(data, charset) or _decode_most(data, named)
    if text is None:
        raise RefusedInput(where, "the page's text encoding cannot be told; save it as UTF-8 and add it again", "F16")
    return text


def _decode_most(data: bytes, charset: str | None) -> str | None:
    """The text in the declared encoding where nearly all of it can be read so."""
    try:
        text = data.decode(charset, "replace") if charset else ""
    except LookupError:
        return None
    return text if text and text.count("\ufffd") <= _FEW_BROKEN * len(text) else None


def _find_language(tree: "HtmlElement", told: Structured, text: str) -> str | None:
    """The language that the page claims for itself, as written; not English, which many templates claim, if it is not.

    Guessing is left to others: what guesses writes files, which nothing in the cage may.
    """
    outer = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    claim = outer or told.said("inLanguage") or told.meta("og:locale", "content-language", "language", "dc.language")
    return None if text and read_language(claim) == "en" and not reads_as_english(text) else claim
