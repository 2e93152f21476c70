"""Digests that fall due are noted, each once: through restarts, outages, and clocks that are set."""

import logging
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.occurrences import close_occurrence, open_occurrences
from bot.archive.schema_due import OCCURRENCES, SUBSCRIPTIONS
from bot.archive.subscriptions import (
    add_subscription,
    find_subscription,
    pause_subscription,
    resume_subscription,
)
from bot.desk.tick import Tick, note_due
from bot.news.article import LOCAL, Space
from bot.news.days import EVERY_DAY, Days
from bot.news.place import Place
from bot.news.schedule import Rule, Schedule, next_occurrences
from bot.news.subscription import NewSubscription, OpenOccurrence, Subscription
from config import defaults

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 26, 20, 0, tzinfo=UTC)
NINE = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
HERE = Place(platform="console", space=LOCAL, channel="desk")


def daily(*times: time, zone: str = "UTC") -> Schedule:
    return Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=times),), zone=ZoneInfo(zone))


def add(archive: Archive, schedule: Schedule, place: Place = HERE, now: datetime = NOW) -> Subscription:
    return archive.write_now(add_subscription, NewSubscription(place=place, schedule=schedule), now)


def due_again(archive: Archive, subscription: Subscription) -> datetime | None:
    found = archive.read_now(find_subscription, subscription.space, subscription.id)
    assert found is not None
    return found.next_due


def noted(archive: Archive) -> list[OpenOccurrence]:
    return archive.read_now(open_occurrences, ["console"], 10_000)


def all_keys(archive: Archive) -> list[tuple[int, str, str]]:
    columns = OCCURRENCES.c.subscription, OCCURRENCES.c.local_date, OCCURRENCES.c.slot
    return archive.read_now(lambda db: [tuple(row) for row in db.execute(sa.select(*columns).order_by(*columns))])


def test_a_digest_is_noted_a_minute_before_it_is_due_and_once(archive: Archive) -> None:
    subscription = add(archive, daily(time(9)))
    archive.write_now(note_due, NINE - 61 * timedelta(seconds=1))
    assert noted(archive) == []
    for seconds in (60, 59, 1, 0, -1, -600):
        archive.write_now(note_due, NINE - seconds * timedelta(seconds=1))
        (one,) = noted(archive)
        assert (one.occurrence.due, one.noted, one.late_since) == (NINE, NINE - MINUTE, None)
        assert one.key == "digest:1:2026-11-27:09:00"
        assert one.subscription.id == subscription.id
    assert due_again(archive, subscription) == NINE + DAY


def test_what_an_outage_missed_becomes_one_digest_that_says_since_when(archive: Archive) -> None:
    subscription = add(archive, daily(time(9), time(18)))
    archive.write_now(note_due, NINE + 4 * DAY + 3 * HOUR)
    (one,) = noted(archive)
    assert (one.occurrence.due, one.late_since) == (NINE + 4 * DAY, NINE)
    assert due_again(archive, subscription) == NINE + 4 * DAY + 9 * HOUR
    assert len(all_keys(archive)) == 1


@pytest.mark.parametrize(("after", "late_since"), [(299, None), (300, None), (301, NINE)])
def test_a_digest_is_late_after_five_minutes(archive: Archive, after: int, late_since: datetime | None) -> None:
    add(archive, daily(time(9)))
    archive.write_now(note_due, NINE + after * timedelta(seconds=1))
    assert [one.late_since for one in noted(archive)] == [late_since]


def test_the_next_digest_on_time_makes_up_for_a_missed_one(archive: Archive) -> None:
    add(archive, daily(time(9)))
    archive.write_now(note_due, NINE + DAY - MINUTE)
    (one,) = noted(archive)
    assert (one.occurrence.due, one.late_since) == (NINE + DAY, NINE)


def test_a_digest_that_is_not_written_in_time_gives_way_to_the_next(archive: Archive) -> None:
    add(archive, daily(time(9)))
    for day in range(3):
        archive.write_now(note_due, NINE + day * DAY)
    (one,) = noted(archive)
    assert (one.occurrence.due, one.late_since) == (NINE + 2 * DAY, NINE)
    states = archive.read_now(lambda db: sorted(db.execute(sa.select(OCCURRENCES.c.state)).scalars()))
    assert states == ["coalesced", "coalesced", "open"]


