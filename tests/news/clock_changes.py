"""Every clock change of every zone, and when the clocks there first show a time, worked out without schedules."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
QUARTER_HOURS = [time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 15)]

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class ClockChange:
    """At that moment, the clocks of the zone go from one distance from UTC to another."""

    zone: ZoneInfo
    at: datetime
    before: timedelta
    after: timedelta

    @property
    def wall(self) -> datetime:
        """What the clocks show when they are changed, before that."""
        return (self.at + self.before).replace(tzinfo=None)

    def first_shows(self, day: date, slot: time) -> datetime:
        """The first moment, within days of the change, at which the clocks show that time or a later one."""
        wall = datetime.combine(day, slot, tzinfo=UTC)
        early = wall - self.before
        return early if early < self.at else max(self.at, wall - self.after)


def read_zones() -> dict[str, ZoneInfo]:
    """The zones of the tzdata package, whatever the system has."""
    root = resources.files("tzdata")
    found = {}
    for name in root.joinpath("zones").read_text(encoding="utf-8").split():
        with root.joinpath("zoneinfo", *name.split("/")).open("rb") as rules:
            found[name] = ZoneInfo.from_file(rules, key=name)
    return found


def unlike_zones(step: timedelta = 7 * DAY) -> list[ZoneInfo]:
    """One zone for all whose clocks agree from 2024 to 2037."""
    moments = [FIRST + step * number for number in range((LAST - FIRST) // step + 1)]
    unlike: dict[tuple[timedelta | None, ...], ZoneInfo] = {}
    for zone in read_zones().values():
        unlike.setdefault(tuple(moment.astimezone(zone).utcoffset() for moment in moments), zone)
    return list(unlike.values())


def clock_changes(zone: ZoneInfo, step: timedelta = 7 * DAY) -> Iterator[ClockChange]:
    """The clock changes of the zone from 2024 to 2037, of which there is at most one in a step."""
    start = FIRST
    while start < LAST:
        early, late = start, start + step
        before, after = _offset(early, zone), _offset(late, zone)
        start = late
        if before == after:
            continue
        while late - early > _SECOND:
            middle = (early + (late - early) / 2).replace(microsecond=0)
            early, late = (middle, late) if _offset(middle, zone) == before else (early, middle)
        yield ClockChange(zone=zone, at=late, before=before, after=after)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset
