"""Schedules: set times in a zone, and when they are due.

What is due is told apart by its local date and slot, not by a moment of UTC, so that no clock change makes it two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from bot.news.days import Days, join_words, name_day
from bot.news.zones import name_zone
from config import defaults

_FEWEST_STEPS = 4  # of so many times at equal distances, the distance is said
_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Times of the day, the earliest first, on certain days."""

    days: Days
    times: tuple[time, ...]

    def in_words(self) -> str:
        """The rule as it can be typed: "on weekdays at 08:30"."""
        return f"{self.days.in_words()} {_say_times(self.times)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """Set times in a zone."""

    rules: tuple[Rule, ...]
    zone: ZoneInfo

    def in_words(self) -> str:
        """The schedule as it can be typed: "on weekdays at 08:30, Europe/Paris"."""
        words = join_words([rule.in_words() for rule in self.rules])
        if len(self.rules) == 1:
            words = words.replace("every day every ", "every ")
        return f"{words}, {name_zone(self.zone)}"

    def slots(self, day: date) -> list[time]:
        """Its times on that local date, the earliest first."""
        return sorted({at for rule in self.rules if rule.days.hold(day) for at in rule.times})


@dataclass(frozen=True, kw_only=True, slots=True)
class Occurrence:
    """One due moment of a schedule, known by its local date and slot (the time of the day that was asked for)."""

    local_date: date
    slot: time
    due: datetime


def first_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which the clocks there show that time or a later one.

    A time that clocks skip is due when they have skipped it; one that comes twice is due the first time.
    """
    wall = datetime.combine(day, at)
    late = wall.replace(tzinfo=zone).astimezone(UTC)
    if _shown(late, zone) == wall:
        return late
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        early, late = (early, middle) if _shown(middle, zone) >= wall else (middle, late)
    return late


def next_occurrences(schedule: Schedule, after: datetime, count: int = 1) -> list[Occurrence]:
    """The next that are due later than that moment, in order; fewer where the schedule ends.

    Of slots that a clock change makes due at one moment, the last stands for all. A local date that a zone leaves out
    altogether has none.
    """
    return list(islice(_occurrences_after(schedule, after), count))


def latest_occurrence(schedule: Schedule, until: datetime) -> Occurrence | None:
    """The last that is due at that moment or before; None where there was none within a year."""
    start = _shown(until, schedule.zone).date() + _DAY
    for day in _dates(schedule, start, -_DAY):
        for occurrence in reversed(_occurrences_on(schedule, day)):
            if occurrence.due <= until:
                return occurrence
    return None


def next_skipped(schedule: Schedule, after: datetime) -> Occurrence | None:
    """The next, within a year, whose time the clocks skip, so that it is due a little later."""
    zone = schedule.zone
    for number in range(defaults.SCHEDULE_SEEN_AHEAD_DAYS):
        moment = after + number * _DAY
        before = _shown(moment, zone) - moment.replace(tzinfo=None)
        if _shown(moment + _DAY, zone) - (moment + _DAY).replace(tzinfo=None) <= before:
            continue
        for occurrence in _occurrences_after(schedule, max(after, moment - _DAY)):
            if occurrence.due > moment + 2 * _DAY:
                break
            if _shown(occurrence.due, zone) != datetime.combine(occurrence.local_date, occurrence.slot):
                return occurrence
    return None


def notes_on(schedule: Schedule, now: datetime) -> list[str]:
    """Sentences about what is odd in it: a time that the clocks skip within a year, months that are left out."""
    notes = [note for rule in schedule.rules for note in rule.days.left_out()]
    skipped = next_skipped(schedule, now)
    if skipped is None:
        return notes
    slots = {at for rule in schedule.rules for at in rule.times}
    what = "that time" if len(slots) == 1 else f"{skipped.slot:%H:%M}"
    instead = f"{skipped.due.astimezone(schedule.zone):%H:%M}"
    return [f"On {name_day(skipped.local_date)} {what} does not exist; you will get it at {instead}.", *notes]


def _occurrences_after(schedule: Schedule, after: datetime) -> Iterator[Occurrence]:
    held: Occurrence | None = None
    start = _shown(after, schedule.zone).date() - _DAY
    for day in _dates(schedule, start, _DAY):
        for occurrence in _occurrences_on(schedule, day):
            if held is not None and held.due != occurrence.due:
                yield held
            held = occurrence if occurrence.due > after else None
    if held is not None:
        yield held


def _occurrences_on(schedule: Schedule, day: date) -> list[Occurrence]:
    found = []
    for slot in schedule.slots(day):
        due = first_moment(day, slot, schedule.zone)
        if _shown(due, schedule.zone).date() == day or _is_there(day, schedule.zone):
            found.append(Occurrence(local_date=day, slot=slot, due=due))
    return found


def _is_there(day: date, zone: ZoneInfo) -> bool:
    """Whether the local date has a moment at all: islands have moved to the other side of the date line."""
    return _shown(first_moment(day, time(), zone), zone).date() == day


def _dates(schedule: Schedule, start: date, step: timedelta) -> Iterator[date]:
    """The dates of the schedule from that one on, in the direction of the step."""
    fixed = sorted({day for rule in schedule.rules for day in rule.days.dates}, reverse=step < timedelta())
    if not any(rule.days.come_again for rule in schedule.rules):
        yield from (day for day in fixed if (day - start) * step.days >= timedelta())
        return
    day, last = start, start
    while abs(day - last) <= timedelta(days=defaults.SCHEDULE_SEEN_AHEAD_DAYS):
        if any(rule.days.hold(day) for rule in schedule.rules):
            last = day
            yield day
        day += step


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks there show, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def _say_times(times: Sequence[time]) -> str:
    minutes = [at.hour * 60 + at.minute for at in times]
    steps = {after - before for before, after in pairwise(minutes)}
    if (len(steps) == 1 and len(times) >= _FEWEST_STEPS) or (len(times) == 2 and minutes == [0, 12 * 60]):
        step = steps.pop()
        said = f"every {step // 60} hours" if step % 60 == 0 else f"every {step} minutes"
        said = "every hour" if step == 60 else said
        if minutes[0] == 0 and minutes[-1] + step == 24 * 60:
            return said
        return f"{said} from {times[0]:%H:%M} to {times[-1]:%H:%M}"
    return f"at {join_words([f'{at:%H:%M}' for at in times])}"
