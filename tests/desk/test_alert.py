"""Watches are told of a story once, again when it changes, and never at the wrong time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.archive.corrections import uncorrected
from bot.archive.moving import move_place
from bot.archive.watches import change_watch, mute_watch, remove_watch
from bot.desk.place import Placed, Placer
from bot.news.article import LOCAL, Draft, Space
from tests.desk.lookout import Lookout
from tests.desk.paper import piece
from tests.makes import NOW
from tests.watching import ON_SQLITE, make_new_watch, make_place

HOUR = timedelta(hours=1)
OTHER = Space("other")

ENDS = "The ferry between Selby and Holm Island will stop running on 3 May, the harbour board said on Wednesday."
AGAIN = "The harbour board of Selby said on Wednesday that the ferry to Holm Island will stop running on 3 May."
RATES = "The central bank of Norland kept its interest rate at 4 percent on Wednesday, as most economists had expected."


def ferry(n: int = 1, text: str = ENDS, published: str | None = "2025-04-16T09:00") -> Draft:
    """One of several reports that the ferry will end."""
    said = f"{text} Islanders were not asked, their mayor said."
    title = "Ferry to Holm Island to end on 3 May"
    return piece(f"ferry-{n}", said, title=title, publisher=f"Paper {n}", published=published)


def fire(n: int, toll: int, by: str = "the fire brigade") -> Draft:
    """One of several reports on a fire, with the toll at that time."""
    text = f"A fire in the Grand Hotel of Selby killed {toll} people, {by} said. The hotel had 200 guests."
    title = f"Hotel fire in Selby kills {toll}"
    return piece(f"fire-{n}", text, title=title, publisher=f"Paper {n}", published=None)


@pytest.fixture
def lookout(archive: Archive, tmp_path: Path) -> Lookout:
    return Lookout.open(archive, tmp_path)


async def test_a_watch_is_told_of_news_with_the_sentence_that_fired_and_why(lookout: Lookout) -> None:
    watch = lookout.watch("ferry")
    await lookout.news(ferry(), piece("rates", RATES))
    (owed,), (alert,) = lookout.owed(), lookout.alerted()
    assert (owed.place, owed.cause, owed.due) == (watch.place, "alert", NOW)
    assert owed.key == f"alert:{watch.id}:{alert.story}:0"
    assert alert.point and alert.point.text == ENDS
    assert (alert.reason.topic, alert.reason.words, alert.reason.sentence) == ("ferry", ("ferry",), ENDS)
    assert (alert.headline, alert.publishers, alert.change) == (ferry().title, ("Paper 1",), None)
    (cited,) = lookout.desk.archive.read_now(uncorrected, LOCAL, [alert.citations[0].article_id], None)
    assert (cited.shown_in, cited.quote) == (owed.key, ENDS)


@ON_SQLITE
async def test_an_alert_pings_the_role_of_its_watch_as_it_is_when_the_news_comes(lookout: Lookout) -> None:
    lookout.watch("ferry", ping="71")
    lookout.watch("rate", ping=None)
    await lookout.news(ferry(), piece("rates", RATES))
    assert {alert.reason.topic: alert.ping for alert in lookout.alerted()} == {"ferry": "71", "rate": None}


@ON_SQLITE
async def test_without_the_sentence_there_is_no_alert(lookout: Lookout) -> None:
    lookout.watch("islanders OR timetable")
    await lookout.news(piece("bare", RATES))
    assert lookout.owed() == []


@ON_SQLITE
async def test_a_story_is_told_once_however_many_tell_it(lookout: Lookout) -> None:
    lookout.watch()
    await lookout.news(ferry(1), ferry(2, AGAIN))
    await lookout.news(ferry(3, AGAIN.replace("Wednesday", "Thursday")), after=HOUR)
    assert len(lookout.owed()) == 1


async def test_a_story_comes_again_only_when_it_changes_and_says_what_changed(lookout: Lookout) -> None:
    lookout.watch("fire")
    await lookout.news(fire(1, 4))
    await lookout.news(fire(2, 4), after=HOUR)
    await lookout.news(fire(3, 9), after=HOUR)
    first, update = lookout.alerted()
    assert (first.story, first.change) == (update.story, None)
    assert update.change and "killed 9 people" in update.change.text and "4" in update.change.text.split("[before:")[1]
    assert update.development == first.development + 1


@ON_SQLITE
async def test_a_change_in_a_story_that_the_watch_has_not_told_is_no_update(lookout: Lookout) -> None:
    lookout.watch("brigade")
    await lookout.news(fire(1, 4, by="a guest"))
    await lookout.news(fire(2, 9), after=HOUR)
    (alert,) = lookout.alerted()
    assert (alert.change, alert.development) == (None, 1)


@ON_SQLITE
async def test_first_readings_and_what_is_added_by_hand_raise_none(lookout: Lookout) -> None:
    lookout.watch()
    await lookout.news(ferry(), fresh=False)
    assert lookout.owed() == []


@ON_SQLITE
async def test_old_news_raises_none(lookout: Lookout) -> None:
    lookout.watch()
    await lookout.news(ferry(published="2025-04-12T09:00"))
    assert lookout.owed() == []
    await lookout.news(ferry(2, AGAIN, published="2025-04-14T09:00"))
    assert len(lookout.owed()) == 1


async def test_an_article_with_a_new_text_is_not_told_again_whatever_story_that_belongs_to(lookout: Lookout) -> None:
    lookout.watch()
    await lookout.news(ferry())
    await lookout.news(ferry(1, "This report on the ferry was published too early by mistake."), after=HOUR)
    assert len(lookout.owed()) == 1


async def test_one_space_is_never_told_of_anothers_news(archive: Archive, tmp_path: Path) -> None:
    here, there = Lookout.open(archive, tmp_path / "a"), Lookout.open(archive, tmp_path / "b", OTHER)
    here.watch(place=make_place("here"))
    there.watch(place=make_place("there", space=OTHER))
    await here.news(ferry())
    assert [one.place.channel for one in here.owed()] == ["here"]


async def _news_while(lookout: Lookout, happens: Callable[[], object]) -> None:
    """The news of the ferry comes, and this happens after its alerts were prepared and before they are owed."""
    alerts = lookout.alerts

    def prepare(placed: Sequence[Placed], now: datetime) -> None:
        alerts.prepare(placed, now)
        happens()

    lookout.placer = Placer(lookout.desk, prepare_alerts=prepare, raise_alerts=alerts.raise_alerts)
    await lookout.news(ferry())


async def test_a_watch_that_is_made_while_news_is_being_placed_is_told_of_it(lookout: Lookout) -> None:
    await _news_while(lookout, lambda: lookout.watch("ferry"))
    assert len(lookout.owed()) == 1


async def test_what_readers_change_while_news_is_being_placed_holds_for_it(lookout: Lookout) -> None:
    write = lookout.desk.archive.write_now
    removed, muted, moved, pings, stays = (lookout.watch("ferry", place=make_place(name)) for name in "abcde")

    def happens() -> None:
        write(remove_watch, removed)
        write(mute_watch, muted, NOW + HOUR)
        write(move_place, moved.place, "elsewhere")
        write(change_watch, pings, make_new_watch("ferry", place=pings.place, ping="71"))

    await _news_while(lookout, happens)
    alerts = {one.place.channel: alert.ping for one, alert in zip(lookout.owed(), lookout.alerted(), strict=True)}
    assert alerts == {"elsewhere": None, "d": "71", stays.place.channel: None}


async def test_an_alert_is_rendered_once_although_it_is_written_before_the_news_is_placed(lookout: Lookout) -> None:
    for name in "abc":
        lookout.watch("ferry", place=make_place(name))
    await _news_while(lookout, lambda: lookout.watch("island", place=make_place("d")))
    assert len(lookout.owed()) == len(lookout.poster.rendered) == 4


async def test_a_removed_watch_is_told_nothing(lookout: Lookout) -> None:
    watch = lookout.watch()
    lookout.watch("island")
    await lookout.news(piece("rates", RATES))
    lookout.desk.archive.write_now(remove_watch, watch)
    await lookout.news(ferry())
    assert [alert.reason.topic for alert in lookout.alerted()] == ["island"]
