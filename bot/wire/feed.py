"""Feeds of every kind: what the bytes are, and who reads them. Runs in the cage."""

import re

from bot.errors import RefusedInput
from bot.wire.discover import find_feeds
from bot.wire.encoding import decode_markup, looks_like
from bot.wire.jsonfeed import read_json_feed
from bot.wire.parsed import Feed
from bot.wire.xmlfeed import read_xml_feed
from config import defaults

_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(
    r"<(?:[\w-]+:)?(rss|feed|rdf|channel|entry|opml|urlset|sitemapindex|html|head|body)(?=[\s>/])", re.IGNORECASE
)
_OTHERS = {"opml": "a list of feeds (OPML)", "urlset": "a sitemap", "sitemapindex": "a sitemap"}
_HTML = re.compile(r"\s*<!doctype\s+html\b", re.IGNORECASE)
_PAGE = ("html", "head", "body")
_HEAD = 20_000  # characters in which the first element of nearly every feed stands


def read_feed(
    data: bytes,
    where: str,
    address: str | None = None,
    charset: str | None = None,
    known: frozenset[str] = frozenset(),
) -> Feed:
    """The feed with its newest entries and what is wrong with it. RefusedInput, with its code, where it is no feed.

    A damaged feed keeps the entries before the damage. The address is where the feed was read, for its relative links;
    the charset is what the site said of it. Entries whose digests are known are passed over, which is much quicker.
    """
    text = _text_of(data, where, charset)
    if text.lstrip()[:1] in ("{", "["):
        return read_json_feed(text, where, address, known)
    root = _ROOT.search(_COMMENT.sub("", text[:_HEAD])) or _ROOT.search(text)
    kind = root[1].lower() if root else ""
    if kind in _PAGE or (not root and _HTML.match(text)):
        raise RefusedInput(where, _about_page(data, address), "F07")
    if kind in _OTHERS:
        raise RefusedInput(where, f"this is {_OTHERS[kind]}, not a feed", "F08")
    if not root:
        raise RefusedInput(where, "this is not a feed: it has no rss, feed or rdf element", "F08")
    declaration = _DECLARED.match(text)
    if declaration:
        text = "\n" * declaration[0].count("\n") + text[declaration.end() :]
    return read_xml_feed(text, where, address, known)


def _text_of(data: bytes, where: str, charset: str | None) -> str:
    if not data.strip(b" \t\r\n"):
        raise RefusedInput(where, "the feed is empty", "F06")
    if not data.strip(b"\0"):
        raise RefusedInput(where, "the feed holds nothing but zero bytes", "F10")
    kind = looks_like(data)
    if kind:
        raise RefusedInput(where, f"this is {kind}, not a feed", "F08")
    declared = _ENCODING.search(data, 0, 1_000)
    text = decode_markup(data, charset, declared[1].decode("ascii") if declared else None)
    if text is None:
        raise RefusedInput(where, "the feed's text encoding cannot be told", "F16")
    return text.lstrip("\ufeff")


def _about_page(data: bytes, address: str | None) -> str:
    links = find_feeds(data, address)
    if not links:
        return "this is a web page without a feed"
    named = ", ".join(link.address for link in links[: defaults.FEEDS_OFFERED])
    return f"this is a web page, not a feed; it links to {named}"
