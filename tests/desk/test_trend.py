"""Trends: what is counted of the last days, and when there is something to see."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive
from bot.desk.brief import write_brief
from bot.desk.trend import Trends
from bot.news.article import LOCAL
from bot.news.trend import Trend
from tests.archive.drafts import make_text
from tests.desk.editing import DAY, Newsroom
from tests.desk.paper import open_desk
from tests.makes import NOW

UTC_ZONE = ZoneInfo("UTC")
WEEK = [1, 2, 0, 3, 1, 2, 0, 4, 1]


@pytest.fixture
def room(archive: Archive, data_dir: Path) -> Newsroom:
    return Newsroom.open(archive, data_dir)


def test_a_trend_counts_the_stories_of_each_whole_day_after_the_one_on_which_the_desk_began(room: Newsroom) -> None:
    fill(room, WEEK)
    trend = count(room)
    assert counts(trend) == WEEK[1:]
    assert trend is not None and (trend.days[0][0], trend.days[-1][0]) == (NOW.date() + DAY, NOW.date() + 8 * DAY)


def test_a_topic_is_counted_by_itself(room: Newsroom) -> None:
    fill(room, WEEK, says="Tariffs on cocoa stay. ")
    tariffs = count(room, "tariffs")
    assert tariffs is not None and (tariffs.topic, counts(tariffs)) == ("tariffs", WEEK[1:])
    assert count(room, "volcanoes") is None


@pytest.mark.parametrize("days", [[1, 9, 1, 9], [1, 1, 0, 1, 0, 1, 0, 2, 0], [1, *[2] * 8]])
def test_too_few_days_too_few_stories_and_the_same_every_day_show_nothing(room: Newsroom, days: list[int]) -> None:
    assert count(room) is None
    fill(room, days)
    assert count(room) is None


def test_what_was_old_when_it_came_is_not_counted(room: Newsroom) -> None:
    fill(room, WEEK)
    old = replace(room.write("The old mill burns down", make_text(1)), published=room.at - 40 * DAY)
    room.file(old)
    room.place()
    room.at += DAY
    assert counts(count(room))[-2:] == [1, 0]


def test_days_that_are_over_are_counted_once_and_new_ones_added(room: Newsroom) -> None:
    trends = Trends()
    fill(room, WEEK)
    first = room.archive.read_now(trends.of_topic, LOCAL, None, room.at, UTC_ZONE)
    fill(room, [5])
    second = room.archive.read_now(trends.of_topic, LOCAL, None, room.at, UTC_ZONE)
    assert counts(second) == [*counts(first), 5]


def test_a_digest_shows_the_trend_of_its_topic(room: Newsroom) -> None:
    fill(room, WEEK)
    room.subscribe()
    room.news("A comet over Quillon", make_text(2))
    assert counts(room.digest().trend) == [*WEEK[1:], 1]


def fill(room: Newsroom, days: Sequence[int], says: str = "") -> None:
    """So many stories on each of these days, each in words of its own, and a new day after them."""
    for stories in days:
        numbers = [100 * (room.at - NOW).days + number for number in range(stories)]
        texts = [f"{says}{make_text(1_000_000 + number, 60)}" for number in numbers]
        room.file(*(room.write(text.removeprefix(says).split(".")[0], text) for text in texts))
        room.place()
        room.at += DAY


def count(room: Newsroom, topic: str | None = None) -> Trend | None:
    return room.archive.read_now(Trends().of_topic, LOCAL, topic, room.at, UTC_ZONE)


def counts(trend: Trend | None) -> list[int]:
    return [stories for _, stories in trend.days] if trend else []


def test_a_brief_numbers_its_stories_and_one_of_all_news_shows_the_trend(room: Newsroom, data_dir: Path) -> None:
    fill(room, WEEK)
    desk = open_desk(room.archive, data_dir)
    told = asyncio.run(write_brief(desk, None, since=None, now=room.at, zone=UTC_ZONE))
    assert counts(told.trend) == WEEK[1:]
    assert told.stories and all(story.story is not None for story in told.stories)
