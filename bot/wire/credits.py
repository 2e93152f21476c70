"""Who published an article, and who wrote it where that is somebody else."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from bot.news.houses import house_of, outlet_at, registered_label, squash, usual_name
from bot.news.text import fold
from bot.wire.address import host_of, is_same_site
from bot.wire.agencies import agency_at_end, agency_in_byline, agency_in_dateline
from bot.wire.carriers import LEADING_ON, Carrier, Kind, carrier_at, is_no_publisher, leads_to
from bot.wire.publishers import publisher_named, publisher_of
from bot.wire.releases import is_release_wire, issuer_of
from bot.wire.reprints import named_in_credit, printed_first_by
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """All that can tell whose an article is.

    `link` is the entry's canonical address and `canonical` the one that its page gives. `source_title` and
    `source_url` are what the entry says it comes from. `text` is the article before debris is taken from it, or only
    its first and last 2,000 characters: copyright lines count. `page_site` is what the page calls its site, and
    `credit_line` where it says that it has the article from.
    """

    link: str | None = None
    feed_title: str | None = None
    feed_link: str | None = None
    source_title: str | None = None
    source_url: str | None = None
    title: str | None = None
    author: str | None = None
    text: str | None = None
    page_site: str | None = None
    canonical: str | None = None
    credit_line: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Credit:
    """Whose an article is.

    `publisher` carries it, under the link that is shown; None where the link leads to a mere discussion of it or tells
    nothing. `origin` wrote it, where that is somebody else. `title` is the headline without the publisher at its end,
    and `link` the address that stood inside an aggregator's; each is None where nothing changes.
    """

    publisher: str | None
    origin: str | None
    title: str | None
    link: str | None


_READ = 2_000  # characters at each end of a text: a dateline, a byline, a closing and the lines around them
_HEAD_LINES = 6  # a dateline may stand below some lines of dek
_BYLINE_LINES = 4
_TAIL_LINES = 8  # a closing may stand above notes on the author and the licence
_BYLINE = re.compile(r"(?:By|BY|Von|Par|Por|Di|Door)\s+\S.{1,150}[^.!?…]")
_ENDING = re.compile(r"(?P<title>.*\S)\s+[-–—|]\s+(?P<name>\S.{0,78}\S)")
_SIGNED = re.compile(r"(?P<title>.*\S)\s+\([^()/]{2,60}/(?P<name>[^()/]{2,60})\)")
_NO_OWNERS = frozenset(
    "s c p in company posts feed rss tag tags channel user watch shorts video videos playlist status groups".split()
)
_SHORTEST_SHARED = 4  # letters; a shorter name that stands in a longer one is chance


def credit(signs: Signs) -> Credit:
    """Whose the article is, going by the signs: by general rules, and lists of the well-known."""
    signs = replace(
        signs,
        feed_title=_clipped(signs.feed_title),
        source_title=_clipped(signs.source_title),
        author=_clipped(signs.author),
        page_site=_clipped(signs.page_site),
        credit_line=_clipped(signs.credit_line),
    )
    link, carrier = _opened(signs)
    publisher, title = _publisher(signs, link, carrier)
    host = host_of(link) if link else ""
    names = _origins(signs, link, carrier, publisher)
    origin = next((name for name in names if not is_no_publisher(name) and not _is_own(name, publisher, host)), None)
    if publisher is None:
        is_discussed = carrier is not None and carrier.kind is Kind.FORUM
        publisher, origin = (None if is_discussed else origin), None
    title = _without_ending(title, [signs.source_title, publisher, signs.page_site])
    return Credit(
        publisher=publisher,
        origin=origin,
        title=title if title != (signs.title or "") else None,
        link=link if link != signs.link else None,
    )


def _clipped(name: str | None) -> str | None:
    return " ".join(name[: defaults.NAME_CHARACTERS].split()) if name else None


def _opened(signs: Signs) -> tuple[str | None, Carrier | None]:
    """Where the link leads as far as can be told without going there, and what carries it."""
    link = leads_to(signs.link) if signs.link else None
    carrier = carrier_at(host_of(link)) if link else None
    if signs.canonical and carrier and carrier.kind in LEADING_ON:
        canonical = leads_to(signs.canonical)
        beyond = carrier_at(host_of(canonical))
        if beyond is None or beyond.kind not in LEADING_ON:
            return canonical, beyond
    return link, carrier


def _publisher(signs: Signs, link: str | None, carrier: Carrier | None) -> tuple[str | None, str]:
    """Who carries the article, and its headline without the publisher that an index adds."""
    title = signs.title or ""
    if link is None:
        return _by_feed(signs) or _by_source(signs) or _clean(signs.page_site, ""), title
    if carrier is None:
        return _by_host(signs, link), title
    match carrier.kind:
        case Kind.PORTAL | Kind.RELEASE:
            return carrier.name, title
        case Kind.PLATFORM:
            return _by_platform(signs, link), title
        case Kind.FORUM:
            return None, title
        case Kind.INDEX:
            ending = _SIGNED.fullmatch(title) or _ENDING.fullmatch(title)
            if source := _by_source(signs):
                return source, ending["title"] if ending and _SIGNED.fullmatch(title) else title
            name = _clean(ending["name"], "") if ending and _looks_like_name(ending["name"]) else None
            return name, ending["title"] if ending and name else title
        case Kind.READER | Kind.PROXY | Kind.COPY:
            return _by_source(signs) or _by_feed(signs) or _clean(signs.page_site, ""), title


def _by_host(signs: Signs, link: str) -> str | None:
    """The publisher at an address of its own: the feed says how it is called, if it is the feed of that site."""
    host = host_of(link)
    if known := outlet_at(host):
        return known
    is_own_feed = _is_feed_of(signs.feed_link, link) if signs.feed_link else not signs.source_title
    name = _clean(signs.feed_title, host)
    if name and (is_own_feed or _is_hosts(name, host)):
        return name
    is_source = _is_one_site(signs.source_url, link) if signs.source_url else not is_own_feed
    named = _clean(signs.source_title, host) if is_source else None
    return named or _clean(signs.page_site, host) or publisher_of(host)


def _by_feed(signs: Signs) -> str | None:
    """What the feed is called, unless it only gathers what others publish."""
    host = host_of(signs.feed_link) if signs.feed_link else ""
    carrier = carrier_at(host)
    if carrier and carrier.kind in (Kind.INDEX, Kind.FORUM):
        return None
    return _clean(signs.feed_title, "" if carrier else host)


def _by_source(signs: Signs) -> str | None:
    """What the entry says it comes from."""
    host = host_of(leads_to(signs.source_url)) if signs.source_url else ""
    if carrier_at(host):
        host = ""
    return _clean(signs.source_title, host) or (publisher_of(host) if host else None)


def _by_platform(signs: Signs, link: str) -> str | None:
    """The publication that a platform hosts: a blog, a channel; None where nothing tells which."""
    host, owner = host_of(link), _owner(link)
    feed_link = signs.feed_link or link
    is_its_feed = is_same_site(feed_link, link)
    if is_its_feed and (not owner or squash(owner) in (squash(_owner(feed_link)), squash(signs.feed_title or ""))):
        name = _clean(signs.feed_title, host, owner)
        if name:
            return name
    named = _by_source(signs) or _clean(signs.page_site, host, owner)
    if named or owner:
        return named or " ".join(word.capitalize() for word in re.split(r"[-_.]+", owner) if word)
    return _clean(signs.author, host) if is_its_feed else None


def _owner(link: str) -> str:
    """Whose part of the platform the address is in: "annlee" for annlee.example.com and example.com/@annlee."""
    labels = host_of(link).split(".")
    if len(labels) > 2 and labels[0] not in ("m", "mobile", "news", "old", "new", "open", "podcasts"):
        return labels[0]
    segments = [segment for segment in urlsplit(link).path.split("/") if segment and segment not in _NO_OWNERS]
    return segments[0].lstrip("@") if len(segments) > 1 or (segments and segments[0].startswith("@")) else ""


def _origins(signs: Signs, link: str | None, carrier: Carrier | None, publisher: str | None) -> Iterator[str]:
    """Who may have written it, the surest first: an agency's own mark comes before the paper that took it over."""
    text = signs.text or ""
    head = [line.strip() for line in text[:_READ].split("\n") if line.strip()][:_HEAD_LINES]
    tail = [line.strip() for line in text[-_READ:].split("\n") if line.strip()][-_TAIL_LINES:]
    is_portal = carrier is not None and carrier.kind is Kind.PORTAL
    named: list[str | None] = []
    if carrier and carrier.kind is Kind.RELEASE:
        named += [issuer_of([*head, *tail]), _by_source(signs), _clean(signs.author, "")]
    for agency in (agency_in_dateline(line) for line in head):
        named.append((issuer_of([*head, *tail]) if agency and is_release_wire(agency) else None) or agency)
    named += [agency_in_byline(signs.author or ""), _byline_in(head)]
    named += [printed_first_by([*head[:_BYLINE_LINES], *tail])]
    named += [named_in_credit(signs.credit_line or "", is_sure=is_portal)]
    named += [_elsewhere(signs.canonical, link), _by_source(signs) if _comes_from_elsewhere(signs, link) else None]
    if is_portal or publisher is None:
        named += [_by_source(signs)]
    named += [agency_at_end(tail)]
    return (name for name in named if name)


