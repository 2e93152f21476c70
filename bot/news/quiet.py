"""Quiet hours: when a channel is told nothing, or only what is severe."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.news.schedule import first_moment

_DAY = timedelta(days=1)


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
