"""Subscription lists (OPML), read leniently: two thirds of real ones are not well-formed XML."""

import html
import re
from itertools import pairwise
from typing import NoReturn
from xml.parsers import expat

from bot.errors import BadAddress, RefusedInput
from bot.wire.address import canonical_address
from bot.wire.clean import clean_line
from bot.wire.encoding import decode_markup, looks_like
from bot.wire.parsed import Fault
from bot.wire.reading import NotedSource, Subscriptions
from bot.wire.typed import read_typed
from config import defaults

_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_OUTLINE = re.compile(r"<outline\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![\w:.-])([\w:.-]{1,60})\s*=\s*(?:\"([^\"<]{0,4000})\"|'([^'<]{0,4000})')")
_FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)|feed:(?=//)", re.IGNORECASE)
_LONGEST = 20_000  # characters of one outline; real ones stay under 3,000


def read_opml(data: bytes, where: str) -> Subscriptions:
    """The feeds in the list, in order, each address once and as it is written there.

    RefusedInput where it is no such list (O05) or too large a one (O02, O03), or where it names no feed (O01, O04).
    Nothing in the file is expanded or opened: its text is searched for outlines.
    """
    text = _without_comments(_text_of(data, where))
    if "<opml" not in text.lower() and not _OUTLINE.search(text):
        raise RefusedInput(where, "is not an OPML file: it has no outlines", "O05")
    named: dict[str, tuple[int, str]] = {}
    starts = [match.end() for match in _OUTLINE.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        pairs = _ATTRIBUTE.findall(text, start, min(end, start + _LONGEST))
        attributes = {name.lower(): html.unescape(one or other).strip() for name, one, other in pairs}
        if attributes.get("xmlurl"):
            named.setdefault(attributes["xmlurl"], (start, attributes.get("title") or attributes.get("text") or ""))
    if not named:
        _refuse_empty(text, where)
    if len(named) > defaults.OPML_FEEDS:
        reason = f"names {len(named):,} feeds; the limit for one file is {defaults.OPML_FEEDS}. Split it into parts"
        raise RefusedInput(where, reason, "O02")
    return _subscriptions(named, text)


def _subscriptions(named: dict[str, tuple[int, str]], text: str) -> Subscriptions:
    """Those of the addresses that can be opened; for each, it is given where it stands in the text, and its name."""
    found: dict[str, NotedSource] = {}
    faults = []
    for written, (start, name) in named.items():
        try:
            address = _feed_address(written)
        except BadAddress as bad:
            line = text.count("\n", 0, start) + 1
            faults.append(Fault(sentence=f"line {line:,}: {bad}", code=bad.code))
        else:
            name = clean_line(name, defaults.NAME_CHARACTERS) or address
            found.setdefault(address, NotedSource(name=name, address=address))
    return Subscriptions(sources=tuple(found.values()), faults=tuple(faults))


def _text_of(data: bytes, where: str) -> str:
    if len(data) > defaults.OPML_BYTES:
        size = f"{len(data) / 1e6:,.1f} MB"
        limit = f"{defaults.OPML_BYTES // 1_000_000} MB"
        raise RefusedInput(where, f"has {size}; the limit for one file is {limit}. Split it into parts", "O03")
    kind = looks_like(data)
    if kind:
        raise RefusedInput(where, f"is not an OPML file: it looks like {kind}", "O05")
    declared = _ENCODING.search(data, 0, 1_000)
    text = decode_markup(data, declared[1].decode("ascii") if declared else None)
    # Addresses are the same in every encoding; only letters of names are lost.
    return text if text is not None else data.decode("utf-8", "ignore")


def _feed_address(written: str) -> str:
    # An address is kept as written: the order of a feed's parameters can matter to its site.
    address = _FEED_SCHEME.sub("", written, count=1)
    address = "http:" + address if address.startswith("//") else address
    return address if canonical_address(address) and " " not in address else read_typed(address).address


def _refuse_empty(text: str, where: str) -> NoReturn:
    def stop(*_: object) -> None:
        raise RefusedInput(where, "uses XML entities in a way that is not accepted", "O04")

    parser = expat.ParserCreate(encoding="utf-8")
    parser.EntityDeclHandler = stop
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        told = expat.ErrorString(error.code)
        reason = f"no feeds could be read from the file; line {error.lineno:,}: {told}"
        raise RefusedInput(where, reason, "O04") from None
    raise RefusedInput(where, "there are no feeds in the file", "O01")


def _without_comments(text: str) -> str:
    """The text without what is commented out, its lines where they were."""
    kept, start = [], 0
    while (opens := text.find("<!--", start)) >= 0 and (closes := text.find("-->", opens + 4)) >= 0:
        kept += [text[start:opens], "\n" * text.count("\n", opens, closes)]
        start = closes + 3
    return "".join([*kept, text[start:]])
