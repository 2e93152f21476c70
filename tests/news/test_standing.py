"""What a watch has met says what it is still told, also where stories turn out to be one."""

import pytest

from bot.news.match import MatchState
from bot.news.standing import Standing
from bot.news.story import StoryId
from tests.watching import make_watch

GONE, STAYS = StoryId(2), StoryId(1)


def standing(**met: dict[int, MatchState]) -> Standing:
    return Standing(watch=make_watch(), met={StoryId(int(story[1:])): known for story, known in met.items()})


@pytest.mark.parametrize("state", ["told", "named"])
def test_whoever_was_told_of_a_story_is_not_told_of_the_one_that_it_went_on_as(state: MatchState) -> None:
    watch = standing(_2={0: state})
    assert watch.hears(STAYS, None, last=3) == 3
    watch.merge(GONE, STAYS, come_to=3)
    assert watch.hears(STAYS, None, last=3) is None
    assert watch.has_told(STAYS)


def test_what_was_held_or_muted_has_been_met_and_nothing_was_told_of_it() -> None:
    for state in ("muted", "for the batch"):
        watch = standing(_2={1: state})
        watch.merge(GONE, STAYS, come_to=0)
        assert watch.hears(STAYS, None, last=0) is None
        assert not watch.has_told(STAYS)


def test_what_was_told_of_the_story_that_stays_is_not_forgotten_for_one_that_was_muted() -> None:
    watch = standing(_1={0: "told"}, _2={0: "muted"})
    watch.merge(GONE, STAYS, come_to=0)
    assert watch.has_told(STAYS)


def test_a_story_that_was_never_met_changes_nothing_for_the_one_that_it_went_on_as() -> None:
    watch = standing()
    watch.merge(GONE, STAYS, come_to=2)
    assert watch.hears(STAYS, None, last=2) == 2
