"""Follow-ups in a conversation: what each is read as, and what it is answered with."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.desk.conversation import Conversation, resolve
from bot.desk.desk import Desk
from bot.news.article import ArticleId
from bot.news.briefing import Answer, Citation, Point, Searched
from config import defaults
from tests.desk.paper import ask, publishers, said

NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)
PUBLISHERS = ("Selby Courier", "Northern Gazette", "Harbour Wire")


def answered(question: str, *points: str) -> Answer:
    """An answer with these points."""
    citation = Citation(
        number=1,
        article="a",
        article_id=ArticleId(1),
        version=1,
        source="Selby Courier",
        title="Title",
        url=None,
        published=None,
        published_day_only=False,
        quote=" ".join(points),
    )
    return Answer(
        question=question,
        status="answered" if points else "nothing_found",
        as_of=None,
        points=tuple(Point(text=point, citations=(1,)) for point in points),
        citations=(citation,) if points else (),
        searched=Searched(articles=1, sources=1, start=None, end=None),
    )


def after(question: str, *points: str) -> Conversation:
    """A conversation in which this was asked and answered."""
    return Conversation().after(answered(question, *points))


def read_after(conversation: Conversation, text: str) -> str:
    """What the text is read as in that conversation."""
    return resolve(text, conversation, publishers=PUBLISHERS, now=NOW, zone=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("question", "follow_up", "read_as"),
    [
        ("What tariffs apply to Japan?", "and on cars?", "What tariffs apply to Japan on cars?"),
        ("What tariffs apply to Japan?", "and Vietnam?", "What tariffs apply to Vietnam?"),
        ("What tariffs apply to Japan?", "What about the EU?", "What tariffs apply to the EU?"),
        ("What tariffs apply to Japan?", "ok, and how about Vietnam?", "What tariffs apply to Vietnam?"),
        ("What is Japan's duty on cheese?", "and Vietnam", "What is Vietnam's duty on cheese?"),
        ("What tariffs apply to Japan?", "when was that?", "When was that: tariffs apply to Japan?"),
        ("When will the Torv mine open?", "why?", "Why: the Torv mine open?"),
        ("Why: the Torv mine open?", "since when?", "Since when: the Torv mine open?"),
        ("When will the Torv mine open?", "and who decided that?", "who decided the Torv mine?"),
        ("When will the Torv mine open?", "How deep is it?", "How deep is the Torv mine?"),
        ("What is the key rate in Norrland?", "what was it in March?", "what was the key rate in Norrland in March?"),
        ("What was the key rate in March?", "and last week?", "What was the key rate last week?"),
        ("What was the key rate in March?", "and what was it in April?", "what was the key rate in April?"),
        ("What is the key rate?", "and in March?", "What is the key rate in March?"),
        (
            "What did the Northern Gazette say about the Torv mine?",
            "and the Selby Courier?",
            "What did the Selby Courier say about the Torv mine?",
        ),
        (
            "What is the key rate in Norrland?",
            "and what about the Northern Gazette?",
            "What did the Northern Gazette say about the key rate in Norrland?",
        ),
        (
            "What did the Northern Gazette say about the Torv mine?",
            "and Vik?",
            "What did the Northern Gazette say about the Vik mine?",
        ),
        ("What did the Northern Gazette say about the Torv mine?", "tell me more", "Tell me more about the Torv mine."),
        ("Tell me more about the Torv mine.", "what else?", "Tell me more about the Torv mine."),
    ],
)
def test_a_follow_up_is_read_in_the_light_of_the_question_before(question: str, follow_up: str, read_as: str) -> None:
    assert read_after(after(question), follow_up) == read_as


@pytest.mark.parametrize(
    "question",
    [
        "How many people live in Vik?",
        "Who won the chess final in Oslo?",
        "What did Elin Strand say about her plan?",
        "Is it true that the cinema in Selby burned down?",
        "What time is it?",
        "Which ban did the minister lift that week?",
        "Soap prices in Norrland",
        "Orchestra strike in Vik",
        "Howard Finn's new film",
    ],
)
def test_a_new_question_is_read_as_it_stands(question: str) -> None:
    assert read_after(after("When will the Torv mine open?", "It opens in May."), question) == question


def test_a_new_question_joined_by_and_loses_nothing_but_the_and() -> None:
    assert read_after(after("Who won the cup?"), "And how many died at Vik?") == "how many died at Vik?"


def test_without_a_question_before_everything_is_read_as_it_stands() -> None:
    for text in ("and on cars?", "when was that?", "what did he say about it?", "why?", "more"):
        assert read_after(Conversation(), text) == text


def test_he_and_she_are_the_person_who_was_spoken_of() -> None:
    asked = after("When will the ferry stop?", "It stops in May.", "Chair Mara Lindqvist said the hull was worn.")
    assert read_after(asked, "what did she say about it?") == "what did Mara Lindqvist say about the ferry stop?"
    assert read_after(asked, "What is her plan for Vik?") == "What is Mara Lindqvist's plan for Vik?"
    assert read_after(asked, "Who succeeds her?") == "Who succeeds Mara Lindqvist?"
    later = asked.after(answered("How deep is the Torv mine?"))
    assert read_after(later, "what else did she say?") == "what else did Mara Lindqvist say?"


def test_it_points_past_a_question_about_a_person() -> None:
    asked = after("When will the Holm Island ferry stop?", "Chair Mara Lindqvist said it stops in May.")
    asked = asked.after(answered("Who is Mara Lindqvist?", "Mara Lindqvist leads the board."))
    assert read_after(asked, "what did she say about it?") == "what did Mara Lindqvist say about the Holm Island ferry?"


def test_a_remark_is_not_what_later_questions_refer_to() -> None:
    asked = after("When will the Torv mine open?", "It opens in May.").after(answered("thanks"))
    assert read_after(asked, "and Vik?") == "When will the Vik mine open?"


def test_only_the_last_turns_are_kept() -> None:
    conversation = Conversation()
    for number in range(defaults.TURNS_KEPT + 3):
        conversation = conversation.after(answered(f"What happened in the year {number}?", "Much."))
    assert len(conversation.turns) == defaults.TURNS_KEPT
    assert conversation.turns[-1][0] == f"What happened in the year {defaults.TURNS_KEPT + 2}?"


def talk(desk: Desk, *lines: str) -> Answer:
    """The answer to the last of the lines."""
    conversation = Conversation()
    for line in lines[:-1]:
        conversation = conversation.after(ask(desk, line, conversation=conversation))
    return ask(desk, lines[-1], conversation=conversation)


def test_a_conversation_is_answered_step_by_step(shared_desk: Desk) -> None:
    hanoi = talk(shared_desk, "What is Japan's duty on imported cheese?", "and Vietnam?")
    assert hanoi.read_as == "What is Vietnam's duty on imported cheese?"
    assert "20%" in hanoi.points[0].text

    spoken = talk(shared_desk, "When will the Holm Island ferry stop?", "what did Mara Lindqvist say about the hull?")
    assert spoken.read_as is None
    assert "too worn to repair" in said(spoken)

    courier = talk(
        shared_desk, "What did the Northern Gazette say about the Holm Island ferry?", "and the Selby Courier?"
    )
    assert publishers(courier) == {"Selby Courier"}

    earlier = talk(shared_desk, "What is the key interest rate of the Bank of Norrland?", "and last month?")
    assert "3.5%" in said(earlier)
    assert "3.25%" not in said(earlier)
