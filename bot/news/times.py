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
_YEAR = r"(?:19|20)\d\d"
_TH = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>[0-3]?\d){_TH}"
_TO_DAY = rf"\s*(?:-|–|to|through)\s*(?P<last_day>[0-3]?\d){_TH}(?!\d)"
_AND_DAY = rf"\s+and\s+(?P<other_day>[0-3]?\d){_TH}(?=\s*(?:[,.?!]|$))"
_OF_YEAR = rf"(?:\s*,?\s*(?P<year>{_YEAR}))?"
_PART = rf"(?:(?:{_MONTH})\.?(?:\s+{_YEAR})?|{_YEAR})"
_BEFORE_MONTH = (
    "in|since|before|after|until|till|during|early|late|mid|last|past|this|(?:end|start|beginning|middle) of"
)
_DATES = [
    re.compile(rf"\b(?:{pattern})(?!\w)")
    for pattern in (
        rf"(?:between|from)\s+(?P<first>{_PART})\s*(?:and|to|until|till|through|-|–)\s*(?P<final>{_PART})(?!\s+\d)",
        rf"(?P<year>{_YEAR})-(?P<number>[01]?\d)-(?P<day>[0-3]?\d)(?:t[\d:.]+z?)?",
        rf"(?P<month>{_MONTH})\.?\s+{_DAY}(?:{_TO_DAY}|{_AND_DAY})?(?!\d){_OF_YEAR}",
        rf"(?:the\s+)?{_DAY}(?:\s*(?:-|–|to|and|through)\s*(?P<last_day>[0-3]?\d){_TH})?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?"
        rf"{_OF_YEAR}",
        rf"(?P<month>{_MONTH})\b\.?\s*,?\s*(?P<year>{_YEAR})",
        r"(?P<relative>today|tonight|this morning|this afternoon|this evening|(?:the )?day before yesterday|yesterday"
        r"|last night)",
        rf"(?:(?P<which>last|this|past|next|on)\s+)?(?P<weekday>{_WEEKDAY})(?:\s+(?:morning|evening|night))?",
        r"(?P<which>this|last|past|current|previous)\s+(?P<unit>weekend|week|month|year|quarter)",
        r"(?:in |over |during |within )?(?:the )?(?:last|past|previous)\s+(?P<count>\d+|[a-z]+)\s+(?:of )?"
        r"(?P<units>hour|day|week|month|year)s?",
        r"(?P<count>\d+|[a-z]+)\s+(?:of )?(?P<units>hour|day|week|month|year)s?\s+ago",
        rf"(?P<which>{_BEFORE_MONTH})[\s-]+(?P<month>{_MONTH})\b(?!\s+\d)",
        rf"(?:in|during|of|for|since|before|after|until|by)\s+(?:the year )?(?P<year>{_YEAR})",
    )
]
_LEAD = re.compile(
    r"\b(since|after|from|before|until|till|by|up to|as of|between|prior to)\s+"
    rf"(?:(?:the|at least|around|about|early|late|{_WEEKDAY}),?\s+)*$"
)
_NAMED_DAY = re.compile(r"\b(?:black|good|cyber|super|bloody|ash|holy|easter|palm|sheffield)\s+$")
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

    "since", "after", "before" and their like open the window on one side; pairs of dates become one window. A date
    without a year is the latest such date that is not in the future. "last week" is the calendar's, "the past week" the
    seven days until now.
    """
    lowered = _lowered(text)
    taken: list[tuple[int, int]] = []
    mentions = []
    for pattern in _DATES:
        for match in pattern.finditer(lowered):
            if _is_taken(match.start(), match.end(), taken) or _means_otherwise(match, text):
                continue
            lead = _LEAD.search(lowered[: match.start()].rstrip(" ") + " ")
            if lead and _is_taken(lead.start(1), match.start(), taken):
                lead = None
            taken.append((lead.start(1) if lead else match.start(), match.end()))
            window = _window(match, now, zone)
            if window is not None:
                own = re.match(r"(since|before|after|until|till|by)\b", match.group())
                mentions.append(_opened(match, window, lead or own))
    return _joined(sorted(mentions, key=lambda m: m.start), lowered, zone)


def _is_taken(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in taken)


def _lowered(text: str) -> str:
    """The text in lower case, of the same length: one capital of Turkish alone would become two characters."""
    return text.replace("İ", "I").lower()


def _means_otherwise(match: re.Match[str], text: str) -> bool:
    """Whether a word that can be a month or a day is another here: "they march 5 miles", "may I", "Black Friday"."""
    found = match.groupdict()
    if found.get("weekday"):
        end = match.end("weekday")
        return bool(
            _NAMED_DAY.search(_lowered(text[: match.start("weekday")])) or re.match(r" (?:the 13th|[A-Z])", text[end:])
        )
    if found.get("month") not in ("march", "may") or found.get("year") or text[match.start("month")].isupper():
        return False
    if found.get("which"):
        return found["which"] in ("last", "past", "this")
    led = re.search(
        r"\b(?:on|since|after|from|before|until|till|by|of|between|and)\s+$", _lowered(text[: match.start()])
    )
    return not led and text[match.end() :].strip(" ?.!,") != "" and match.start("day") > match.start("month")


def _opened(match: re.Match[str], window: Window, lead: re.Match[str] | None) -> TimeMention:
    start = match.start() if lead is None or lead.re is not _LEAD else lead.start(1)
    word = lead.group(1) if lead else ""
    if word == "since" or (word == "from" and not match.groupdict().get("last_day")):
        window = Window(start=window.start, end=None)
    elif word == "after":
        window = Window(start=window.end, end=None)
    elif word in ("before", "prior to"):
        window = Window(start=None, end=window.start)
    elif word in ("until", "till", "by", "up to", "as of"):
        window = Window(start=None, end=window.end)
    return TimeMention(start=start, end=match.end(), window=window)


def _joined(mentions: list[TimeMention], text: str, zone: ZoneInfo) -> list[TimeMention]:
    """Pairs such as "between A and B" and "from A to B" become one window; A is then the latest before B."""
    joined: list[TimeMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before and re.fullmatch(r"\s*(and|to|until|through|-|–)\s*", text[before.end : mention.start]):
            start, end = before.window.start, mention.window.end
            if start and end and start >= end and mention.window.start:
                again = read_times(text[before.start : before.end], mention.window.start, zone)
                start = again[0].window.start if again else None
            if re.match(r"between|from", text[before.start :]) and start and end and start < end:
                joined[-1] = TimeMention(start=before.start, end=mention.end, window=Window(start=start, end=end))
                continue
        joined.append(mention)
    return joined


def _window(match: re.Match[str], now: datetime, zone: ZoneInfo) -> Window | None:
    found = {k: v for k, v in match.groupdict().items() if v}
    today = now.astimezone(zone).date()
    if "units" in found:
        return _ago(found, now, zone, today, exact="ago" in match.group())
    if "relative" in found:
        back = 2 if "before" in found["relative"] else int(found["relative"] in ("yesterday", "last night"))
        return _days(today - timedelta(days=back), 1, zone)
    if "weekday" in found:
        if found.get("which") == "next":
            return None
        back = (today.weekday() - WEEKDAYS[found["weekday"]]) % 7
        return _days(today - timedelta(days=back or (7 if found.get("which") in ("last", "past") else 0)), 1, zone)
    if found.get("which") == "past" and found.get("unit") in ("week", "month", "year"):
        return _ago({"count": "1", "units": found["unit"]}, now, zone, today, exact=False)
    if "unit" in found:
        return _calendar_unit(found, today, zone)
    try:
        return _range(found, today, zone) if "final" in found else _calendar_date(found, today, zone)
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
        last = int(found.get("last_day") or found.get("other_day") or day)
        return _span(date(year, month, day), date(year, month, last) + timedelta(days=1), zone)
    if found.get("which") in ("last", "past") and (year, month) == (today.year, today.month):
        year -= 1
    return _span(date(year, month, 1), _next_month(date(year, month, 1)), zone)


def _range(found: dict[str, str], today: date, zone: ZoneInfo) -> Window | None:
    """From the beginning of one month or year to the end of another."""
    (first_month, first_year), (month, year) = _month_and_year(found["first"]), _month_and_year(found["final"])
    year = year or _latest_year(month, 1, today)
    first_year = first_year or year - (first_month > (month or 12))
    start = date(first_year, first_month or 1, 1)
    end = _next_month(date(year, month or 12, 1))
    return _span(start, end, zone) if start < end else None


def _month_and_year(part: str) -> tuple[int, int]:
    """The numbers of a month and a year, 0 for one that is not named."""
    month, year = re.match(r"([a-z]*)\D*(\d*)", part).groups()  # type: ignore[union-attr]
    return MONTHS.get(month, 0), int(year or 0)


def _latest_year(month: int, day: int, today: date) -> int:
    """The year of the latest such day that is not in the future; 29 February may lie some years back."""
    year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    if (month, day) == (2, 29):
        while not calendar.isleap(year):
            year -= 1
    return year


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
