"""Questions as they are typed or piped in: one a line, each with its id and its asker's moment where they are given."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.news.since import read_moment
from bot.news.zones import read_zone
from config import defaults
from handlers.console.as_json import LineId

_OBJECT = re.compile(r'\{\s*"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Whoever asks: in what zone, and what the time is for them."""

    zone: ZoneInfo
    clock: Callable[[], datetime]

    @property
    def now(self) -> datetime:
        """The asker's moment."""
        return self.clock()

    def of(self, line: "AskedLine") -> "Asker":
        """The asker of one line of many, which may bring its own moment and zone."""
        moment = line.now
        return Asker(zone=line.zone or self.zone, clock=self.clock if moment is None else lambda: moment)


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedLine:
    """One question of many. `now` and `zone` are None where the line does not set them."""

    id: LineId
    text: str
    now: datetime | None = None
    zone: ZoneInfo | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BadLine:
    """A line that holds no question, and why."""

    id: LineId
    reason: str


def read_lines(stream: BinaryIO, zone: ZoneInfo) -> Iterator[AskedLine | BadLine]:
    """Each line as a question: plain text, or a JSON object with `question` or `query`, `id`, `now` and `zone`.

    Lines are read as they come, so that answers can follow at once. Every line gives one item. A line that begins with
    an open brace and a quote is taken as JSON; `zone` is the one meant where a line's `now` names none.
    """
    for number, line in enumerate(lines_of(stream, defaults.INPUT_LINE_BYTES), 1):
        if isinstance(line, BadLine):
            yield line
        else:
            yield _read_object(line, number, zone) if _OBJECT.match(line) else AskedLine(id=None, text=line)


def read_topics(stream: BinaryIO) -> Iterator[AskedLine | BadLine]:
    """Each line as a topic: a JSON object with `topic` and `id`. Blank lines give nothing."""
    for number, line in enumerate(lines_of(stream, defaults.INPUT_LINE_BYTES), 1):
        if isinstance(line, BadLine):
            yield line
        elif line:
            yield _read_topic(line, number)


def lines_of(stream: BinaryIO, limit_bytes: int) -> Iterator[str | BadLine]:
    """Each line without the white space around it, as soon as it is there."""
    number = 0
    while raw := stream.readline(limit_bytes + 1):
        number += 1
        if len(raw) > limit_bytes and not raw.endswith(b"\n"):
            _skip_line(stream)
            yield BadLine(id=None, reason=f"Line {number} is longer than {limit_bytes:,} bytes; make it shorter.")
            continue
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as fault:
            yield BadLine(
                id=None, reason=f"Line {number} is not UTF-8 text (byte {fault.start + 1}); convert the file to UTF-8."
            )
            continue
        raw = b""  # a line may hold a whole feed, and is long enough once
        text = text.strip()
        yield text


def _read_topic(line: str, number: int) -> AskedLine | BadLine:
    try:
        fields = object_in(line, number)
    except RequestError as fault:
        return BadLine(id=None, reason=str(fault))
    topic = fields.get("topic")
    if not isinstance(topic, str):
        return BadLine(id=id_in(fields), reason=f"Line {number} has no text as `topic`; say what is to be watched.")
    return AskedLine(id=id_in(fields), text=well_formed(topic))


def object_in(line: str, number: int) -> dict[str, object]:
    """The JSON object in the line. Raises RequestError where there is none."""
    try:
        fields = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as fault:
        raise RequestError(f"Line {number} is not valid JSON: {fault.msg} at character {fault.pos + 1}.") from None
    except (RecursionError, ValueError):
        raise RequestError(f"Line {number} is JSON with a value too deep, too long or not a number.") from None
    if not isinstance(fields, dict):
        raise RequestError(f"Line {number} is no JSON object, which begins with a brace.")
    return fields


def id_in(fields: dict[str, object]) -> LineId:
    """What the line calls itself; None where it does not, or in a way that is no name or number."""
    given = fields.get("id")
    return given if isinstance(given, str | int | float) else None


def well_formed(text: str) -> str:
    """The text with a question mark for every half of a character, which neither files nor the index can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _read_object(line: str, number: int, zone: ZoneInfo) -> AskedLine | BadLine:
    line_id: LineId = None
    try:
        fields = object_in(line, number)
        line_id = id_in(fields)
        text = fields.get("question", fields.get("query"))
        if not isinstance(text, str):
            raise RequestError(f'Line {number} has no "question" or "query" with text in it.')
        own_zone = read_zone(_text(fields, "zone", number)) if fields.get("zone") is not None else None
        now = read_moment(_text(fields, "now", number), own_zone or zone) if fields.get("now") is not None else None
    except RequestError as fault:
        return BadLine(id=line_id, reason=str(fault))
    return AskedLine(id=line_id, text=well_formed(text), now=now, zone=own_zone)


def _refuse_constant(name: str) -> object:
    raise ValueError(name)


def _text(fields: dict[str, object], key: str, number: int) -> str:
    value = fields[key]
    if not isinstance(value, str):
        raise RequestError(f'"{key}" in line {number} is not text in quotes.')
    return value


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(defaults.INPUT_LINE_BYTES)) and not rest.endswith(b"\n"):
        pass
