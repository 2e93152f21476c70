"""Feeds: RSS, Atom, RDF and JSON Feed. The door to feedparser; runs in the cage."""

import calendar
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

from bot.errors import RefusedInput
from bot.wire.encoding import decode_text
from bot.wire.markup import to_plain
from bot.wire.parsed import Entry, Feed
from config import defaults

_ENDING = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_NO_ZONE = re.compile(r"[+-](?:1[5-9]|[2-9]\d):?\d\d$")  # no clock on earth is 15 hours off
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf|channel|opml|html)\b", re.IGNORECASE)


def read_feed(data: bytes, where: str, address: str | None = None) -> Feed:
    """The feed with its first entries and the sentences about what is wrong with it. RefusedInput where it is no feed.

    A damaged feed keeps the entries before the damage. The address is where the feed was read, for its relative links.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise RefusedInput(where, "the feed is empty")
    declared = _ENCODING.search(data, 0, 1_000)
    text = decode_text(data, where, declared[1].decode("ascii") if declared else None).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return _read_json_feed(text, where)
    root = _ROOT.search(text)
    if not root or root[1].lower() in ("opml", "html"):
        raise RefusedInput(where, "this is not a feed: it has no rss, feed or rdf element")
    data = _DECLARED.sub("", text, count=1).encode("utf-8", "replace")
    faults: list[str] = []
    entries = 0
    for entries, match in enumerate(_ENDING.finditer(data), 1):
        if entries == defaults.FEED_ENTRIES:
            data, rest = data[: match.end()], data[match.end() :]
            entries += len(_ENDING.findall(rest))
            break
    checked = _check(data, where)
    # A feed that was cut short here stops in the middle for no fault of its own.
    if entries > defaults.FEED_ENTRIES:
        faults.append(f"holds {entries:,} entries; the first {defaults.FEED_ENTRIES} were read")
    else:
        faults += checked.faults
    # The parser would show the name of an entity that nobody opened.
    for name in checked.unopened:
        data = data.replace(f"&{name};".encode(), b"")
    return _parse(data, address, faults)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Checked:
    """What a strict reader finds wrong, and the names of entities that stand for other files or addresses."""

    faults: list[str]
    unopened: list[str]


def _check(data: bytes, where: str) -> _Checked:
    """A look at the feed with a strict reader that opens nothing.

    RefusedInput for entities that grow and for shapes made to tire a parser.
    """
    depth = 0
    checked = _Checked(faults=[], unopened=[])

    def start(_name: str, attributes: list[str]) -> None:
        nonlocal depth
        depth += 1
        if depth > defaults.FEED_DEPTH or len(attributes) > 2 * defaults.FEED_ATTRIBUTES:
            raise RefusedInput(where, "the feed is too complex to read safely")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entity(name: str, _parameter: int, value: str | None, *_rest: Any) -> None:
        if value is None:
            checked.unopened.append(name)
        elif "&" in value.replace("&#", "") or len(value) > defaults.ENTITY_CHARACTERS:
            raise RefusedInput(where, "the feed uses XML entities in a way that is not accepted")

    parser = expat.ParserCreate(encoding="utf-8")
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        if error.code == expat.errors.codes[expat.errors.XML_ERROR_AMPLIFICATION_LIMIT_BREACH]:
            raise RefusedInput(where, "the feed uses XML entities in a way that is not accepted") from None
        last_line = data.count(b"\n") + 1
        if error.lineno >= last_line and b"</" not in data[parser.ErrorByteIndex :]:
            checked.faults.append(
                f"the feed stops in the middle (line {error.lineno:,}); the entries before it were read"
            )
    return checked


def _parse(data: bytes, address: str | None, faults: list[str]) -> Feed:
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8"}
    if address:
        headers["content-location"] = address
    # A stream: feedparser takes plain bytes for the name of a file, and would open it.
    # Unsanitised and unresolved, because only words are kept of its markup.
    found = feedparser.parse(
        io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.entries and not faults:
        faults.append("the feed has no entries")
    entries = tuple(_entry(entry) for entry in found.entries[: defaults.FEED_ENTRIES])
    ids = [entry.id for entry in entries if entry.id]
    if len(ids) > 1 and len(set(ids)) == 1:
        faults.append("the feed gives every entry the same id; links were used instead")
    feed = found.feed
    return Feed(
        title=_plain_line(feed.get("title")),
        link=feed.get("link"),
        language=feed.get("language"),
        entries=entries,
        faults=tuple(faults),
    )


def _entry(entry: Any) -> Entry:
    summary = to_plain(entry.get("summary") or "")
    content = "\n".join(to_plain(part.get("value") or "") for part in entry.get("content") or ())
    written = entry.get("published") or entry.get("updated")
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    return Entry(
        id=entry.get("id"),
        title=_plain_line(entry.get("title")),
        link=entry.get("link"),
        text=max(content, summary, key=len),
        summary=summary,
        published=None if _NO_ZONE.search(written or "") else _iso(moment) or written,
        author=_plain_line(entry.get("author")),
        publisher=_plain_line((entry.get("source") or {}).get("title")),
    )


def _iso(moment: Any) -> str | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(moment), UTC).isoformat() if moment else None
    except (ValueError, OverflowError, OSError):
        return None


def _read_json_feed(text: str, where: str) -> Feed:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org)."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise RefusedInput(where, "this is neither XML nor JSON that can be read") from None
    if "jsonfeed.org" not in str(feed.get("version")):
        raise RefusedInput(where, "this JSON is not a JSON Feed: `version` is missing")
    listed = feed.get("items")
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    faults: tuple[str, ...] = ()
    if len(items) > defaults.FEED_ENTRIES:
        faults = (f"holds {len(items):,} entries; the first {defaults.FEED_ENTRIES} were read",)
    return Feed(
        title=_plain_line(feed.get("title")),
        link=_string(feed.get("home_page_url")),
        language=_string(feed.get("language")),
        entries=tuple(map(_json_entry, items[: defaults.FEED_ENTRIES])),
        faults=faults,
    )


def _json_entry(item: dict[str, Any]) -> Entry:
    authors = item.get("authors") or [item.get("author")]
    names = [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    summary = _string(item.get("summary")) or ""
    return Entry(
        id=str(item["id"]) if item.get("id") is not None else None,
        title=_plain_line(item.get("title")),
        link=_string(item.get("url")) or _string(item.get("external_url")),
        text=_string(item.get("content_text")) or to_plain(_string(item.get("content_html")) or "") or summary,
        summary=summary,
        published=_string(item.get("date_published")) or _string(item.get("date_modified")),
        author=", ".join(name for name in names if isinstance(name, str)) or None,
    )


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _plain_line(value: Any) -> str | None:
    text = " ".join(to_plain(value[: 20 * defaults.TITLE_CHARACTERS]).split()) if isinstance(value, str) else ""
    return text or None
