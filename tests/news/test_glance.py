"""Glances: what is left out surely does not meet the topic, and what meets it is never left out."""

from dataclasses import dataclass

import pytest

from bot.news.article import Article
from bot.news.glance import may_meet
from bot.news.rule import Clause
from bot.news.subject import ALWAYS, Subject
from bot.news.topic import Topic, read_topic
from tests.makes import make_article

ARTICLES = [
    make_article(
        "The U.S. raised duties on steel, and Japan’s carmakers were hit hardest. They are dying, Mr. Strand said, and "
        "nobody is tying that to prices. Toyota (NYSE: TM) fell; $AAPL did not.",
        title="Tariffs: Tokyo replies",
    ),
    make_article(
        "Bjørn Ødegård and José Muñoz signed the treaty in Côte d’Ivoire. 関税について日本は何も言わなかった。",
        title="A.I. “treaty” signed",
        publisher="BBC Sport",
        origin="Reuters",
    ),
    make_article("", title="Reliance Industries to build early-warning systems"),
    make_article("Lying, tying, dying.", title="Skies"),
]


@dataclass(frozen=True)
class Wanting(Topic):
    """A topic for which an article must have this term."""

    term: str = ""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return (frozenset({self.term}),)


@pytest.mark.parametrize("article", ARTICLES)
def test_every_mark_of_an_article_is_seen(article: Article) -> None:
    asked = [term for term in Subject(article).terms if "\n" not in term or term in ALWAYS]
    wanting = (Wanting(text="", key="", rule=None, description=None, term=term) for term in asked)
    assert [one.term for one in wanting if not may_meet(one, article)] == []


@pytest.mark.parametrize(
    "topic",
    ["duty steel", '"raised duties"', "Japan", "tie", "$AAPL", "Elin Strand OR Strand", "steel -copper", "/AAP./"],
)
def test_an_article_that_meets_the_topic_is_seen_to(topic: str) -> None:
    assert read_topic(topic).meets(Subject(ARTICLES[0]))
    assert may_meet(read_topic(topic), ARTICLES[0])


@pytest.mark.parametrize(
    "topic", ["ferry", "duties AND ferry", "Norway", "source:BBC", "$MSFT", '"steel duties" ferry']
)
def test_an_article_that_lacks_what_it_needs_is_passed_over(topic: str) -> None:
    assert not may_meet(read_topic(topic), ARTICLES[0])
