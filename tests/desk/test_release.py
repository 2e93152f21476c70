"""What is not told at once is told once, in one message, when its time has come; what is muted never is."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive
from bot.archive.corrections import uncorrected
from bot.archive.matches import matches_of
from bot.archive.mutes import mute_story, unmute_story
from bot.archive.watches import mute_watch, remove_watch
from bot.news.article import LOCAL, Draft
from bot.news.digest import Alert, AlertBatch
from bot.news.quiet import QuietHours
from bot.news.story import StoryId
from tests.desk.happenings import event
from tests.desk.lookout import Lookout
from tests.desk.paper import piece
from tests.watching import ON_SQLITE, make_place

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
PARIS = ZoneInfo("Europe/Paris")
NIGHT = QuietHours(start=time(22), end=time(7))
EVENING = datetime(2025, 4, 16, 21, 30, tzinfo=UTC)  # half past eleven in Paris
MORNING = datetime(2025, 4, 17, 5, tzinfo=UTC)  # seven in Paris

_BLASTS = [
    "Smoke rose over a paint factory in Corby late on Wednesday, the mayor said.",
    "Late on Wednesday a paint factory in Corby filled with smoke, according to the mayor.",
    "The mayor of Corby said that thick smoke had come out of a paint factory on Wednesday night.",
    "Neighbours of a Corby paint factory woke to smoke on Wednesday, and the mayor asked them to shut their windows.",
]


def smoke(n: int, title: str = "Smoke over paint factory in Corby") -> Draft:
    """One of several reports on one event."""
    return piece(f"smoke-{n}", _BLASTS[n], title=title, publisher=f"Paper {n}", published=None)


@pytest.fixture
def lookout(archive: Archive, tmp_path: Path) -> Lookout:
    return Lookout.open(archive, tmp_path, at=EVENING)


def batch(lookout: Lookout) -> AlertBatch:
    """The only message that is owed."""
    (told,) = lookout.told()
    assert isinstance(told, AlertBatch)
    return told


@ON_SQLITE
async def test_what_was_held_pings_the_role_of_its_watch_once(lookout: Lookout) -> None:
    lookout.watch("mayor", zone=PARIS, quiet=NIGHT, ping="71")
    for n in range(3):
        await lookout.news(event(n), after=HOUR)
    await lookout.release(MORNING)
    assert batch(lookout).ping == "71"
    assert [alert.ping for alert in batch(lookout).alerts] == [None] * 3


async def test_what_comes_in_quiet_hours_is_told_in_one_message_when_they_end(lookout: Lookout) -> None:
    lookout.watch("mayor", zone=PARIS, quiet=NIGHT)
    for n in range(3):
        await lookout.news(event(n), after=HOUR)
    assert await lookout.release(MORNING - MINUTE) == 0
    assert lookout.owed() == []
    assert await lookout.release(MORNING) == 1
    assert await lookout.release(MORNING + MINUTE) == 0
    (owed,), told = lookout.owed(), batch(lookout)
    assert (owed.due, told.why_held) == (MORNING, "what came in the quiet hours, 22:00 to 07:00")
    assert [alert.headline for alert in told.alerts] == [event(n).title for n in range(3)]
    assert [citation.number for alert in told.alerts for citation in alert.citations] == [1, 2, 3]
    cited = lookout.desk.archive.read_now(
        uncorrected, LOCAL, [alert.citations[0].article_id for alert in told.alerts], None
    )
    assert {(one.shown_in, one.number) for one in cited} == {(owed.key, 1), (owed.key, 2), (owed.key, 3)}
    await lookout.news(event(3), after=MINUTE)
    assert isinstance(lookout.told()[1], Alert)


@ON_SQLITE
async def test_what_is_held_survives_a_restart_and_comes_late_after_an_outage(
    archive: Archive, tmp_path: Path, lookout: Lookout
) -> None:
    lookout.watch("mayor", zone=PARIS, quiet=NIGHT)
    await lookout.news(event(0))
    again = Lookout.open(archive, tmp_path / "again")
    assert await again.release(MORNING + 9 * HOUR) == 1
    assert len(batch(again).alerts) == 1


@ON_SQLITE
async def test_after_an_outage_into_the_next_night_it_waits_for_the_next_morning(lookout: Lookout) -> None:
    lookout.watch("mayor", zone=PARIS, quiet=NIGHT)
    await lookout.news(event(0))
    assert await lookout.release(MORNING + 18 * HOUR) == 0
    assert lookout.owed() == []
    assert await lookout.release(MORNING + 24 * HOUR) == 1


@ON_SQLITE
async def test_a_story_that_changes_while_it_is_held_is_told_once_as_it_was_last(lookout: Lookout) -> None:
    lookout.watch("fire", zone=PARIS, quiet=NIGHT)
    for n, toll in enumerate((4, 9)):
        text = f"A fire in the Grand Hotel of Selby killed {toll} people, the mayor said. The hotel had 200 guests."
        title = f"Hotel fire in Selby kills {toll}"
        await lookout.news(piece(f"fire-{n}", text, title=title, publisher=f"P{n}", published=None), after=HOUR)
    await lookout.release(MORNING)
    (alert,) = batch(lookout).alerts
    assert (alert.headline, alert.development, alert.change) == ("Hotel fire in Selby kills 9", 1, None)
    matches = lookout.desk.archive.read_now(matches_of, LOCAL, alert.story)
    assert [(match.fate.state, match.fate.key) for match in matches] == [("told", lookout.owed()[0].key)] * 2


@ON_SQLITE
async def test_an_hourly_watch_is_told_at_the_full_hour_and_a_daily_one_in_the_morning(lookout: Lookout) -> None:
    hourly = lookout.watch("mayor", zone=PARIS, cadence="hourly")
    daily = lookout.watch("mayor OR opened", zone=PARIS, cadence="daily")
    await lookout.news(event(0))
    await lookout.news(event(1), after=10 * MINUTE)
    assert lookout.owed() == []
    assert await lookout.release(EVENING + 29 * MINUTE) == 0
    assert await lookout.release(EVENING + 30 * MINUTE) == 1
    assert await lookout.release(MORNING + HOUR) == 0
    assert await lookout.release(MORNING + 2 * HOUR) == 1  # nine in Paris
    first, second = lookout.told()
    assert isinstance(first, AlertBatch) and isinstance(second, AlertBatch)
    assert [(one.watch, len(one.alerts), one.why_held) for one in (first, second)] == [
        (hourly.id, 2, "what came within the hour"),
        (daily.id, 2, "what came within the day"),
    ]


async def test_beyond_the_most_of_an_hour_the_rest_is_named_in_one_summary(lookout: Lookout) -> None:
    lookout.watch("mayor", an_hour=2)
    for n in range(5):
        await lookout.news(event(n), after=MINUTE)
    assert lookout.headlines() == [event(n).title for n in range(2)]
    assert await lookout.release(EVENING + 29 * MINUTE) == 0
    assert await lookout.release(EVENING + 30 * MINUTE) == 1
    summary = lookout.told()[2]
    assert isinstance(summary, AlertBatch)
    assert (summary.alerts, summary.why_held) == ((), "what came beyond 2 alerts in an hour")
    assert summary.more == tuple((event(n).title, event(n).url) for n in range(2, 5))
    await lookout.news(event(5), after=MINUTE)
    assert lookout.headlines() == [event(n).title for n in (0, 1, 5)]


async def test_what_came_in_one_message_after_quiet_hours_takes_nothing_from_the_alerts_of_the_hour(
    lookout: Lookout,
) -> None:
    half_past = QuietHours(start=time(22), end=time(6, 30))
    lookout.watch("mayor", zone=PARIS, quiet=half_past, an_hour=1)
    lookout.at = MORNING - 45 * MINUTE  # a quarter past six in Paris
    await lookout.news(event(0))
    assert await lookout.release(MORNING - 30 * MINUTE) == 1
    await lookout.news(event(1), after=MINUTE)
    await lookout.news(event(2), after=MINUTE)
    assert lookout.headlines() == [event(0).title, event(1).title]


@ON_SQLITE
async def test_a_batch_that_is_too_long_names_the_rest(lookout: Lookout) -> None:
    lookout.watch("mayor", cadence="hourly", an_hour=2)
    await lookout.news(*(event(n) for n in range(5)))
    await lookout.release(EVENING + HOUR)
    told = batch(lookout)
    assert [alert.headline for alert in told.alerts] == [event(n).title for n in range(2)]
    assert [headline for headline, _ in told.more] == [event(n).title for n in range(2, 5)]


@ON_SQLITE
async def test_a_muted_watch_tells_nothing_of_what_comes_meanwhile_and_tells_again(lookout: Lookout) -> None:
    watch = lookout.watch("mayor")
    lookout.desk.archive.write_now(mute_watch, watch, EVENING + 24 * HOUR)
    await lookout.news(event(0))
    assert await lookout.release(EVENING + 48 * HOUR) == 0
    await lookout.news(event(1))
    assert lookout.headlines() == [event(1).title]


@ON_SQLITE
async def test_what_is_held_is_not_told_when_its_watch_is_muted_meanwhile(lookout: Lookout) -> None:
    watch = lookout.watch("mayor", cadence="hourly")
    await lookout.news(event(0))
    lookout.desk.archive.write_now(mute_watch, watch, EVENING + 24 * HOUR)
    assert await lookout.release(EVENING + HOUR) == 0
    assert await lookout.release(EVENING + 48 * HOUR) == 0
    assert lookout.owed() == []


async def test_a_muted_story_is_told_in_that_channel_no_more(lookout: Lookout) -> None:
    here, there = make_place("here"), make_place("there")
    for place in (here, there):
        lookout.watch("fire", place=place)

    async def toll(n: int) -> None:
        text = f"A fire in the Grand Hotel of Selby killed {n} people, the mayor said. The hotel had 200 guests."
        title = f"Hotel fire in Selby kills {n}"
        await lookout.news(piece(f"fire-{n}", text, title=title, publisher=f"P{n}", published=None), after=HOUR)

    await toll(4)
    story = lookout.alerted()[0].story
    lookout.desk.archive.write_now(mute_story, here, story, "ada", EVENING)
    await toll(9)
    assert (len(lookout.owed("here")), len(lookout.owed("there"))) == (1, 2)
    lookout.desk.archive.write_now(unmute_story, here, story)
    await toll(15)
    assert (len(lookout.owed("here")), len(lookout.owed("there"))) == (2, 3)


@ON_SQLITE
async def test_what_is_held_of_a_story_that_is_muted_meanwhile_is_left_out(lookout: Lookout) -> None:
    watch = lookout.watch("mayor", cadence="hourly")
    await lookout.news(event(0), event(1))
    lookout.desk.archive.write_now(mute_story, watch.place, StoryId(1), "ada", EVENING)
    await lookout.release(EVENING + HOUR)
    assert [alert.headline for alert in batch(lookout).alerts] == [event(1).title]


@ON_SQLITE
async def test_what_is_held_for_a_watch_that_is_removed_goes_with_it(lookout: Lookout) -> None:
    watch = lookout.watch("mayor", cadence="hourly")
    await lookout.news(event(0))
    lookout.desk.archive.write_now(remove_watch, watch)
    assert await lookout.release(EVENING + HOUR) == 0


@ON_SQLITE
async def test_what_is_severe_passes_quiet_hours_only_where_they_let_it(lookout: Lookout) -> None:
    lookout.watch("mayor", place=make_place("strict"), zone=PARIS, quiet=NIGHT)
    lookout.watch("mayor", place=make_place("open"), zone=PARIS, quiet=NIGHT, quiet_lets="severe")
    explosion = smoke(0, "Explosion in a paint factory in Corby")
    await lookout.news(event(0), explosion)
    assert lookout.headlines("open") == [explosion.title]
    assert lookout.owed("strict") == []
    await lookout.release(MORNING)
    assert lookout.headlines("strict") == [event(0).title, explosion.title]
    assert lookout.headlines("open") == [explosion.title, event(0).title]


async def test_what_becomes_severe_while_it_is_held_passes_then_and_is_not_told_again(lookout: Lookout) -> None:
    lookout.watch("mayor", zone=PARIS, quiet=NIGHT, quiet_lets="severe")
    for n in range(3):
        await lookout.news(smoke(n), after=MINUTE)
    assert lookout.owed() == []
    await lookout.news(smoke(3), after=MINUTE)  # the fourth publisher within the hour
    (alert,) = lookout.alerted()
    assert alert.headline == smoke(0).title
    assert await lookout.release(MORNING) == 0


async def test_what_cannot_be_posted_now_is_held_until_somebody_posts_there(archive: Archive, tmp_path: Path) -> None:
    lookout = Lookout.open(archive, tmp_path, at=EVENING)
    lookout.poster.platform = "chat"
    lookout.alerts.posters = {"chat": lookout.poster}
    lookout.watch("mayor")
    await lookout.news(event(0))
    assert await lookout.release() == 0
    again = Lookout.open(archive, tmp_path / "again", at=EVENING + HOUR)
    assert await again.release() == 1
    assert batch(again).why_held == "what could not be told before"
