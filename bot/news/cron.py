"""Plain cron lines: minute, hour, day of the month, month, weekday."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import time

from bot.errors import RequestError
from bot.news.days import EVERY_DAY, LAST, Days
from bot.news.schedule import Rule
from bot.news.times import MONTHS, WEEKDAYS
from bot.news.typed import again
from config import defaults

_NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_ONE = re.compile(r"(?:[*?]|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>\d{1,3}))?")
_NAMES = "|".join(sorted({*MONTHS, *WEEKDAYS, *(name[:3] for name in WEEKDAYS)}, key=len, reverse=True))
_NUMBERS = r"[\d*?][\d*?,/-]*"
_FIELD = rf"(?:{_NUMBERS}|l|(?:\d|{_NAMES})(?:[l#,/-](?:\d|{_NAMES})?)*)"
_LINE = re.compile(
    rf"(?:cron:?\s+)?(?P<line>@[a-z]+|\*\S*(?:\s+{_FIELD})*|{_NUMBERS}\s+{_NUMBERS}(?:\s+{_FIELD})+)(?=\s|$)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Field:
    name: str
    lowest: int
    highest: int
    words: dict[str, int]


_MINUTE = _Field(name="Minute", lowest=0, highest=59, words={})
_HOUR = _Field(name="Hour", lowest=0, highest=23, words={})
_DAY = _Field(name="Day of the month", lowest=1, highest=31, words={})
_MONTH = _Field(name="Month", lowest=1, highest=12, words={name[:3]: n for name, n in MONTHS.items()})
# Sunday is 0 and 7.
_WEEKDAY = _Field(name="Weekday", lowest=0, highest=7, words={name[:3]: (n + 1) % 7 for name, n in WEEKDAYS.items()})


def find_cron(text: str) -> tuple[Rule, int] | None:
    """The rule of the cron line with which the text, in lower case, begins, and where it ends; None where none does.

    RequestError for a line that cannot be read (D09), that never happens (D10), or less than once a month (D08).
    """
    match = _LINE.match(text)
    if match is None:
        return None
    line = match["line"]
    if "*" not in line and "?" not in line and len(line.split()) < 5 and not line.startswith("@"):
        return None
    if line.startswith("@") and line not in _NICKNAMES:
        raise RequestError(f"I do not know {again(line)}; write for example @daily, or 0 9 * * 1-5.", "D09")
    fields = _NICKNAMES.get(line, line).split()
    if len(fields) != 5:
        count = "1 field" if len(fields) == 1 else f"{len(fields)} fields"
        raise RequestError(
            f"A cron line has 5 fields: minute, hour, day of the month, month, weekday. This has {count}.", "D09"
        )
    return _rule(*fields), match.end()


def _rule(minute: str, hour: str, day: str, month: str, weekday: str) -> Rule:
    minutes, hours = _read(minute, _MINUTE), _read(hour, _HOUR)
    months = _read(month, _MONTH)
    days = _days(day, weekday)
    if not days.weekdays and not days.ordinals and not any(_is_in(months, one) for one in days.month_days):
        raise RequestError("This never happens. No month that it names has such a day.", "D10")
    if len(months) < 12:
        raise RequestError(
            f"The longest is {defaults.SCHEDULE_LONGEST_DAYS} days. Leave out no month: write * for it.", "D08"
        )
    return Rule(days=days, times=tuple(time(at, past) for at in sorted(hours) for past in sorted(minutes)))


def _days(day: str, weekday: str) -> Days:
    """Where both are named, either is enough: so cron has always read them."""
    any_day, any_weekday = (field[0] in "*?" for field in (day, weekday))
    month_days = frozenset().union(*(_month_days(one) for one in day.split(",")))
    ordinals = frozenset().union(*(_ordinals(one) for one in weekday.split(",")))
    plain = [one for one in weekday.split(",") if not _ordinals(one)]
    weekdays = frozenset(_weekdays(",".join(plain)) if plain else ())
    if any_day and len(month_days) == _DAY.highest:
        return Days(weekdays=weekdays, ordinals=ordinals)
    if any_weekday and weekdays == EVERY_DAY:
        return Days(month_days=month_days)
    if any_day or any_weekday:
        raise RequestError("Name days of the month or weekdays by a step, and leave the other *.", "D09")
    return Days(weekdays=weekdays, ordinals=ordinals, month_days=month_days)


def _month_days(one: str) -> set[int]:
    return {LAST} if one == "l" else _read(one, _DAY)


def _ordinals(one: str) -> set[tuple[int, int]]:
    """The second Monday of 1#2, the last Friday of 5L."""
    name, _, nth = one.partition("#")
    if nth:
        if not nth.isdecimal() or not 1 <= int(nth) <= 5:
            raise RequestError(f"{again(one)}: a month has at most five of a weekday; write #1 to #5.", "D09")
        return {(int(nth), weekday) for weekday in _weekdays(name)}
    return {(LAST, weekday) for weekday in _weekdays(one[:-1])} if re.fullmatch(r"\dl", one) else set()


def _weekdays(text: str) -> set[int]:
    """The weekdays from Monday, 0."""
    return {(number - 1) % 7 for number in _read(text, _WEEKDAY)}


def _read(text: str, field: _Field) -> set[int]:
    found: set[int] = set()
    for one in text.split(","):
        match = _ONE.fullmatch(one)
        if match is None:
            raise _wrong(field)
        step = int(match["step"] or 1)
        first, last = field.lowest, field.highest - (field is _WEEKDAY)
        if match["first"]:
            first = _value(match["first"], field)
            last = _value(match["last"], field) if match["last"] else field.highest if match["step"] else first
        if step < 1:
            raise _wrong(field)
        if last < first and field is _WEEKDAY:  # fri-mon
            last += 7
        if last < first:
            raise RequestError(f"{again(one)} ends before it begins; write the smaller number first.", "D09")
        found |= {value if value <= field.highest else value - 7 for value in range(first, last + 1, step)}
    return found


def _value(text: str, field: _Field) -> int:
    value = field.words.get(text[:3]) if text.isalpha() else int(text) if text.isdecimal() else None
    if value is None or not field.lowest <= value <= field.highest:
        raise _wrong(field)
    return value


def _wrong(field: _Field) -> RequestError:
    return RequestError(f"{field.name} must be {field.lowest}-{field.highest}.", "D09")


def _is_in(months: set[int], day: int) -> bool:
    """Whether one of the months has the day, in a leap year."""
    return day == LAST or any(monthrange(2000, month)[1] >= day for month in months)
