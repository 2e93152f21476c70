from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.article import ArticleId
from bot.news.briefing import Answer, Conflict, ConflictValue, Figure, Point, Searched
from bot.writer.check import keep_supported
from bot.writer.citing import Citations, make_citation
from bot.writer.facts import gather_facts, numbers, states_same
from config import defaults
from tests.makes import make_article, make_quote, quote_sentences

DUTY = "The duty on steel from Norway is 12 percent."
SAME = "The duty on steel from Norway is 12 percent, officials confirmed."
OTHER_NUMBER = "The duty on steel from Norway is 15 percent."
RAIN = "Rain stopped the ferry to Tollan for a week."
LEDGER, POST = make_article(DUTY), make_article(SAME, publisher="Harbour Post")


def test_the_same_fact_of_two_publishers_is_one_fact_with_both() -> None:
    (fact,) = gather_facts(quote_sentences(LEDGER, POST), limit=5)
    assert [quote.article for quote in fact.quotes] == [LEDGER, POST]
    assert fact.lead.text == DUTY


def test_different_numbers_are_never_one_fact() -> None:
    facts = gather_facts(quote_sentences(LEDGER, make_article(OTHER_NUMBER)), limit=5)
    assert [fact.lead.text for fact in facts] == [DUTY, OTHER_NUMBER]


def test_different_facts_stay_apart_in_their_order_up_to_the_limit() -> None:
    quotes = quote_sentences(make_article(RAIN), LEDGER)
    assert [fact.lead.text for fact in gather_facts(quotes, limit=5)] == [RAIN, DUTY]
    assert [fact.lead.text for fact in gather_facts(quotes, limit=1)] == [RAIN]


def test_a_copy_is_no_further_voice() -> None:
    copy = make_article(DUTY, publisher="Evening Wire", copy_of=LEDGER.id)
    another = make_article(DUTY, publisher="Morning Wire", copy_of=LEDGER.id)
    assert [len(f.quotes) for f in gather_facts(quote_sentences(LEDGER, copy), limit=5)] == [1]
    assert [len(f.quotes) for f in gather_facts(quote_sentences(copy, another, LEDGER), limit=5)] == [1]


def test_a_fact_repeated_in_one_article_has_one_voice() -> None:
    (fact,) = gather_facts(quote_sentences(make_article(f"{DUTY} {SAME}")), limit=5)
    assert len(fact.quotes) == 1


def test_a_point_shows_no_more_than_some_citations() -> None:
    many = [make_article(DUTY, publisher=f"Paper {n}") for n in range(9)]
    (fact,) = gather_facts(quote_sentences(*many), limit=5)
    assert len(fact.quotes) == defaults.CITATIONS_A_POINT


@given(st.text(max_size=60), st.text(max_size=60))
def test_stating_the_same_does_not_depend_on_who_is_asked_first(one: str, other: str) -> None:
    first, second = (make_quote(make_article(text), text) for text in (one, other))
    assert states_same(first, second) == states_same(second, first)


@pytest.mark.parametrize(
    ("text", "found"), [("From 1,200 to 3.5 in 2025.", {"1200", "3.5", "2025"}), ("None.", set()), ("24%", {"24"})]
)
def test_numbers_are_told_by_their_digits(text: str, found: set[str]) -> None:
    assert numbers(text) == found


def test_citations_are_numbered_in_the_order_of_first_use() -> None:
    citations = Citations()
    first, second = quote_sentences(LEDGER, POST)
    assert citations.cite_all([second, first, second]) == (1, 2)
    assert [citation.source for citation in citations.listed] == ["Harbour Post", "Daily Ledger"]
    assert [citation.quote for citation in citations.listed] == [SAME, DUTY]


def answer_with(point: Point) -> Answer:
    """An answer of one point and a figure, citing the Ledger as 1 and the Post as 2."""
    ledger, post = quote_sentences(LEDGER, POST)
    return Answer(
        question="What is the duty?",
        status="answered",
        as_of=LEDGER.published,
        points=(point,),
        figures=(Figure(value="12%", of="steel", status=None, citations=(1, 2)),),
        conflicts=(
            Conflict(
                of="duty", values=tuple(ConflictValue(value=v, citations=(n,)) for n, v in ((1, "12%"), (2, "13%")))
            ),
        ),
        citations=(make_citation(ledger, 1), make_citation(post, 2)),
        searched=Searched(articles=2, sources=2, start=None, end=datetime(2025, 4, 16, tzinfo=UTC)),
    )


STORED = {(LEDGER.id, 1): DUTY, (POST.id, 1): SAME}


def test_what_its_citations_carry_is_kept() -> None:
    answer = answer_with(Point(text=DUTY, citations=(1, 2)))
    assert keep_supported(answer, STORED) == answer


def test_a_citation_whose_stored_text_has_changed_is_dropped_with_what_rests_on_it() -> None:
    answer = answer_with(Point(text=SAME, citations=(2, 1)))
    kept = keep_supported(answer, {**STORED, (LEDGER.id, 1): OTHER_NUMBER})
    assert kept.points == (Point(text=SAME, citations=(2,)),)
    assert kept.figures[0].citations == (2,)
    assert kept.conflicts == ()
    assert [citation.number for citation in kept.citations] == [2]


@pytest.mark.parametrize("stored", [{}, {(LEDGER.id, 2): DUTY}, {(LEDGER.id, 1): DUTY.replace("12", "21")}])
def test_an_answer_that_loses_its_last_point_has_found_nothing(stored: dict[tuple[ArticleId, int], str]) -> None:
    kept = keep_supported(answer_with(Point(text=DUTY, citations=(1,))), stored)
    assert (kept.status, kept.as_of) == ("nothing_found", None)
    assert (kept.points, kept.figures, kept.conflicts, kept.citations) == ((), (), (), ())


def test_a_name_in_brackets_may_be_added_and_nothing_else() -> None:
    named = Point(text=DUTY.replace("duty", "duty [tariff]"), citations=(1,))
    assert keep_supported(answer_with(named), STORED).points == (named,)
    changed = replace(named, text=named.text.replace("12", "13"))
    assert keep_supported(answer_with(changed), STORED).points == ()


def test_brackets_of_the_source_itself_are_its_words() -> None:
    text = "He said the duty [on steel] was a mistake."
    article = make_article(text)
    answer = replace(
        answer_with(Point(text=text, citations=(1,))), citations=(make_citation(make_quote(article, text), 1),)
    )
    assert keep_supported(answer, {(article.id, 1): text}).points == answer.points


@pytest.mark.parametrize("text", ["", "[Olga Berg]", " [Olga Berg]"])
def test_a_point_without_words_of_its_own_is_dropped(text: str) -> None:
    assert keep_supported(answer_with(Point(text=text, citations=(1,))), STORED).points == ()
