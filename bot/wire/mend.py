"""Feeds that break the rules of XML in the usual ways, put right so that a strict reader understands them."""

import re
from collections.abc import Container
from html.entities import html5

_ROOT = re.compile(r"<((?:[\w-]+:)?(?:rss|feed|rdf|channel|entry))(?=[\s>/])", re.IGNORECASE)
_PROLOGUE = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE)
# Characters that no XML may hold, not even written as numbers.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TOKEN = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?:(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)?",
    re.DOTALL,
)
# Names that feeds use without saying what they stand for.
_USUAL = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/DTDs/PodCast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}
_KNOWN = ("amp", "lt", "gt", "quot", "apos")


def mend(text: str, *, declared: Container[str], unopened: Container[str]) -> str:
    """The text without characters that XML forbids, its bare ampersands escaped and HTML's entities resolved.

    What stands before and behind the feed goes: warnings of the site's programs, counters. `declared` are the entities
    that the feed explains itself, `unopened` those that stand for other files; the latter are dropped.
    """

    def resolve(match: re.Match[str]) -> str:
        name = match[1]
        if match[0][0] == "<" or name in _KNOWN:
            return match[0]
        if name is None:
            return "&amp;"
        if name[0] == "#":
            number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
            return "" if number > 0x10FFFF or _FORBIDDEN.match(chr(number)) else match[0]
        if name in unopened:
            return ""
        if name in declared:
            return match[0]
        meant = html5.get(f"{name};")
        return "".join(f"&#{ord(c)};" for c in meant) if meant else f"&amp;{name};"

    return _TOKEN.sub(resolve, _FORBIDDEN.sub("", _alone(text)))


def bind(text: str) -> str:
    """The feed with the usual names of XML's extensions explained where it uses them without doing so."""
    missing = [name for name in _USUAL if f"<{name}:" in text and f"xmlns:{name}" not in text]
    root = _root(text) if missing else None
    if not root:
        return text
    said = "".join(f' xmlns:{name}="{_USUAL[name]}"' for name in missing)
    return text[: root.end()] + said + text[root.end() :]


def _alone(text: str) -> str:
    root = _root(text)
    if not root:
        return text
    closing = text.rfind(f"</{root[1]}")
    end = text.find(">", closing) + 1 if closing > 0 else 0
    rest = text[root.start() : end or None]
    before = text[: root.start()]
    return (before if _is_prologue(before) else "\n" * before.count("\n")) + rest


def _root(text: str) -> re.Match[str] | None:
    prologue = _PROLOGUE.match(text)
    return _ROOT.search(text, prologue.end() if prologue else 0)


def _is_prologue(text: str) -> bool:
    return bool(_PROLOGUE.fullmatch(text))
