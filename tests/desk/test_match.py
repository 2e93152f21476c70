"""Matching: which stored articles meet topics."""

import asyncio

from bot.desk.desk import Desk
from bot.desk.match import match_topics
from bot.news.article import Space
from bot.news.topic import read_topic
from tests.desk.paper import file, open_desk, piece


def matched(desk: Desk, *topics: str) -> list[tuple[str, ...]]:
    """What each of the topics meets."""
    read = [read_topic(topic) for topic in topics]
    return asyncio.run(match_topics(desk, read, lambda doing, done, total=None: None))


def test_each_topic_has_its_articles_in_the_order_in_which_they_came(shared_desk: Desk) -> None:
    found = matched(shared_desk, "ferry", "Interest rates: cuts and rises", '"nothing of this kind"')
    assert found == [("ferry-ends", "ferry-buses"), ("rate-raised", "rate-cut"), ()]


def test_a_rule_and_a_description_are_both_understood(shared_desk: Desk) -> None:
    assert matched(shared_desk, "cheese -Vietnam") == [("cheese-tokyo",)]
    assert matched(shared_desk, "Foreign trade: tariffs and duties") == [("cheese-tokyo", "cheese-hanoi")]
    assert matched(shared_desk, "Trade news that concerns Vietnam: tariffs, duties") == [("cheese-hanoi",)]


def test_articles_that_are_equal_and_all_their_names_are_found(own_desk: Desk) -> None:
    text = "The lighthouse at Skarn will be sold to the highest bidder in autumn."
    file(own_desk, [piece("skarn-1", text), piece("skarn-2", text), piece("skarn-1", text, title="Skarn lighthouse")])
    assert matched(own_desk, "lighthouse") == [("skarn-1", "skarn-2")]


def test_another_space_is_not_looked_into(own_desk: Desk) -> None:
    elsewhere = open_desk(own_desk.archive, own_desk.index.folder.parent, Space("other"))
    assert matched(elsewhere, "ferry") == [()]


def test_no_topics_meet_nothing(shared_desk: Desk) -> None:
    assert matched(shared_desk) == []
