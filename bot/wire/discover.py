"""Where is a site's feed? What its page says, and the usual places. Part of the door to lxml; runs in the cage."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.wire.address import address_to_open, host_of
from bot.wire.clean import clean_line
from bot.wire.encoding import decode_markup, looks_like
from bot.wire.parsed import FeedLink
from config import defaults

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATIONS = 4_096  # bytes in which a page has to declare its encoding; browsers look at 1,024
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}
_VAGUE_TYPES = {"", "text/xml", "application/xml", "application/json", "application/rss", "application/atom"}
_FEED_SCHEME = re.compile(r"^feed:(?://(?!/)|(?=https?:))", re.IGNORECASE)
# A feed by its address: /feed, /rss.xml, /feeds/news, index.xml, news.rss, ?feed=rss2, ?format=atom.
_FEED_PATH = re.compile(
    r"(?:^|[/._-])(?:rss|atom|rdf|feeds?|rss2|rssfeeds?|xmlfeed)(?:[/._-]|\d*$)|\.(?:rss|atom|rdf)$"
    r"|/index\.xml$|/news\.xml$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(r"(?:^|[&;])(?:feed|format|type|output|alt|fmt)=(?:rss|atom|rdf|feed|xml)", re.IGNORECASE)
_NO_FEED = re.compile(
    r"wp-json|oembed|\.(?:html?|css|js|png|jpe?g|gif|svg|ico|pdf|mp3)$|/(?:feedback|share)\b"
    r"|/(?:tags?|topics?|labels?|keywords?|search|wiki)/[^/]+/?$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"[ck]om+ent(?!ary|ator)|reactie|reaccion|replies|discussion", re.IGNORECASE)
_FORM = re.compile(r"\W|rss|atom|json|xml|feed|\d(?:\.\d)?")
_NAMES = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
_ROOT_NAMES = ("feeds", "feeds/posts/default", "?feed=rss2", "index.rdf", "rss/news", "news/rss", "blog/feed")


def find_feeds(data: bytes, address: str | None) -> list[FeedLink]:
    """The feeds that a page links to, the likeliest first, each once; feeds of comments come last.

    What the page declares as its feed counts most, then links that look like one; those to other sites count least.
    Only absolute addresses that may be opened come out. The address is where the page was read, for relative links.
    """
    declared = _CHARSET.search(data, 0, _DECLARATIONS)
    text = None if looks_like(data) else decode_markup(data, declared[1].decode("ascii") if declared else None)
    if not text:
        return []
    found: dict[str, tuple[int, FeedLink]] = {}
    for doubt, href, title, place in _links(text, address):
        to = address_to_open(_FEED_SCHEME.sub(_web, href.strip()), place)
        if to is None or to == address:
            continue
        is_elsewhere = address is not None and not _is_near(to, address)
        doubt += 2 * (doubt > 0 and is_elsewhere) + 4 * bool(_COMMENTS.search(f"{urlsplit(to).path} {title}"))
        link = FeedLink(address=to, title=clean_line(title, defaults.NAME_CHARACTERS) or None)
        before = found.get(to)
        if before is None:
            found[to] = doubt, link
        elif doubt < before[0] or not before[1].title:
            found[to] = min(doubt, before[0]), link if link.title else before[1]
    ranked = sorted(found.values(), key=lambda one: one[0])
    return [replace(link, is_main=doubt == 0) for doubt, link in ranked[: defaults.FEEDS_FOUND]]


def likely_feeds(links: Sequence[FeedLink]) -> list[FeedLink]:
    """The feeds that somebody may mean who names the page: its main ones, else all. Of one feed in several forms (RSS,
    Atom, JSON), which have one title, the first.
    """
    mains = [link for link in links if link.is_main]
    titles = {_FORM.sub("", (link.title or link.address).lower()) for link in mains}
    return mains[:1] if len(titles) == 1 else mains or list(links)


def usual_places(address: str) -> list[str]:
    """The addresses at which sites usually keep their feed, the likeliest first.

    For a part of a site ("/blog") those in it, then those of the site; for a page deeper inside only the site's.
    """
    parts = urlsplit(address)
    root = f"{parts.scheme}://{parts.netloc}/"
    part = parts.path.strip("/")
    is_part = part and "/" not in part and "." not in part
    places = [f"{root}{part}/{name}" for name in _NAMES] if is_part else []
    places += [root + name for name in (*_NAMES, *_ROOT_NAMES)]
    return [place for place in dict.fromkeys(places) if place != address]


def _links(text: str, address: str | None) -> Iterator[tuple[int, str, str, str | None]]:
    """How doubtful it is that a link of the page leads to a feed, the link, its title, and what it is relative to."""
    from lxml import etree

    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8", huge_tree=False)
    page = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if page is None:
        return
    place = address
    for element in page.iter("base", "link", "a"):
        href = element.get("href") or ""
        if element.tag == "base":
            place = address_to_open(href, address) or place
        elif href.strip():
            doubt = _doubt(element, href)
            if doubt is not None:
                yield doubt, href, _title(element), place


def _doubt(element: Any, href: str) -> int | None:
    """0 for a declared feed, 1 for a link that is probably one, None for other links."""
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    relations = (element.get("rel") or "").lower().split()
    looks_so = _looks_like_feed(href)
    if kind in _FEED_TYPES and "stylesheet" not in relations:
        return 0
    if element.tag == "link":
        is_one = "feed" in relations or ("alternate" in relations and kind in _VAGUE_TYPES and looks_so)
        return 0 if is_one else None
    return 1 if looks_so and kind in _VAGUE_TYPES else None


def _looks_like_feed(href: str) -> bool:
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    if _NO_FEED.search(parts.path):
        return False
    return parts.scheme == "feed" or bool(
        _FEED_PATH.search(parts.path)
        or _FEED_QUERY.search(parts.query)
        or (parts.netloc.startswith(("feeds.", "feed.", "rss.")) and len(parts.path) > 1)
    )


def _title(element: Any) -> str:
    return element.get("title") or " ".join("".join(element.itertext()).split())


def _web(match: re.Match[str]) -> str:
    return "http://" if match[0].endswith("//") else ""


def _is_near(one: str, other: str) -> bool:
    """Whether two addresses belong to one site or its relatives: equal in the last two labels of their hosts."""
    return host_of(one).split(".")[-2:] == host_of(other).split(".")[-2:]
