"""A strict reader's look over a feed: is it safe, is it sound, and where do its entries stand?"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from bot.errors import RefusedInput
from bot.wire.listed import context_of, digest_of
from config import defaults

_ENTRY = ("item", "entry")
_ENTRY_DEPTH = 3  # entries stand in the root element or in the channel
_TAG = re.compile(rb"<[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*>")
_ENDING = re.compile(rb"</(?:[\w-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
_CODES = expat.errors.codes
_CUT = {
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS],
    _CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    _CODES[expat.errors.XML_ERROR_PARTIAL_CHAR],
    _CODES[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}
_GROWING = "the feed uses XML entities in a way that is not accepted"
_GROWS = _CODES[expat.errors.XML_ERROR_AMPLIFICATION_LIMIT_BREACH]


Span = tuple[int, int]
"""Where an entry begins and ends among the bytes of its feed, tags included."""


@dataclass(kw_only=True, slots=True)
class Scan:
    """What the look found.

    `line` is where the feed stops being XML, None where it never does. `is_cut` says that it simply ends there;
    `sound` is then what can be used of it. `declared` are its own entities, `unopened` those that stand for files.
    The context is what the reading of every entry depends on besides its own bytes.
    """

    sound: bytes
    spans: list[Span] = field(default_factory=list)
    context: bytes = b""
    line: int | None = None
    is_cut: bool = False
    declared: set[str] = field(default_factory=set)
    unopened: set[str] = field(default_factory=set)
    has_unknown: bool = False

    @property
    def is_regular(self) -> bool:
        """Whether it is XML to its end, or to where it was cut, and names no entity that it does not explain."""
        return (self.line is None or self.is_cut) and not self.unopened and not self.has_unknown

    def digest(self, span: Span) -> str:
        """What recognises the entry that stands there."""
        return digest_of(self.sound[slice(*span)], self.context)


def scan_feed(data: bytes, where: str, address: str | None = None) -> Scan:
    """The look over the feed, which is UTF-8 without a declaration and was read at the address. It opens nothing.

    RefusedInput for entities that grow (F11) and for shapes made to tire a parser (F15).
    """
    scan = Scan(sound=data)
    look = _Look(scan, where, address)
    try:
        look.parser.Parse(data, True)
    except expat.ExpatError as error:
        if error.code == _GROWS:
            raise RefusedInput(where, _GROWING, "F11") from None
        scan.line = error.lineno
        scan.is_cut = error.code in _CUT and not _ENDING.search(data, look.parser.ErrorByteIndex)
        if scan.is_cut:
            scan.sound = look.closed()
    if scan.declared:
        scan.spans.clear()  # tags may stand in entities, and then nobody knows where
    return scan


class _Look:
    """The parser, and where it is in the feed."""

    def __init__(self, scan: Scan, where: str, address: str | None) -> None:
        self.parser = parser = expat.ParserCreate(encoding="utf-8")
        self._scan, self._data, self._where, self._address = scan, scan.sound, where, address
        self._path: list[tuple[str, list[str]]] = []
        self._depth = 0
        self._start = self._start_depth = -1  # where the open entry begins, and how deep it stands
        parser.ordered_attributes = True
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.EntityDeclHandler, parser.SkippedEntityHandler = self._declare, self._skip

    def closed(self) -> bytes:
        """The feed up to where it was cut, without the entry that was open there, its elements closed."""
        if self._start_depth > 0:
            end, depth = self._start, self._start_depth - 1
        else:
            end, depth = self.parser.ErrorByteIndex, self._depth
        names = [name for name, _ in self._path[:depth]]
        closing = "".join(f"</{name}>" for name in reversed(names)) if len(names) == depth else ""
        return self._data[:end] + closing.encode()

    def _open(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if self._depth > defaults.FEED_DEPTH or len(attributes) > 2 * defaults.FEED_ATTRIBUTES:
            raise RefusedInput(self._where, "the feed is too complex to read safely", "F15")
        if self._depth > _ENTRY_DEPTH or self._start_depth > 0:
            return
        if self._depth > 1 and name.rpartition(":")[2].lower() in _ENTRY:
            self._start, self._start_depth = self.parser.CurrentByteIndex, self._depth
            if not self._scan.context:
                self._scan.context = context_of(self._address, self._path[: self._depth - 1])
        else:
            self._path[self._depth - 1 :] = [(name, attributes)]

    def _close(self, _name: str) -> None:
        if self._depth == self._start_depth:
            end = self.parser.CurrentByteIndex
            if end == self._start:  # <item/>, in whose attributes there may be brackets
                tag = _TAG.match(self._data, end)
                end = tag.end() if tag else end
            else:
                end = self._data.find(b">", end) + 1
            self._scan.spans.append((self._start, end))
            self._start_depth = -1
        self._depth -= 1

    def _declare(self, name: str, _parameter: int, value: str | None, *_rest: Any) -> None:
        if value is None:
            self._scan.unopened.add(name)
        elif "&" in value.replace("&#", "") or len(value) > defaults.ENTITY_CHARACTERS:
            raise RefusedInput(self._where, _GROWING, "F11")
        else:
            self._scan.declared.add(name)

    def _skip(self, _name: str, _parameter: int) -> None:
        self._scan.has_unknown = True
