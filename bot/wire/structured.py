"""What a page says about itself for machines: its meta tags, JSON-LD and microdata. Part of the door to lxml."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.wire.markup import unescape

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Node = Mapping[str, object]

_ARTICLE_KIND = re.compile(r"(?:\w+:)?(?:\w*Article|\w*Posting|Report|Recipe)", re.IGNORECASE)
_PAGE_KIND = re.compile(r"(?:\w+:)?(?:\w*Page|VideoObject|CreativeWork)", re.IGNORECASE)
# What stands under these keys is about something else than the article of the page.
_BESIDES = {"itemListElement", "hasPart", "isPartOf", "mentions", "comment", "review", "citation", "about", "publisher",
            "author", "image", "liveBlogUpdate", "relatedLink", "isBasedOn", "potentialAction"}  # fmt: skip
_WRAPPING = re.compile(r"^(?:\s|<!--|-->|//(?=\s*<!)|<!\[CDATA\[|/\*.{0,40}?\*/)+|(?:\s|-->|//(?=\s*\]\])|\]\]>|;)+$")
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
_PAIR = re.compile(
    r"\"(datePublished|dateCreated|author|isAccessibleForFree)\"\s*:\s*"
    r"(?:\{[^{}]{0,200}?\"name\"\s*:\s*)?\"((?:[^\"\\]|\\.){1,300})\""
)
_TAG = re.compile(r"<[^<>]{1,300}>")
_WORD = re.compile(r"\w+")
_ITEMS = {"headline", "datepublished", "datecreated", "author", "isaccessibleforfree"}
_LONGEST_ITEM = 500  # characters of one of them; a longer one is a text that happens to be marked
_READABLE = 100_000  # characters of broken JSON in which pairs are looked for
_FEW = 3  # articles on a page that may all be its own, told of by several programs
_ALIKE = 0.3  # share of a headline's words that the page's title has too, where there are more
_MOST_NODES = 5_000  # of one page; an archive page lists a few hundred


@dataclass(frozen=True, kw_only=True, slots=True)
class Structured:
    """A page's claims about itself.

    `metas` holds the contents of meta tags by their name in lower case, `items` the texts of microdata properties, both
    in the order of the page. `title` is that of the document, `article` the JSON-LD node of the article and `page` that
    of the page; each is empty where there is none.
    """

    title: str = ""
    metas: Mapping[str, list[str]] = field(default_factory=dict)
    items: Mapping[str, list[str]] = field(default_factory=dict)
    article: Node = field(default_factory=dict)
    page: Node = field(default_factory=dict)
    named: Mapping[str, Node] = field(default_factory=dict)

    def meta(self, *names: str) -> str | None:
        """The content of the first of these meta tags that says anything."""
        return next((content for name in names for content in self.metas.get(name, ())), None)

    def item(self, *names: str) -> str | None:
        """The text of the first of these microdata properties that says anything."""
        return next((text for name in names for text in self.items.get(name, ())), None)

    def said(self, *keys: str) -> str | None:
        """The plain text that the article's node gives under the first of these keys."""
        return next((text for key in keys for text in self.texts(self.article.get(key))), None)

    def texts(self, value: object) -> list[str]:
        """The plain texts in a value: itself, or the names of the things it holds or refers to."""
        found: list[str] = []
        for part in value if isinstance(value, list) else [value]:
            thing = part
            if isinstance(part, dict) and not part.get("name") and isinstance(part.get("@id"), str):
                thing = self.named.get(part["@id"], part)
            name = thing.get("name") if isinstance(thing, Mapping) else thing
            for text in name if isinstance(name, list) else [name]:
                plain = to_line(text) if isinstance(text, str) else ""
                if plain:
                    found.append(plain)
        return found