def _byline_in(lines: Sequence[str]) -> str | None:
    """The agency in a byline at the top of the text; it may have a line of its own under the author's."""
    for number, line in enumerate(lines[:_BYLINE_LINES]):
        if _BYLINE.fullmatch(line):
            below = lines[number + 1] if number + 1 < len(lines) else ""
            return agency_in_byline(line) or agency_in_byline(below)
    return None


def _elsewhere(canonical: str | None, link: str | None) -> str | None:
    """Who publishes the page that this one says it is a copy of."""
    if not canonical or not link or _is_one_site(canonical, link) or urlsplit(canonical).path in ("", "/"):
        return None
    host = host_of(leads_to(canonical))
    return None if carrier_at(host) else publisher_of(host)


def _comes_from_elsewhere(signs: Signs, link: str | None) -> bool:
    """Whether the entry of a site's own feed says that it comes from another site, or from a well-known outlet."""
    if not signs.source_url:
        return usual_name(signs.source_title or "") is not None
    if not link or carrier_at(host_of(leads_to(signs.source_url))):
        return False
    return not any(_is_one_site(signs.source_url, own) for own in (link, signs.feed_link) if own)


def _is_feed_of(feed_link: str, link: str) -> bool:
    """Whether a feed at this address is the site's own, as far as the addresses tell."""
    carrier = carrier_at(host_of(feed_link))
    return (carrier is not None and carrier.kind is Kind.PROXY) or _is_one_site(leads_to(feed_link), link)


