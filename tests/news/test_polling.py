"""When a feed is read again, and when it is given up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.polling import (
    Pace,
    is_move_to_be_adopted,
    is_to_be_stopped,
    learn_gap,
    usual_gap,
    wait_after_failure,
    wait_after_reading,
)
from bot.news.source import FeedId, FollowedFeed
from tests.makes import NOW

PACE = Pace(fastest=timedelta(minutes=15), slowest=timedelta(minutes=240))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

FEED = FollowedFeed(
    id=FeedId(1),
    address="https://one.example/feed",
    kind="feed",
    user=None,
    site=None,
    next_read=NOW,
    last_read=NOW,
    last_new=NOW,
    gap_seconds=None,
    failures=0,
    failing_since=None,
    code=None,
    fault=None,
    stopped=None,
    moved_to=None,
    moved_since=None,
    moved_times=0,
)


@pytest.mark.parametrize(
    ("gap", "quiet", "asked", "wait"),
    [
        (timedelta(minutes=5), timedelta(), None, timedelta(minutes=15)),  # busy: never faster than the pace
        (4 * HOUR, timedelta(), None, HOUR),  # a quarter of the gap
        (7 * DAY, timedelta(), None, 4 * HOUR),  # slow: never slower than the pace
        (HOUR, 8 * HOUR, None, HOUR),  # quiet for longer than usual counts as slower
        (HOUR, timedelta(), 3 * HOUR, 3 * HOUR),  # the site asks for more
        (4 * HOUR, timedelta(), timedelta(minutes=5), HOUR),  # the site would bear more than we ask
        (HOUR, timedelta(), 90 * DAY, DAY),  # nobody is left alone for longer than a day
    ],
)
def test_the_wait_follows_how_often_a_feed_publishes_and_what_its_site_asks(
    gap: timedelta, quiet: timedelta, asked: timedelta | None, wait: timedelta
) -> None:
    assert wait_after_reading(gap.total_seconds(), quiet, asked=asked, pace=PACE, luck=0.0) == wait


def test_feeds_that_were_read_together_are_spread() -> None:
    waits = [wait_after_reading(4 * 3600.0, timedelta(), asked=None, pace=PACE, luck=luck) for luck in (-1.0, 0.0, 1.0)]
    assert waits == [timedelta(minutes=54), HOUR, timedelta(minutes=66)]


def test_waits_double_with_every_failure_up_to_a_day() -> None:
    waits = [wait_after_failure(failures, retry_after=None, pace=PACE, luck=0.0) for failures in range(1, 10)]
    assert waits[:4] == [timedelta(minutes=30), HOUR, 2 * HOUR, 4 * HOUR]
    assert waits[-1] == DAY


@given(failures=st.integers(1, 10_000), asked=st.timedeltas(timedelta(), timedelta(days=10_000)), luck=st.floats(-1, 1))
def test_a_site_is_never_asked_sooner_than_it_wants_nor_forgotten(failures: int, asked: timedelta, luck: float) -> None:
    wait = wait_after_failure(failures, retry_after=asked, pace=PACE, luck=luck)
    assert min(asked, DAY) <= wait <= DAY * 1.1


@pytest.mark.parametrize(
    ("failing", "is_gone", "stopped"),
    [
        (None, False, False),
        (13 * DAY, False, False),
        (14 * DAY, False, True),
        (6 * DAY, True, False),
        (7 * DAY, True, True),
    ],
)
def test_a_feed_is_given_up_after_days_without_a_good_reading(
    failing: timedelta | None, is_gone: bool, stopped: bool
) -> None:
    feed = replace(FEED, failing_since=NOW - failing if failing else None)
    assert is_to_be_stopped(feed, NOW, is_gone=is_gone) is stopped


@pytest.mark.parametrize(
    ("since", "times", "adopted"),
    [(DAY, 3, True), (DAY, 2, False), (23 * HOUR, 30, False)],
)
def test_a_permanent_redirect_is_believed_after_three_readings_over_a_day(
    since: timedelta, times: int, adopted: bool
) -> None:
    assert is_move_to_be_adopted(NOW - since, times, NOW) is adopted


def test_the_usual_gap_is_that_of_the_newest_entries() -> None:
    assert usual_gap([NOW]) is None
    assert usual_gap([NOW - n * HOUR for n in range(10)] + [NOW - 9000 * HOUR]) == 3600.0


def test_the_usual_gap_is_learnt_from_what_comes() -> None:
    assert learn_gap(None, NOW, None, 3) is None
    assert learn_gap(None, NOW, NOW - 4 * HOUR, 2) == 7200.0
    assert learn_gap(3600.0, NOW, NOW - 6 * HOUR, 1) == pytest.approx(3600 + 0.2 * 5 * 3600)
    assert learn_gap(3600.0, NOW, NOW - 6 * HOUR, 0) == 3600.0
