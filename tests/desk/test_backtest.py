"""What a topic would have sent in the last days is what it sends when these days are lived through."""

import random
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive
from bot.archive.watches import add_watch
from bot.desk.backtest import backtest
from bot.news.article import Draft, Space
from bot.news.quiet import QuietHours
from bot.news.watch import NewWatch
from config import defaults
from tests.desk.happenings import event
from tests.desk.lookout import Lookout
from tests.desk.paper import piece
from tests.watching import ON_SQLITE, make_new_watch

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MONDAY = datetime(2025, 4, 14, tzinfo=UTC)
PLACES = ["Selby", "Arden", "Corby", "Farley", "Garton", "Ilkley", "Kelso", "Luton"]
THINGS = [
    ("fire in a paint factory", "fire brigade"),
    ("flood of the river Ouse", "rescue service"),
    ("crash of a coach with pupils", "police"),
    ("collapse of a mine", "mining office"),
]


def report(n: int, place: str, thing: tuple[str, str], toll: int) -> Draft:
    """A report on one of many events, some of which go on with a higher toll."""
    what, who = thing
    title = f"{what.capitalize()} near {place} kills {toll}" if toll else f"Report on {what} near {place}"
    said = f"The {what} near {place} killed {toll} people" if toll else f"Nobody was hurt in the {what} near {place}"
    text = f"{said}, the {who} said. {place} has seen nothing like it, report number {n} of the mayor told."
    return piece(f"report-{n}", text, title=title, publisher=f"Paper {n % 5}", published=None)


def made_up_week(luck: random.Random) -> list[tuple[datetime, list[Draft], bool]]:
    """When what comes in a week, and whether as news."""
    told = {(place, thing): 0 for place in PLACES for thing in THINGS}
    week, at = [], MONDAY
    while at < MONDAY + defaults.BACKTEST_DAYS * DAY - 3 * HOUR:
        at += timedelta(minutes=luck.choice([3, 20, 200, 600]), seconds=luck.randrange(60))
        drafts = []
        for _ in range(luck.choice([1, 1, 2, 4])):
            key = luck.choice(list(told))
            told[key] += luck.choice([0, 0, 3])
            drafts.append(report(len(week) * 10 + len(drafts), *key, told[key]))
        week.append((at, drafts, luck.random() < 0.9))
    return week


def some_watch(luck: random.Random) -> NewWatch:
    """A watch in one manner or another."""
    return make_new_watch(
        luck.choice(["mayor", "killed", "fire OR flood", '"fire brigade" -Selby', "Kelso OR Luton OR Corby"]),
        zone=ZoneInfo(luck.choice(["UTC", "Europe/Paris", "Asia/Kolkata"])),
        cadence=luck.choice(["at once", "at once", "hourly", "daily"]),
        quiet=luck.choice([None, QuietHours(start=time(22), end=time(7)), QuietHours(start=time(9), end=time(16, 30))]),
        quiet_lets=luck.choice(["nothing", "severe"]),
        an_hour=luck.choice([1, 2, 20]),
    )


@pytest.mark.parametrize("seed", [5, 105, 114, 116])  # stories are merged in each of these weeks
async def test_the_count_is_what_a_watch_made_at_the_beginning_has_sent_at_the_end(
    archive: Archive, tmp_path: Path, seed: int
) -> None:
    luck = random.Random(seed)
    week, wanted = made_up_week(luck), some_watch(luck)
    lookout = Lookout.open(archive, tmp_path, at=MONDAY)
    archive.write_now(add_watch, wanted, MONDAY)
    end, tick = MONDAY + defaults.BACKTEST_DAYS * DAY, MONDAY
    for at, drafts, fresh in [*week, (end, [], True)]:
        while tick <= at:
            await lookout.release(tick)
            tick += HOUR / 2
        lookout.at = at
        await lookout.news(*drafts, fresh=fresh)
    found = await backtest(lookout.desk, wanted, end)
    sent = len(lookout.owed())
    assert (found.messages, found.messages > 0) == (sent, True), f"seed {seed}: {wanted}"


@ON_SQLITE
async def test_the_newest_are_shown_as_they_would_have_been_told(archive: Archive, tmp_path: Path) -> None:
    lookout = Lookout.open(archive, tmp_path, at=MONDAY)
    for n in range(5):
        await lookout.news(event(n), after=HOUR)
    found = await backtest(lookout.desk, make_new_watch("mayor"), lookout.at)
    assert (found.topic, found.messages, found.stories, found.unannounced) == ("mayor", 5, 5, 0)
    assert [alert.headline for alert in found.examples] == [event(n).title for n in (4, 3, 2)]
    example = found.examples[0]
    assert example.point and example.point.text == example.citations[0].quote == example.reason.sentence
    assert lookout.owed() == []


async def test_what_would_not_have_been_told_is_counted_apart(archive: Archive, tmp_path: Path) -> None:
    lookout = Lookout.open(archive, tmp_path, at=MONDAY)
    await lookout.news(event(1), fresh=False)
    await lookout.news(event(2), after=HOUR)
    found = await backtest(lookout.desk, make_new_watch("mayor"), lookout.at)
    assert (found.messages, found.stories, found.unannounced, len(found.examples)) == (1, 1, 1, 1)


@ON_SQLITE
async def test_what_is_older_than_the_days_that_are_replayed_is_left_out(archive: Archive, tmp_path: Path) -> None:
    lookout = Lookout.open(archive, tmp_path, at=MONDAY)
    await lookout.news(event(1))
    later = MONDAY + defaults.BACKTEST_DAYS * DAY
    assert (await backtest(lookout.desk, make_new_watch("mayor"), later)).messages == 1
    assert (await backtest(lookout.desk, make_new_watch("mayor"), later + HOUR)).messages == 0


async def test_nothing_is_replayed_of_another_space(archive: Archive, tmp_path: Path) -> None:
    lookout = Lookout.open(archive, tmp_path / "a", at=MONDAY)
    await lookout.news(event(1))
    other = Lookout.open(archive, tmp_path / "b", Space("other"), at=MONDAY)
    assert (await backtest(other.desk, make_new_watch("mayor"), MONDAY)).messages == 0
