"""Days: which local dates, and how they are called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.news.times import MONTHS
from bot.news.times import WEEKDAYS as WEEKDAY_NUMBERS

EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset((5, 6))
LAST = -1
"""The last day of a month, and the last of a weekday in it."""

_NTHS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", LAST: "last"}
_IN_EVERY_MONTH = 28
_WEEKS_IN_EVERY_MONTH = 4
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """Which local dates: those that any of its parts names.

    `weekdays` count from Monday, 0. `month_days` are 1 to 31, or LAST. `ordinals` are the second (2) or LAST of a
    weekday in its month. `strides` come every so many days, the first on that date. `dates` come once.
    """

    weekdays: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    ordinals: frozenset[tuple[int, int]] = frozenset()
    strides: frozenset[tuple[int, date]] = frozenset()
    dates: frozenset[date] = frozenset()

    @property
    def come_again(self) -> bool:
        """Whether there is always a next one."""
        return bool(self.weekdays or self.month_days or self.ordinals or self.strides)

    def joined(self, other: "Days") -> "Days":
        """These and those."""
        return Days(
            weekdays=self.weekdays | other.weekdays,
            month_days=self.month_days | other.month_days,
            ordinals=self.ordinals | other.ordinals,
            strides=self.strides | other.strides,
            dates=self.dates | other.dates,
        )

    def hold(self, day: date) -> bool:
        """Whether the date is one of them."""
        if day.weekday() in self.weekdays or day in self.dates:
            return True
        if self.month_days and (day.day in self.month_days or (LAST in self.month_days and _is_last(day, _DAY))):
            return True
        if any(first <= day and (day - first).days % stride == 0 for stride, first in self.strides):
            return True
        return any(
            day.weekday() == weekday and (_is_last(day, 7 * _DAY) if nth == LAST else (day.day + 6) // 7 == nth)
            for nth, weekday in self.ordinals
        )

    def in_words(self) -> str:
        """The days as they can be typed: "on Mondays and Thursdays"."""
        parts = []
        if self.weekdays:
            parts.append(_weekdays(self.weekdays))
        if self.month_days:
            named = [_nth(day) for day in sorted(self.month_days - {LAST})]
            last = ["last day"] if LAST in self.month_days else []
            parts.append(f"on the {join_words(named + last)} of the month")
        for weekday in sorted({weekday for _, weekday in self.ordinals}):
            nths = sorted((nth for nth, one in self.ordinals if one == weekday), key=lambda nth: (nth == LAST, nth))
            parts.append(f"on the {join_words([_NTHS[nth] for nth in nths])} {name_weekday(weekday)} of the month")
        for stride in sorted({stride for stride, _ in self.strides}):
            firsts = sorted(first for one, first in self.strides if one == stride)
            since = f"from {name_day(firsts[0])} {firsts[0].year}"
            if stride % 7:
                parts.append(f"every {stride} days {since}")
            else:
                weeks = "every week" if stride == 7 else f"every {stride // 7} weeks"
                parts.append(f"{weeks} {_weekdays({first.weekday() for first in firsts})} {since}")
        if self.dates:
            parts.append(f"on {join_words([f'{name_day(day)} {day.year}' for day in sorted(self.dates)])}")
        return join_words(parts)

    def left_out(self) -> list[str]:
        """Sentences about months that have no such day."""
        short = [_nth(day) for day in sorted(self.month_days) if day > _IN_EVERY_MONTH]
        few = [
            f"{_NTHS[nth]} {name_weekday(weekday)}"
            for nth, weekday in sorted(self.ordinals)
            if nth > _WEEKS_IN_EVERY_MONTH
        ]
        return [f"Months without a {day} are left out." for day in short + few]


def name_day(day: date) -> str:
    """The date in words, without its year: "5 December"."""
    return f"{day.day} {name_month(day.month)}"


def name_month(month: int) -> str:
    """The month in words."""
    return next(name for name, number in MONTHS.items() if number == month).capitalize()


def name_weekday(number: int) -> str:
    """The weekday in words; Monday is 0."""
    return next(name for name, known in WEEKDAY_NUMBERS.items() if known == number).capitalize()


def join_words(parts: Sequence[str]) -> str:
    """One, two and three."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _weekdays(weekdays: set[int] | frozenset[int]) -> str:
    if weekdays == EVERY_DAY:
        return "every day"
    if weekdays in (WEEKDAYS, WEEKEND):
        return "on weekdays" if weekdays == WEEKDAYS else "on weekends"
    missing = EVERY_DAY - weekdays
    if len(missing) == 1:
        return f"every day except {name_weekday(*missing)}s"
    return f"on {join_words([f'{name_weekday(day)}s' for day in sorted(weekdays)])}"


def _nth(day: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{'th' if 10 < day < 14 else ending}"


def _is_last(day: date, step: timedelta) -> bool:
    """Whether the same so much later lies in another month."""
    return (day + step).month != day.month
