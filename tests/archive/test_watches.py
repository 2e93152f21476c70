"""Watches are kept, each once in a channel, with what they met; no channel sees another's."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive
from bot.archive.counts import take_numbers
from bot.archive.matches import (
    count_told,
    held_for,
    held_watches,
    matches_of,
    met_before,
    save_matches,
    settle_matches,
)
from bot.archive.mutes import mute_story, muted_stories, unmute_story
from bot.archive.watches import (
    add_watch,
    find_watch,
    find_watches,
    list_watches,
    mute_watch,
    newest_watch,
    remove_watch,
    watches_after,
)
from bot.errors import RequestError
from bot.news.article import LOCAL, Space
from bot.news.match import Fate
from bot.news.quiet import QuietHours
from bot.news.story import StoryId
from bot.news.watch import NewWatch, Watch, WatchId
from tests.makes import NOW
from tests.watching import held_until, make_match, make_new_watch, make_place

OTHER = Space("other")
HOUR = timedelta(hours=1)


def add(archive: Archive, new: NewWatch) -> Watch:
    return archive.write_now(add_watch, new, NOW)


def refuse(archive: Archive, new: NewWatch, most: int = 50) -> RequestError:
    with pytest.raises(RequestError) as refused:
        archive.write_now(add_watch, new, NOW, most)
    return refused.value


def test_a_watch_is_kept_as_it_was_wanted(archive: Archive) -> None:
    new = make_new_watch(
        "Ferry strike",
        place=make_place(thread="17"),
        zone=ZoneInfo("Europe/Paris"),
        cadence="hourly",
        quiet=QuietHours(start=time(22), end=time(7, 30)),
        quiet_lets="severe",
        an_hour=5,
        ping="71",
        by="ada",
    )
    added = add(archive, new)
    wanted = {name: getattr(new, name) for name in NewWatch.__slots__ if name != "by"}
    assert {name: getattr(added, name) for name in wanted} == wanted
    assert (added.made, added.made_by, added.muted_until) == (NOW, "ada", None)
    assert archive.read_now(find_watch, make_place(), added.id) == added


def test_a_topic_is_watched_once_in_a_channel_however_it_is_spelled(archive: Archive) -> None:
    first = add(archive, make_new_watch("Ferry strike"))
    refusal = refuse(archive, make_new_watch("ferry STRIKE"))
    assert (refusal.code, str(refusal)) == ("S02", f"You already watch that topic; it is number {first.id}.")
    add(archive, make_new_watch("Ferry strike", place=make_place("elsewhere")))
    add(archive, make_new_watch("Ferry strike", place=make_place(space=OTHER)))
    assert [one.id for one in archive.read_now(list_watches, LOCAL)] == [1, 2]


def test_the_topic_beyond_the_most_a_space_may_watch_is_refused_with_the_number(archive: Archive) -> None:
    for number in range(3):
        add(archive, make_new_watch(f"topic {number}", place=make_place(f"channel {number}")))
    refusal = refuse(archive, make_new_watch("one more"), most=3)
    assert (refusal.code, str(refusal)) == (
        "L01",
        "This workspace watches 3 topics, the most allowed. Remove one before you add another.",
    )
    assert len(archive.read_now(list_watches, LOCAL)) == 3


def test_what_is_not_there_and_what_is_another_channels_are_refused_in_the_same_words(archive: Archive) -> None:
    added = add(archive, make_new_watch())
    refusals = []
    for place, id in [
        (make_place(), WatchId(99)),
        (make_place("elsewhere"), added.id),
        (make_place(space=OTHER), added.id),
    ]:
        with pytest.raises(RequestError) as refused:
            archive.read_now(find_watch, place, id)
        refusals.append((refused.value.code, str(refused.value)))
    assert set(refusals) == {("S03", "There is no such watch here. `watch list` shows those that there are.")}


def test_watches_are_listed_by_space_by_channel_and_by_when_they_were_made(archive: Archive) -> None:
    here, there = add(archive, make_new_watch("a")), add(archive, make_new_watch("b", place=make_place("elsewhere")))
    add(archive, make_new_watch("c", place=make_place(space=OTHER)))
    assert archive.read_now(list_watches, LOCAL) == [here, there]
    assert archive.read_now(list_watches, LOCAL, make_place()) == [here]
    assert archive.read_now(watches_after, LOCAL, here.id) == [there]
    assert archive.read_now(newest_watch, LOCAL) == there.id
    assert archive.read_now(find_watches, LOCAL, [here.id, WatchId(99)]) == {here.id: here}


def test_an_empty_space_has_no_newest_watch(archive: Archive) -> None:
    assert archive.read_now(newest_watch, LOCAL) == 0
    archive.write_now(take_numbers, LOCAL, "last_story")
    assert archive.read_now(newest_watch, LOCAL) == 0


def test_a_watch_is_muted_and_tells_again(archive: Archive) -> None:
    watch = add(archive, make_new_watch())
    archive.write_now(mute_watch, watch, NOW + HOUR)
    assert archive.read_now(find_watch, watch.place, watch.id).muted_until == NOW + HOUR
    archive.write_now(mute_watch, watch, None)
    assert archive.read_now(find_watch, watch.place, watch.id) == watch


def test_a_removed_watch_takes_what_was_held_for_it_along_and_can_be_made_again(archive: Archive) -> None:
    watch, other = add(archive, make_new_watch()), add(archive, make_new_watch("other"))
    held = make_match(watch.id, 1, fate=held_until(NOW))
    archive.write_now(save_matches, LOCAL, [held, make_match(watch.id, 2), make_match(other.id, 1)])
    archive.write_now(remove_watch, watch)
    assert archive.read_now(list_watches, LOCAL) == [other]
    assert archive.read_now(held_watches, ["console"], NOW, 10) == []
    assert [one.watch for one in archive.read_now(matches_of, LOCAL, StoryId(1))] == [other.id]
    assert add(archive, make_new_watch()).id > other.id


def test_matches_are_kept_with_their_reasons(archive: Archive) -> None:
    matches = [make_match(1, 7), make_match(1, 7, 2), make_match(2, 7, fate=held_until(NOW)), make_match(1, 8)]
    archive.write_now(save_matches, LOCAL, matches)
    assert archive.read_now(matches_of, LOCAL, StoryId(7)) == matches[:3]
    assert archive.read_now(matches_of, OTHER, StoryId(7)) == []
    assert archive.read_now(met_before, LOCAL, [StoryId(7)]) == {
        (1, 7): {0: "told", 2: "told"},
        (2, 7): {0: "for the batch"},
    }


def test_what_is_held_is_found_when_its_time_has_come_the_longest_due_first(archive: Archive) -> None:
    one, two = (add(archive, make_new_watch(topic)).id for topic in ("one", "two"))
    add(archive, make_new_watch(place=make_place(space=OTHER)))
    later, first = make_match(one, 1, fate=held_until(NOW)), make_match(two, 1, fate=held_until(NOW - HOUR))
    archive.write_now(save_matches, LOCAL, [later, make_match(one, 2, fate=held_until(NOW + HOUR)), make_match(two, 3)])
    archive.write_now(save_matches, LOCAL, [first])
    archive.write_now(save_matches, OTHER, [make_match(1, fate=held_until(NOW - 2 * HOUR))])
    assert archive.read_now(held_watches, ["console"], NOW, 10) == [(OTHER, 1), (LOCAL, two), (LOCAL, one)]
    assert archive.read_now(held_watches, ["console"], NOW, 1) == [(OTHER, 1)]
    assert archive.read_now(held_watches, ["elsewhere"], NOW, 10) == []
    assert archive.write_now(held_for, LOCAL, one, NOW) == [later]
    told = Fate(state="told", key="batch:1")
    archive.write_now(settle_matches, LOCAL, [(later, told)])
    assert archive.read_now(held_watches, ["console"], NOW, 10) == [(OTHER, 1), (LOCAL, two)]
    assert told in [match.fate for match in archive.read_now(matches_of, LOCAL, StoryId(1))]


def test_what_was_told_since_a_moment_is_counted_for_each_watch(archive: Archive) -> None:
    matches = [make_match(1, story, found=NOW + story * HOUR) for story in range(4)]
    archive.write_now(save_matches, LOCAL, [*matches, make_match(2, 1), make_match(3, 1, fate=held_until(NOW))])
    since = {NOW + HOUR: [WatchId(1)], NOW: [WatchId(2), WatchId(3)]}
    assert archive.read_now(count_told, LOCAL, since) == {1: 3, 2: 1}


def test_a_story_is_muted_in_one_channel_only_and_can_be_heard_again(archive: Archive) -> None:
    story = StoryId(7)
    assert archive.write_now(mute_story, make_place(), story, "ada", NOW)
    assert not archive.write_now(mute_story, make_place(), story, "bob", NOW)
    assert archive.read_now(muted_stories, LOCAL, [story, StoryId(8)]) == {("console", "harbour", story)}
    assert archive.read_now(muted_stories, OTHER, [story]) == set()
    assert archive.write_now(unmute_story, make_place(), story)
    assert not archive.write_now(unmute_story, make_place(), story)
