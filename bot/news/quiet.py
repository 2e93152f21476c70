"""Quiet hours: when a channel is told nothing, or only what is severe."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import RequestError
from bot.news.schedule import Schedule, first_moment, next_occurrences
from bot.news.times_of_day import find_time, settle_pair
from bot.news.typed import again

_DAY = timedelta(days=1)
_SAMPLED_TIMES = 100  # those of a schedule, over whole weeks and months
_UNTIL = re.compile(r"\s*(?:-|–|—|to|until|till|and)\s*")
_LEAD = re.compile(r"\s*(?:quiet\s+(?:hours\s+)?)?(?:from\s+|between\s+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class QuietHours:
    """From one local time to another, every day; over midnight where the second is the earlier one."""

    start: time
    end: time

    def is_quiet(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether the moment lies in the quiet hours of the zone."""
        return self.ends(moment, zone) > moment

    def ends(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """The first moment, from that one on, that is not quiet.

        They begin and end when the clocks first show these times; what the clocks show again is not quiet again.
        """
        today = moment.astimezone(zone).date()
        for day in (today - _DAY, today, today + _DAY):
            begins = first_moment(day, self.start, zone)
            ends = first_moment(day if self.start < self.end else day + _DAY, self.end, zone)
            if begins <= moment < ends:
                return ends
        return moment

    def in_words(self) -> str:
        """The hours as they can be typed: "22:00-07:00"."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def read_quiet(typed: str) -> QuietHours:
    """The quiet hours that were typed: 22:00-07:00, 10pm to 7am, 22-7.

    RequestError where a time cannot be read (D01, D02), and for hours that would never end (D11).
    """
    text = typed.strip().lower()
    lead = _LEAD.match(text)
    first = find_time(text, lead.end() if lead else 0)
    until = _UNTIL.match(text, first.end) if first else None
    last = find_time(text, until.end()) if until else None
    if first is None or last is None or last.end != len(text):
        raise RequestError(f"I cannot read {again(typed)} as quiet hours; write 22:00-07:00.", "D01")
    start, end = settle_pair(first, last)
    if start == end:
        raise RequestError(f"Quiet hours from {start:%H:%M} to {end:%H:%M} would silence everything.", "D11")
    return QuietHours(start=start, end=end)


def refuse_silencing(quiet: QuietHours, zone: ZoneInfo, schedule: Schedule, now: datetime) -> None:
    """RequestError (D11) where every time of the schedule would lie in the quiet hours of the zone."""
    coming = next_occurrences(schedule, now, _SAMPLED_TIMES)
    if coming and all(quiet.is_quiet(one.due, zone) for one in coming):
        raise RequestError(f"Quiet hours would silence the {coming[0].slot:%H:%M} digest.", "D11")
