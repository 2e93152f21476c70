"""Digests and the news on its way in: how long one waits for it, and when it waits for nothing."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.archive.feeds import postpone_feed
from bot.news.digest import Digest
from config import defaults
from tests.desk.editing import HERE, HOUR, Newsroom, headlines, next_morning

QUAKE = "A magnitude 6.1 earthquake struck Selby on Wednesday, killing at least 12 people, officials said."
FERRY = "The ferry between Torv and Holm Island will stop running in May, the harbour board said."
SECOND = timedelta(seconds=1)


@pytest.fixture
def room(archive: Archive, data_dir: Path) -> Newsroom:
    return Newsroom.open(archive, data_dir)


def test_a_digest_waits_for_a_source_that_is_still_to_be_read(room: Newsroom) -> None:
    room.subscribe()
    room.news("Holm Island ferry to stop in May", FERRY)
    due = next_morning(room.at)
    room.follow(due - 70 * SECOND)
    assert room.prepare(due - 60 * SECOND) == []
    assert room.prepare(due - 16 * SECOND) == []
    (digest,) = room.prepare(due - 15 * SECOND)
    assert isinstance(digest, Digest)
    assert headlines(digest) == ["Holm Island ferry to stop in May"]


def test_a_digest_waits_until_what_was_read_is_placed(room: Newsroom) -> None:
    room.subscribe()
    due = next_morning(room.at)
    room.file(room.write("Earthquake in Selby kills 12", QUAKE))
    assert room.prepare(due - 60 * SECOND) == []
    room.place()
    (digest,) = room.prepare(due - 59 * SECOND)
    assert isinstance(digest, Digest)
    assert headlines(digest) == ["Earthquake in Selby kills 12"]


def test_after_an_outage_a_digest_tells_what_came_meanwhile(room: Newsroom) -> None:
    room.subscribe()
    due = next_morning(room.at)
    feed = room.follow(due - HOUR)
    assert room.prepare(due + HOUR) == []
    room.file(room.write("Earthquake in Selby kills 12", QUAKE))
    room.archive.write_now(postpone_feed, feed, due + 2 * HOUR)
    assert room.prepare(due + HOUR + SECOND) == []
    room.place()
    (digest,) = room.prepare(due + HOUR + 2 * SECOND)
    assert isinstance(digest, Digest)
    assert (headlines(digest), digest.late_since) == (["Earthquake in Selby kills 12"], due)


def test_after_an_outage_a_source_that_gives_no_answer_holds_a_digest_up_for_a_minute(room: Newsroom) -> None:
    room.subscribe()
    room.news("Holm Island ferry to stop in May", FERRY)
    due = next_morning(room.at)
    room.follow(due - HOUR)
    assert room.prepare(due + HOUR) == []
    assert len(room.prepare(due + HOUR + 60 * SECOND)) == 1


def test_a_digest_that_a_short_restart_made_late_waits_for_nothing(room: Newsroom) -> None:
    room.subscribe()
    room.news("Holm Island ferry to stop in May", FERRY)
    due = next_morning(room.at)
    room.follow(due - HOUR)
    assert len(room.prepare(due + 5 * SECOND)) == 1


def test_of_very_many_digests_at_once_none_waits(room: Newsroom) -> None:
    room.news("Holm Island ferry to stop in May", FERRY)
    many = defaults.NEWS_AWAITED_BY_DIGESTS + 1
    for number in range(many):
        room.subscribe(place=replace(HERE, channel=f"channel-{number}"))
    due = next_morning(room.at)
    room.follow(due - HOUR)
    assert len(room.prepare(due - 60 * SECOND)) == many
