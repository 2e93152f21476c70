from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.times import Window, is_about_now, local_day, read_times, utc

NOW = datetime(2025, 4, 16, 9, 30, tzinfo=UTC)  # a Wednesday
LONDON, BERLIN, UTC_ZONE = ZoneInfo("Europe/London"), ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")


def named(text: str, *, now: datetime = NOW, zone: ZoneInfo = UTC_ZONE) -> list[tuple[str, str]]:
    """First and last minute of each window, in local time; open sides are "…"."""
    return [
        (_local(mention.window.start, zone), _local(mention.window.end, zone))
        for mention in read_times(text, now, zone)
    ]


def _local(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00") if moment else "…"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("What happened today?", "2025-04-16", "2025-04-17"),
        ("What happened this morning?", "2025-04-16", "2025-04-17"),
        ("What happened yesterday?", "2025-04-15", "2025-04-16"),
        ("What happened the day before yesterday?", "2025-04-14", "2025-04-15"),
        ("What happened on Monday?", "2025-04-14", "2025-04-15"),
        ("What happened Wednesday?", "2025-04-16", "2025-04-17"),
        ("What happened last Wednesday?", "2025-04-09", "2025-04-10"),
        ("What happened this week?", "2025-04-14", "2025-04-21"),
        ("What happened last week?", "2025-04-07", "2025-04-14"),
        ("What happened last weekend?", "2025-04-12", "2025-04-14"),
        ("What happened in the past week?", "2025-04-09 09:30", "2025-04-16 09:30"),
        ("What happened last month?", "2025-03-01", "2025-04-01"),
        ("What happened last quarter?", "2025-01-01", "2025-04-01"),
        ("What happened last year?", "2024-01-01", "2025-01-01"),
        ("What happened in the last 24 hours?", "2025-04-15 09:30", "2025-04-16 09:30"),
        ("What happened over the past few days?", "2025-04-13 09:30", "2025-04-16 09:30"),
        ("What happened two weeks ago?", "2025-03-30", "2025-04-06"),
        ("What happened a couple of days ago?", "2025-04-14", "2025-04-15"),
        ("What happened 5 hours ago?", "2025-04-16 03:30", "2025-04-16 05:30"),
        ("What happened on 3 April?", "2025-04-03", "2025-04-04"),
        ("What happened on the 3rd of April 2024?", "2024-04-03", "2024-04-04"),
        ("What happened on April 3, 2024?", "2024-04-03", "2024-04-04"),
        ("What happened on Sept. 5?", "2024-09-05", "2024-09-06"),
        ("What happened on 2024-02-29?", "2024-02-29", "2024-03-01"),
        ("What happened from 3-5 April?", "2025-04-03", "2025-04-06"),
        ("What happened on April 3 and 4?", "2025-04-03", "2025-04-05"),
        ("What happened in October 2023?", "2023-10-01", "2023-11-01"),
        ("What happened in October?", "2024-10-01", "2024-11-01"),
        ("What happened in April?", "2025-04-01", "2025-05-01"),
        ("What happened last April?", "2024-04-01", "2024-05-01"),
        ("What happened in early March?", "2025-03-01", "2025-04-01"),
        ("What happened in 2023?", "2023-01-01", "2024-01-01"),
    ],
)
def test_times_are_read_as_a_reader_means_them(text: str, start: str, end: str) -> None:
    assert named(text) == [(start, end)]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("News since 3 April", "2025-04-03", "…"),
        ("News from 3 April", "2025-04-03", "…"),
        ("News since October", "2024-10-01", "…"),
        ("News since at least 2 April", "2025-04-02", "…"),
        ("News after 3 April 2025", "2025-04-04", "…"),
        ("News before yesterday", "…", "2025-04-15"),
        ("News prior to 2 April", "…", "2025-04-02"),
        ("News until 2024-02-28", "…", "2024-02-29"),
        ("News up to yesterday", "…", "2025-04-16"),
        ("Tariffs as of 1 April", "…", "2025-04-02"),
    ],
)
def test_words_such_as_since_and_before_open_the_window_on_one_side(text: str, start: str, end: str) -> None:
    assert named(text) == [(start, end)]


def test_the_by_of_who_did_it_is_not_the_by_of_a_time() -> None:
    assert named("What was announced by Trump yesterday?") == [("2025-04-15", "2025-04-16")]
    assert named("What was said before the talks last week?") == [("2025-04-07", "2025-04-14")]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("between 3 April and 10 April", "2025-04-03", "2025-04-11"),
        ("from 28 March to 2 April", "2025-03-28", "2025-04-03"),
        ("from Monday to Friday", "2025-04-07", "2025-04-12"),
        ("between 20 December and 5 January", "2024-12-20", "2025-01-06"),
        ("between March 3 and 5", "2025-03-03", "2025-03-06"),
        ("between January and March", "2025-01-01", "2025-04-01"),
        ("between November and February", "2024-11-01", "2025-03-01"),
        ("between October 2023 and March 2024", "2023-10-01", "2024-04-01"),
        ("from 2020 to 2023", "2020-01-01", "2024-01-01"),
    ],
)
def test_pairs_of_dates_become_one_window(text: str, start: str, end: str) -> None:
    assert named(f"What happened {text}?") == [(start, end)]


def test_dates_that_are_only_listed_stay_apart() -> None:
    assert named("in April 2024 and April 2025") == [("2024-04-01", "2024-05-01"), ("2025-04-01", "2025-05-01")]