def read_structured(tree: "HtmlElement", address: str | None = None) -> Structured:
    """The claims of the page at this address, if it is known; the article among several is the one that the page is of.

    JSON with faults is read as far as that can be done without guessing.
    """
    metas = _read_metas(tree)
    nodes = [node for script in _scripts(tree) for node in _walk(script)]
    title = to_line(tree.findtext(".//title") or "")
    wanted = set(_WORD.findall(" ".join([title, *metas.get("og:title", ())]).lower()))
    articles = [node for node in nodes if _is_kind(node, _ARTICLE_KIND)]
    return Structured(
        title=title,
        metas=metas,
        items=_read_items(tree),
        article=_choose(articles, wanted, address) or {},
        page=next((node for node in nodes if _is_kind(node, _PAGE_KIND)), {}),
        named={name: node for node in nodes if isinstance(name := node.get("@id"), str) and node.get("name")},
    )


def to_line(text: str) -> str:
    """The text on one line, without tags, and with the signs that entities stand for."""
    return " ".join(unescape(unescape(_TAG.sub(" ", text) if "<" in text else text)).split())


def element_line(element: "HtmlElement") -> str:
    """The words in an element on one line; scripts and styles are none."""
    pieces = element.xpath(".//text()[not(parent::script or parent::style or parent::noscript)]")
    return " ".join(" ".join(pieces).split())


def _read_metas(tree: "HtmlElement") -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = to_line(element.get("content") or element.get("value") or "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(key) or "").strip().lower()
            if name and content:
                metas.setdefault(name, []).append(content)
    return metas


def _read_items(tree: "HtmlElement") -> dict[str, list[str]]:
    items: dict[str, list[str]] = {}
    for element in tree.xpath("//*[@itemprop][not(self::meta)]"):
        names = (element.get("itemprop") or "").lower().split()
        if _ITEMS.isdisjoint(names):
            continue
        own = element.get("content") or element.get("datetime")
        inner = element.xpath(".//*[@itemprop='name']")
        text = to_line(own) if own else (_own_text(inner[0]) if inner else element_line(element))
        for name in names:
            if text and len(text) <= _LONGEST_ITEM:
                items.setdefault(name, []).append(text)
    return items


def _own_text(element: "HtmlElement") -> str:
    return to_line(element.get("content") or "") or element_line(element)


def _scripts(tree: "HtmlElement") -> Iterator[object]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield _load(script.text)


def _load(text: str) -> object:
    """The value in the text; where it is no JSON, a node of the few pairs that can be told in it all the same."""
    text = _WRAPPING.sub("", text)
    for attempt in (text, _LAST_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    node: dict[str, object] = {}
    for key, value in _PAIR.findall(text[:_READABLE]):
        node.setdefault(key, value)
    return {"@type": "Article", **node} if node else None


def _walk(value: object) -> Iterator[Node]:
    """The nodes in a value that may be about the page itself, outer ones first."""
    waiting, count = [value], 0
    while waiting and count < _MOST_NODES:
        part = waiting.pop()
        count += 1
        if isinstance(part, list):
            waiting.extend(reversed(part))
        elif isinstance(part, dict):
            yield part
            waiting.extend(inner for key, inner in part.items() if key not in _BESIDES and not isinstance(inner, str))


def _is_kind(node: Node, kind: re.Pattern[str]) -> bool:
    said = node.get("@type")
    return any(isinstance(name, str) and kind.fullmatch(name) for name in (said if isinstance(said, list) else [said]))


def _choose(articles: list[Node], wanted: set[str], address: str | None) -> Node | None:
    """The article whose address or headline is that of the page; the only one; None where all of several are others."""
    if len(articles) < 2:
        return articles[0] if articles else None
    best = max(articles, key=lambda node: _likeness(node, wanted, address))
    return best if len(articles) <= _FEW or _likeness(best, wanted, address) >= _ALIKE else None


def _likeness(node: Node, wanted: set[str], address: str | None) -> float:
    headline = node.get("headline") or node.get("name")
    words = set(_WORD.findall(headline.lower())) if isinstance(headline, str) else set()
    same_place = bool(address) and address in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage"))
    return same_place + len(words & wanted) / (len(words) or 1)
