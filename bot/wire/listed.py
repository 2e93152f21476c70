"""What every kind of feed lists: headlines, summaries, links and dates, whatever the format that carries them."""

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from heapq import nsmallest
from urllib.parse import quote, urljoin, urlsplit

from bot.wire.address import address_to_open
from bot.wire.clean import clean_line
from bot.wire.dates import read_published
from bot.wire.markup import to_plain
from bot.wire.page_days import written_days
from bot.wire.parsed import Fault
from config import defaults

NO_ENTRIES = Fault(sentence="the feed has no entries", code="F06")

_BREAKS = re.compile(r"[\t\r\n]+")
_MARKUP = re.compile(r"</[a-zA-Z][\w:-]{0,40}\s*>|<(?:script|style|iframe|object|embed)\b", re.IGNORECASE)
_NO_LINK = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NO_ZONE = re.compile(r"[+-](?:1[5-9]|[2-9]\d):?\d\d\s*$")  # no clock on earth is 15 hours off
_CLOCK = re.compile(r"\b(\d\d):(\d\d)(?::(\d\d))?(?!\s*[ap]\.?m)\s*(?:GMT|UTC?|Z)?\s*([+-]\d\d:?\d\d)?", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # what lies in the future is for the reader of the claim to say
_DIGEST_BYTES = 12


def read_words(text: object, kind: str | None = None) -> str:
    """The words of a text of that media type; none where it is no text.

    Plain text that plainly holds markup is taken as markup, as it is in most feeds.
    """
    if not isinstance(text, str):
        return ""
    return text if kind == "text/plain" and not _MARKUP.search(text) else to_plain(text)


def read_line(text: object, kind: str | None = None, limit: int = defaults.TITLE_CHARACTERS) -> str | None:
    """The words of a headline or name on one clean line, clipped; None where there are none."""
    return clean_line(read_words(text[: 20 * limit] if isinstance(text, str) else "", kind), limit) or None


def summary_of(words: str) -> str:
    """The words as a summary: clean, on one line, clipped."""
    return clean_line(words, defaults.SUMMARY_CHARACTERS)


def read_link(text: object, place: str | None = None) -> str | None:
    """The address as it was written, made absolute; None where it is none that a reader could open.

    A relative one stays as it is where nobody knows the place that it is relative to.
    """
    if not isinstance(text, str) or len(text) > defaults.ADDRESS_CHARACTERS:
        return None
    address = _BREAKS.sub("", text.strip())
    try:
        address = urljoin(place, address) if place and not _SCHEME.match(address) else address
        parts = urlsplit(address)
    except ValueError:
        return None
    if not parts.scheme and not parts.netloc:
        return _quoted(address) or None
    opened = address_to_open(address)
    return opened if opened is None or "@" in parts.netloc else _quoted(address)


def read_claim(written: object, guess: datetime | None = None) -> str | None:
    """The moment that a feed's date names as ISO 8601 in UTC, or only the day; None where it cannot be told.

    A guess of another reader counts where nothing else does and the text names its day and its year.
    """
    if not isinstance(written, str) or _NO_ZONE.search(written):
        return None
    written = written[: defaults.DATE_CHARACTERS]
    moment, day_only = read_published(written, _LATEST)
    if moment:
        return moment.date().isoformat() if day_only else moment.isoformat()
    found = next(written_days(written), None)
    if found is None or found.other:
        return guess.isoformat() if guess and _is_named(guess, written) else None
    day, clock = found.day.isoformat(), _CLOCK.search(written, found.end)
    return read_claim(f"{day}T{clock[1]}:{clock[2]}:{clock[3] or '00'}{clock[4] or 'Z'}") if clock else day


def read_moment(written: object) -> datetime | None:
    """The moment that a feed's date names, in UTC."""
    return read_published(written, _LATEST)[0] if isinstance(written, str) else None


def newest(count: int, moment_of: Callable[[int], datetime | None]) -> Sequence[int]:
    """Which of so many entries are read, in their order: all, or the newest; undated ones count as old."""
    limit, every = defaults.FEED_ENTRIES, range(count)
    if count <= limit:
        return every
    ages = [-moment.timestamp() if moment else 0.0 for moment in map(moment_of, every)]
    return sorted(nsmallest(limit, every, key=ages.__getitem__))


def too_many(count: int) -> Fault:
    """The fault of a feed of which only the newest entries are read."""
    return Fault(sentence=f"the feed holds {count:,} entries; the newest {defaults.FEED_ENTRIES} were read")


def digest_of(raw: bytes, context: bytes) -> str:
    """What recognises an entry by the bytes it is written in, and by what its reading depends on besides them."""
    return hashlib.blake2b(raw, digest_size=_DIGEST_BYTES, key=context).hexdigest()


def context_of(*parts: object) -> bytes:
    """What the reading of a feed's entries depends on besides their own bytes, as a key for their digests."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).digest()


def _is_named(moment: datetime, written: str) -> bool:
    numbers = set(map(int, _NUMBER.findall(written)))
    days = (moment + timedelta(days=shift) for shift in (-1, 0, 1))  # its zone may have moved it over midnight
    return any(day.day in numbers and numbers & {day.year, day.year % 100} for day in days)


def _quoted(address: str) -> str:
    return _NO_LINK.sub(lambda odd: quote(odd[0]), address)
