"""Subscription lists (OPML), read leniently: two thirds of real ones are not well-formed XML."""

import html
import re
from itertools import pairwise
from xml.parsers import expat

from bot.errors import RefusedInput
from bot.wire.address import canonical_address
from bot.wire.clean import clean_line
from bot.wire.encoding import decode_text
from bot.wire.reading import NotedSource
from config import defaults

_OUTLINE = re.compile(r"<outline\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]{1,60})\s*=\s*(?:\"([^\"<]{0,4000})\"|'([^'<]{0,4000})')")
_LONGEST = 20_000  # characters of one outline; real ones stay under 3,000


def read_opml(data: bytes, where: str) -> list[NotedSource]:
    """The feeds in the list, in order, each address once. RefusedInput where it is no such list, or too large a one.

    Nothing in the file is expanded or opened: its text is searched for outlines.
    """
    text = decode_text(data, where)
    if "<opml" not in text.lower() and not _OUTLINE.search(text):
        raise RefusedInput(where, "is not an OPML file: it has no outlines")
    starts = [match.end() for match in _OUTLINE.finditer(text)]
    found: dict[str, NotedSource] = {}
    for start, end in pairwise([*starts, len(text)]):
        pairs = _ATTRIBUTE.findall(text, start, min(end, start + _LONGEST))
        attributes = {name.lower(): html.unescape(one or other) for name, one, other in pairs}
        address = _feed_address(attributes.get("xmlurl", ""))
        if address and address not in found:
            name = clean_line(attributes.get("title") or attributes.get("text") or "", defaults.NAME_CHARACTERS)
            found[address] = NotedSource(name=name or address, address=address)
    if not found:
        raise RefusedInput(where, _why_empty(text))
    if len(found) > defaults.OPML_FEEDS:
        raise RefusedInput(
            where, f"names {len(found):,} feeds; the limit for one file is {defaults.OPML_FEEDS}. Split it into parts"
        )
    return list(found.values())


def _feed_address(text: str) -> str | None:
    # An address is kept as written: the order of a feed's parameters can matter to its site.
    text = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", text.strip())
    text = "http:" + text if text.startswith("//") else text
    return text if canonical_address(text) and " " not in text else None


def _why_empty(text: str) -> str:
    try:
        expat.ParserCreate().Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return f"no feeds could be read from the file; line {error.lineno}: {expat.ErrorString(error.code)}"
    return "there are no feeds in the file"
