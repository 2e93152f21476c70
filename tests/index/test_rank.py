from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.index.rank import Candidate, freshness, rank_passages, weigh_passages
from bot.news.article import Article
from bot.news.question import Question
from config import weights
from tests.makes import NOW, make_article, make_passage, make_question

PUBLISHERS = ("Daily Ledger", "Harbour Post")


def make_candidate(article: Article, by_words: float = 0.5) -> Candidate:
    return Candidate(
        passage=make_passage(article),
        article=article,
        by_words=by_words,
        by_clause=by_words,
        meaning=0.0,
        meaning_gap=0.0,
    )


def rank(question: Question, *candidates: Candidate) -> list[Article]:
    return [one.article for one in rank_passages(question, candidates, dict.fromkeys(question.stems, 1.0))]


def published(moment: datetime) -> Article:
    return make_article("The duty on steel is 12%.", published=moment)


def test_the_passage_that_both_searches_like_best_comes_first() -> None:
    question = make_question("What is the duty on steel?")
    weak, strong = (
        make_candidate(make_article("Steel is hard."), 0.2),
        make_candidate(make_article("Steel is hard."), 0.9),
    )
    assert rank(question, weak, strong) == [strong.article, weak.article]


def test_a_passage_that_covers_the_question_in_one_sentence_beats_one_that_scatters_it() -> None:
    question = make_question("Who pays the duty on timber from Norway?")
    together = make_candidate(make_article("Importers pay the duty on timber from Norway. It rained."))
    scattered = make_candidate(make_article("Importers pay. The duty rose. Timber burnt. Norway won."))
    assert rank(question, scattered, together) == [together.article, scattered.article]


def test_the_publisher_that_the_question_names_comes_first() -> None:
    question = make_question("What did the Harbour Post say about steel?", PUBLISHERS)
    other = make_candidate(make_article("Steel is dear.", publisher="Daily Ledger"))
    named = make_candidate(make_article("Steel is dear.", publisher="Harbour Post"))
    assert rank(question, other, named) == [named.article, other.article]


def test_an_article_of_the_day_that_the_question_names_comes_first() -> None:
    question = make_question("What happened to steel on 3 April 2025?")
    then, later = published(datetime(2025, 4, 3, 12, tzinfo=NOW.tzinfo)), published(NOW)
    assert rank(question, make_candidate(later), make_candidate(then)) == [then, later]


def test_age_counts_only_where_the_question_is_about_now() -> None:
    old = published(NOW - timedelta(days=30))
    assert freshness(make_question("What is the duty on steel?"), old) == 0.0
    assert freshness(make_question("What is the latest duty on steel?"), old) > 0.0


@pytest.mark.parametrize("pair", [(1, 6), (6, 30), (30, 24 * 7), (24 * 7, 24 * 90)])
def test_hours_and_days_count_where_the_question_is_about_now(pair: tuple[int, int]) -> None:
    question = make_question("What is the latest duty on steel?")
    newer, older = (published(NOW - timedelta(hours=hours)) for hours in pair)
    assert rank(question, make_candidate(older), make_candidate(newer)) == [newer, older]


def test_an_article_dated_in_the_future_is_no_fresher_than_now() -> None:
    question = make_question("What is the latest duty on steel?")
    assert freshness(question, published(NOW + timedelta(days=9))) == freshness(question, published(NOW))


def test_an_article_without_a_date_is_as_fresh_as_it_was_first_seen() -> None:
    question = make_question("What is the latest duty on steel?")
    undated = make_article(published=None, seen=NOW - timedelta(hours=3))
    assert freshness(question, undated) == freshness(question, published(NOW - timedelta(hours=3)))


def test_the_order_of_the_candidates_decides_nothing() -> None:
    question = make_question("What is the duty on steel?")
    candidates = [make_candidate(make_article("Steel is hard.")) for _ in range(3)]
    assert len({tuple(a.name for a in rank(question, *some)) for some in permutations(candidates)}) == 1


def test_there_is_a_weight_for_every_sign() -> None:
    question = make_question("What is the duty on steel?")
    rarity = dict.fromkeys(question.stems, 1.0)
    for _, signs in weigh_passages(question, [make_candidate(published(NOW))], rarity):
        assert len(signs) == len(weights.PASSAGE)


@given(st.text(max_size=80), st.text(max_size=30))
def test_any_text_can_be_ranked(text: str, title: str) -> None:
    candidate = make_candidate(make_article(text, title=title))
    assert rank(make_question("What is the duty on steel?"), candidate) == [candidate.article]


def test_nothing_found_is_nothing_ranked() -> None:
    assert rank(make_question("What is the duty on steel?")) == []
