"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
import re
from datetime import datetime
from typing import Any

from bot.errors import RefusedInput
from bot.wire.listed import (
    NO_ENTRIES,
    context_of,
    digest_of,
    newest,
    read_claim,
    read_line,
    read_link,
    read_moment,
    read_words,
    summary_of,
    too_many,
)
from bot.wire.parsed import Entry, Feed
from config import defaults

_WEB = re.compile(r"https?://", re.IGNORECASE)


def read_json_feed(text: str, where: str, address: str | None, known: frozenset[str]) -> Feed:
    """The feed in the text. RefusedInput where it is no JSON, or another kind of it (F09)."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        raise RefusedInput(where, "this is neither XML nor JSON that can be read", "F09") from None
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version")):
        raise RefusedInput(where, "this JSON is not a JSON Feed: `version` is missing", "F09")
    listed = feed.get("items")
    items = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    chosen = [items[n] for n in newest(len(items), lambda n: _moment_of(items[n]))]
    link = read_link(feed.get("home_page_url"), address)
    place = (link or address) if address else None
    context = context_of(place)
    digests = [digest_of(json.dumps(item, sort_keys=True).encode(), context) for item in chosen]
    pairs = zip(chosen, digests, strict=True)
    faults = [too_many(len(items))] if len(items) > len(chosen) else []
    return Feed(
        title=read_line(feed.get("title"), "text/plain"),
        link=link,
        language=_text(feed.get("language")) or None,
        entries=tuple(_entry(item, place, digest) for item, digest in pairs if digest not in known),
        unread=tuple(digest for digest in digests if digest in known),
        skipped=len(items) - len(chosen),
        faults=tuple(faults if items else [NO_ENTRIES]),
    )


def _entry(item: dict[str, Any], address: str | None, digest: str) -> Entry:
    authors = item.get("authors") or [item.get("author")]
    names = [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    summary = read_words(item.get("summary"), "text/plain")
    text = _text(item.get("content_text")) or read_words(item.get("content_html")) or summary
    own_id = item.get("id")
    links = item.get("url"), item.get("external_url"), own_id if _WEB.match(str(own_id)) else None
    return Entry(
        id=read_line(str(own_id), "text/plain", defaults.ADDRESS_CHARACTERS) if own_id is not None else None,
        title=read_line(item.get("title"), "text/plain"),
        link=next(filter(None, (read_link(one, address) for one in links)), None),
        text=text[: defaults.ARTICLE_CHARACTERS + 1],
        summary=summary_of(summary),
        published=read_claim(item.get("date_published")) or read_claim(item.get("date_modified")),
        updated=read_claim(item.get("date_modified")),
        author=read_line(", ".join(n for n in names if isinstance(n, str)), "text/plain", defaults.NAME_CHARACTERS),
        digest=digest,
    )


def _moment_of(item: dict[str, Any]) -> datetime | None:
    return read_moment(item.get("date_published") or item.get("date_modified"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) and value.strip() else ""
