"""A button does the same however often it is pressed, and only for whoever may."""

from datetime import UTC, datetime

import pytest

from bot.archive.archive import Archive
from bot.archive.mutes import muted_stories
from bot.desk.press import press
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.button import read_button
from bot.news.member import Member
from bot.news.place import Place
from bot.news.story import StoryId

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
