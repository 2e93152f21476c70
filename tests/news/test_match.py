"""When a watch tells what it meets: at once, in the next batch, after quiet hours, in a summary, or never."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.news.match import Fate, decide, hour_start, quiet_end
from bot.news.quiet import QuietHours
from bot.news.watch import Watch
from tests.watching import make_watch

PARIS, KOLKATA = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Kolkata")
NIGHT = QuietHours(start=time(22), end=time(7))
NOON = datetime(2025, 4, 16, 10, 20, 30, tzinfo=UTC)  # in Paris
MIDNIGHT = datetime(2025, 4, 16, 22, tzinfo=UTC)  # in Paris
HOUR = timedelta(hours=1)


def fate(watch: Watch, now: datetime = NOON, told: int = 0, **given: bool) -> Fate:
    known = {"is_severe": False, "story_muted": False}
    return decide(watch, now, told_this_hour=told, **(known | given))


def test_what_comes_is_told_at_once() -> None:
    assert fate(make_watch()) == Fate(state="told")


def test_a_muted_story_weighs_more_than_a_muted_watch_and_both_more_than_anything_else() -> None:
    watch = make_watch(cadence="daily", muted_until=NOON + HOUR)
    assert fate(watch, story_muted=True) == Fate(state="story muted")
    assert fate(watch) == Fate(state="muted")
    assert fate(watch, NOON + HOUR).state == "for the batch"


@pytest.mark.parametrize(
    ("cadence", "zone", "now", "until"),
    [
        ("hourly", PARIS, NOON, datetime(2025, 4, 16, 11, tzinfo=UTC)),
        ("hourly", KOLKATA, NOON, datetime(2025, 4, 16, 10, 30, tzinfo=UTC)),
        ("hourly", PARIS, datetime(2025, 4, 16, 11, tzinfo=UTC), datetime(2025, 4, 16, 12, tzinfo=UTC)),
        ("daily", PARIS, NOON, datetime(2025, 4, 17, 7, tzinfo=UTC)),
        ("daily", PARIS, datetime(2025, 4, 16, 6, 59, tzinfo=UTC), datetime(2025, 4, 16, 7, tzinfo=UTC)),
        ("daily", PARIS, datetime(2025, 4, 16, 7, tzinfo=UTC), datetime(2025, 4, 17, 7, tzinfo=UTC)),
        ("daily", PARIS, datetime(2025, 10, 25, 12, tzinfo=UTC), datetime(2025, 10, 26, 8, tzinfo=UTC)),
    ],
)
def test_what_is_told_hourly_or_daily_is_held_until_the_next_hour_or_morning_there(
    cadence: str, zone: ZoneInfo, now: datetime, until: datetime
) -> None:
    assert fate(make_watch(cadence=cadence, zone=zone), now) == Fate(state="for the batch", until=until)


def test_an_hourly_batch_that_would_be_due_in_quiet_hours_waits_for_their_end() -> None:
    watch = make_watch(cadence="hourly", zone=PARIS, quiet=NIGHT)
    assert fate(watch, MIDNIGHT).until == datetime(2025, 4, 17, 5, tzinfo=UTC)
    assert fate(watch, NOON).until == datetime(2025, 4, 16, 11, tzinfo=UTC)


def test_quiet_hours_hold_everything_but_what_is_severe_where_they_let_it() -> None:
    until = datetime(2025, 4, 17, 5, tzinfo=UTC)
    strict, open_ = (make_watch(zone=PARIS, quiet=NIGHT, quiet_lets=lets) for lets in ("nothing", "severe"))
    assert fate(strict, MIDNIGHT, is_severe=True) == Fate(state="quiet hours", until=until)
    assert fate(open_, MIDNIGHT) == Fate(state="quiet hours", until=until)
    assert fate(open_, MIDNIGHT, is_severe=True) == Fate(state="told")
    assert fate(open_, NOON) == Fate(state="told")


def test_beyond_the_most_of_an_hour_it_is_named_when_the_hour_is_over_and_not_in_quiet_hours() -> None:
    watch = make_watch(zone=PARIS, an_hour=3, quiet=QuietHours(start=time(13), end=time(14, 30)))
    assert fate(watch, told=2) == Fate(state="told")
    assert fate(watch, told=3) == Fate(state="too many", until=datetime(2025, 4, 16, 12, 30, tzinfo=UTC))


def test_an_hour_begins_when_the_clocks_there_show_a_full_one() -> None:
    assert hour_start(PARIS, NOON) == datetime(2025, 4, 16, 10, tzinfo=UTC)
    assert hour_start(KOLKATA, NOON) == datetime(2025, 4, 16, 9, 30, tzinfo=UTC)


def test_without_quiet_hours_no_moment_is_quiet() -> None:
    assert quiet_end(make_watch(), MIDNIGHT) == MIDNIGHT
