"""A channel under another name keeps what comes there."""

from bot.archive.archive import Archive
from bot.archive.closed import close_place, closed_in
from bot.archive.moving import move_place
from bot.archive.mutes import mute_story, muted_stories
from bot.news.article import LOCAL
from bot.news.place import Place
from bot.news.story import StoryId
from tests.makes import NOW

OLD = Place(platform="slack", space=LOCAL, channel="C1")
OTHER = Place(platform="slack", space=LOCAL, channel="C2")


def test_what_is_kept_for_a_channel_goes_with_it_and_nothing_else_does(archive: Archive) -> None:
    for place in (OLD, OTHER):
        archive.write_now(mute_story, place, StoryId(1), None, NOW)
    archive.write_now(close_place, OLD, "it was archived.", NOW)
    new = archive.write_now(move_place, OLD, "C9")
    assert new == Place(platform="slack", space=LOCAL, channel="C9")
    assert archive.read_now(muted_stories, LOCAL, [StoryId(1)]) == {("slack", "C9", 1), ("slack", "C2", 1)}
    is_closed = archive.read_now(closed_in, LOCAL)
    assert not is_closed(new) and not is_closed(OLD)
