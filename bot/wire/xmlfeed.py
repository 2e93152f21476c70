"""RSS, Atom, RDF and CDF. The door to feedparser; runs in the cage."""

import calendar
import io
import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.wire.listed import (
    NO_ENTRIES,
    newest,
    read_claim,
    read_line,
    read_link,
    read_moment,
    read_words,
    summary_of,
    too_many,
)
from bot.wire.mend import bind, mend
from bot.wire.parsed import Entry, Fault, Feed
from bot.wire.scan import Scan, Span, scan_feed
from config import defaults

_SPAN = re.compile(rb"<((?:[\w-]+:)?(?:item|entry))\b(?:[^>]*/>|.*?</\1\s*>)", re.DOTALL | re.IGNORECASE)
_DATE = re.compile(
    rb"<(?:\w+:)?(?:pubDate|date|published|issued|updated|modified|created)\b[^>]{0,200}>(?:<!\[CDATA\[)?\s*([^<>\]]{6,60})",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"[^\s@]+@[^\s@]+\s+\((.+)\)|(.+?)\s*[(<](?:mailto:)?[^\s@]+@[^\s@]+[)>]"
)  # an author's, with a name
# Minutes. "hourly" is left out: WordPress writes it into every feed, whatever its site wishes.
_PERIODS = {"daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


def read_xml_feed(text: str, where: str, address: str | None, known: frozenset[str]) -> Feed:
    """The feed in the text, which has no XML declaration. RefusedInput where it is not safe to read."""
    scan = _look(text, where, address)
    faults = []
    if scan.is_cut:
        told = f"the feed stops in the middle (line {scan.line:,}); the entries before it were read"
        faults.append(Fault(sentence=told, code="F10"))
    spans = scan.spans if scan.is_regular else _loose_spans(scan.sound)
    listed = [spans[n] for n in newest(len(spans), lambda n: _moment_in(scan.sound, spans[n]))]
    if len(spans) > len(listed):
        faults.append(too_many(len(spans)))
    digests = {span: scan.digest(span) for span in listed} if scan.is_regular else {}
    unread = [digest for digest in digests.values() if digest in known]
    fresh = {span: digest for span, digest in digests.items() if digest not in known}
    found, entries = _read(_only(scan.sound, spans, fresh if unread else listed), address, list(fresh.values()))
    if unread and len(entries) != len(fresh):  # entries within entries: nobody knows which is which
        unread = []
        found, entries = _read(_only(scan.sound, spans, listed), address, list(digests.values()))
    if not entries and not unread and not faults:
        faults.append(
            Fault(sentence=f"the feed is damaged (line {scan.line:,}), and no entry could be read", code="F10")
            if scan.line
            else NO_ENTRIES
        )
    ids = [entry.id for entry in entries if entry.id]
    if len(ids) > 1 and len(set(ids)) == 1:
        faults.append(Fault(sentence="the feed gives every entry the same id; links were used instead", code="F17"))
    feed = found.feed
    return Feed(
        title=read_line(feed.get("title"), _kind(feed, "title")),
        link=_link(feed, address),
        language=feed.get("language"),
        every=_every(feed),
        entries=entries,
        unread=tuple(unread),
        skipped=len(spans) - len(listed),
        faults=tuple(faults),
    )


def _look(text: str, where: str, address: str | None) -> Scan:
    text = bind(text)
    scan = scan_feed(text.encode("utf-8", "replace"), where, address)
    if scan.line is None and scan.is_regular:
        return scan
    mended = mend(text, declared=scan.declared, unopened=scan.unopened)
    return scan if mended == text else scan_feed(mended.encode("utf-8", "replace"), where, address)


def _loose_spans(data: bytes) -> list[Span]:
    """Where entries stand in a feed that is no XML; none where there are few enough to read them all."""
    spans = [match.span() for match in _SPAN.finditer(data)]
    return spans if len(spans) > defaults.FEED_ENTRIES else []


def _moment_in(data: bytes, span: Span) -> datetime | None:
    found = _DATE.search(data, *span)
    return read_moment(found[1].decode("utf-8", "replace")) if found else None


def _only(data: bytes, spans: Sequence[Span], wanted: Collection[Span]) -> bytes:
    """The feed without the entries that are not wanted."""
    if len(wanted) == len(spans):
        return data
    kept, pieces, end = set(wanted), [], 0
    for span in spans:
        if span not in kept:
            pieces.append(data[end : span[0]])
            end = span[1]
    return b"".join([*pieces, data[end:]])


def _read(data: bytes, address: str | None, digests: Sequence[str]) -> tuple[Any, tuple[Entry, ...]]:
    """What feedparser finds, and its entries with their digests where it finds as many."""
    import feedparser

    # A stream: feedparser takes plain bytes for the name of a file, and would open it.
    # Unsanitised and unresolved, because only words are kept of its markup.
    found = feedparser.parse(
        io.BytesIO(data),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    listed = found.entries[: defaults.FEED_ENTRIES]
    place = (read_link(found.feed.get("link"), address) or address) if address else None
    known_by = digests if len(digests) == len(listed) else [None] * len(listed)
    return found, tuple(_entry(entry, place, digest) for entry, digest in zip(listed, known_by, strict=True))


def _entry(entry: Any, address: str | None, digest: str | None) -> Entry:
    summary = read_words(entry.get("summary") or entry.get("subtitle"), _kind(entry, "summary"))
    content = "\n".join(read_words(part.get("value"), part.get("type")) for part in entry.get("content") or ())
    claims = [_claim(entry, key) for key in ("published", "created", "updated")]
    source = entry.get("source") or {}
    return Entry(
        id=read_line(entry.get("id"), "text/plain", defaults.ADDRESS_CHARACTERS),
        title=read_line(entry.get("title") or entry.get("itunes_title"), _kind(entry, "title")),
        link=_link(entry, address),
        text=max(content, summary, key=len)[: defaults.ARTICLE_CHARACTERS + 1],
        summary=summary_of(summary),
        published=next(filter(None, claims), None),
        updated=claims[-1],
        author=_author(entry),
        publisher=read_line(source.get("title"), _kind(source, "title"), defaults.NAME_CHARACTERS),
        source_url=_link(source, address) or read_link(source.get("href"), address),
        digest=digest,
    )


def _kind(of: Any, key: str) -> str | None:
    """The media type that a text was given, or taken for."""
    kind: str | None = (of.get(f"{key}_detail") or {}).get("type")
    return kind


def _link(of: Any, address: str | None) -> str | None:
    """The link of a feed, entry or source; an id serves as one where it is an address by itself."""
    others = (one.get("href") for one in of.get("links") or () if one.get("rel") == "alternate")
    link, own_id = of.get("link") or next(filter(None, others), None), of.get("id")
    if (link == own_id and of.get("guidislink")) or (not link and "link" in of):
        return read_link(own_id) if own_id and own_id.startswith(("http:", "https:")) else None
    return read_link(link, address)


def _claim(entry: Any, key: str) -> str | None:
    written, parsed = dict.get(entry, key), dict.get(entry, f"{key}_parsed")
    try:
        guess = datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):
        guess = None
    return read_claim(written, guess) or written or None


def _author(entry: Any) -> str | None:
    people = entry.get("authors") or ()
    names = dict.fromkeys(person["name"] for person in people if person.get("name"))
    written = ", ".join(names) if len(people) > 1 else entry.get("author") or ""
    mail = _MAIL.fullmatch(written[: defaults.NAME_CHARACTERS].strip())
    return read_line(mail[1] or mail[2] if mail else written, "text/plain", defaults.NAME_CHARACTERS)


def _every(feed: Any) -> int | None:
    """Minutes between two readings that the feed asks for: RSS's ttl, or the syndication module's period."""
    minutes = _number(feed.get("ttl"))
    if not minutes:
        period = _PERIODS.get(str(feed.get("sy_updateperiod")).strip().lower(), 0)
        minutes = period // (_number(feed.get("sy_updatefrequency")) or 1)
    return min(minutes, 60 * defaults.POLL_LONGEST_HOURS) or None


def _number(text: Any) -> int:
    return int(text) if isinstance(text, str) and re.fullmatch(r"\s*\d{1,9}\s*", text) else 0
