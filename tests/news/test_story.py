from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.article import Article
from bot.news.rarity import weigh
from bot.news.story import Story, group_stories
from tests.makes import NOW, find_in, make_article, make_question

PORT = make_article(
    "Dockers at the port of Tollan walked out on Monday over pay. Ships wait outside the harbour.",
    title="Dockers strike at Tollan port",
)
PORT_LATER = make_article(
    "The walkout of dockers at the port of Tollan went into its third day; ships wait over the pay dispute.",
    title="Tollan port strike enters third day",
    publisher="Harbour Post",
    published=NOW + timedelta(hours=5),
)
PORT_COPY = make_article(
    PORT.text, title=PORT.title, publisher="Evening Wire", copy_of=PORT.id, published=NOW + timedelta(hours=6)
)
CHESS = make_article(
    "A girl of twelve won the chess open in Kestria after nine rounds.",
    title="Girl of twelve wins chess open",
    published=NOW + timedelta(days=1),
)


def names(articles: tuple[Article, ...]) -> list[str]:
    return [article.name for article in articles]


def test_articles_about_one_event_are_one_story_newest_first() -> None:
    port, chess = group_stories([PORT, PORT_LATER, CHESS])
    assert names(port.articles) == [PORT_LATER.name, PORT.name]
    assert names(chess.articles) == [CHESS.name]


def test_the_story_that_most_publishers_tell_comes_first_and_then_the_newest() -> None:
    assert [len(story.articles) for story in group_stories([CHESS, PORT, PORT_LATER])] == [2, 1]
    assert group_stories([PORT, CHESS])[0].articles == (CHESS,)


def test_the_carrier_of_a_copy_is_no_further_publisher() -> None:
    (story,) = group_stories([PORT, PORT_COPY])
    assert story.publishers == ("Daily Ledger",)


def test_one_agency_text_in_three_papers_is_told_by_one_and_a_paper_by_any_of_its_names_is_one() -> None:
    papers = [
        replace(PORT_LATER, publisher=name, origin="Associated Press")
        for name in ("Coast Post", "Hill Post", "Sun Post")
    ]
    assert Story(articles=tuple(papers)).publishers == ("Associated Press",)
    labels = [replace(PORT_LATER, publisher=name) for name in ("BBC News", "BBC", "AP", "CNN")]
    assert Story(articles=(*labels, *papers)).publishers == ("BBC News", "AP", "CNN")


@given(st.permutations([PORT, PORT_LATER, PORT_COPY, CHESS]))
def test_the_order_of_the_articles_decides_nothing(articles: list[Article]) -> None:
    assert group_stories(articles) == group_stories([PORT, PORT_LATER, PORT_COPY, CHESS])


def test_no_articles_make_no_stories() -> None:
    assert group_stories([]) == []


@pytest.mark.parametrize("text", ["", "…", "the of and", "🙂"])
def test_an_article_without_words_is_a_story_of_its_own(text: str) -> None:
    wordless = make_article(text, title=text)
    assert len(group_stories([wordless, PORT])) == 2


def test_rare_words_weigh_more_than_everyday_words_and_those_more_than_none() -> None:
    weights = weigh(["tungsten", "offici", "japan"], {"japan": 900, "offici": 10}, 2000)
    assert weights["tungsten"] > weights["offici"] > 0
    assert weights["tungsten"] > weights["japan"] > 0


def test_two_articles_do_not_make_every_word_rare() -> None:
    weights = weigh(["say", "tungsten"], {"say": 1, "tungsten": 1}, 2)
    assert weights["tungsten"] > 2 * weights["say"]


@given(st.dictionaries(st.text(max_size=5), st.integers(0, 1000)), st.integers(1000, 10**7))
def test_every_weight_is_positive(held: dict[str, int], passages: int) -> None:
    assert all(weight > 0 for weight in weigh(held, held, passages).values())


def test_a_question_that_names_publishers_is_told_by_those_only() -> None:
    publishers = ["Daily Ledger", "Harbour Post"]
    asked = make_question("What did the Harbour Post say about the strike of the dockers?", publishers)
    found = find_in(asked, PORT, PORT_LATER).told_by_those_named()
    assert [one.article for one in found.evidence] == [PORT_LATER]
    assert all(one.article is PORT_LATER for clause in found.clauses for one in clause)
    everybody = find_in("Why did the dockers strike?", PORT, PORT_LATER)
    assert everybody.told_by_those_named() is everybody