@pytest.mark.parametrize(
    "text",
    [
        "May I ask what happened?",
        "what may happen to carmakers",
        "Will they march 5 miles?",
        "Who led the march on the capital?",
        "What did Black Friday bring to shops?",
        "Who won on Sunday Night Football?",
        "What will happen next Monday?",
        "What happened on 30 February 2024?",
        "What happened on 29 February 2025?",
        "What happened on April 31?",
        "What happened on 2024-13-01?",
        "What happened 999999999 days ago?",
        "What happened several moons ago?",
        "How many of the 2025 cars were sold?",
        "Since when is that in force?",
    ],
)
def test_what_names_no_real_past_time_gives_no_window(text: str) -> None:
    assert named(text) == []


def test_in_march_is_a_time_even_where_somebody_marches_in_it() -> None:
    assert named("Who joined the march on the capital in March?") == [("2025-03-01", "2025-04-01")]
    assert named("what happened on march 5") == [("2025-03-05", "2025-03-06")]


@pytest.mark.parametrize(
    ("now", "start"),
    [
        (datetime(2024, 2, 29, tzinfo=UTC), "2024-02-29"),
        (datetime(2024, 2, 28, tzinfo=UTC), "2020-02-29"),
        (datetime(2027, 6, 1, tzinfo=UTC), "2024-02-29"),
        (datetime(2101, 1, 1, tzinfo=UTC), "2096-02-29"),
    ],
)
def test_29_february_is_the_latest_one_that_there_was(now: datetime, start: str) -> None:
    assert [first for first, _ in named("on 29 February", now=now)] == [start]


def test_days_are_those_of_the_readers_zone() -> None:
    shortly_after_new_year = datetime(2025, 1, 1, 0, 30, tzinfo=UTC)
    new_york = ZoneInfo("America/New_York")
    assert named("today", now=shortly_after_new_year, zone=new_york) == [("2024-12-31", "2025-01-01")]
    assert named("this year", now=shortly_after_new_year, zone=new_york) == [("2024-01-01", "2025-01-01")]
    assert named("last month", now=shortly_after_new_year) == [("2024-12-01", "2025-01-01")]
    assert named("last week", now=shortly_after_new_year) == [("2024-12-23", "2024-12-30")]
    assert named("this quarter", now=shortly_after_new_year) == [("2025-01-01", "2025-04-01")]


@pytest.mark.parametrize(("day", "hours"), [(30, 23), (29, 24), (31, 24)])
def test_a_day_on_which_the_clocks_change_has_its_own_length(day: int, hours: int) -> None:
    (mention,) = read_times("today", datetime(2025, 3, day, 12, tzinfo=UTC), BERLIN)
    assert mention.window.start is not None and mention.window.end is not None
    assert mention.window.end - mention.window.start == timedelta(hours=hours)


def test_a_day_without_a_midnight_begins_when_its_clock_does() -> None:
    day = datetime(2025, 9, 7, 12, tzinfo=UTC)
    assert named("today", now=day, zone=ZoneInfo("America/Santiago")) == [("2025-09-07 01:00", "2025-09-08")]


def test_a_window_holds_its_start_and_not_its_end() -> None:
    window = Window(start=NOW, end=NOW + timedelta(hours=1))
    assert [window.holds(NOW + timedelta(minutes=m)) for m in (-1, 0, 59, 60)] == [False, True, True, False]
    assert Window(start=None, end=None).holds(NOW)


def test_a_moment_without_a_zone_is_refused() -> None:
    assert utc(datetime(2025, 4, 16, 10, 30, tzinfo=LONDON)) == NOW
    with pytest.raises(ValueError, match="without a zone"):
        utc(datetime(2025, 4, 16, 10, 30))  # noqa: DTZ001


def test_a_local_day_begins_at_its_own_midnight() -> None:
    assert local_day(NOW.date(), BERLIN) == datetime(2025, 4, 15, 22, tzinfo=UTC)


@pytest.mark.parametrize("text", ["the latest on steel", "What is the current duty?", "any news from Oslo", "so far"])
def test_a_question_about_now_is_recognised(text: str) -> None:
    assert is_about_now(text)


@pytest.mark.parametrize("text", ["What did they know?", "Who snowed them under?", "What was the duty in 2019?"])
def test_a_question_about_any_other_time_is_not_about_now(text: str) -> None:
    assert not is_about_now(text)


def test_letters_that_grow_in_lower_case_move_no_place() -> None:
    text = "İİİİ said so on 3 April"
    (mention,) = read_times(text, NOW, UTC_ZONE)
    assert text[mention.start : mention.end] == "3 April"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("What was said since Thursday, April 3?", ["since Thursday, April 3"]),
        ("until monday monday", ["until monday", "monday"]),
        ("since monday tuesday", ["since monday", "tuesday"]),
    ],
)
def test_a_day_of_the_week_is_part_of_one_time_only(text: str, meant: list[str]) -> None:
    assert [text[one.start : one.end] for one in read_times(text, NOW, UTC_ZONE)] == meant


_PIECES = st.sampled_from(
    "last this past next in on since from between and to until before after by ago of the a few two 3 31 2024 february "
    "2025-02-30 march may sept. monday weekend week days years hours yesterday tonight , . - İ 😀 ２ ٣".split(" ")
)


@given(st.lists(_PIECES, max_size=25).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_windows_in_order_that_begin_before_they_end(text: str) -> None:
    mentions = read_times(text, NOW, BERLIN)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(before.end <= after.start for before, after in pairwise(mentions))
    for window in (mention.window for mention in mentions):
        assert window.start is None or window.end is None or window.start < window.end


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "piece", ["last ", "1", "between ", "3 ", "in the past ", "a couple of ", "3 april and ", "may "]
)
def test_hostile_repetition_is_read_at_once(piece: str) -> None:
    for mention in read_times(piece * 250, NOW, UTC_ZONE):
        assert mention.start < mention.end
