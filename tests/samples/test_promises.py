"""The promises to the reader, shown on the samples."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.archive.articles import find_version
from bot.news.article import Space
from bot.news.briefing import Answer, Citation
from tests.samples.newsroom import SAMPLES, Ask, Newsroom

QUESTIONS = [
    "What tariffs apply to Japan?",
    "What is the tariff on Chinese goods?",
    "When will the second round of talks with Japan take place?",
    "What did Sho Tachibana advise?",
    "Why did Beijing halt its duties?",
    "Which goods are exempt from the tariffs?",
    "How did shares react to the pause?",
]


def said(answer: Answer) -> str:
    return "\n".join(point.text for point in answer.points)


def figures(answer: Answer) -> dict[str, str | None]:
    return {figure.value.replace(" ", ""): figure.status for figure in answer.figures}


def cited(answer: Answer, numbers: tuple[int, ...]) -> list[Citation]:
    return [citation for citation in answer.citations if citation.number in numbers]


def squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_sentence_is_a_sources_own_and_its_proof_stands_word_for_word_in_the_stored_text(
    newsroom: Newsroom, question: str
) -> None:
    answer = newsroom.ask(question)
    for point in answer.points:
        quotes = [citation.quote for citation in cited(answer, point.citations)]
        assert quotes, point.text
        own_words = squeezed(re.sub(r"\[[^\]]*\]", " ", point.text))
        assert any(own_words in squeezed(quote) or squeezed(quote) in own_words for quote in quotes), (
            point.text,
            quotes,
        )
    for citation in answer.citations:
        stored = newsroom.archive.read_now(find_version, newsroom.desk.space, citation.article_id, citation.version)
        assert stored is not None
        assert citation.quote in stored.text


def test_a_citation_shows_publisher_headline_date_and_link(ask: Ask) -> None:
    citations = ask("How long did Akazawa talk with the president?").citations
    assert [(c.source, c.title, c.url) for c in citations][:1] == [
        (
            "Pacific Courier",
            "First round ends without a deal, second planned this month",
            "https://pacificcourier.example.org/japan/first-round-ends",
        )
    ]
    assert citations[0].published == datetime(2025, 4, 17, 3, 15, tzinfo=UTC)


def test_the_tariffs_on_japan_come_as_figures_with_their_status_and_more_than_one_publisher(ask: Ask) -> None:
    answer = ask("What tariffs apply to Japan?")
    status = figures(answer)
    assert status["24%"] == "paused"
    assert status["10%"] in (None, "in force")
    assert status["25%"] in (None, "in force")
    on_cars = next(figure for figure in answer.figures if figure.value.startswith("25"))
    assert "car" in on_cars.of.lower()
    for value in ("24%", "10%", "25%"):
        proof = next(figure.citations for figure in answer.figures if figure.value == value)
        assert len({citation.source for citation in cited(answer, proof)}) > 1, value


def test_values_on_which_publishers_differ_stand_side_by_side(ask: Ask) -> None:
    answer = ask("How much would the Alaska gas project cost?")
    assert len(answer.conflicts) == 1
    values = {value.value: cited(answer, value.citations) for value in answer.conflicts[0].values}
    assert {re.sub(r"[^\d.]", "", value) for value in values} == {"44", "38.7"}
    assert {c.source for proof in values.values() for c in proof} == {"Pacific Courier", "Harbour Ledger"}


def test_the_newest_rate_stands_first_as_of_its_date_and_what_it_replaced_is_marked(ask: Ask) -> None:
    answer = ask("What is the tariff on Chinese goods now?")
    newest = answer.points[0]
    assert re.search(r"145|125", newest.text)
    assert newest.as_of is not None
    assert not newest.superseded
    raised_before = [point for point in answer.points if "was raised from 34% to 84%" in point.text]
    assert all(point.superseded for point in raised_before)
    assert figures(answer).get("84%", "superseded") == "superseded"


def test_a_question_asked_earlier_gets_the_value_of_that_day(newsroom: Newsroom) -> None:
    answer = newsroom.ask("What is the tariff on Chinese goods?", now=datetime(2025, 4, 9, 6, tzinfo=UTC))
    assert "84%" in said(answer)
    assert "125%" not in said(answer)


def test_a_meeting_that_was_moved_is_given_at_its_new_time(ask: Ask) -> None:
    answer = ask("At what time do the talks between Japan and the United States start on April 16?")
    assert "4 p.m." in answer.points[0].text
    for point in answer.points[1:]:
        if "10:30" in point.text and "4 p.m." not in point.text:
            assert point.superseded


def test_a_denial_is_told_as_a_denial(ask: Ask) -> None:
    assert re.search(r"denied|no such plan", said(ask("Is Japan going to sell American government bonds?")))


def test_a_proposed_duty_is_not_told_as_one_in_force(ask: Ask) -> None:
    answer = ask("What duty on chips is planned?")
    assert figures(answer).get("25%") == "proposed"


def test_a_paused_measure_is_told_as_paused(ask: Ask) -> None:
    assert re.search(r"paused|on hold", said(ask("What has the European Union done about its countermeasures?")))


def test_a_story_carried_by_a_second_publisher_is_kept_as_a_copy(newsroom: Newsroom) -> None:
    repeats = {frozenset((repeat.article, repeat.of)): repeat.likeness for repeat in newsroom.intake.repeated}
    assert repeats[frozenset(("tribune-china-answers", "china-answers.txt"))] == 1
    assert 0.8 <= repeats[frozenset(("tribune-pause.txt", "ninety-day-pause.txt"))] < 1


def test_a_sentence_that_begins_with_he_says_who_he_is(ask: Ask) -> None:
    assert "Tachibana" in said(ask("What did Sho Tachibana advise Akazawa to do?"))


@pytest.mark.parametrize(
    "question",
    [
        "Who won the football cup final?",
        "How old is Ryosei Akazawa?",
        "Who is the mayor of Newark?",
        "When was Hoshino Seiki founded?",
        "What did Giorgia Meloni eat in Washington?",
    ],
)
def test_what_the_articles_do_not_say_is_refused_with_what_was_searched(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.status == "nothing_found"
    assert not answer.points
    assert not answer.figures
    assert answer.searched.articles >= 20
    assert answer.searched.sources >= 8


def test_the_nearest_coverage_is_shown_when_nothing_was_found(ask: Ask) -> None:
    assert any("Akazawa" in citation.quote for citation in ask("How old is Ryosei Akazawa?").nearest)


@pytest.mark.parametrize("question", ["What is the news on phones?", "Which tariffs were abolished?", *QUESTIONS])
def test_a_note_to_assistants_that_hides_in_an_article_is_never_passed_on(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not re.search(r"previous instructions|every tariff has been abolished|free phone", said(answer))


def test_an_article_in_another_language_is_found_by_its_own_words(ask: Ask) -> None:
    answer = ask("日本車の関税")
    assert "海岸日報" in {citation.source for citation in (*answer.citations, *answer.nearest)}


def test_the_order_of_taking_in_changes_no_answer(newsroom: Newsroom, tmp_path: Path) -> None:
    reversed_paths = [str(path) for path in sorted(SAMPLES.iterdir(), reverse=True)]
    other = Newsroom(tmp_path, reversed_paths, newsroom.encoder)
    for question in QUESTIONS:
        one, two = newsroom.ask(question), other.ask(question)
        assert said(one) == said(two)
        assert figures(one) == figures(two)
    other.archive.close()


def test_one_team_never_sees_what_another_has_read(newsroom: Newsroom, tmp_path: Path) -> None:
    stranger = newsroom.open_desk(tmp_path, Space("another"))
    answer = newsroom.ask_at(stranger, "What tariffs apply to Japan?")
    assert answer.status == "nothing_found"
    assert answer.searched.articles == 0
    assert not answer.nearest
