"""Closed places: what is owed there waits, whom it is for is told once, and nothing is lost."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.archive.archive import Archive
from bot.archive.closed import close_place, close_space, closed_in, reopen_place, reopen_space
from bot.archive.deliveries import drop_pending, find_deliveries
from bot.archive.notices import untold_notices
from bot.archive.subscriptions import add_subscription
from bot.archive.watches import add_watch
from bot.news.article import Space
from bot.news.days import EVERY_DAY, Days
from bot.news.schedule import Rule, Schedule
from bot.news.subscription import NewSubscription
from bot.news.watch import NewWatch
from tests.archive.owing import TEAM, claim, make_owed, make_place, owe, settle_as, states
from tests.makes import NOW

DAY = timedelta(days=1)


def test_what_is_owed_to_a_closed_channel_waits_and_other_channels_go_on(archive: Archive) -> None:
    owe(archive, make_owed("before"), make_owed("elsewhere", make_place("other")))
    assert archive.write_now(close_place, make_place(), "it is archived.", NOW)
    owe(archive, make_owed("after"))
    assert [one.key for one in claim(archive)] == ["elsewhere"]
    assert states(archive, "before") == states(archive, "after") == ["waiting"]


def test_a_channel_that_is_closed_twice_is_told_of_once_each_time(archive: Archive) -> None:
    assert archive.write_now(close_place, make_place(), "it is archived.", NOW)
    assert not archive.write_now(close_place, make_place(), "it is archived.", NOW + DAY)
    assert len(archive.read_now(untold_notices, TEAM)) == 1
    assert archive.write_now(reopen_place, make_place(), NOW + DAY)
    assert not archive.write_now(reopen_place, make_place(), NOW + DAY)
    assert archive.write_now(close_place, make_place(), "it is archived.", NOW + 2 * DAY)
    assert len(archive.read_now(untold_notices, TEAM)) == 2


def test_everybody_who_asked_for_what_is_posted_there_is_told(archive: Archive) -> None:
    mornings = Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=(time(8, 30),)),), zone=ZoneInfo("UTC"))
    for by, topic in (("anna", "trains"), ("ben", "boats"), ("anna", "boats again")):
        wanted = NewSubscription(place=make_place(), schedule=mornings, topic=topic, by=by)
        archive.write_now(add_subscription, wanted, NOW)
    watched = NewWatch(place=make_place(), topic="fire", topic_key="fire", zone=ZoneInfo("UTC"), an_hour=5, by="carl")
    archive.write_now(add_watch, watched, NOW)
    archive.write_now(close_place, make_place(), "it is archived.", NOW)
    assert {one.to for one in archive.read_now(untold_notices, TEAM)} == {"anna", "ben", "carl"}


def test_what_waited_goes_out_in_order_once_the_channel_is_open(archive: Archive) -> None:
    owe(archive, make_owed("first", due=NOW - DAY), make_owed("second"))
    archive.write_now(close_place, make_place(), "it is archived.", NOW)
    archive.write_now(reopen_place, make_place(), NOW)
    (first,) = claim(archive)
    settle_as(archive, first)
    (second,) = claim(archive)
    assert (first.key, second.key) == ("first", "second")


def test_a_closed_space_holds_every_channel_of_that_platform_alone(archive: Archive) -> None:
    owe(archive, make_owed("a", make_place("a")), make_owed("b", make_place("b", platform="other")))
    owe(archive, make_owed("c", make_place("c", Space("others"))))
    assert archive.write_now(close_space, "chat", TEAM, "the token was revoked.", NOW)
    assert not archive.write_now(close_space, "chat", TEAM, "the token was revoked.", NOW)
    owe(archive, make_owed("new", make_place("new")))
    assert [one.key for one in claim(archive)] == ["c"]
    assert [one.key for one in claim(archive, platform="other")] == ["b"]
    is_closed = archive.read_now(closed_in, TEAM)
    assert is_closed(make_place("any"))
    assert not is_closed(make_place("any", platform="other"))


def test_a_channel_stays_closed_when_its_space_opens_and_the_other_way_round(archive: Archive) -> None:
    owe(archive, make_owed("a", make_place("a")), make_owed("b", make_place("b")))
    archive.write_now(close_place, make_place("a"), "it is archived.", NOW)
    archive.write_now(close_space, "chat", TEAM, "the token was revoked.", NOW)
    archive.write_now(reopen_place, make_place("a"), NOW)
    assert claim(archive) == []
    archive.write_now(close_place, make_place("a"), "it is archived.", NOW)
    archive.write_now(reopen_space, "chat", TEAM, NOW)
    assert [one.key for one in claim(archive)] == ["b"]
    archive.write_now(reopen_place, make_place("a"), NOW)
    assert [one.key for one in claim(archive)] == ["a"]


def test_what_waits_for_a_place_can_be_overtaken(archive: Archive) -> None:
    owe(archive, make_owed("old"), make_owed("new"))
    archive.write_now(close_place, make_place(), "it is archived.", NOW)
    assert archive.write_now(drop_pending, TEAM, "old", NOW)
    archive.write_now(reopen_place, make_place(), NOW)
    assert [one.key for one in claim(archive)] == ["new"]


def test_a_failed_post_closes_its_channel_in_the_same_transaction(archive: Archive) -> None:
    owe(archive, make_owed(payloads=("1", "2")))
    (claimed,) = claim(archive)
    settle_as(archive, claimed, "waiting", closes="channel")
    assert states(archive) == ["waiting", "waiting"]
    assert archive.read_now(closed_in, TEAM)(make_place())
    (notice,) = archive.read_now(untold_notices, TEAM)
    assert notice.sentence == "Nothing can be posted in news on chat: the line broke. What is due there waits."
    (first, _second) = archive.read_now(find_deliveries, TEAM, claimed.key)
    assert first.attempt == 1
