"""The way in: files, folders and patterns to drafts, refusals and noted sources."""

import os
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from datetime import datetime

from bot.errors import RefusedInput
from bot.news.briefing import Refusal
from bot.wire.cage import Cage
from bot.wire.drafts import Provenance, draft_page
from bot.wire.entries import draft_entry, link_of
from bot.wire.jsonlines import read_json_lines
from bot.wire.opml import read_opml
from bot.wire.reading import Reached, Reading
from bot.wire.textfile import read_text_file
from bot.wire.walk import FEED, LINES, OPML, PAGE, TEXT, Found, find_files, open_file, printable
from config import defaults

_MARK_EVERY = 50  # lines between two marks of progress: often enough for a bar, too seldom to cost anything
_SNIFFED = 2_000
_HTML = (b"<!doctype html", b"<html")


def read_paths(paths: Sequence[str], *, now: datetime) -> Generator[Reading, None, None]:
    """Everything the paths hold, in their order: drafts, refusals, noted sources, and marks of progress between them.

    Lazy: files of JSON lines are read line by line, others one at a time. One bad input never stops the rest. Close
    the iterator when it is not read to its end.
    """
    found = list(find_files(paths))
    total = sum(file.bytes for file in found if isinstance(file, Found))
    done = 0
    with Cage() as cage:
        for file in found:
            if isinstance(file, Refusal):
                yield file
                continue
            yield Reached(bytes_done=done, bytes_total=total, where=file.where)
            for reading in _read_file(file, cage, now):
                yield (
                    reading
                    if not isinstance(reading, int)
                    else Reached(bytes_done=done + min(reading, file.bytes), bytes_total=total, where=file.where)
                )
            done += file.bytes
    yield Reached(bytes_done=total, bytes_total=total, where="")


def _read_file(file: Found, cage: Cage, now: datetime) -> Iterator[Reading | int]:
    try:
        if file.path.name.lower().endswith(LINES):
            yield from _read_lines(file, cage, now)
        else:
            yield from _read_whole(file, cage, now)
    except RefusedInput as refused:
        yield Refusal(where=refused.where or file.where, reason=refused.reason)


def _read_lines(file: Found, cage: Cage, now: datetime) -> Iterator[Reading | int]:
    if file.bytes == 0:
        raise RefusedInput(file.where, "the file is empty")
    with os.fdopen(open_file(file), "rb") as opened:
        for count, reading in enumerate(read_json_lines(opened, file.where, cage, now), 1):
            if reading is not None:
                yield reading
            if count % _MARK_EVERY == 0:
                yield opened.tell()


def _read_whole(file: Found, cage: Cage, now: datetime) -> Iterator[Reading]:
    name = file.path.name.lower()
    limit = (
        defaults.TEXT_FILE_BYTES
        if name.endswith(TEXT)
        else defaults.OPML_BYTES
        if name.endswith(OPML)
        else defaults.PAGE_BYTES
    )
    data = _load(file, limit)
    head = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    provenance = Provenance(where=file.where, path=printable(str(file.path)))
    if name.endswith(OPML) or (name.endswith(FEED) and b"<opml" in head):
        listed = read_opml(data, file.where)
        yield from listed.sources
        yield from (Refusal(where=file.where, reason=fault.sentence) for fault in listed.faults)
    elif name.endswith(PAGE) or head.startswith(_HTML):
        yield draft_page(cage.read_page(data, provenance.where), provenance, now)
    elif name.endswith(TEXT):
        yield read_text_file(data, provenance, now)
    else:
        yield from _read_feed(data, file.where, cage, now)


def _load(file: Found, limit: int) -> bytes:
    if file.bytes > limit:
        raise RefusedInput(
            file.where, f"has {file.bytes / 1e6:,.0f} MB; the limit for this kind of file is {limit // 1_000_000} MB"
        )
    with os.fdopen(open_file(file), "rb") as opened:
        data = opened.read(limit + 1)
    if not data:
        raise RefusedInput(file.where, "the file is empty")
    return data[:limit]


def _read_feed(data: bytes, where: str, cage: Cage, now: datetime) -> Iterator[Reading]:
    feed = cage.read_feed(data, where)
    for fault in feed.faults:
        yield Refusal(where=where, reason=fault.sentence)
    ids = Counter(entry.id for entry in feed.entries)
    for number, entry in enumerate(feed.entries, 1):
        # An id counts where there is no link: many feeds change their ids, and some repeat one.
        own_id = entry.id if ids[entry.id] == 1 and not link_of(entry, feed) else None
        spot = f"{where.rpartition('/')[2]}#{number}"
        try:
            yield draft_entry(entry, feed, Provenance(where=f"{where} entry {number}", id=own_id, spot=spot), now)
        except RefusedInput as refused:
            yield Refusal(where=refused.where, reason=refused.reason)
