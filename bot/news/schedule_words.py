"""Schedules in words: weekdays 8:30, daily 7am and 18:00, mondays 9:00 Europe/Paris, every 4 hours, plain cron."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from difflib import get_close_matches
from typing import Literal
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.news.cron import find_cron
from bot.news.day_words import WEEKDAY_NAME, DayWords
from bot.news.days import EVERY_DAY, Days
from bot.news.schedule import Rule, Schedule, next_occurrences
from bot.news.times import WEEKDAYS
from bot.news.times_of_day import TypedTime, find_time, settle_pair
from bot.news.typed import again
from bot.news.zones import find_zone, name_zone, read_zone
from config import defaults

Kind = Literal["days", "times"]

_DAY_MINUTES = 24 * 60
_SAMPLED_DAYS = 100  # every rule comes round in them
_LIKE_A_DAY = 0.7

_BETWEEN = re.compile(r"[\s,;:&+@()]+")
_FILLER = re.compile(r"(?:and|at|on|the|in|of|then|every|each|also|plus|from|for|sharp|please)\b(?![/'-])")
_GOES_ON = re.compile(r"[\s,]*(?:and|plus|&|\+)(?![\w'])")
_CONNECTS = re.compile(r"[,;&+@]|\b(?:and|at|plus)\b")
_LEAD = re.compile(r"(?:(?:about|on|for|regarding|topic)\b:?|[:-])\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;()]+")
_ZONE = re.compile(rf"{_WORD.pattern}(?:[ ]{_WORD.pattern}){{0,3}}")
_SURE_ZONE = re.compile(r"[A-Z]{1,4}T|(?:UTC|GMT)(?:[+-]\d\S*)?|[A-Za-z_]+/\S+|.+ time")
_INTERVAL = re.compile(
    r"(?:every|each)\s+(?:(?P<count>\d+(?:\.\d+)?)[\s-]*|(?P<said>[a-z]+(?:\s+(?:an?|of\s+an?))?)[\s-]+)??"
    r"(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?)\b"
    r"|(?P<half>half[\s-]*)?(?P<hourly>hourly|(?:once\s+)?(?:an|per)\s+hour)\b"
)
_SAID = {"half": 0.5, "half a": 0.5, "half an": 0.5, "quarter": 0.25, "quarter of an": 0.25, "other": 2, "second": 2}
_SAID |= {"two": 2, "third": 3, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_SAID |= {"fifteen": 15, "twenty": 20, "thirty": 30, "ninety": 90, "couple of": 2, "few": 3, "single": 1}
_UNIT_MINUTES = {"s": 1 / 60, "m": 1, "h": 60}
_SPAN = re.compile(r"(?:from|between|starting(?:\s+(?:at|from))?|beginning\s+at)\s+(?=\d|noon|midday|midnight)")
_UNTIL = re.compile(r"\s*(?:-|to|until|till|and|through)\s*(?=\d|noon|midday|midnight)")
_APART = re.compile(rf"(?<=[a-z])/(?={WEEKDAY_NAME}\b)|(?<=[\dm])\s*/\s*(?=\d)|(?<=\d-\d\d)t(?=\d\d:)")
_MARKS = str.maketrans(dict.fromkeys("–—−", "-") | dict.fromkeys('\u00a0`“”"', " ") | {"’": "'", "İ": "I"})


@dataclass
class _RuleWords:
    """What was read of one rule so far. `every` is an interval in minutes, `span` the times between which it counts."""

    days: DayWords
    has_days: bool = False
    times: list[TypedTime] = field(default_factory=list)
    every: int = 0
    span: tuple[TypedTime, TypedTime | None] | None = None

    @property
    def has_times(self) -> bool:
        return bool(self.times or self.every or self.span)


def read_schedule(typed: str, zone: ZoneInfo, now: datetime) -> Schedule:
    """The schedule that was typed, in that zone where it names none.

    RequestError says what in it cannot be read, or cannot be (D01 to D10).
    """
    if len(typed) > defaults.SCHEDULE_CHARACTERS:
        raise RequestError(f"A schedule can have {defaults.SCHEDULE_CHARACTERS} characters; write less.", "D01")
    return _Reader(typed, zone, now, is_whole=True).read()[0]


def take_schedule(typed: str, zone: ZoneInfo, now: datetime) -> tuple[Schedule, str]:
    """The schedule with which the words begin, and the topic behind it: "weekdays 8:30 tariffs".

    There a zone needs its full name, an abbreviation in capitals or the word "time": "Paris" alone is a topic.
    """
    schedule, end = _Reader(typed[: defaults.SCHEDULE_CHARACTERS], zone, now, is_whole=False).read()
    rest = typed[end:].strip(" ,;")
    lead = _LEAD.match(rest)
    return schedule, rest[lead.end() :] if lead else rest


def note_zone(typed: str, schedule: Schedule, zone: ZoneInfo) -> str | None:
    """The sentence that says in which zone the schedule was understood, where it is another one and not typed so."""
    name = name_zone(schedule.zone)
    return None if schedule.zone == zone or name in typed else f"I took the time zone as {name}."


class _Reader:
    """Reads word by word. Rules name days and then times, or all of them times and then days."""

    def __init__(self, typed: str, zone: ZoneInfo, now: datetime, *, is_whole: bool) -> None:
        self._typed, self._zone, self._now, self._is_whole = typed, zone, now, is_whole
        self._text = typed.translate(_MARKS).lower()
        self._local = now.astimezone(zone).replace(tzinfo=None)
        self._rules: list[_RuleWords] = []
        self._first: Kind | None = None
        self._last: Kind | None = None
        self._named: ZoneInfo | None = None
        self._complete: tuple[list[_RuleWords], int] | None = None  # the last that were complete, and where they end

    def read(self) -> tuple[Schedule, int]:
        """The schedule and where it ends."""
        start = len(self._text) - len(self._text.lstrip())
        cron = find_cron(self._text[start:])
        position = self._read_zone_after(start + cron[1]) if cron else self._read_words(start)
        if self._named is not None and self._named != self._zone:  # today may be another day there
            return _Reader(self._typed, self._named, self._now, is_whole=self._is_whole).read()
        rules = [cron[0]] if cron else [self._settled(rule) for rule in self._rules]
        schedule = Schedule(rules=tuple(_merged(rules)), zone=self._zone)
        _refuse_too_often(schedule, self._local)
        if not next_occurrences(schedule, self._now):
            raise RequestError("That is in the past. Write a later date, or set times such as weekdays 09:00.", "D06")
        return schedule, position

    def _read_words(self, start: int) -> int:
        """Where the words of the schedule end; the rules are those that are complete by then."""
        self._text = _APART.sub(lambda mark: ",".ljust(len(mark[0])), self._text)
        position, since = start, start
        while position < len(self._text):
            gap = _BETWEEN.match(self._text, position)
            if gap:
                position = gap.end()
                continue
            connected = bool(_CONNECTS.search(self._text, since, position))
            try:
                end = self._take(position, connected)
            except RequestError:
                if self._is_whole or connected or self._complete is None:
                    raise
                break  # a topic may speak of a 32nd congress
            if end is None:
                filler = _FILLER.match(self._text, position)
                if filler is None:
                    break
                position = filler.end()
                continue
            position = since = end
            if self._is_complete():
                self._complete = (deepcopy(self._rules), end)
        is_read = position >= len(self._text) and self._is_complete()
        if self._complete is None or (
            not is_read and (self._is_whole or _GOES_ON.match(self._text, self._complete[1]))
        ):
            raise self._unread(position)
        self._rules, end = self._complete
        return end

    def _take(self, start: int, connected: bool) -> int | None:
        """Where the item ends that stands there and was taken in; None where none does."""
        days = DayWords(today=self._local.date())
        last = self._rules[-1].days if self._rules else None
        if last is not None and (begun := last.begin(self._text, start)):
            return begun
        follows = last if last is not None and not self._begins("days") else days
        end = follows.take(self._text, start)
        if end is not None:
            rule = self._rule("days", days)
            rule.has_days = True
            return end
        return (
            self._take_interval(start) or self._take_span(start) or self._take_time(start, connected)
        ) or self._take_zone(start)

    def _begins(self, kind: Kind) -> bool:
        """Whether an item of that kind begins another rule."""
        return not self._rules or (kind == self._first and self._last != kind)

    def _rule(self, kind: Kind, days: DayWords | None = None) -> _RuleWords:
        """The rule to which an item of that kind belongs."""
        if self._begins(kind):
            self._rules.append(_RuleWords(days=days or DayWords(today=self._local.date())))
        self._first, self._last = self._first or kind, kind
        return self._rules[-1]

    def _is_complete(self) -> bool:
        """Whether nothing is missing: every time has its days, or there are no days at all."""
        last = self._rules[-1] if self._rules else None
        return last is not None and last.has_times and (last.has_days or len(self._rules) == 1)

    def _take_interval(self, start: int) -> int | None:
        match = _INTERVAL.match(self._text, start)
        if match is None or (match["said"] and " ".join(match["said"].split()) not in _SAID):
            return None
        count = float(match["count"] or _SAID.get(" ".join((match["said"] or "single").split()), 1))
        minutes = (30 if match["half"] else 60) if match["hourly"] else count * _UNIT_MINUTES[match["unit"][0]]
        if minutes < defaults.SCHEDULE_SHORTEST_MINUTES:
            raise _too_often()
        if minutes > defaults.SCHEDULE_LONGEST_DAYS * _DAY_MINUTES:
            raise RequestError(f"The longest is {defaults.SCHEDULE_LONGEST_DAYS} days.", "D08")
        if minutes % 1 or (minutes >= _DAY_MINUTES and minutes % _DAY_MINUTES):
            raise RequestError(
                f"I cannot read {again(match[0])} as an interval; write whole minutes, hours or days.", "D01"
            )
        if minutes >= _DAY_MINUTES:
            rule = self._rule("days")
            rule.has_days = rule.days.take(f"every {minutes // _DAY_MINUTES:.0f} days", 0) is not None
        else:
            self._rule("times").every = int(minutes)
        return match.end()

    def _take_span(self, start: int) -> int | None:
        match = _SPAN.match(self._text, start)
        first = find_time(self._text, match.end() if match else start)
        until = _UNTIL.match(self._text, first.end) if first else None
        if first is None or not (match or (until and "-" in until[0])):
            return None
        last = find_time(self._text, until.end()) if until else None
        rule = self._rules[-1] if self._rules and self._rules[-1].every else self._rule("times")
        rule.span = (first, last)
        return last.end if last else first.end

    def _take_time(self, start: int, connected: bool) -> int | None:
        is_first = self._begins("times") or not self._rules[-1].has_times
        found = find_time(self._text, start)
        if found is None or (found.words.isdecimal() and not (is_first or connected)):
            return None
        self._rule("times").times.append(found)
        return found.end

    def _take_zone(self, start: int) -> int | None:
        match = _ZONE.match(self._text, start)
        words = match[0].split(" ") if match else []
        while words:
            end = start + len(" ".join(words))
            typed = self._typed[start:end]
            zone = find_zone(typed) if self._is_whole or _SURE_ZONE.fullmatch(typed) else None
            if zone is not None:
                if self._named not in (None, zone):
                    raise RequestError("Two time zones are named. Write one, such as Europe/Paris.", "D03")
                self._named = zone
                return end
            words.pop()
        return None

    def _read_zone_after(self, position: int) -> int:
        """Where the zone ends that follows a cron line, if one does."""
        gap = _BETWEEN.match(self._text, position)
        end = self._take_zone(gap.end()) if gap else None
        rest = self._text[end or position :].strip()
        if rest and self._is_whole:
            read_zone(rest)
        return end or position

    def _settled(self, rule: _RuleWords) -> Rule:
        times = sorted(set(self._times_of(rule)))
        start = self._local.date()
        if times[-1] <= self._local.time():
            start += timedelta(days=1)
        return Rule(
            days=rule.days.settle(start) if rule.has_days else Days(weekdays=EVERY_DAY),
            times=tuple(times),
        )

    def _times_of(self, rule: _RuleWords) -> Iterable[time]:
        half, typed = rule.days.half, list(rule.times)
        is_mixed = len({one.is_halved for one in typed}) > 1
        if rule.span and not rule.every:
            first, last = rule.span
            if last is not None:
                raise RequestError(f"How often? Write for example every 2 hours {self._typed.strip()}.", "D01")
            typed.append(first)
        for one in typed:
            yield one.settle(half=half, is_sure=rule.has_days and not is_mixed)
        if rule.every:
            start, end = time(), time(23, 59)
            if rule.span:
                first, last = rule.span
                start, end = settle_pair(first, last) if last else (first.settle(half=half, is_sure=True), end)
            yield from _steps(start, end, rule.every)

    def _unread(self, start: int) -> RequestError:
        """What is wrong with the words from there on, or missing behind them."""
        word = _WORD.match(self._text, start)
        if word is None:
            return self._missing()
        if "/" in word[0] or self._is_complete():
            typed = self._typed[word.start() : word.end()]
            try:
                read_zone(typed)
            except RequestError as fault:
                if not typed.islower() or "/" in typed or "did you mean" in str(fault):
                    return fault
        name = word[0].rstrip("s.")
        if name.endswith("day") or get_close_matches(name, WEEKDAYS, n=1, cutoff=_LIKE_A_DAY):
            return RequestError(f"I do not know the day {again(word[0])}; write Monday to Sunday, or weekdays.", "D05")
        if self._is_complete():
            return RequestError(f"I do not understand {again(word[0])}; write for example weekdays 8:30.", "D01")
        return RequestError(f"I cannot read {again(word[0])} as a time; write 09:00 or 9am.", "D01")

    def _missing(self) -> RequestError:
        if not self._rules:
            return RequestError("Say when: for example weekdays 8:30, or every 4 hours.", "D01")
        if not self._rules[-1].has_times:
            return RequestError(f"At what time? Write for example {again(f'{self._typed.strip()} 09:00')}.", "D02")
        return RequestError("On which days is the last time meant? Name days for every time, or none.", "D05")


def _steps(start: time, end: time, minutes: int) -> Iterable[time]:
    """The times from the one to the other, past midnight where that is the earlier one."""
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    last += _DAY_MINUTES if last < first else 0
    for minute in range(first, last + 1, minutes):
        yield time(minute % _DAY_MINUTES // 60, minute % 60)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, those with the same times as one where their days can be said together."""
    merged: list[Rule] = []
    for rule in rules:
        last = next((one for one in merged if one.times == rule.times and not one.days.strides), None)
        if last is None or rule.days.strides:
            merged.append(rule)
        else:
            merged[merged.index(last)] = Rule(days=last.days.joined(rule.days), times=rule.times)
    return merged


def _refuse_too_often(schedule: Schedule, local: datetime) -> None:
    before: datetime | None = None
    sampled = {local.date() + timedelta(days=number) for number in range(_SAMPLED_DAYS)}
    for day in sorted(sampled.union(*(rule.days.dates for rule in schedule.rules))):
        for slot in schedule.slots(day):
            wall = datetime.combine(day, slot)
            if before is not None and wall - before < timedelta(minutes=defaults.SCHEDULE_SHORTEST_MINUTES):
                raise _too_often()
            before = wall


def _too_often() -> RequestError:
    return RequestError(f"The shortest interval is {defaults.SCHEDULE_SHORTEST_MINUTES} minutes.", "D07")
