"""Days in words: weekdays, mondays and thursdays, the 1st of the month, the last friday, every other week, a date."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.errors import RequestError
from bot.news.days import EVERY_DAY, LAST, WEEKDAYS, WEEKEND, Days, name_month
from bot.news.times import MONTHS
from bot.news.times import WEEKDAYS as WEEKDAY_NUMBERS
from bot.news.times_of_day import HOURS, PARTS, Half
from bot.news.typed import again
from config import defaults

Match = re.Match[str]

_DAY = timedelta(days=1)
_MONDAY = 0
_MOST_WEEKS = 5  # of one weekday in a month
_NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": LAST}
_COUNTS = HOURS | _NTHS | {"other": 2, "alternate": 2, "fourteen": 14, "thirty": 30}
_UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_ADVERBS = {"daily": "day", "nightly": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month"}
_ADVERBS |= {"biweekly": "fortnight", "bi-weekly": "fortnight", "quarterly": "quarter", "yearly": "year"}
_ADVERBS |= {"annually": "year", "everyday": "day"}

_END = r"\b\.?(?!['’\w]|[./]\w)"
WEEKDAY_NAME = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)(?:['’]?s)?"
)
"""What a weekday is called, in lower case, as a pattern."""

_PART = rf"(?:\s+(?P<part>{'|'.join(PARTS)})s?\b)?"
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_NTHS)})"
_NTH_LIST = rf"(?:the\s+)?(?P<nths>{_NTH}(?:(?:\s*(?:,|and|&|\+|/)\s*)+(?:the\s+)?{_NTH})*)"
_OF_MONTH = r"\s+(?:(?:of|in)\s+(?:the|each|every|a)\s+month|(?:of\s+)?(?:each|every)\s+month|monthly)\b"
_OF_YEAR = r"(?:,?\s+(?P<year>20\d\d)\b(?![:.]))?"
_DATE = (
    r"(?:(?:on|the)\s+)*(?:(?P<iso>\d{4}-\d\d?-\d\d?)"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}{_OF_YEAR}"
    rf"|{_MONTH.replace('month', 'month_first')}\s+(?:the\s+)?(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?![:.\w]|\s*[ap]\.?m){_OF_YEAR.replace('year', 'year_last')})"
)


@dataclass
class DayWords:
    """What was read of the days of a rule so far, on that date. `half` is the half of the day that was named."""

    today: date
    weekdays: set[int] = field(default_factory=set)
    month_days: set[int] = field(default_factory=set)
    ordinals: set[tuple[int, int]] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    stride: int = 0
    weeks: int = 0
    is_monthly: bool = False
    since: date | None = None
    half: Half | None = None
    is_less: bool = False

    def begin(self, text: str, start: int) -> int | None:
        """Where the words end that stand there and name the first date, which is taken in; None where none do."""
        match = _SINCE.match(text, start)
        if match is None:
            return None
        self.since = _read_date(match, self.today)
        return match.end()

    def take(self, text: str, start: int) -> int | None:
        """Where the words end that stand there and name days, which are taken in; None where none do.

        RequestError for a day that does not exist (D05), and for days too far apart (D08).
        """
        for pattern, take in _WORDS:
            match = pattern.match(text, start)
            if match and take(self, match):
                return match.end()
        return None

    def settle(self, start: date) -> Days:
        """The days that are meant, where the first one that can be is that date. RequestError where none is left."""
        strides = {(self.stride, self.since or start)} if self.stride else set()
        if self.weeks and not self.weekdays:
            self.weekdays.add(_MONDAY)
        if self.is_monthly and not (self.month_days or self.ordinals):
            self.month_days.add(1)
        of_calendar = self.month_days or self.ordinals or self.dates
        if (self.stride and self.weekdays) or ((self.stride or self.weeks > 1 or self.since) and of_calendar):
            raise RequestError("Days that are counted go with no others. Give them a time of their own.", "D05")
        if self.weekdays and (self.weeks > 1 or self.since):
            start, stride = self.since or start, 7 * max(self.weeks, 1)
            upcoming = min(start + _DAY * ((day - start.weekday()) % 7) for day in self.weekdays)
            monday = upcoming - _DAY * upcoming.weekday()
            firsts = [monday + _DAY * day for day in self.weekdays]
            strides |= {(stride, first if first >= start else first + _DAY * stride) for first in firsts}
            self.weekdays.clear()
        days = Days(
            weekdays=frozenset(self.weekdays),
            month_days=frozenset(self.month_days),
            ordinals=frozenset(self.ordinals),
            strides=frozenset(strides),
            dates=frozenset(self.dates),
        )
        if not (days.come_again or days.dates):
            raise RequestError("This never happens. Leave out fewer days.", "D10")
        return days

    def _add(self, days: frozenset[int]) -> None:
        if self.is_less:
            self.weekdays -= days
        else:
            self.weekdays |= days


def _except(words: DayWords, match: Match) -> bool:
    words.weekdays = words.weekdays or set(EVERY_DAY)
    words.is_less = True
    return True


def _every(words: DayWords, match: Match) -> bool:
    """Every so many days, weeks, months."""
    typed, unit = match["count"] or "1", match["unit"].rstrip("s")
    digits = re.match(r"\d+", typed)
    return _take_unit(words, int(digits[0]) if digits else _COUNTS[typed], unit)


def _adverb(words: DayWords, match: Match) -> bool:
    return _take_unit(words, 1, _ADVERBS[match["adverb"]])


def _take_unit(words: DayWords, count: int, unit: str) -> bool:
    if count < 1:
        raise RequestError(f"The shortest interval is {defaults.SCHEDULE_SHORTEST_MINUTES} minutes.", "D07")
    days = _UNIT_DAYS.get(unit)
    if days is None and (unit != "month" or count > 1):
        raise _too_far()
    if days is not None and days * count > defaults.SCHEDULE_LONGEST_DAYS:
        raise _too_far()
    if days is None:
        words.is_monthly = True
    elif days == 1 and count == 1:
        words.weekdays |= EVERY_DAY
    elif days == 1 and count == 7:
        words.weekdays.add(words.today.weekday())
    elif days == 1:
        words.stride = count
    else:
        words.weeks = count * days // 7
    return True


def _every_other_weekday(words: DayWords, match: Match) -> bool:
    typed = match["count"]
    digits = re.match(r"\d+", typed)
    words.weeks = int(digits[0]) if digits else _COUNTS[typed]
    if not 1 <= words.weeks <= defaults.SCHEDULE_LONGEST_DAYS // 7:
        raise _too_far()
    return _named(words, match)


def _ordinal(words: DayWords, match: Match) -> bool:
    """The first and third Monday."""
    day = _number(match["name"])
    for nth in _read_nths(match["nths"]):
        if nth != LAST and not 1 <= nth <= _MOST_WEEKS:
            raise RequestError(
                f"{again(match[0].strip())} does not exist. A month has at most five of a weekday.", "D05"
            )
        words.ordinals.add((nth, day))
    return True


def _working_day(words: DayWords, match: Match) -> bool:
    raise RequestError("I do not count working days. Write 1st of the month, or first monday of the month.", "D05")


def _date(words: DayWords, match: Match) -> bool:
    if match["every"]:
        _read_date(match, words.today)
        raise _too_far()
    words.dates.add(_read_date(match, words.today))
    return True


def _month_days(words: DayWords, match: Match) -> bool:
    """The 1st and 15th; a bare word such as "second" is none without its month."""
    nths = _read_nths(match["nths"])
    if (
        not match["of"]
        and not match["days"]
        and not all(any(c.isdigit() for c in nth) for nth in re.findall(_NTH, match["nths"]))
    ):
        return False
    return _take_month_days(words, nths)


def _day_number(words: DayWords, match: Match) -> bool:
    return _take_month_days(words, [int(match["number"])])


def _edge_of_month(words: DayWords, match: Match) -> bool:
    return _take_month_days(words, [LAST if match["edge"] == "end" else 1])


def _take_month_days(words: DayWords, nths: list[int]) -> bool:
    for nth in nths:
        if nth != LAST and not 1 <= nth <= 31:
            raise RequestError(f"Day {nth} of a month does not exist. Write 1st to 31st, or last.", "D05")
        words.month_days.add(nth)
    return True


def _range(words: DayWords, match: Match) -> bool:
    first, last = _number(match["name"]), _number(match["to"])
    words._add(frozenset((first + step) % 7 for step in range((last - first) % 7 + 1)))
    return _take_part(words, match)


def _group(words: DayWords, match: Match) -> bool:
    words._add(WEEKEND if match["group"].startswith("weekend") else WEEKDAYS)
    return _take_part(words, match)


def _named(words: DayWords, match: Match) -> bool:
    words._add(frozenset((_number(match["name"]),)))
    return _take_part(words, match)


def _every_part(words: DayWords, match: Match) -> bool:
    words.weekdays |= EVERY_DAY
    return _take_part(words, match)


def _take_part(words: DayWords, match: Match) -> bool:
    if match["part"]:
        words.half = PARTS[match["part"]]
    return True


def _times_a_day(words: DayWords, match: Match) -> bool:
    words.weekdays |= EVERY_DAY
    return True


def _relative(words: DayWords, match: Match) -> bool:
    if match["name"]:
        ahead = (_number(match["name"]) - words.today.weekday()) % 7
        words.dates.add(words.today + _DAY * (ahead or (7 if match["which"] == "next" else 0)))
        return _take_part(words, match)
    if match["named"] == "tonight":
        words.half = "pm"
    ahead = {"today": 0, "tonight": 0, "tomorrow": 1}.get(match["named"], 2)
    words.dates.add(words.today + _DAY * ahead)
    return True


_DAY_NAME = rf"(?P<name>{WEEKDAY_NAME})"
_A_PART = rf"(?P<part>{'|'.join(PARTS)})"
_WORKING_DAYS = r"(?:week\s*days?|work\s*days?|working\s+days?|business\s+days?)"
_EVERY = r"(?:every|each)\s+"
_UNIT = r"(?P<unit>days?|weeks?|fortnights?|months?|quarters?(?!\s+(?:of\s+)?(?:an\s+)?hour)|years?)"
_EXCEPT = r"(?:except|but\s+not|but|excluding|apart\s+from|other\s+than|not)\s+(?:(?:for|on|at|the)\s+)*"
_NAMED_DATES = r"(?P<named>today|tonight|tomorrow|(?:the\s+)?day\s+after\s+tomorrow)"

_SINCE = re.compile(rf"(?:from|starting|beginning|since|as\s+of)\s+{_DATE}")
_WORDS: list[tuple[re.Pattern[str], Callable[[DayWords, Match], bool]]] = [
    (re.compile(pattern), take)
    for pattern, take in (
        (rf"{_EXCEPT}(?=week(?:end|day)|{WEEKDAY_NAME}{_END})", _except),
        (rf"{_EVERY}(?:(?P<count>\d+(?:st|nd|rd|th)?|{'|'.join(_COUNTS)})[\s-]+)?{_UNIT}{_END}", _every),
        (rf"(?:once\s+)?(?:a|per)\s+(?P<count>)(?P<unit>day|week|fortnight|month|quarter|year){_END}", _every),
        (rf"(?P<adverb>{'|'.join(_ADVERBS)}){_END}", _adverb),
        (rf"(?:(?:twice|\w+\s+times)\s+(?:a\s+day|per\s+day|daily)|(?:7|seven)\s+days\s+a\s+week){_END}", _times_a_day),
        (
            rf"{_EVERY}(?P<count>other|alternate|second|2nd|\d+)\s+{_DAY_NAME}{_END}{_PART}(?!{_OF_MONTH})",
            _every_other_weekday,
        ),
        (rf"(?:{_EVERY})?{_NTH_LIST}\s+{_DAY_NAME}{_END}(?:{_OF_MONTH})?", _ordinal),
        (rf"(?:{_EVERY})?{_NTH_LIST}\s+{_WORKING_DAYS}{_OF_MONTH}", _working_day),
        (rf"(?P<every>{_EVERY})?{_DATE}", _date),
        (rf"(?:{_EVERY})?{_NTH_LIST}(?P<days>\s+days?\b)?(?P<of>{_OF_MONTH})?{_END}", _month_days),
        (rf"(?:the\s+)?day\s+(?P<number>\d{{1,2}})(?:{_OF_MONTH})?{_END}", _day_number),
        (rf"(?:the\s+)?(?P<number>\d{{1,2}}){_OF_MONTH}", _day_number),
        (rf"(?:the\s+)?(?P<edge>end|start|beginning){_OF_MONTH}", _edge_of_month),
        (rf"{_DAY_NAME}\.?\s*(?:-|to|thru|through|till|until)\s*(?P<to>{WEEKDAY_NAME}){_END}{_PART}", _range),
        (rf"(?P<group>{_WORKING_DAYS}|weekends?|m-f|mo-fr){_END}{_PART}", _group),
        (rf"{_DAY_NAME}{_END}{_PART}", _named),
        (rf"(?:{_EVERY}(?=\w)|(?=\w+s\b)){_A_PART}s?{_END}", _every_part),
        (rf"(?:{_NAMED_DATES}|(?P<which>next|this|coming)\s+{_DAY_NAME}){_END}{_PART}", _relative),
    )
]


def _read_date(match: Match, today: date) -> date:
    """The date that was typed; without a year it is the next such. RequestError where there is none (D05)."""
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    else:
        month, day = MONTHS[match["month"] or match["month_first"]], int(match["day"] or match["day_last"])
        year = int(match["year"] or match["year_last"] or 0)
    try:
        if year:
            return date(year, month, day)
        date(2000, month, day)  # a leap year
        return next(found for found in _in_years(today.year, month, day) if found >= today)
    except ValueError:
        named = f"{day} {name_month(month)}" + (f" {year}" if year else "") if 1 <= month <= 12 else again(match["iso"])
        raise RequestError(f"{named} does not exist. Write a date such as 5 December.", "D05") from None


def _in_years(year: int, month: int, day: int) -> list[date]:
    leap = (month, day) == (2, 29)
    years = [one for one in range(year, year + 9) if not leap or (one % 4 == 0 and (one % 100 or one % 400 == 0))]
    return [date(one, month, day) for one in years]


def _read_nths(typed: str) -> list[int]:
    return [_NTHS[nth] if nth in _NTHS else int(nth[:-2]) for nth in re.findall(_NTH, typed)]


def _number(name: str) -> int:
    return next(number for weekday, number in WEEKDAY_NUMBERS.items() if weekday.startswith(name[:3]))


def _too_far() -> RequestError:
    return RequestError(f"The longest is {defaults.SCHEDULE_LONGEST_DAYS} days.", "D08")
