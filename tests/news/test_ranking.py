"""Ranking: what makes a story stand first in a digest, and how that is explained."""

from datetime import timedelta

import pytest

from bot.news.development import Development
from bot.news.ranking import Candidate, Ranked, rank_stories
from bot.news.story import KeptStory, StoryId
from config import defaults
from tests.makes import NOW, make_article

HOUR = timedelta(hours=1)


def candidate(number: int, *publishers: str, hours: float = 1, **given: object) -> Candidate:
    """A story that the channel has not heard of, told by these publishers, so many hours ago."""
    seen = NOW - hours * HOUR
    articles = tuple(
        make_article(publisher=name, published=None, seen=seen) for name in publishers or ("Selby Courier",)
    )
    story = KeptStory(id=StoryId(number), headline="", first_seen=seen, last_seen=seen, follows=None, articles=articles)
    known: dict[str, object] = {"told": None, "development": 0, "change": None, "publishers": story.publishers}
    return Candidate(story=story, **(known | given))  # type: ignore[arg-type]


def moved(number: int, hours: float = 1) -> Candidate:
    """The same of a story that has moved since the channel heard of it."""
    change = Development(
        number=1, article=make_article().id, kind="figure", said="", was=None, found=NOW - hours * HOUR
    )
    return candidate(number, told=0, development=1, change=change, hours=90)


def order(*candidates: Candidate, limit: int = 10) -> list[int]:
    return [one.candidate.story.id for one in rank(*candidates, limit=limit)]


def rank(*candidates: Candidate, limit: int = 10) -> list[Ranked]:
    return rank_stories(candidates, NOW, limit)[0]


def test_what_more_publishers_tell_stands_first() -> None:
    one, two = candidate(1, "Selby Courier"), candidate(2, "Northern Gazette", "Torv Post", hours=9)
    assert order(one, two) == [2, 1]


def test_of_equals_the_fresher_stands_first_and_then_the_newer_story() -> None:
    assert order(candidate(1, hours=9), candidate(2, hours=1)) == [2, 1]
    assert order(candidate(1), candidate(2)) == [2, 1]


def test_what_is_new_stands_before_what_moved_and_what_moved_is_as_fresh_as_its_change() -> None:
    assert order(moved(1), candidate(2)) == [2, 1]
    assert order(moved(1, hours=1), candidate(2, hours=12)) == [1, 2]


def test_what_fits_the_topic_better_stands_first() -> None:
    assert order(candidate(1, fit=0.2), candidate(2, fit=1.0, hours=9)) == [2, 1]


def test_what_readers_made_of_its_like_moves_a_story() -> None:
    liked, disliked = candidate(1, leaning=0.8, hours=20), candidate(2, leaning=-0.8)
    assert order(liked, candidate(3), disliked) == [1, 3, 2]


def test_every_rank_is_the_sum_of_its_named_parts() -> None:
    ranked = rank(candidate(1, "Selby Courier", "Torv Post", fit=0.5, leaning=-0.25), moved(2))
    assert [set(one.ranking.parts) for one in ranked] == [
        {"publishers", "novelty", "freshness", "topic", "feedback"},
        {"publishers", "novelty", "freshness"},
    ]
    for one in ranked:
        assert one.ranking.score == pytest.approx(sum(one.ranking.parts.values()), abs=0.0005)


def test_no_publisher_tells_more_than_a_few_stories_alone_under_whatever_label() -> None:
    alone = [candidate(number, ("BBC", "BBC News", "BBC Sport")[number % 3]) for number in range(1, 8)]
    others = [candidate(number, "Torv Post", "BBC", hours=50) for number in (20, 21)]
    chosen, more = rank_stories([*alone, *others], NOW, 10)
    ids = [one.candidate.story.id for one in chosen]
    assert sum(id < 10 for id in ids) == defaults.DIGEST_TOLD_BY_ONE
    assert {20, 21} <= set(ids)
    assert more == len(alone) - defaults.DIGEST_TOLD_BY_ONE


def test_what_is_left_out_is_counted() -> None:
    many = [candidate(number, f"Paper {number}") for number in range(7)]
    chosen, more = rank_stories(many, NOW, 5)
    assert (len(chosen), more) == (5, 2)
    assert rank_stories([], NOW, 5) == ([], 0)


def test_clocks_that_were_set_back_make_nothing_fresher_than_fresh() -> None:
    ahead, now = candidate(1, hours=-30), candidate(2, hours=0)
    assert rank(ahead)[0].ranking == rank(now)[0].ranking
    assert rank(ahead)[0].ranking.parts["freshness"] == defaults.DIGEST_FRESH
