"""Pages, feeds and subscription lists that a program or a person wants read: lines in, JSON lines and a sheet out."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from rich.text import Text

from bot.errors import RefusedInput, RequestError
from bot.news.saying.counting import counted
from bot.news.text import clip
from bot.wire.address import address_to_open
from bot.wire.dates import read_published
from bot.wire.parsed import Entry, Fault, Feed, Page
from bot.wire.reading import Subscriptions
from config import defaults
from handlers.console.as_json import LineId
from handlers.console.asking import BadLine, id_in, lines_of, object_in
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, DIM, GLUE, MARK, Sheet

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One document of many: its bytes, and what is known of where they came from."""

    id: LineId
    data: bytes
    url: str | None = None
    charset: str | None = None


def read_documents(stream: BinaryIO, key: str) -> Iterator[Document | BadLine]:
    """Each line as a document: a JSON object with its text under the key, or its bytes in base64 under key_b64.

    `id`, `url` and the site's `headers` may stand beside it. Lines are read as they come; every line gives one item.
    """
    for number, line in enumerate(lines_of(stream, defaults.DOCUMENT_LINE_BYTES), 1):
        yield line if isinstance(line, BadLine) else _read(line, number, key)


def _read(line: str, number: int, key: str) -> Document | BadLine:
    line_id: LineId = None
    try:
        fields = object_in(line, number)
        line_id = id_in(fields)
        data = _bytes_in(fields, number, key)
    except RequestError as fault:
        return BadLine(id=line_id, reason=str(fault))
    headers = fields.get("headers")
    said = {str(name).lower(): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {}
    url = fields.get("url") or said.get("content-location")
    charset = _CHARSET.search(said.get("content-type", ""))
    return Document(
        id=line_id,
        data=data,
        url=url if isinstance(url, str) and address_to_open(url) else None,
        charset=charset[1] if charset else None,
    )


def _bytes_in(fields: dict[str, object], number: int, key: str) -> bytes:
    text, packed = fields.get(key), fields.get(f"{key}_b64")
    if isinstance(text, str):
        return text.encode("utf-8", "replace")
    if isinstance(packed, str):
        try:
            return base64.b64decode("".join(packed.split()), validate=True)
        except (binascii.Error, ValueError):
            raise RequestError(f'"{key}_b64" in line {number} is not base64.') from None
    raise RequestError(f'Line {number} has no "{key}" or "{key}_b64" with text in it.')


def page_fields(page: Page, now: datetime) -> dict[str, object]:
    """The page as programs were promised it. `published` keeps the page's own offset, so that its day stays the day."""
    return {
        "title": page.title,
        "text": page.text,
        "published": _as_claimed(page.published, now),
        "author": page.author,
        "url": page.url,
        "faults": [told(fault) for fault in _faults_of(page)],
    }


def feed_fields(feed: Feed, now: datetime) -> dict[str, object]:
    """The feed as programs were promised it."""
    return {
        "title": feed.title,
        "link": feed.link,
        "entries": [_entry_fields(entry, now) for entry in feed.entries],
        "faults": [told(fault) for fault in feed.faults],
    }


def list_fields(listed: Subscriptions, _now: datetime) -> dict[str, object]:
    """The subscription list as programs were promised it."""
    addresses = [source.address for source in listed.sources]
    return {"feeds": addresses, "faults": [told(fault) for fault in listed.faults]}


def refused_fields(kind: str, reason: str) -> dict[str, object]:
    """What stands in place of a document of that kind that cannot be read."""
    empty: dict[str, dict[str, object]] = {
        "html": {"title": None, "text": "", "published": None, "author": None, "url": None},
        "xml": {"title": None, "link": None, "entries": []},
        "opml": {"feeds": []},
    }
    return {**empty[kind], "faults": [reason]}


def as_line(fields: dict[str, object]) -> str:
    """The fields as one line of JSON; any text survives any encoding."""
    return json.dumps(fields, ensure_ascii=True, allow_nan=False)


def told(fault: Fault | RefusedInput) -> str:
    """The sentence of the fault, with its code where it has one."""
    sentence = fault.sentence if isinstance(fault, Fault) else fault.reason
    return f"{sentence} ({fault.code})" if fault.code else sentence


def show_feed(sheet: Sheet, feed: Feed, now: datetime) -> None:
    """The feed's name and site, then what it lists and what is wrong with it."""
    sheet.write(Text(plain(feed.title or "") or "(no title)", BOLD))
    sheet.write_link(feed.link, indent=0)
    width = len(str(len(feed.entries))) + 2
    for number, entry in enumerate(feed.entries, 1):
        sheet.print(Text())
        sheet.write(Text(plain(entry.title or "") or "(no title)", BOLD), lead=Text(f"{number}.".ljust(width), MARK))
        sheet.write(_by_whom_and_when(sheet, entry.author, entry.published, now), indent=width)
        sheet.write_link(entry.link, indent=width)
        if entry.summary:
            sheet.write(Text(clip(plain(entry.summary), defaults.SHOWN_PASSAGE)), indent=width)
    _show_faults(sheet, feed.faults)


def show_page(sheet: Sheet, page: Page, now: datetime) -> None:
    """The article's headline, author, date and address, then its text."""
    sheet.write(Text(plain(page.title or "") or "(no title)", BOLD))
    sheet.write(_by_whom_and_when(sheet, page.author, page.published, now))
    sheet.write_link(page.url, indent=0)
    for paragraph in filter(None, map(plain, page.text.split("\n"))):
        sheet.print(Text())
        sheet.write(Text(paragraph))
    _show_faults(sheet, _faults_of(page))


def show_list(sheet: Sheet, listed: Subscriptions, _now: datetime) -> None:
    """The feeds of the list, each with its address, and what is wrong with it."""
    sheet.write(Text(counted(len(listed.sources), "feed"), BOLD))
    for source in listed.sources:
        sheet.write(Text(plain(source.name)), lead=Text("  "))
        sheet.write_link(source.address, indent=4)
    _show_faults(sheet, listed.faults)


def _faults_of(page: Page) -> list[Fault]:
    return [Fault(sentence=f"this is not the whole article: {page.barrier}")] if page.barrier else []


def _by_whom_and_when(sheet: Sheet, author: str | None, published: str | None, now: datetime) -> Text:
    moment, day_only = read_published(published, now)
    by = f"{plain(author)}{GLUE}· " if author else ""
    return Text(f"{by}{sheet.date(moment, day_only=day_only)}", DIM)


def _show_faults(sheet: Sheet, faults: Sequence[Fault]) -> None:
    if faults:
        sheet.heading("Faults")
    for fault in faults:
        sheet.write(Text(plain(told(fault))), lead=Text("  "))


def _entry_fields(entry: Entry, now: datetime) -> dict[str, object]:
    moment, _ = read_published(entry.published, now)
    return {
        "id": entry.id,
        "title": entry.title,
        "link": entry.link,
        "published": moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None,
        "summary": entry.summary,
    }


def _as_claimed(claim: str | None, now: datetime) -> str | None:
    moment, day_only = read_published(claim, now)
    if moment is None or claim is None:
        return None
    try:
        own = datetime.fromisoformat(claim.strip())
    except ValueError:
        own = moment
    return own.date().isoformat() if day_only else own.isoformat()
