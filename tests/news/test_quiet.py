"""Quiet hours: when they are, when they end, and which cannot be."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.errors import RequestError
from bot.news.days import EVERY_DAY, Days
from bot.news.quiet import QuietHours, read_quiet, refuse_silencing
from bot.news.schedule import Rule, Schedule

NIGHT = QuietHours(start=time(22), end=time(7))
PARIS = ZoneInfo("Europe/Paris")
NEW_YORK = ZoneInfo("America/New_York")


def local(zone: ZoneInfo, *at: int, fold: int = 0) -> datetime:
    return datetime(*at, tzinfo=zone, fold=fold).astimezone(UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "is_quiet"),
    [((21, 59), False), ((22, 0), True), ((23, 59), True), ((0, 0), True), ((6, 59), True), ((7, 0), False)],
)
def test_the_night_is_quiet_in_its_zone_over_midnight(at: tuple[int, int], is_quiet: bool) -> None:
    moment = local(PARIS, 2026, 11, 26, *at)
    assert NIGHT.is_quiet(moment, PARIS) is is_quiet
    if is_quiet:
        assert NIGHT.ends(moment, PARIS).astimezone(PARIS).time() == time(7)
    else:
        assert NIGHT.ends(moment, PARIS) == moment


def test_hours_within_a_day_are_quiet_on_that_day_only() -> None:
    lunch = QuietHours(start=time(12), end=time(13, 30))
    assert lunch.is_quiet(local(PARIS, 2026, 11, 26, 12, 45), PARIS)
    assert lunch.ends(local(PARIS, 2026, 11, 26, 12, 45), PARIS) == local(PARIS, 2026, 11, 26, 13, 30)
    assert not lunch.is_quiet(local(PARIS, 2026, 11, 26, 0, 45), PARIS)


def test_the_zone_decides_what_is_night() -> None:
    moment = datetime(2026, 11, 26, 23, 0, tzinfo=UTC)
    assert NIGHT.is_quiet(moment, PARIS)
    assert not NIGHT.is_quiet(moment, NEW_YORK)


def test_a_night_is_an_hour_shorter_or_longer_where_clocks_change() -> None:
    spring, autumn = local(NEW_YORK, 2026, 3, 7, 22), local(NEW_YORK, 2026, 10, 31, 22)
    assert NIGHT.ends(spring, NEW_YORK) - spring == timedelta(hours=8)
    assert NIGHT.ends(autumn, NEW_YORK) - autumn == timedelta(hours=10)


def test_an_end_that_clocks_skip_is_when_they_have_skipped_it() -> None:
    short = QuietHours(start=time(22), end=time(2, 30))
    assert short.ends(local(NEW_YORK, 2026, 3, 8, 1), NEW_YORK) == local(NEW_YORK, 2026, 3, 8, 3)


def test_an_end_that_comes_twice_ends_the_first_time_for_good() -> None:
    short = QuietHours(start=time(22), end=time(1, 30))
    assert short.is_quiet(local(NEW_YORK, 2026, 11, 1, 1, 29), NEW_YORK)
    for fold in (0, 1):
        assert not short.is_quiet(local(NEW_YORK, 2026, 11, 1, 1, 30, fold=fold), NEW_YORK)
    assert not short.is_quiet(local(NEW_YORK, 2026, 11, 1, 1, 10, fold=1), NEW_YORK)


def test_quiet_begins_and_ends_once_a_day_where_clocks_change() -> None:
    for day in (datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)):
        quiet = [NIGHT.is_quiet(day + timedelta(minutes=minute), NEW_YORK) for minute in range(3 * 24 * 60)]
        assert sum(before != after for before, after in pairwise(quiet)) == 6


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22:00-07:00", "22:00-07:00"),
        ("22:00 – 7:00", "22:00-07:00"),
        ("10pm to 7am", "22:00-07:00"),
        ("22-7", "22:00-07:00"),
        ("from 22 until 5", "22:00-05:00"),
        ("quiet hours from midnight to 6:30", "00:00-06:30"),
    ],
)
def test_quiet_hours_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert read_quiet(typed).in_words() == meant
    assert read_quiet(meant) == read_quiet(typed)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("22:00-22:00", "D11", "Quiet hours from 22:00 to 22:00 would silence everything."),
        ("25:00-7:00", "D01", "I cannot read `25:00` as a time; write 09:00 or 9am."),
        ("9-5", "D02", "9 in the morning or evening? Write 09:00 or 21:00."),
        ("at night", "D01", "I cannot read `at night` as quiet hours; write 22:00-07:00."),
        ("", "D01", "I cannot read `` as quiet hours; write 22:00-07:00."),
        ("22:00-07:00 and more", "D01", "I cannot read `22:00-07:00 and more` as quiet hours; write 22:00-07:00."),
    ],
)
def test_what_cannot_be_quiet_hours_is_refused(typed: str, code: str, said: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_quiet(typed)
    assert (str(refused.value), refused.value.code) == (said, code)


def test_quiet_hours_that_would_silence_every_digest_are_refused() -> None:
    def daily(*times: time) -> Schedule:
        return Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=times),), zone=PARIS)

    now = datetime(2026, 11, 26, 9, tzinfo=UTC)
    with pytest.raises(RequestError) as refused:
        refuse_silencing(NIGHT, PARIS, daily(time(23)), now)
    assert (str(refused.value), refused.value.code) == ("Quiet hours would silence the 23:00 digest.", "D11")
    refuse_silencing(NIGHT, PARIS, daily(time(8), time(23)), now)
    refuse_silencing(NIGHT, NEW_YORK, daily(time(23)), now)
