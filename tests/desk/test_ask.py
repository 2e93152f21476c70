"""Answering from the archive: what is promised to the reader, on made-up news."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.archive.archive import Archive
from bot.desk.ask import answer_question
from bot.desk.desk import Desk
from bot.errors import RequestError
from bot.news.article import LOCAL, Draft, Space
from bot.news.briefing import Answer
from handlers.console.as_json import answer_line
from tests.desk import stories
from tests.desk.paper import ask, bring_up, cited, file, open_desk, piece, publishers, read, said, unproved

QUESTIONS = (
    "When will the Holm Island ferry stop?",
    "What is the key interest rate of the Bank of Norrland?",
    "How many workers did the collapse at the Torv mine kill?",
    "What is Japan's duty on cheese?",
    "What did Mara Lindqvist say about the hull of the ferry?",
    "日本のチーズの関税",
)


@pytest.fixture
def empty(archive: Archive, data_dir: Path) -> Desk:
    """A desk that has read nothing."""
    return open_desk(archive, data_dir)


def told(answer: Answer) -> dict[str, object]:
    """The answer as a program gets it, without the time it took."""
    line: dict[str, object] = json.loads(answer_line(answer, line_id=None, took_ms=0.0))
    return line


def test_every_point_has_a_citation_and_every_quote_stands_in_the_stored_version(shared_desk: Desk) -> None:
    for question in QUESTIONS:
        answer = ask(shared_desk, question)
        assert answer.status == "answered", question
        assert all(point.citations for point in answer.points)
        assert all(figure.citations for figure in answer.figures)
        numbers = {n for point in answer.points for n in point.citations}
        numbers |= {n for figure in answer.figures for n in figure.citations}
        assert numbers <= {citation.number for citation in answer.citations}
        assert unproved(shared_desk, answer.citations) == []


def test_an_old_quote_is_still_proved_after_the_article_has_changed(own_desk: Desk) -> None:
    answer = ask(own_desk, "When will the Holm Island ferry stop?")
    changed = piece("ferry-ends", "The ferry between Selby and Holm Island will run on until 9 September after all.")
    read(own_desk, changed)
    assert unproved(own_desk, answer.citations) == []
    newer = ask(own_desk, "Until when will the Holm Island ferry run on?")
    assert "9 September" in said(newer)
    assert "will stop running on 3 May" not in said(newer)
    assert {c.version for c in newer.citations if c.article == "ferry-ends"} == {2}


def test_only_the_publisher_asked_about_is_quoted(shared_desk: Desk) -> None:
    answer = ask(shared_desk, "What did the Northern Gazette say about the Holm Island ferry?")
    assert "carried by bus" in said(answer)
    assert publishers(answer) == {"Northern Gazette"}


def test_a_publisher_that_told_nothing_of_it_gives_no_answer_and_others_are_the_nearest(shared_desk: Desk) -> None:
    answer = ask(shared_desk, "What did the Harbour Wire say about the Holm Island ferry?")
    assert answer.status == "nothing_found"
    assert said(answer) == ""
    assert "ferry-ends" in {citation.article for citation in answer.nearest}


def test_last_months_value_is_given_to_who_asks_about_last_month(shared_desk: Desk) -> None:
    answer = ask(shared_desk, "What was the key interest rate of the Bank of Norrland last month?")
    assert "3.5%" in said(answer)
    assert "3.25%" not in said(answer)
    assert {figure.value for figure in answer.figures} == {"3.5%"}


def test_a_question_about_a_time_is_answered_from_the_articles_of_that_time(shared_desk: Desk) -> None:
    for question, article in (
        ("Where will passengers of the Holm Island ferry be carried, as was said yesterday?", "ferry-buses"),
        ("Who was hurt in the Selby cinema fire in October 2023?", "cinema"),
        ("What is the duty on imported cheese since 19 April?", "cheese-hanoi"),
        ("How did the Bank of Norrland change its key interest rate between 1 March and 1 April?", "rate-raised"),
    ):
        assert {citation.article for citation in ask(shared_desk, question).citations} == {article}


def test_yesterday_ends_at_the_midnight_of_the_askers_zone(empty: Desk) -> None:
    read(
        empty,
        piece("early", "The Selby tram carried 900 riders, the council said.", published="2025-04-23T02:00"),
        piece("late", "The Selby tram carried 700 riders, the council said.", published="2025-04-23T20:00"),
    )
    question = "How many riders did the Selby tram carry yesterday?"
    in_utc = ask(empty, question)
    in_los_angeles = ask(empty, question, zone=ZoneInfo("America/Los_Angeles"))
    in_tokyo = ask(empty, question, zone=ZoneInfo("Asia/Tokyo"), now=datetime(2025, 4, 24, 16, tzinfo=UTC))
    assert {c.article for c in in_utc.citations} == {"early", "late"}
    assert {c.article for c in in_los_angeles.citations} == {"late"}
    assert {c.article for c in in_tokyo.citations} == {"late"}


def test_nothing_from_the_askers_future_is_told(shared_desk: Desk) -> None:
    answer = ask(
        shared_desk, "What is the key interest rate of the Bank of Norrland?", now=datetime(2025, 3, 20, tzinfo=UTC)
    )
    assert "3.5%" in said(answer)
    assert "3.25%" not in said(answer)


def test_the_newest_stands_first_when_the_question_is_about_now(shared_desk: Desk) -> None:
    answer = ask(shared_desk, "What is the latest interest rate of the Bank of Norrland?")
    assert "3.25%" in answer.points[0].text
    assert answer.as_of == stories.RATE_CUT.published


def test_a_value_that_was_replaced_is_marked_and_the_newest_has_its_date(empty: Desk) -> None:
    read(
        empty,
        piece("old", "The bus fare in Selby is 3 euros, the council said.", published="2025-04-10T09:00"),
        piece(
            "new", "The bus fare in Selby was raised from 3 euros to 4 euros on Monday.", published="2025-04-21T09:00"
        ),
    )
    answer = ask(empty, "How much is the bus fare in Selby?")
    status = {figure.value: figure.status for figure in answer.figures}
    assert status["3 euros"] == "superseded"
    assert status["4 euros"] != "superseded"
    assert "4 euros" in answer.points[0].text
    assert answer.points[0].as_of is not None
    assert [point.superseded for point in answer.points if "is 3 euros" in point.text] in ([], [True])


def test_values_on_which_publishers_differ_stand_side_by_side(shared_desk: Desk) -> None:
    answer = ask(shared_desk, "How many workers did the collapse at the Torv mine kill?")
    (conflict,) = answer.conflicts
    assert {
        value.value: {citation.source for citation in cited(answer, value.citations)} for value in conflict.values
    } == {"12 workers": {"Selby Courier"}, "15 workers": {"Northern Gazette"}}


def test_a_copy_is_no_second_voice(empty: Desk) -> None:
    text = " ".join(
        f"Sentence {n} of a long report about the tunnel under Mount Ask names {n} cranes." for n in range(9)
    )
    read(
        empty,
        piece("report", f"The tunnel under Mount Ask opens on 1 June, engineers said. {text}", title="Tunnel opens"),
        piece(
            "reprint",
            f"The tunnel under Mount Ask opens on 1 June, engineers said. {text}",
            title="Tunnel opens",
            publisher="Northern Gazette",
            published="2025-04-22T12:00",
        ),
    )
    answer = ask(empty, "When does the tunnel under Mount Ask open?")
    assert "1 June" in answer.points[0].text
    assert len(answer.points[0].citations) == 1
    assert len({citation.article for citation in answer.citations}) == 1


def test_the_same_fact_from_two_publishers_is_one_point_with_two_citations(empty: Desk) -> None:
    read(
        empty,
        piece("one", "Author Jon Berg won the Selby book prize on Sunday for his novel “Salt”."),
        piece("two", "Jon Berg won the Selby book prize on Sunday for his novel “Salt”.", publisher="Northern Gazette"),
    )
    answer = ask(empty, "Who won the Selby book prize?")
    assert len(answer.points) == 1
    assert publishers(answer) == {"Selby Courier", "Northern Gazette"}


@pytest.mark.parametrize("question", ["Who won the chess final in Oslo?", "What colour is the moon of Qwzzt?"])
def test_what_no_article_holds_is_refused_with_what_was_searched(shared_desk: Desk, question: str) -> None:
    answer = ask(shared_desk, question)
    assert answer.status == "nothing_found"
    assert (answer.points, answer.figures, answer.conflicts, answer.citations) == ((), (), (), ())
    assert (answer.as_of, answer.searched.articles, answer.searched.sources) == (None, 10, 4)
    assert (answer.searched.start, answer.searched.end) == (stories.CINEMA.published, stories.FERRY_BUSES.published)
    assert unproved(shared_desk, answer.nearest) == []


def test_an_empty_archive_refuses_and_says_that_nothing_was_searched(empty: Desk) -> None:
    answer = ask(empty, "When will the ferry stop?")
    assert answer.status == "nothing_found"
    assert (answer.searched.articles, answer.searched.start, answer.nearest) == (0, None, ())


def test_a_country_is_found_by_any_of_its_names(shared_desk: Desk) -> None:
    for country in ("Japan's", "the Japanese", "Tokyo's"):
        assert ask(shared_desk, f"What is {country} duty on imported cheese?").citations[0].article == "cheese-tokyo"
    for country in ("Vietnam's", "the Vietnamese", "Hanoi's"):
        assert ask(shared_desk, f"What is {country} duty on imported cheese?").citations[0].article == "cheese-hanoi"


def test_an_article_in_a_script_without_spaces_is_found_and_quoted(shared_desk: Desk) -> None:
    answer = ask(shared_desk, "日本のチーズの関税")
    assert answer.points[0].text == "政府は17日、輸入チーズの関税を6月から5%に引き下げると発表した。"
    assert publishers(answer) == {"北海新報"}


def test_a_space_knows_nothing_of_what_another_has_read(own_desk: Desk, data_dir: Path) -> None:
    other = open_desk(own_desk.archive, data_dir, Space("another"))
    read(other, piece("own", "The Selby library opens on Sundays now, the council said."))
    answer = ask(other, "When will the Holm Island ferry stop?")
    assert answer.status == "nothing_found"
    assert answer.searched.articles == 1
    assert {citation.article for citation in answer.nearest} <= {"own"}
    assert "library" not in said(ask(own_desk, "When does the Selby library open on Sundays?"))


def test_a_question_while_the_index_is_behind_is_answered_from_what_it_has(own_desk: Desk) -> None:
    file(own_desk, [piece("ferry-ends", "Nothing is known any more.", published="2025-04-24T09:00")])
    file(own_desk, [piece("new", "The Holm Island ferry was sold to Torv on Thursday.", published="2025-04-24T10:00")])
    answer = ask(own_desk, "When will the Holm Island ferry stop?")
    assert unproved(own_desk, answer.citations) == []
    assert "ferry-ends" not in {citation.article for citation in answer.citations}, "its passages are gone"
    bring_up(own_desk)
    assert "sold to Torv" in said(ask(own_desk, "To whom was the Holm Island ferry sold?"))


def test_questions_are_answered_while_another_desk_writes(own_desk: Desk, data_dir: Path) -> None:
    reader = open_desk(own_desk.archive, data_dir)

    async def write() -> None:
        for number in range(20):
            draft = piece(f"more-{number}", f"The town of Vik number {number} has {number} bridges, its mayor said.")
            await asyncio.to_thread(file, own_desk, [draft])

    async def both() -> list[Answer]:
        now = datetime(2025, 4, 24, 18, tzinfo=UTC)
        writing = asyncio.create_task(write())
        answers: list[Answer] = []
        while not writing.done() or len(answers) < 3:
            answers.append(await answer_question(reader, QUESTIONS[0], now=now, zone=ZoneInfo("UTC")))
        await writing
        return answers

    assert {said(answer) for answer in asyncio.run(both())} == {said(ask(own_desk, QUESTIONS[0]))}


def test_a_damaged_index_is_made_anew_and_answers_again(own_desk: Desk, data_dir: Path) -> None:
    before = told(ask(own_desk, QUESTIONS[0]))
    for part in (data_dir / "index" / LOCAL / "words").iterdir():
        if part.is_file():
            part.write_bytes(b"\0" * 64)
    again = Desk(
        archive=own_desk.archive, index=own_desk.index.__class__(data_dir / "index" / LOCAL, None), space=LOCAL
    )
    bring_up(again)
    assert told(ask(again, QUESTIONS[0])) == before


def test_what_holds_no_question_is_refused_in_a_sentence(shared_desk: Desk) -> None:
    for text in ("", " \n\t ", "😀 🎉", "?!…", "\u200b\u200b"):
        with pytest.raises(RequestError, match="I could not find a question in that"):
            ask(shared_desk, text)


def test_a_question_that_is_too_long_is_told_its_length_and_the_limit(shared_desk: Desk) -> None:
    with pytest.raises(RequestError, match="can have 1,000 characters; this has 4,000"):
        ask(shared_desk, "why " * 999 + "why?")


SIX = (
    stories.FERRY_ENDS,
    stories.FERRY_BUSES,
    stories.RATE_CUT,
    stories.MINE_POLICE,
    stories.MINE_UNION,
    piece("mine-copy", stories.MINE_UNION.text, title=stories.MINE_UNION.title, published="2025-04-21T10:00"),
)
_SPACES = count()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(SIX))
def test_the_order_of_taking_in_changes_no_answer(archive: Archive, data_dir: Path, order: Sequence[Draft]) -> None:
    usual, other = (open_desk(archive, data_dir, Space(f"order-{next(_SPACES)}")) for _ in range(2))
    for desk, drafts in ((usual, SIX), (other, order)):
        for draft in drafts:
            file(desk, [draft])
        bring_up(desk)
    for question in QUESTIONS[:3]:
        assert told(ask(usual, question)) == told(ask(other, question))


def test_two_things_that_one_person_said_are_not_taken_for_one(shared_desk: Desk) -> None:
    answer = ask(shared_desk, "What did Governor Elin Strand of the Bank of Norrland say about inflation?")
    assert "still too high" in said(answer)
    assert "fallen faster than expected" in said(answer)
    for point in answer.points:
        assert len({citation.article for citation in cited(answer, point.citations)}) == 1
