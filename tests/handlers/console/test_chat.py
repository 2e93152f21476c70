"""A conversation, line by line."""

from dataclasses import replace

from bot.errors import RequestError
from bot.news.briefing import Answer
from handlers.console.chat import run_chat
from handlers.console.render import show_publishers
from tests.handlers.console.makes import make_answer, make_sheet


def talk(*lines: str) -> tuple[str, list[str]]:
    """What is shown for the lines, and the questions that were asked."""
    asked: list[str] = []

    def ask(question: str) -> Answer:
        asked.append(question)
        if len(question) > 100:
            raise RequestError("Questions can have 100 characters; this has more.")
        return replace(
            make_answer(), question=question, read_as="on cars, Japan?" if question.startswith("and") else None
        )

    sheet, file = make_sheet()
    run_chat(
        sheet,
        [line + "\n" for line in lines],
        ask=ask,
        list_sources=lambda: show_publishers(sheet, {"Harbour Wire": 2}),
    )
    return file.getvalue(), asked


def test_questions_are_answered_in_turn_until_quit() -> None:
    shown, asked = talk("what tariffs apply to Japan?", "", "and on cars?", "/QUIT", "never asked")
    assert asked == ["what tariffs apply to Japan?", "and on cars?"]
    assert shown.count("Answered from 3 sources") == 2
    assert "(reading this as: on cars, Japan?)" in shown


def test_a_refused_question_does_not_end_the_conversation() -> None:
    shown, asked = talk("x" * 200, "who?")
    assert "Questions can have 100 characters" in shown
    assert asked[-1] == "who?"


def test_commands_show_help_and_sources_and_unknown_ones_say_so() -> None:
    shown, asked = talk("/help", "/sources", "/dance now")
    assert "/quit" in shown
    assert "Harbour Wire" in shown
    assert "I do not know /dance; /help shows what can be typed here." in shown
    assert asked == []


def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    _, asked = talk("who \udcff?")
    assert asked == ["who ??"]
