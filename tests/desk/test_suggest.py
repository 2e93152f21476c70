"""What may be meant while somebody types: this channel's own things first, and nothing of other channels."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.archive.feeds import PUBLIC, NewFeed
from bot.archive.sources import note_sources
from bot.archive.watches import add_watch
from bot.desk.desk import Desk
from bot.desk.overview import look_at, look_over
from bot.desk.suggest import Suggested, suggest, suggest_times
from config import defaults
from tests.desk.paper import open_desk
from tests.makes import NOW
from tests.watching import make_new_watch, make_place

HERE, THERE = make_place("harbour"), make_place("market")


@pytest.fixture
def desk(archive: Archive, tmp_path: Path) -> Desk:
    desk = open_desk(archive, tmp_path)
    for topic, place in (("ferry", HERE), ("fish prices", HERE), ("secret talks", THERE)):
        desk.archive.write_now(add_watch, replace(make_new_watch(topic), place=place), NOW)
    return desk


def suggested(desk: Desk, of: Suggested, begun: str) -> list[tuple[str, str]]:
    return asyncio.run(suggest(desk, of, HERE, begun))


def test_topics_and_watches_of_this_channel_are_offered_and_of_no_other(desk: Desk) -> None:
    assert suggested(desk, "topic", "f") == [("ferry", "ferry"), ("fish prices", "fish prices")]
    assert suggested(desk, "topic", "secret") == []
    assert suggested(desk, "watch", "fish") == [("2: fish prices", "2")]


def test_sources_are_offered_by_name(desk: Desk) -> None:
    feeds = [
        (name, NewFeed(scope=PUBLIC, key=name, address=f"https://{number}.example/", kind="feed"))
        for number, name in enumerate(("Harbour Wire", "Selby Courier"))
    ]
    desk.archive.write_now(note_sources, HERE.space, feeds, NOW)
    assert suggested(desk, "source", "selby") == [("Selby Courier", "Selby Courier")]
    assert [name for name, _ in suggested(desk, "source", "")] == ["Harbour Wire", "Selby Courier"]


def test_zones_are_found_by_any_part_of_their_name_and_never_too_many(desk: Desk) -> None:
    assert ("America/New_York", "America/New_York") in suggested(desk, "zone", "new york")
    assert len(suggested(desk, "zone", "")) == defaults.SUGGESTIONS


def test_what_was_begun_as_a_time_can_always_be_chosen() -> None:
    assert suggest_times("fridays 10")[0] == ("fridays 10", "fridays 10")
    assert suggest_times("")[0] == ("weekdays 8:30", "weekdays 8:30")


def test_an_overview_shows_one_channel_or_those_that_somebody_may_see(desk: Desk) -> None:
    here = desk.archive.read_now(look_at, HERE)
    assert [one.topic for one in here.watches] == ["ferry", "fish prices"]
    seen = desk.archive.read_now(look_over, HERE.space, lambda place: place.channel == THERE.channel)
    assert [one.topic for one in seen.watches] == ["secret talks"]
    assert seen.examples
