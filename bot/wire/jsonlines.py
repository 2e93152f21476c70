"""JSON lines, packed or not, to drafts: one article a line, read one after the other however large the file is."""

import gzip
import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from bot.errors import RefusedInput
from bot.news.article import Draft
from bot.news.briefing import Refusal
from bot.wire.cage import Cage
from bot.wire.clean import clean_line, find_lone_surrogate
from bot.wire.dates import Claim, read_published
from bot.wire.drafts import Provenance, lay_out_checked, make_draft
from bot.wire.encoding import decode_text, looks_like
from bot.wire.markup import is_marked_up, unescape
from config import defaults

_TEXT = ("text", "body", "content")
_PUBLISHER = ("source", "publisher")
_PUBLISHED = ("published", "published_at", "publishedAt", "date")
_ID = ("doc", "id")
_KINDS = {
    dict: "an object",
    list: "a list",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "nothing",
}


def read_json_lines(file: IO[bytes], where: str, cage: Cage, now: datetime) -> Iterator[Draft | Refusal | None]:
    """A draft or a refusal for each line, and None for each that is blank, so that the caller can count.

    `where` names the file; refusals say the line, and beyond a limit they are only counted. What cannot end well is
    given up: a file that is something else, a packed file that is damaged, a line without end.
    """
    number = barren = refused = 0
    try:
        for number, line in enumerate(_split_lines(_open_lines(file, where)), 1):
            place = f"{where} line {number:,}"
            reading = _read_line(line, Provenance(where=place, spot=f"{where.rpartition('/')[2]}#{number}"), cage, now)
            refused += isinstance(reading, Refusal)
            is_unlisted = isinstance(reading, Refusal) and refused > defaults.REFUSALS_LISTED
            yield None if is_unlisted else reading
            barren = 0 if isinstance(reading, Draft) else barren + 1
            if barren == defaults.BARREN_LINES:
                raise RefusedInput(
                    where, f"{barren:,} lines up to line {number:,} hold no article; the rest was not read"
                )
    except RefusedInput as fault:
        yield Refusal(where=where, reason=fault.reason)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        reason = f"the packed file is damaged after line {number:,}; what stands before was read"
        yield Refusal(where=where, reason=reason)
    if refused > defaults.REFUSALS_LISTED:
        unlisted = refused - defaults.REFUSALS_LISTED
        yield Refusal(where=where, reason=f"{unlisted:,} more lines were refused for reasons like these")


def _open_lines(file: IO[bytes], where: str) -> IO[bytes] | gzip.GzipFile:
    head = file.read(4_096)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    kind = looks_like(head)
    if kind or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        kind = kind or "UTF-16"
        raise RefusedInput(where, f"looks like {kind}, not JSON lines in UTF-8")
    return file


def _split_lines(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes | None]:
    """The lines; None for one that is too long, of which no more than a piece is ever held."""
    while line := file.readline(defaults.LINE_BYTES + 1):
        if len(line) <= defaults.LINE_BYTES:
            yield line
            continue
        skipped = len(line)
        while not line.endswith(b"\n") and (line := file.readline(defaults.LINE_BYTES)):
            skipped += len(line)
            if skipped > defaults.LINE_SKIP_BYTES:
                limit = defaults.LINE_SKIP_BYTES // 1_000_000
                raise RefusedInput(
                    "", f"has a line that does not end within {limit} MB; the rest of the file was not read"
                )
        yield None


def _read_line(line: bytes | None, provenance: Provenance, cage: Cage, now: datetime) -> Draft | Refusal | None:
    try:
        if line is None:
            raise RefusedInput(
                provenance.where, f"is longer than {defaults.LINE_BYTES // 1_000_000} MB, the most for one line"
            )
        if not line.strip():
            return None
        return _make(_load(line, provenance.where), provenance, cage, now)
    except RefusedInput as refused:
        return Refusal(where=refused.where, reason=refused.reason)


def _load(line: bytes, where: str) -> dict[str, Any]:
    if b"\x00" in line:
        raise RefusedInput(where, "holds NUL bytes, so it is not JSON")
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decode_text(line, where)
    try:
        row = json.loads(text)
    except json.JSONDecodeError as error:
        raise RefusedInput(
            where, f"is not valid JSON ({error.msg.removesuffix(' at')}, character {error.pos + 1:,})"
        ) from None
    except (RecursionError, ValueError):
        raise RefusedInput(where, "is JSON that is nested too deeply or holds a number that is too long") from None
    if not isinstance(row, dict):
        raise RefusedInput(where, f"is {_KINDS.get(type(row), 'text')}, not an object with `title` and `text`")
    return row


def _make(row: dict[str, Any], provenance: Provenance, cage: Cage, now: datetime) -> Draft:
    where = provenance.where
    text = _string(row, _TEXT, where)
    if text is None:
        raise RefusedInput(where, "has no text: give it as `text`, `body` or `content`")
    title = clean_line(unescape(_string(row, ("title",), where) or "")) or None
    given = Provenance(
        where=where,
        id=clean_line(_identifier(row, where) or "", defaults.NAME_CHARACTERS) or None,
        spot=provenance.spot,
    )
    text = cage.to_plain(text, where) if is_marked_up(text) else unescape(text)
    if title and not any(map(str.isalnum, text)):
        text = title  # a flash: its headline is all there is
    text = _with_dateline(text, unescape(_string(row, ("dateline",), where) or ""))
    laid = lay_out_checked(text, given, title=title, now=now, head=title is None)
    laid.url = _string(row, ("url",), where)
    laid.publisher = _publisher(row, where) or laid.publisher
    laid.author = _author(row, where) or laid.author
    laid.language = _string(row, ("language",), where)
    moment, day_only = read_published(_claim(row), now)
    if moment:
        laid.published, laid.published_day_only = moment, day_only
    return make_draft(laid, given)


def _with_dateline(text: str, dateline: str) -> str:
    """The text behind its dateline, as papers print it: "TOKYO, March 3 - Japan said"."""
    place = dateline.rstrip("-–— ")
    if not place.strip() or text.lstrip().startswith(place):
        return text
    return f"{place} - {text.lstrip()}"


def _string(row: dict[str, Any], names: tuple[str, ...], where: str) -> str | None:
    """The first of the fields that holds text; None where none does."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str):
            broken = find_lone_surrogate(value)
            if broken:
                raise RefusedInput(
                    where, f"`{name}` holds half a character ({broken}); write the other half, or leave it out"
                )
            if value.strip():
                return value
        elif value is not None:
            raise RefusedInput(where, f"`{name}` is {_KINDS.get(type(value), 'something else')}, not text")
    return None


def _identifier(row: dict[str, Any], where: str) -> str | None:
    numbers = {name: str(row[name]) for name in _ID if type(row.get(name)) is int}
    return _string({**row, **numbers}, _ID, where)


def _publisher(row: dict[str, Any], where: str) -> str | None:
    # News interfaces often give the source as an object with a name.
    named = {name: row[name].get("name") for name in _PUBLISHER if isinstance(row.get(name), dict)}
    return _string({**row, **named}, _PUBLISHER, where)


def _author(row: dict[str, Any], where: str) -> str | None:
    author = row.get("author")
    if isinstance(author, list) and all(isinstance(name, str) for name in author):
        author = ", ".join(author)
    return _string({"author": author}, ("author",), where)


def _claim(row: dict[str, Any]) -> Claim:
    for name in _PUBLISHED:
        value = row.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            return value
    return None