def test_a_paused_subscription_is_not_due_and_makes_up_for_nothing(archive: Archive) -> None:
    subscription = archive.write_now(pause_subscription, add(archive, daily(time(9))), NOW)
    archive.write_now(note_due, NINE + 3 * DAY)
    assert noted(archive) == []
    archive.write_now(resume_subscription, subscription, NINE + 3 * DAY + HOUR)
    archive.write_now(note_due, NINE + 3 * DAY + HOUR)
    assert noted(archive) == []
    archive.write_now(note_due, NINE + 4 * DAY)
    assert [(one.occurrence.due, one.late_since) for one in noted(archive)] == [(NINE + 4 * DAY, None)]


def test_pausing_and_resuming_before_it_is_due_loses_no_digest(archive: Archive) -> None:
    subscription = add(archive, daily(time(9)))
    archive.write_now(note_due, NINE - MINUTE)
    paused = archive.write_now(pause_subscription, subscription, NINE - MINUTE / 2)
    archive.write_now(resume_subscription, paused, NINE - MINUTE / 3)
    archive.write_now(note_due, NINE - MINUTE / 4)
    assert [one.occurrence.due for one in noted(archive)] == [NINE]


def test_a_clock_that_is_set_back_makes_nothing_due_twice(archive: Archive) -> None:
    subscription = add(archive, daily(time(9)))
    archive.write_now(note_due, NINE)
    archive.write_now(close_occurrence, noted(archive)[0], "nothing new")
    resumed = archive.write_now(pause_subscription, subscription, NINE - HOUR)
    archive.write_now(resume_subscription, resumed, NINE - HOUR)
    for minutes in range(-60, 60, 7):
        archive.write_now(note_due, NINE + minutes * MINUTE)
    assert noted(archive) == []
    assert due_again(archive, subscription) == NINE + DAY


def test_a_schedule_of_one_date_is_due_once_and_never_again(archive: Archive) -> None:
    days = Days(dates=frozenset((date(2026, 11, 27),)))
    once = Schedule(rules=(Rule(days=days, times=(time(9),)),), zone=ZoneInfo("UTC"))
    subscription = add(archive, once)
    archive.write_now(note_due, NINE)
    assert [one.occurrence.due for one in noted(archive)] == [NINE]
    assert due_again(archive, subscription) is None


def test_nothing_is_noted_where_the_transaction_fails(archive: Archive) -> None:
    subscription = add(archive, daily(time(9)))

    def fail(db: Db) -> None:
        note_due(db, NINE)
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        archive.write_now(fail)
    assert noted(archive) == []
    assert due_again(archive, subscription) == NINE
    archive.write_now(note_due, NINE)
    assert len(noted(archive)) == 1


