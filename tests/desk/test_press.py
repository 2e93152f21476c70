"""A button does the same however often it is pressed, and only for whoever may."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive
from bot.archive.feedback import feedback_about
from bot.archive.mutes import muted_stories
from bot.archive.watches import add_watch
from bot.desk.press import press
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.button import read_button
from bot.news.member import Member
from bot.news.place import Place
from bot.news.story import StoryId
from bot.news.watch import NewWatch

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PLACE = Place(platform="slack", space=Space("T1"), channel="C1")
ADMIN, GUEST = Member(id="U1", may_manage=True), Member(id="U2", may_manage=False)


def muted(archive: Archive) -> set[tuple[str, str, StoryId]]:
    return archive.read_now(muted_stories, PLACE.space, [StoryId(17)])


def test_a_double_press_does_nothing_more_and_is_answered_alike(archive: Archive) -> None:
    mute, unmute = read_button("nd1:mute:17"), read_button("nd1:unmute:17")
    first, second = (archive.write_now(press, mute, PLACE, ADMIN, NOW) for _ in range(2))
    assert first == second
    assert muted(archive) == {("slack", "C1", StoryId(17))}
    first, second = (archive.write_now(press, unmute, PLACE, ADMIN, NOW) for _ in range(2))
    assert first == second
    assert muted(archive) == set()


def test_whoever_may_not_manage_the_channel_presses_in_vain(archive: Archive) -> None:
    with pytest.raises(RequestError) as refused:
        archive.write_now(press, read_button("nd1:mute:17"), PLACE, GUEST, NOW)
    assert refused.value.code == "A01"
    assert muted(archive) == set()


def test_anybody_may_say_what_was_helpful_and_changes_their_mind(archive: Archive) -> None:
    watch = archive.write_now(add_watch, _watched("tariffs"), NOW)
    for name, helpful in (("helpful", True), ("helpful", True), ("unhelpful", False)):
        said = archive.write_now(press, read_button(f"nd1:{name}:{watch.id}:7"), PLACE, GUEST, NOW)
        assert said.sentence == f"Thank you. Watch 1 brings {'more' if helpful else 'less'} of the like."
        known = archive.read_now(feedback_about, PLACE.space, "watch 1", 10)
        assert [(one.article, one.by, one.helpful) for one in known] == [(7, "U2", helpful)]


def test_a_button_of_another_teams_watch_is_refused_as_one_that_is_not_there(archive: Archive) -> None:
    archive.write_now(add_watch, _watched("tariffs"), NOW)
    other = replace(PLACE, space=Space("T2"))
    with pytest.raises(RequestError) as refused:
        archive.write_now(press, read_button("nd1:helpful:1:7"), other, ADMIN, NOW)
    assert refused.value.code == "S03"


def _watched(topic: str) -> NewWatch:
    return NewWatch(place=PLACE, topic=topic, topic_key=topic, zone=ZoneInfo("UTC"), an_hour=20)