def _is_one_site(one: str, other: str) -> bool:
    if is_same_site(one, other):
        return True
    a, b = publisher_of(host_of(one)), publisher_of(host_of(other))
    return a is not None and b is not None and house_of(a) == house_of(b)


def _is_own(name: str, publisher: str | None, host: str) -> bool:
    """Whether the name is the publisher's own, perhaps a shorter or a longer one."""
    if publisher is None:
        return False
    if house_of(name) == house_of(publisher):
        return True
    if usual_name(name) and usual_name(publisher):
        return False
    shorter, longer = sorted((_words(name), _words(publisher)), key=len)
    if len(shorter) >= _SHORTEST_SHARED and f" {shorter} " in f" {longer} ":
        return True
    return _is_hosts(name, host)


def _is_hosts(name: str, host: str) -> bool:
    """Whether the host is named after this name."""
    label = squash(registered_label(host)) if "." in host else ""
    return label == squash(name) or (len(label) > _SHORTEST_SHARED and label in squash(name))


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name))).removeprefix("the ")


def _clean(name: str | None, host: str, owner: str = "") -> str | None:
    """The publisher in a name that a feed or a page gives; None for what is only a carrier's."""
    named = publisher_named(name, host, owner=owner) if name else None
    return None if named is None or is_no_publisher(named) else named


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return usual_name(text) is not None or (len(words) <= 6 and (words[0][0].isupper() or "." in words[0]))


def _without_ending(title: str, names: Sequence[str | None]) -> str:
    """The headline without one of the names at its end."""
    ending = _ENDING.fullmatch(title)
    whole = [name for name in names if name and title.endswith((f" - {name}", f" | {name}"))]
    if whole:
        return title[: -len(max(whole, key=len)) - 3].rstrip()
    if ending and any(name and house_of(name) == house_of(ending["name"]) for name in names):
        return ending["title"]
    return title
