"""What digests are wanted, and which of them are to be written."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.occurrences import close_occurrence, covered_until, note_occurrences, open_occurrences
from bot.archive.schema_due import SUBSCRIPTIONS
from bot.archive.subscriptions import (
    add_subscription,
    due_subscriptions,
    find_subscription,
    heed_new_zones,
    list_subscriptions,
    pause_subscription,
    remove_subscription,
    resume_subscription,
)
from bot.errors import RequestError
from bot.news.article import LOCAL, Space
from bot.news.days import EVERY_DAY, LAST, WEEKDAYS, Days
from bot.news.place import Place
from bot.news.schedule import Occurrence, Rule, Schedule
from bot.news.source import FeedId
from bot.news.subscription import NewSubscription, OpenOccurrence, Subscription
from bot.news.times import Window

NOW = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")
HERE = Place(platform="console", space=LOCAL, channel="desk")
MORNINGS = Schedule(rules=(Rule(days=Days(weekdays=WEEKDAYS), times=(time(8, 30),)),), zone=PARIS)
MANIFOLD = Schedule(
    rules=(
        Rule(days=Days(month_days=frozenset((1, LAST)), ordinals=frozenset(((2, 3), (LAST, 4)))), times=(time(9),)),
        Rule(
            days=Days(strides=frozenset(((14, date(2026, 11, 30)),)), dates=frozenset((date(2026, 12, 24),))),
            times=(time(7), time(18, 15)),
        ),
    ),
    zone=ZoneInfo("America/New_York"),
)


def add(archive: Archive, schedule: Schedule = MORNINGS, **given: object) -> Subscription:
    new = NewSubscription(place=HERE, schedule=schedule, **given)  # type: ignore[arg-type]
    return archive.write_now(add_subscription, new, NOW)


def test_a_subscription_is_kept_as_it_was_wanted(archive: Archive) -> None:
    place = replace(HERE, thread="42")
    wanted = NewSubscription(
        place=place,
        schedule=MANIFOLD,
        topic="tariffs",
        length="long",
        sources=(FeedId(3), FeedId(7)),
        says_nothing_new=True,
        by="ines",
    )
    added = archive.write_now(add_subscription, wanted, NOW)
    assert added == archive.read_now(find_subscription, LOCAL, added.id)
    assert (added.place, added.schedule, added.topic, added.length) == (place, MANIFOLD, "tariffs", "long")
    assert (added.sources, added.says_nothing_new, added.made_by) == (wanted.sources, True, "ines")
    assert added.next_due == datetime(2026, 11, 27, 14, 0, tzinfo=UTC)  # the last Friday, 09:00 in New York


def test_the_first_digest_covers_what_came_since_its_schedule_was_last_due(archive: Archive) -> None:
    assert add(archive).covers_from == datetime(2026, 11, 26, 7, 30, tzinfo=UTC)
    once = Schedule(rules=(Rule(days=Days(dates=frozenset((date(2026, 12, 5),))), times=(time(9),)),), zone=PARIS)
    assert add(archive, once).covers_from == NOW - DAY


def test_numbers_are_given_once_and_spaces_do_not_see_each_other(archive: Archive) -> None:
    first, second = add(archive), add(archive, topic="steel")
    archive.write_now(remove_subscription, second)
    third = add(archive, topic="steel")
    assert [first.id, second.id, third.id] == [1, 2, 3]
    foreign = Space("T2")
    assert archive.read_now(list_subscriptions, foreign) == []
    assert archive.read_now(find_subscription, foreign, first.id) is None


def test_the_subscriptions_of_a_channel_are_listed_without_those_of_others(archive: Archive) -> None:
    elsewhere = NewSubscription(place=replace(HERE, channel="other"), schedule=MORNINGS)
    here, there = add(archive), archive.write_now(add_subscription, elsewhere, NOW)
    assert archive.read_now(list_subscriptions, LOCAL) == [here, there]
    assert archive.read_now(list_subscriptions, LOCAL, HERE) == [here]


def test_the_same_digest_is_refused_a_second_time(archive: Archive) -> None:
    add(archive, topic="Steel")
    with pytest.raises(RequestError, match="it is number 1") as refused:
        add(archive, topic="  steel ")
    assert refused.value.code == "S02"
    add(archive, replace(MORNINGS, zone=ZoneInfo("Europe/Berlin")), topic="Steel")


def test_what_is_due_comes_the_longest_due_first_and_no_paused_one(archive: Archive) -> None:
    daily = [Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=(time(h),)),), zone=PARIS) for h in (9, 7, 8)]
    nine, seven, eight = (add(archive, schedule) for schedule in daily)
    archive.write_now(pause_subscription, eight, NOW)
    found = archive.write_now(due_subscriptions, NOW + DAY, 10)
    assert [one.id for one in found] == [seven.id, nine.id]
    assert archive.write_now(due_subscriptions, NOW, 10) == []


def test_a_resumed_subscription_is_due_the_next_time_only(archive: Archive) -> None:
    added = add(archive)
    paused = archive.write_now(pause_subscription, added, NOW)
    assert (paused.paused, paused.next_due) == (NOW, None)
    assert archive.write_now(pause_subscription, paused, NOW + DAY).paused == NOW
    resumed = archive.write_now(resume_subscription, paused, NOW + 30 * DAY)
    assert (resumed.paused, resumed.next_due) == (None, datetime(2026, 12, 28, 7, 30, tzinfo=UTC))
    assert archive.read_now(find_subscription, LOCAL, added.id) == resumed
    assert archive.write_now(resume_subscription, resumed, NOW + 60 * DAY) == resumed


def open_one(archive: Archive, subscription: Subscription, late_since: datetime | None = None) -> OpenOccurrence:
    occurrence = Occurrence(local_date=date(2026, 11, 27), slot=time(8, 30), due=NOW + DAY / 2)
    one = OpenOccurrence(subscription=subscription, occurrence=occurrence, noted=NOW, late_since=late_since)
    archive.write_now(note_occurrences, [one])
    return one


def test_an_occurrence_is_noted_once_and_closed_once(archive: Archive) -> None:
    one = open_one(archive, add(archive), late_since=NOW - DAY)
    archive.write_now(note_occurrences, [replace(one, noted=NOW + DAY, late_since=None)])
    assert archive.read_now(open_occurrences, ["console"], 10) == [one]
    assert one.key == "digest:1:2026-11-27:08:30"
    assert archive.write_now(close_occurrence, one, "nothing new")
    assert archive.read_now(open_occurrences, ["console"], 10) == []
    assert not archive.write_now(close_occurrence, one, "owed")
    archive.write_now(note_occurrences, [one])
    assert archive.read_now(open_occurrences, ["console"], 10) == []


@pytest.mark.parametrize("change", [pause_subscription, None])
def test_what_is_paused_or_removed_is_not_to_be_written_any_more(archive: Archive, change: object) -> None:
    subscription = add(archive)
    one = open_one(archive, subscription)
    if change is pause_subscription:
        archive.write_now(pause_subscription, subscription, NOW)
    else:
        archive.write_now(remove_subscription, subscription)
    assert archive.read_now(open_occurrences, ["console"], 10) == []
    assert not archive.write_now(close_occurrence, one, "owed")


def test_the_next_due_keeps_its_local_time_under_new_zone_rules(archive: Archive) -> None:
    added = add(archive)
    assert archive.write_now(heed_new_zones) == 0

    def pretend_older(db: Db) -> None:
        """As if the rules of last year had made 08:30 another moment."""
        assert added.next_due is not None
        db.execute(sa.update(SUBSCRIPTIONS).values(zones_of="1999a", next_due=added.next_due + timedelta(hours=1)))

    archive.write_now(pretend_older)
    assert archive.write_now(heed_new_zones) == 1
    assert archive.read_now(find_subscription, LOCAL, added.id) == added


def test_a_digest_covers_the_news_once_every_part_of_it_was_sent(archive: Archive) -> None:
    subscription = add(archive)
    assert archive.read_now(covered_until, subscription) == subscription.covers_from
    one = open_one(archive, subscription)
    archive.write_now(close_occurrence, one, "owed", Window(start=NOW - DAY, end=NOW))
    assert archive.read_now(covered_until, subscription) == subscription.covers_from
