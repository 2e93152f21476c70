"""What a reader sees in the terminal."""

import io
from dataclasses import replace
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from bot.news.briefing import Answer, BriefItem, Figure, Intake, Point, Refusal
from handlers.console.render import show_answer, show_brief, show_passages, show_publishers
from handlers.console.report import show_intake
from handlers.console.sheet import open_sheet
from tests.handlers.console.golden import SHOWN, WIDTHS, golden_file, rendered
from tests.handlers.console.makes import (
    LONG_LINK,
    NOTHING,
    TARIFFS,
    make_answer,
    make_brief,
    make_citation,
    make_passages,
    make_sheet,
)

HOSTILE = (
    "\x1b[2J\x1b]8;;https://evil.example\x07[link=https://evil.example]x[/link]\x1b]8;;\x07 "
    "[bold]\u202eyad\u202c\r\n\x9b31m :boom: end"
)
HARMLESS = "[link=https://evil.example]x[/link] [bold]yad :boom: end"


def shown_answer(answer: Answer, width: int = 80) -> str:
    """The answer as text."""
    sheet, file = make_sheet(width)
    show_answer(sheet, answer)
    return file.getvalue()


@pytest.mark.parametrize(("name", "width"), list(product(SHOWN, WIDTHS)))
def test_it_looks_as_in_the_kept_picture(name: str, width: int) -> None:
    assert rendered(name, width) == golden_file(name, width).read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "width"), list(product(SHOWN, [24, 40, 64, 80, 96, 200])))
def test_no_line_but_an_address_is_wider_than_the_measure(name: str, width: int) -> None:
    for line in rendered(name, width).splitlines():
        assert cell_len(line) <= min(width, 96) or "https://" in line
        assert line == line.rstrip()


def test_a_long_address_stays_in_one_piece_in_a_narrow_terminal() -> None:
    assert LONG_LINK in shown_answer(make_answer(), 40)


@pytest.mark.parametrize("width", range(30, 120, 7))
def test_the_numbers_of_citations_never_start_a_line_of_a_point(width: int) -> None:
    point = Point(text=TARIFFS, citations=(1, 2))
    answer = replace(make_answer(), points=(point,), figures=(), conflicts=(), citations=())
    assert not any(line.startswith("[") for line in shown_answer(answer, width).splitlines())


def test_hostile_words_are_shown_as_words() -> None:
    citation = replace(make_citation(title=HOSTILE, quote=HOSTILE), source=HOSTILE, url=f"javascript:{HOSTILE}")
    answer = replace(
        make_answer(),
        points=(Point(text=HOSTILE, citations=(1,)),),
        figures=(Figure(value=HOSTILE, of=HOSTILE, status=None, citations=(1,)),),
        citations=(citation,),
        read_as=HOSTILE,
    )
    file = io.StringIO()
    sheet = open_sheet(file, ZoneInfo("UTC"), width=200)
    show_answer(sheet, answer)
    show_answer(sheet, replace(make_answer(status="nothing_found"), nearest=(citation,)))
    show_brief(
        sheet,
        replace(make_brief(), topic=HOSTILE, stories=(BriefItem(headline=HOSTILE, points=(), publishers=(HOSTILE,)),)),
    )
    show_passages(sheet, HOSTILE, [replace(make_passages()[0], title=HOSTILE, text=HOSTILE, url=HOSTILE)])
    show_passages(sheet, HOSTILE, [])
    show_publishers(sheet, {HOSTILE: 2})
    show_intake(sheet, Intake(changed=[HOSTILE], refused=[Refusal(where=HOSTILE, reason=HOSTILE)]))
    shown = file.getvalue()
    assert HARMLESS in shown
    assert not set(shown) & set("\x1b\x9b\x07\r\u202e\u202c")


def test_only_web_addresses_become_links_on_a_terminal() -> None:
    file = io.StringIO()
    sheet = open_sheet(file, ZoneInfo("UTC"), width=80, coloured=True)
    sheet.write_link("https://news.example/a", indent=0)
    sheet.write_link("javascript:alert(1)", indent=0)
    shown = file.getvalue()
    assert "\x1b]8;" in shown
    assert "javascript:alert(1)" in shown
    assert "\x1b]8;;javascript" not in shown


def test_a_day_without_a_time_is_the_same_in_every_zone() -> None:
    sheet, file = make_sheet(200)
    show_answer(sheet, make_answer())
    assert "15 April 2025\n" in file.getvalue()


def test_the_quoted_words_are_left_out_where_the_point_says_them_already() -> None:
    shown = " ".join(shown_answer(make_answer()).split())
    assert "“He said" not in shown, "the point says it, with a name in brackets"
    assert "“On cars the duty is 25%.”" in shown


def test_an_article_is_listed_once_with_all_its_numbers() -> None:
    shown = shown_answer(make_answer())
    assert shown.count("https://harbour-wire.example/japan-talks") == 1
    assert "\n[1][3] Harbour Wire · " in shown
    assert "\n    [3] “On cars the duty is 25%.”\n" in shown


def test_words_alone_and_a_resolved_question_are_said() -> None:
    shown = shown_answer(replace(make_answer(), words_only=True, read_as="what tariffs apply to Japan on cars?"))
    assert shown.startswith("(reading this as: what tariffs apply to Japan on cars?)\n")
    assert "found by words alone" in " ".join(shown.split())


def test_an_empty_archive_is_no_lack_of_coverage() -> None:
    shown = shown_answer(replace(make_answer(status="nothing_found"), searched=NOTHING, nearest=()))
    assert "Nothing has been added yet" in shown
    assert "newsdesk add PATH" in shown
    assert "Searched" not in shown


def test_a_brief_without_news_says_what_was_searched() -> None:
    sheet, file = make_sheet()
    show_brief(sheet, replace(make_brief(), points=(), stories=(), citations=(), as_of=None))
    assert "No news found. Searched 18 articles from 5 sources, 2 to 17 April 2025." in file.getvalue()


@pytest.mark.parametrize("count", [0, 1, 2])
def test_counts_have_their_plural(count: int) -> None:
    sheet, file = make_sheet()
    show_intake(sheet, Intake(added=["a"] * count))
    assert file.getvalue() == {0: "0 articles added.\n", 1: "1 article added.\n", 2: "2 articles added.\n"}[count]
