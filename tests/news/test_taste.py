"""Tastes: a few clicks move a watch sensibly, none silences it, and what was learnt can be said in words."""

import random
from dataclasses import replace

import pytest

from bot.news.subject import Subject
from bot.news.taste import Opinion, Taste, learn_taste
from bot.news.topic import read_topic
from tests.makes import make_article

MAKERS = ("Ashford", "Calder", "Denby", "Elm", "Fenwick", "Garth", "Holt", "Ilford")
PLACES = ("mill", "yard", "plant", "works", "forge", "foundry")


def steel(number: int, about: str) -> Subject:
    """One of many articles about steel, and about something besides."""
    maker, place = MAKERS[number % len(MAKERS)], PLACES[number % len(PLACES)]
    text = (
        f"The steel {place} of {maker} has news. {about} Steelmakers said so on Monday. Steel costs as much as before."
    )
    return Subject(make_article(text, title=f"{maker} steel {place}"))


def tariffs(number: int) -> Subject:
    """An article about steel and tariffs."""
    return steel(number, "New tariffs on imported steel begin in June, and retaliation is feared.")


def football(number: int) -> Subject:
    """An article about steel and football."""
    return steel(number, "Its football team reached the final, and the goalkeeper is a welder.")


def taste(helpful: list[Subject], unhelpful: list[Subject], margin: float = 1.0) -> Taste:
    """What is learnt when the articles were called so."""
    said = [Opinion(subject=one, margin=margin, helpful=True) for one in helpful]
    return learn_taste(said + [Opinion(subject=one, margin=margin, helpful=False) for one in unhelpful])


def test_what_is_like_helpful_articles_comes_nearer_and_what_is_like_others_less_near() -> None:
    learnt = taste([tariffs(n) for n in range(5)], [football(n) for n in range(5)])
    assert learnt.shift(tariffs(7)) > 0.5
    assert learnt.shift(football(7)) < -1.0


def test_what_was_learnt_is_told_in_words_as_they_are_written() -> None:
    learnt = taste([tariffs(n) for n in range(5)], [football(n) for n in range(5)])
    wanted, unwanted = learnt.words(5)
    assert {"tariffs", "retaliation"} & set(wanted)
    assert {"football", "goalkeeper", "welder", "final"} & set(unwanted)
    assert not set(wanted) & set(unwanted)
    assert learnt.opinions == 10


def test_one_click_moves_little_and_silences_nothing() -> None:
    learnt = taste([], [football(1)])
    topic = replace(read_topic("Iron and steel: mills, output, prices"), taste=learnt)
    assert topic.meets(tariffs(2)) is not None
    assert -1.0 < learnt.shift(tariffs(2)) < 0
    assert learnt.shift(football(1)) < learnt.shift(tariffs(2))


def test_one_click_on_what_a_rule_found_silences_nothing_but_its_like() -> None:
    rule = replace(read_topic("steel"), taste=taste([], [football(1)], margin=1.5))
    assert rule.meets(tariffs(2)) is not None
    strict = replace(rule, taste=taste([tariffs(n) for n in range(4)], [football(n) for n in range(6)], margin=1.5))
    assert strict.meets(football(7)) is None
    assert strict.meets(tariffs(7)) is not None


def test_clicks_that_contradict_each_other_leave_things_nearly_as_they_were() -> None:
    both = [football(n) for n in range(6)]
    learnt = taste(both, both, margin=0.0)
    assert abs(learnt.shift(football(7))) < 0.5
    assert abs(learnt.shift(tariffs(7))) < 0.5


def test_what_only_helps_lets_a_little_more_through_and_what_never_does_less() -> None:
    helped = taste([tariffs(n) for n in range(20)], [])
    annoyed = taste([], [tariffs(n) for n in range(20)])
    assert 0 < helped.shift(steel(3, "Nothing else is known.")) < 2
    assert annoyed.shift(steel(3, "Nothing else is known.")) < -1


def test_what_was_to_be_expected_teaches_less_than_what_was_not() -> None:
    sure, unsure = taste([tariffs(1)], [], margin=4.0), taste([tariffs(1)], [], margin=-1.0)
    assert 0 < sure.shift(tariffs(1)) < unsure.shift(tariffs(1))


def test_without_opinions_nothing_is_learnt() -> None:
    learnt = learn_taste([])
    assert learnt.shift(tariffs(1)) == 0
    assert learnt.words(5) == ((), ())


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_clicks_makes_no_difference_that_counts(seed: int) -> None:
    said = [Opinion(subject=tariffs(n), margin=0.5, helpful=True) for n in range(8)]
    said += [Opinion(subject=football(n), margin=0.5, helpful=False) for n in range(8)]
    learnt = learn_taste(said)
    random.Random(seed).shuffle(said)
    again = learn_taste(said)
    for article in (tariffs(9), football(9), steel(9, "Nothing else is known.")):
        assert abs(learnt.shift(article) - again.shift(article)) < 0.2


def test_a_taste_brings_an_article_that_its_topic_alone_would_not() -> None:
    topic = read_topic("Foreign trade: tariffs and duties")
    passing = steel(3, "It fears retaliation.")
    assert topic.meets(passing) is None
    learnt = taste([steel(n, "It fears retaliation.") for n in range(30)], [], margin=-1.0)
    assert topic.margin(passing) + learnt.shift(passing) > topic.margin(passing)


def test_the_same_topic_with_a_taste_is_another_one() -> None:
    topic = read_topic("Iron and steel: mills, output")
    one, other = taste([tariffs(1)], []), taste([tariffs(1)], [])
    assert replace(topic, taste=one) != topic
    assert replace(topic, taste=one) != replace(topic, taste=other)
