from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import RequestError
from bot.news.question import Question, Wanted, read_question
from bot.news.text import words

NOW = datetime(2025, 4, 16, 9, 30, tzinfo=UTC)
PAPERS = ("Daily Ledger", "The Sunday Times", "Harbour Post")


def read(text: str) -> Question:
    return read_question(text, now=NOW, zone=ZoneInfo("UTC"), publishers=PAPERS)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Who runs the central bank of Norway?", Wanted.WHO),
        ("Who's in charge?", Wanted.WHO),
        ("Which minister resigned?", Wanted.WHO),
        ("By whom was the deal signed?", Wanted.WHO),
        ("When did the talks begin?", Wanted.WHEN),
        ("At what time does the port open?", Wanted.WHEN),
        ("Which day did the strike start?", Wanted.WHEN),
        ("Where is the summit?", Wanted.WHERE),
        ("In which city was the deal signed?", Wanted.WHERE),
        ("How much steel was sold?", Wanted.AMOUNT),
        ("What’s the rate on cars?", Wanted.AMOUNT),
        ("what tariffs apply to Japan?", Wanted.AMOUNT),
        ("What percentage of ships were late?", Wanted.AMOUNT),
        ("What did the minister say about steel?", Wanted.SAID),
        ("How did Beijing react?", Wanted.SAID),
        ("What was the response of the union?", Wanted.SAID),
        ("Is the duty paused?", Wanted.YES_NO),
        ("has the port reopened", Wanted.YES_NO),
        ("List the countries that retaliated.", Wanted.LIST),
        ("Which firms raised prices?", Wanted.LIST),
        ("Why did shares fall?", Wanted.WHY),
        ("How come shares fell?", Wanted.WHY),
        ("What caused the delay?", Wanted.WHY),
        ("Tell me about the strike.", Wanted.BACKGROUND),
        ("What's going on in Sudan?", Wanted.BACKGROUND),
        ("What is a safeguard measure?", Wanted.WHAT),
    ],
)
def test_the_kind_of_answer_wanted_is_told_from_the_words(text: str, wanted: Wanted) -> None:
    assert read(text).wanted is wanted


def test_names_have_one_key_in_every_form() -> None:
    assert read("What do American carmakers want from Tokyo?").names == ("us", "jp")


def test_small_words_and_words_about_the_reporting_are_no_part_of_the_subject() -> None:
    assert read("According to reports, what did they say about the steel duties?").stems == ("steel", "duti")


@pytest.mark.parametrize("text", ["When?", "what is it", "What did the source say?", "the", "Who?", "the Daily Ledger"])
def test_a_question_of_small_words_only_is_searched_for_by_those(text: str) -> None:
    assert read(text).stems != ()


def test_a_publisher_of_the_archive_is_recognised_and_is_no_part_of_the_subject() -> None:
    question = read("What did the Daily Ledger say about steel?")
    assert question.publishers == ("Daily Ledger",)
    assert question.unknown_publishers == ()
    assert question.stems == ("steel",)


def test_an_outlet_that_the_archive_lacks_is_named_as_unknown() -> None:
    question = read("What happened in Oslo according to Reuters?")
    assert question.publishers == ()
    assert question.unknown_publishers == ("Reuters",)


def test_days_and_nows_in_the_name_of_a_publisher_are_no_time() -> None:
    question = read("What does The Sunday Times report on Oslo?")
    assert question.windows == ()
    assert read("What happened in Oslo according to USA Today?").about_now is False
    assert len(read("What did The Sunday Times report on Monday?").windows) == 1


def test_times_are_windows_and_no_part_of_the_subject() -> None:
    question = read("What did the ministry decide about timber since 3 April?")
    assert question.stems == ("ministri", "decid", "timber")
    assert [(window.start, window.end) for window in question.windows] == [(datetime(2025, 4, 3, tzinfo=UTC), None)]


def test_a_question_about_now_says_so() -> None:
    assert read("What is the latest on steel?").about_now
    assert not read("What was decided on steel in 2019?").about_now


def test_a_question_of_several_parts_is_cut_into_them_with_their_publishers() -> None:
    question = read(
        "Does the Daily Ledger call the steel duty harmful, while the Harbour Post praises the timber aid of Norway?"
    )
    assert [clause.publishers for clause in question.clauses] == [("Daily Ledger",), ("Harbour Post",)]
    assert [clause.stems for clause in question.clauses] == [
        ("steel", "duti", "harm"),
        ("prais", "timber", "aid", "norway"),
    ]


def test_a_part_too_short_to_be_searched_for_stays_with_the_one_before() -> None:
    (clause,) = read("What is the duty on imported cars, and when does it start?").clauses
    assert clause.stems == ("duti", "import", "car", "start")


def test_a_question_in_a_script_without_spaces_has_pairs_of_characters() -> None:
    assert read("日本の関税は?").stems == ("日本", "本の", "の関", "関税", "税は")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "?!", "🙂🙂🙂", "…", "\u200b"])
def test_a_text_without_words_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(RequestError, match="could not find a question") as refused:
        read(text)
    assert "what tariffs apply to Japan?" in str(refused.value)
    assert refused.value.code == "C05"


def test_a_question_may_have_a_thousand_characters_and_no_more() -> None:
    assert read("w " * 499 + "ww").text.startswith("w w")
    sentence = r"can have 1,000 characters; this has 1,001\. Ask a shorter one\."
    with pytest.raises(RequestError, match=sentence) as refused:
        read("w" * 1001)
    assert refused.value.code == "C04"


def test_white_space_does_not_count() -> None:
    assert read("  what \n\n tariffs   apply?  " + " " * 2000).text == "what tariffs apply?"


@given(st.text(max_size=1000))
def test_every_text_is_a_question_or_is_refused_in_a_sentence(text: str) -> None:
    try:
        question = read(text)
    except RequestError as refused:
        assert str(refused).endswith((".", "?"))
    else:
        assert words(question.text)
        assert question.stems