def test_two_processes_that_tick_at_once_note_each_digest_once(postgres_url: str, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a", postgres_url) as one, Archive.open(tmp_path / "b", postgres_url) as other:
        for channel in range(60):
            add(one, daily(time(9)), Place(platform="console", space=Space(f"T{channel % 3}"), channel=str(channel)))
        start = Barrier(2)

        def tick(archive: Archive) -> None:
            start.wait()
            for minute in range(5):
                archive.write_now(note_due, NINE + minute * MINUTE)

        threads = [Thread(target=tick, args=(archive,)) for archive in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(noted(one)) == 60
        assert {found.occurrence.due for found in noted(one)} == {NINE}


async def test_a_turn_notes_everything_however_much_it_is(archive: Archive) -> None:
    count = defaults.TICK_AT_ONCE + 7

    def add_many(db: Db) -> None:
        first = add_subscription(db, NewSubscription(place=HERE, schedule=daily(time(9))), NOW)
        row = dict(db.execute(sa.select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.id == first.id)).one()._mapping)
        db.execute(SUBSCRIPTIONS.insert(), [row | {"id": first.id + number} for number in range(1, count)])

    archive.write_now(add_many)
    assert await Tick(archive, lambda: NINE, lambda: 0.0).turn() == count
    assert len({one.key for one in noted(archive)}) == count
    assert await Tick(archive, lambda: NINE, lambda: 0.0).turn() == 0


async def test_the_first_turn_heeds_new_zone_rules(archive: Archive) -> None:
    subscription = add(archive, daily(time(9)))

    def pretend_older(db: Db) -> None:
        db.execute(sa.update(SUBSCRIPTIONS).values(zones_of="1999a", next_due=NINE + HOUR))

    archive.write_now(pretend_older)
    await Tick(archive, lambda: NINE, lambda: 0.0).turn()
    assert [one.occurrence.due for one in noted(archive)] == [NINE]
    assert due_again(archive, subscription) == NINE + DAY


async def test_a_clock_that_was_set_is_logged(archive: Archive, caplog: pytest.LogCaptureFixture) -> None:
    moments = iter([NOW, NOW + 2 * HOUR, NOW + 3 * HOUR, NOW])
    seconds = iter([0.0, 7_000.0, 7_060.0, 7_120.0])
    tick = Tick(archive, lambda: next(moments), lambda: next(seconds))
    with caplog.at_level(logging.WARNING):
        for _ in range(4):
            await tick.turn()
    assert [(one.message, one.by_seconds) for one in caplog.records] == [  # type: ignore[attr-defined]
        ("the clock was set", 3_540),
        ("the clock was set", -10_860),
    ]


# Ninety days around a clock change, in a few zones, with everything that goes wrong.

ZONES = ("America/New_York", "Europe/Paris", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu")
SCHEDULES = (
    (time(9),),
    (time(2, 30),),
    (time(1, 30), time(13, 30)),
    (time(0),),
    tuple(time(hour) for hour in range(0, 24, 4)),
)


@dataclass
class Ninety:
    """Ninety days of a desk: its clock, which goes forward and is set, and what it has noted."""

    at: datetime
    luck: random.Random
    furthest: datetime
    seen: dict[str, OpenOccurrence] = field(default_factory=dict)
    set_clocks: int = 0
    outages: int = 0

    def passes(self) -> None:
        """Some time goes by, or the clock is set."""
        fate = self.luck.random()
        if fate < 0.02:
            self.at -= self.luck.choice((10 * MINUTE, HOUR, 5 * HOUR))
            self.set_clocks += 1
        elif fate < 0.03:
            self.at += self.luck.choice((20 * MINUTE, 3 * HOUR))
            self.set_clocks += 1
        elif fate < 0.04:
            self.at += self.luck.uniform(0.3, 4) * DAY
            self.outages += 1
        else:
            self.at += self.luck.choice((MINUTE / 2, HOUR, 2 * HOUR, 3 * HOUR))
        self.furthest = max(self.furthest, self.at)

    def works(self, db: Db) -> None:
        """Some ticks, and what goes by between them."""
        for _ in range(5):
            self.ticks(db)
            self.passes()

    def ticks(self, db: Db) -> None:
        """What is due is noted: nothing that was there before, and nothing early. Mostly it is written at once."""
        note_due(db, self.at)
        for one in open_occurrences(db, ["console"], 1_000):
            assert self.seen.setdefault(one.key, one) == one, "noted a second time"
            assert one.occurrence.due - one.noted <= MINUTE, "noted early"
        if self.luck.random() < 0.8:
            db.execute(sa.update(OCCURRENCES).where(OCCURRENCES.c.state == "open").values(state="nothing new"))


def due_moments(start: datetime, end: datetime, schedule: Schedule) -> list[datetime]:
    """When the schedule is due in between."""
    count = (end - start).days * len(schedule.rules[0].times)
    return [one.due for one in next_occurrences(schedule, start, count) if one.due <= end]


@pytest.mark.parametrize("middle", ["2026-03-20", "2026-10-25"])
def test_ninety_days_around_a_clock_change_lose_and_double_nothing(
    middle: str, data_dir: Path, request: pytest.FixtureRequest
) -> None:
    seed = int(request.config.option.hypothesis_seed) % 2**32
    begins = datetime.fromisoformat(middle).replace(tzinfo=UTC) - 45 * DAY
    days = Ninety(at=begins, luck=random.Random(seed), furthest=begins)
    archive = Archive.open(data_dir)
    wanted = [add(archive, daily(*times, zone=zone), now=begins) for zone in ZONES for times in SCHEDULES]
    while days.at < begins + 90 * DAY:
        archive.write_now(days.works)
        if days.luck.random() < 0.02:
            archive.close()
            archive = Archive.open(data_dir)
    assert days.set_clocks > 5 and days.outages > 3
    for subscription in wanted:
        told = [one for one in days.seen.values() if one.subscription.id == subscription.id]
        for due in due_moments(begins, days.furthest - 4 * DAY, subscription.schedule):
            covering = [one for one in told if (one.late_since or one.occurrence.due) <= due <= one.occurrence.due]
            assert covering, f"{due} of {subscription.schedule.in_words()} is lost, seed {seed}"
    archive.close()
