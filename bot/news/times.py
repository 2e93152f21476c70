"""Moments, windows, and reading them in words."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
WEEKDAYS = {calendar.day_name[n].lower(): n for n in range(7)}
_NUMBERS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_NUMBERS |= {"a": 1, "an": 1, "few": 3, "couple": 2}

_LONGEST_HOURS = 200 * 8766  # 200 years: older than any archive, and no calendar overflows

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(WEEKDAYS)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DATES = [
    re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<number>[01]?\d)-(?P<day>[0-3]?\d)(?:t[\d:.]+z?)?"),
    re.compile(rf"(?P<month>{_MONTH})\.?\s+{_DAY}(?!\d)(?:\s*,?\s*(?P<year>(?:19|20)\d\d))?"),
    re.compile(rf"(?:the\s+)?{_DAY}\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:\s*,?\s*(?P<year>(?:19|20)\d\d))?"),
    re.compile(rf"(?P<month>{_MONTH})\b\.?\s*,?\s*(?P<year>(?:19|20)\d\d)"),
    re.compile(r"(?P<relative>today|tonight|this morning|this afternoon|this evening|yesterday|last night)"),
    re.compile(rf"(?P<which>last|this|past|next|on)?\s*(?P<weekday>{_WEEKDAY})(?:\s+(?:morning|evening|night))?"),
    re.compile(r"(?P<which>this|last|past|current|previous)\s+(?P<unit>week|month|year|quarter|weekend)"),
    re.compile(
        r"(?:in |over |during |within )?(?:the )?(?:last|past|previous)\s+(?P<count>\d+|[a-z]+)\s+(?:of )?"
        r"(?P<units>hour|day|week|month|year)s?"
    ),
    re.compile(r"(?P<count>\d+|[a-z]+)\s+(?P<units>hour|day|week|month|year)s?\s+ago"),
    re.compile(rf"(?<=\bin )(?P<month>{_MONTH})\b(?!\s+\d)"),
    re.compile(rf"(?<=\bsince )(?P<month>{_MONTH})\b(?!\s+\d)"),
    re.compile(r"(?:in|during|of|for|since|before|after|until|by)\s+(?:the year )?(?P<year>(?:19|20)\d\d)\b"),
]
_LEAD = re.compile(r"(since|after|from|before|until|till|by|up to|as of|between|prior to)\s+(?:the\s+)?(?:\w+\s+)?$")
_NOW = re.compile(
    r"\b(latest|newest|most recent|recent(?:ly)?|current(?:ly)?|right now|now|at the moment|so far|these days|today"
    r"|any news|still)\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A span of time, start included, end excluded; None is open on that side."""

    start: datetime | None
    end: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in the window."""
        return (self.start is None or self.start <= moment) and (self.end is None or moment < self.end)


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMention:
    """A stretch of a question that names a time: text[start:end] and the window it means."""

    start: int
    end: int
    window: Window


def utc(moment: datetime) -> datetime:
    """The same moment in UTC. A naive datetime is refused with ValueError."""
    if moment.tzinfo is None:
        raise ValueError("a datetime without a zone is no moment")
    return moment.astimezone(UTC)


def local_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, in UTC."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def is_about_now(text: str) -> bool:
    """Whether the words ask for the newest state of things."""
    return bool(_NOW.search(text.lower()))


def read_times(text: str, now: datetime, zone: ZoneInfo) -> list[TimeMention]:
    """The times named in the text, in order, relative to now in the zone; those that name no real date are passed over.

    "since", "after", "before" and their like open the window on one side. A date without a year is the latest such
    date that is not in the future.
    """
    lowered = text.lower()
    taken: list[tuple[int, int]] = []
    mentions = []
    for pattern in _DATES:
        for match in re.finditer(rf"\b(?:{pattern.pattern})", lowered):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            window = _window(match, now, zone)
            if window is None:
                continue
            taken.append(match.span())
            lead = _LEAD.search(lowered[: match.start()].rstrip(" ") + " ")
            own = re.match(r"(since|before|after|until|by)\b", match.group())
            mentions.append(_opened(match, window, (lead or own)))
    return _joined(sorted(mentions, key=lambda m: m.start), lowered)


def _opened(match: re.Match[str], window: Window, lead: re.Match[str] | None) -> TimeMention:
    start = match.start() if lead is None or lead.re is not _LEAD else lead.start(1)
    word = lead.group(1) if lead else ""
    if word in ("since", "from"):
        window = Window(start=window.start, end=None)
    elif word == "after":
        window = Window(start=window.end, end=None)
    elif word in ("before", "prior to"):
        window = Window(start=None, end=window.start)
    elif word in ("until", "till", "by", "up to", "as of"):
        window = Window(start=None, end=window.end)
    return TimeMention(start=start, end=match.end(), window=window)


def _joined(mentions: list[TimeMention], text: str) -> list[TimeMention]:
    """Pairs such as "between A and B" and "from A to B" become one window."""
    joined: list[TimeMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before and re.fullmatch(r"\s*(and|to|until|through|-|–)\s*", text[before.end : mention.start]):
            opening = re.match(r"between|from", text[before.start :])
            if opening and before.window.start and mention.window.end:
                window = Window(start=before.window.start, end=mention.window.end)
                joined[-1] = TimeMention(start=before.start, end=mention.end, window=window)
                continue
        joined.append(mention)
    return joined


def _window(match: re.Match[str], now: datetime, zone: ZoneInfo) -> Window | None:
    found = {k: v for k, v in match.groupdict().items() if v}
    today = now.astimezone(zone).date()
    if "units" in found:
        return _ago(found, now, zone, today, exact="ago" in match.group())
    if "relative" in found:
        return _days(today - timedelta(days=found["relative"] in ("yesterday", "last night")), 1, zone)
    if "weekday" in found:
        back = (today.weekday() - WEEKDAYS[found["weekday"]]) % 7
        return _days(today - timedelta(days=back or (7 if found.get("which") in ("last", "past") else 0)), 1, zone)
    if "unit" in found:
        return _calendar_unit(found, today, zone)
    try:
        return _calendar_date(found, today, zone)
    except ValueError:
        return None


def _calendar_date(found: dict[str, str], today: date, zone: ZoneInfo) -> Window:
    month = int(found["number"]) if "number" in found else MONTHS.get(found.get("month", ""), 0)
    if not month:
        year = int(found["year"])
        return _span(date(year, 1, 1), date(year + 1, 1, 1), zone)
    day = int(found.get("day", "1"))
    year = int(found["year"]) if "year" in found else _latest_year(month, day, today)
    if "day" in found:
        return _days(date(year, month, day), 1, zone)
    return _span(date(year, month, 1), _next_month(date(year, month, 1)), zone)


def _latest_year(month: int, day: int, today: date) -> int:
    return today.year if (month, day) <= (today.month, today.day) else today.year - 1


def _calendar_unit(found: dict[str, str], today: date, zone: ZoneInfo) -> Window:
    previous = found["which"] in ("last", "past", "previous")
    if found["unit"] in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday() + 7 * previous)
        return _days(monday, 7, zone) if found["unit"] == "week" else _days(monday + timedelta(days=5), 2, zone)
    if found["unit"] == "year":
        year = today.year - previous
        return _span(date(year, 1, 1), date(year + 1, 1, 1), zone)
    length = 1 if found["unit"] == "month" else 3
    first = date(today.year, today.month - (today.month - 1) % length, 1)
    for _ in range(length * previous):
        first = (first - timedelta(days=1)).replace(day=1)
    end = first
    for _ in range(length):
        end = _next_month(end)
    return _span(first, end, zone)


def _ago(found: dict[str, str], now: datetime, zone: ZoneInfo, today: date, *, exact: bool) -> Window | None:
    count = int(found["count"]) if found["count"].isdigit() else _NUMBERS.get(found["count"])
    if count is None:
        return None
    hours = count * {"hour": 1, "day": 24, "week": 168, "month": 730, "year": 8766}[found["units"]]
    if hours > _LONGEST_HOURS:
        return None
    if not exact:
        return Window(start=now - timedelta(hours=hours), end=now)
    if found["units"] == "hour":
        return Window(start=now - timedelta(hours=hours + 1), end=now - timedelta(hours=max(hours - 1, 0)))
    width = {"day": 1, "week": 7, "month": 31, "year": 366}[found["units"]]
    return _days(today - timedelta(days=hours // 24 + width // 2), width, zone)


def _days(first: date, count: int, zone: ZoneInfo) -> Window:
    return _span(first, first + timedelta(days=count), zone)


def _span(first: date, end: date, zone: ZoneInfo) -> Window:
    return Window(start=local_day(first, zone), end=local_day(end, zone))


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
