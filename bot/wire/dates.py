"""When a source says that an article was published. The door to dateutil."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_ISO_DAY = re.compile(r"\d{4}-?\d\d-?\d\d")
_MIDNIGHT = re.compile(r"\d{4}-\d\d-\d\d[T ]00:00(?::00(?:\.0+)?)?")
_CLOCK = re.compile(r"\d{1,2}:\d{2}|\d\s*[ap]m\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SLASHED = re.compile(r"\b(\d{1,2})([/.])(\d{1,2})[/.](\d{4})\b")
_DOTTED_CLOCK = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{2})(?![\d.])")
_EAST_ASIAN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*(?=[+-]\d)")  # dateutil reads "UTC+2" the other way round, as POSIX does
_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2}, ?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)"
)
_LABEL = re.compile(
    r"^(?:(?:first |last |originally )?(?:published|posted|updated|modified|created|date)(?: (?:on|at))?|on)\b[:\s]*",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\bat\b|\bUhr\b|[|•·—–]|(?<=\d)(?:st|nd|rd|th)\b|\(|\)|(?<=[ap])\.(?=m)|(?<=[ap]m)\.", re.IGNORECASE
)
_SHAPE = re.compile(r"[\w\s,:./+'-]{6,60}")
_FIRST_YEAR = 1900  # a calendar's zero (1899-12-30, 1900-01-01, 1970-01-01) stands for "unknown"
_ZEROS = {date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1)}
_SMALLEST_SECONDS = 100_000_000  # 1973: smaller numbers are counters, not moments
_LARGEST_SECONDS = 100_000_000_000  # larger numbers count milliseconds
# Only names that mean one zone; CST, IST and the like mean several, and the time is then taken as UTC.
_ZONES = {
    "ET": "America/New_York", "EST": "America/New_York", "EDT": "America/New_York",
    "CT": "America/Chicago", "CDT": "America/Chicago",
    "MT": "America/Denver", "MDT": "America/Denver",
    "PT": "America/Los_Angeles", "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles",
    "BST": "Europe/London", "CET": "Europe/Paris", "CEST": "Europe/Paris",
    "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki",
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "HKT": "Asia/Hong_Kong", "SGT": "Asia/Singapore",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "EASTERN": "America/New_York",
}  # fmt: skip

Claim = str | int | float | None


def read_published(claim: Claim, now: datetime) -> tuple[datetime | None, bool]:
    """The moment claimed, aware UTC, and whether only the day was given (the time is then midnight).

    Understood: ISO 8601, mail dates, English dates in words, and numbers as Unix seconds or milliseconds. A time
    without a zone is taken as UTC. None for what cannot be read, for days that two countries read differently
    (04/05/2025), for a calendar's zero, and for more than a day after now.
    """
    if isinstance(claim, str):
        moment, day_only = _read_words(" ".join(claim.split()))
    else:
        moment, day_only = _read_number(claim), False
    if moment is None:
        return None, False
    try:
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (OverflowError, ValueError):  # the first and the last day of the calendar
        return None, False
    if moment.year < _FIRST_YEAR or moment.date() in _ZEROS or moment > now + timedelta(days=1):
        return None, False
    return moment.replace(microsecond=0), day_only


def read_date_line(line: str, now: datetime) -> tuple[datetime | None, bool]:
    """The same for a line of a page, which has to be a date and nothing else, perhaps with "Published" in front."""
    line = _LABEL.sub("", line.strip(), count=1)
    if not 6 <= len(line) <= 60 or not _YEAR.search(line) or not _SHAPE.fullmatch(_NOISE.sub(" ", line)):
        return None, False
    return read_published(line, now)


def _read_number(claim: int | float | None) -> datetime | None:
    if claim is None or not claim >= _SMALLEST_SECONDS:
        return None
    try:
        return datetime.fromtimestamp(claim / 1000 if claim > _LARGEST_SECONDS else claim, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _read_words(text: str) -> tuple[datetime | None, bool]:
    if not 6 <= len(text) <= 80:
        return None, False
    try:
        return datetime.fromisoformat(text), bool(_ISO_DAY.fullmatch(text) or _MIDNIGHT.fullmatch(text))
    except ValueError:
        pass
    if text.isdigit():
        return (_read_number(int(text)), False) if len(text) in (10, 13) else (None, False)
    if _MAIL.fullmatch(text):
        try:
            return parsedate_to_datetime(text), False
        except (ValueError, OverflowError):
            return None, False
    return _read_loose(text)


def _read_loose(text: str) -> tuple[datetime | None, bool]:
    from dateutil import parser

    text = _NOISE.sub(" ", _EAST_ASIAN.sub(r"\1-\2-\3 ", _LABEL.sub("", text, count=1)))
    slashed = _SLASHED.search(text)
    day_first = False
    if slashed:
        first, second = int(slashed[1]), int(slashed[3])
        if slashed[2] == "/" and first <= 12 and second <= 12 and first != second:
            return None, False
        day_first = first > 12 or slashed[2] == "."
    text = _OFFSET.sub("", text)
    text = _DOTTED_CLOCK.sub(r"\1:\2", text)
    if not _YEAR.search(text):
        return None, False
    try:
        # Two defaults: where they lead to different days, the text names no full date.
        one = parser.parse(text, default=datetime(2004, 1, 1), dayfirst=day_first, tzinfos=_zone)  # noqa: DTZ001
        other = parser.parse(text, default=datetime(2008, 2, 2), dayfirst=day_first, tzinfos=_zone)  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None, False
    return (one, not _CLOCK.search(text)) if one == other else (None, False)


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is not None:
        return UTC if offset == 0 else _fixed(offset)
    return ZoneInfo(_ZONES[name.upper()]) if name and name.upper() in _ZONES else None


def _fixed(offset: int) -> tzinfo:
    return timezone(timedelta(seconds=offset))
