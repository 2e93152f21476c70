"""When schedules are due: each local date once, through every clock change of every zone, and never early."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.news.days import EVERY_DAY, LAST, WEEKDAYS, Days
from bot.news.schedule import (
    Rule,
    Schedule,
    first_moment,
    latest_occurrence,
    next_occurrences,
    next_skipped,
    notes_on,
)
from tests.news.clock_changes import DAY, QUARTER_HOURS, ClockChange, clock_changes, unlike_zones

UTC_ZONE = ZoneInfo("UTC")
NEW_YORK = ZoneInfo("America/New_York")
HALF_HOURS = tuple(QUARTER_HOURS[::2])


def scheduled(days: Days, *times: time, zone: ZoneInfo = UTC_ZONE) -> Schedule:
    return Schedule(rules=(Rule(days=days, times=times),), zone=zone)


def daily(*times: time, zone: ZoneInfo = UTC_ZONE) -> Schedule:
    return scheduled(Days(weekdays=EVERY_DAY), *times, zone=zone)


def dates(schedule: Schedule, after: datetime, count: int) -> list[str]:
    return [one.local_date.isoformat() for one in next_occurrences(schedule, after, count)]


def test_every_quarter_hour_comes_once_a_date_at_every_clock_change_of_every_zone() -> None:
    """The zones of tzdata, 2024 to 2037; those whose clocks agree are tried once.

    Every kind of change in a zone is tried with all quarter hours, and again in other years with those around it.
    """
    tried, count = set(), 0
    for zone in unlike_zones():
        for change in clock_changes(zone):
            kind = (zone, change.before, change.after, change.wall.time())
            slots = near(change.wall) if kind in tried else QUARTER_HOURS
            tried.add(kind)
            count += 1
            for slot in slots:
                try_out(change, slot)
    assert count > 700


def near(wall: datetime) -> set[time]:
    start = wall.replace(minute=0) - timedelta(hours=2)
    return {(start + timedelta(minutes=15 * number)).time() for number in range(6 * 4)}


def try_out(change: ClockChange, slot: time) -> None:
    wanted = [change.wall.date() + number * DAY for number in (-1, 0, 1)]
    start = change.first_shows(wanted[0], slot) - timedelta(minutes=1)
    found = next_occurrences(daily(slot, zone=change.zone), start, len(wanted))
    assert [one.local_date for one in found] == wanted, (change, slot)
    for one in found:
        assert one.due == change.first_shows(one.local_date, slot), (change, slot)
        assert one.due.astimezone(change.zone).replace(tzinfo=None) >= datetime.combine(one.local_date, slot)


def test_looking_back_finds_what_looking_ahead_found() -> None:
    for zone in unlike_zones():
        for change in islice(clock_changes(zone), 2):
            schedule = daily(time(0), time(0, 30), time(2, 30), time(23, 45), zone=zone)
            found = next_occurrences(schedule, change.at - 2 * DAY, 16)
            for before, one in pairwise(found):
                assert latest_occurrence(schedule, one.due) == one
                assert latest_occurrence(schedule, one.due - timedelta(seconds=1)) == before


@pytest.mark.parametrize(
    ("zone", "day", "slot", "comes"),
    [
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08T03:00:00-04:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T01:30:00-04:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0, 15), "2026-04-24T01:00:00+03:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04T02:30:00+11:00"),
        ("Antarctica/Troll", date(2026, 3, 29), time(2, 15), "2026-03-29T03:00:00+02:00"),
        ("Asia/Kathmandu", date(1986, 1, 1), time(0, 10), "1986-01-01T00:15:00+05:45"),
    ],
)
def test_a_time_that_clocks_skip_comes_after_it_and_one_that_comes_twice_the_first_time(
    zone: str, day: date, slot: time, comes: str
) -> None:
    assert first_moment(day, slot, ZoneInfo(zone)).astimezone(ZoneInfo(zone)).isoformat() == comes


@pytest.mark.parametrize(
    ("zone", "missing", "before", "after"),
    [
        ("Pacific/Apia", "2011-12-30", "2011-12-29", "2011-12-31"),
        ("Pacific/Kwajalein", "1993-08-21", "1993-08-20", "1993-08-22"),
        ("Pacific/Kiritimati", "1994-12-31", "1994-12-30", "1995-01-01"),
    ],
)
def test_a_date_that_a_zone_leaves_out_has_no_digest_of_its_own(
    zone: str, missing: str, before: str, after: str
) -> None:
    for slot in (time(0), time(9), time(23, 45)):
        schedule = daily(slot, zone=ZoneInfo(zone))
        start = datetime.fromisoformat(before).replace(tzinfo=UTC) - 3 * DAY
        found = dates(schedule, start, 6)
        assert missing not in found
        assert found[found.index(before) + 1] == after
    weekly = scheduled(Days(weekdays=frozenset((date.fromisoformat(missing).weekday(),))), time(9), zone=ZoneInfo(zone))
    assert missing not in dates(weekly, start, 3)


def test_slots_that_a_clock_change_brings_together_are_one() -> None:
    found = next_occurrences(daily(*HALF_HOURS, zone=NEW_YORK), datetime(2026, 3, 8, 6, tzinfo=UTC), 3)
    assert [one.slot for one in found] == [time(1, 30), time(3), time(3, 30)]
    assert found[1].due == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert latest_occurrence(daily(*HALF_HOURS, zone=NEW_YORK), found[1].due) == found[1]


def test_half_hours_come_once_where_an_hour_comes_twice() -> None:
    found = next_occurrences(daily(*HALF_HOURS, zone=NEW_YORK), datetime(2026, 11, 1, 3, 59, tzinfo=UTC), 48)
    assert [one.slot for one in found] == list(HALF_HOURS)
    assert {after.due - before.due for before, after in pairwise(found)} == {timedelta(minutes=m) for m in (30, 90)}


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (Days(weekdays=WEEKDAYS), ["2026-11-27", "2026-11-30", "2026-12-01"]),
        (Days(month_days=frozenset((1, LAST))), ["2026-11-30", "2026-12-01", "2026-12-31"]),
        (Days(month_days=frozenset((31,))), ["2026-12-31", "2027-01-31", "2027-03-31"]),
        (Days(month_days=frozenset((29,))), ["2026-11-29", "2026-12-29", "2027-01-29"]),
        (Days(ordinals=frozenset(((LAST, 4),))), ["2026-11-27", "2026-12-25", "2027-01-29"]),
        (Days(ordinals=frozenset(((1, 0), (3, 0)))), ["2026-12-07", "2026-12-21", "2027-01-04"]),
        (Days(ordinals=frozenset(((5, 1),))), ["2026-12-29", "2027-03-30", "2027-06-29"]),
        (Days(strides=frozenset(((10, date(2026, 11, 20)),))), ["2026-11-30", "2026-12-10", "2026-12-20"]),
        (Days(strides=frozenset(((2, date(2026, 12, 5)),))), ["2026-12-05", "2026-12-07", "2026-12-09"]),
        (Days(dates=frozenset((date(2026, 12, 24), date(2028, 2, 29)))), ["2026-12-24", "2028-02-29"]),
        (Days(weekdays=frozenset((6,)), dates=frozenset((date(2026, 11, 28),))), ["2026-11-28", "2026-11-29"]),
    ],
)
def test_days_are_found_in_order(days: Days, found: list[str]) -> None:
    after = datetime(2026, 11, 26, 20, tzinfo=UTC)
    assert dates(scheduled(days, time(9)), after, len(found)) == found
    assert latest_occurrence(scheduled(days, time(9)), datetime(2040, 1, 1, tzinfo=UTC)) is not None


def test_a_schedule_of_single_dates_comes_to_an_end() -> None:
    once = scheduled(Days(dates=frozenset((date(2026, 12, 24),))), time(9), time(18))
    assert dates(once, datetime(2026, 11, 26, tzinfo=UTC), 5) == ["2026-12-24", "2026-12-24"]
    assert next_occurrences(once, datetime(2026, 12, 24, 18, tzinfo=UTC)) == []
    assert latest_occurrence(once, datetime(2026, 12, 24, 8, tzinfo=UTC)) is None


def test_rules_with_times_of_their_own_are_due_side_by_side() -> None:
    both = Schedule(
        rules=(
            Rule(days=Days(weekdays=WEEKDAYS), times=(time(8, 30),)),
            Rule(days=Days(weekdays=frozenset((4, 5))), times=(time(10),)),
        ),
        zone=UTC_ZONE,
    )
    found = next_occurrences(both, datetime(2026, 11, 26, 20, tzinfo=UTC), 4)
    assert [f"{one.local_date:%a} {one.slot:%H:%M}" for one in found] == [
        *("Fri 08:30", "Fri 10:00", "Sat 10:00", "Mon 08:30"),
    ]


def test_what_clocks_will_skip_is_told_beforehand() -> None:
    now = datetime(2026, 1, 10, tzinfo=UTC)
    assert notes_on(daily(time(2, 30), zone=NEW_YORK), now) == [
        "On 8 March that time does not exist; you will get it at 03:00."
    ]
    assert notes_on(daily(time(2, 30), time(14), zone=NEW_YORK), now) == [
        "On 8 March 02:30 does not exist; you will get it at 03:00."
    ]
    sundays = scheduled(Days(weekdays=frozenset((6,))), time(2, 30), zone=NEW_YORK)
    assert notes_on(sundays, datetime(2026, 3, 20, tzinfo=UTC))[0].startswith("On 14 March")


@pytest.mark.parametrize(
    "schedule",
    [
        daily(time(2, 30)),
        daily(time(1, 30), zone=NEW_YORK),
        daily(*HALF_HOURS, zone=NEW_YORK),
        scheduled(Days(weekdays=WEEKDAYS), time(2, 30), zone=NEW_YORK),
    ],
    ids=["no clock change", "only twice", "another comes then", "another day"],
)
def test_nothing_is_told_where_no_time_is_skipped(schedule: Schedule) -> None:
    assert next_skipped(schedule, datetime(2026, 1, 10, tzinfo=UTC)) is None
    assert notes_on(schedule, datetime(2026, 1, 10, tzinfo=UTC)) == []


def test_months_that_are_left_out_are_told() -> None:
    days = Days(month_days=frozenset((1, 31)), ordinals=frozenset(((5, 4), (LAST, 0))))
    assert notes_on(scheduled(days, time(9)), datetime(2026, 1, 10, tzinfo=UTC)) == [
        "Months without a 31st are left out.",
        "Months without a fifth Friday are left out.",
    ]
