"""Sources and what became of orders about them, as a reader sees them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.follow import Choice, Followed
from bot.desk.sources import Imported
from bot.errors import BadAddress, RequestError, SourceError
from bot.news.briefing import Refusal
from bot.wire.parsed import FeedLink
from handlers.console import source_lines
from handlers.console.sheet import Sheet
from handlers.console.source_desk import say_fault
from handlers.console.source_sheet import (
    show_checked,
    show_choice,
    show_followed,
    show_imported,
    show_removed,
    show_source_list,
)
from tests.handlers.console.makes import AFTERNOON, make_sheet
from tests.handlers.console.source_makes import FAILING, NOTICE, make_feed, make_gathered, make_source

HOSTILE = (
    "\x1b[2J\x1b]8;;https://evil.example\x07[bold]Wire[/bold]\x1b]8;;\x07 \u202eyad\u202c\r\n\x9b31m\u2066 end\x00"
)
HARMLESS = "[bold]Wire[/bold] yad end"
SOURCE = make_source(
    HOSTILE, make_feed(f"https://evil.example/{HOSTILE}", failures=1, code="F05", fault=HOSTILE, next_read=AFTERNOON)
)
REFUSAL = Refusal(where=f"https://evil.example/{HOSTILE}", reason=HOSTILE, code="F05")

SHOWN: list[Callable[[Sheet], None]] = [
    lambda sheet: show_source_list(
        sheet, [SOURCE], [replace(NOTICE, sentence=HOSTILE)], AFTERNOON, is_read=True
    ),
    lambda sheet: show_followed(
        sheet, Followed(source=SOURCE, gathered=make_gathered(), said=(HOSTILE,)), AFTERNOON, is_read=True
    ),
    lambda sheet: show_followed(
        sheet, Followed(source=SOURCE, gathered=make_gathered("failed")), AFTERNOON, is_read=True
    ),
    lambda sheet: show_choice(
        sheet, Choice(page=HOSTILE, feeds=(FeedLink(address=f"https://evil.example/{HOSTILE}", title=HOSTILE),))
    ),
    lambda sheet: show_checked(sheet, SOURCE, make_gathered("failed")),
    lambda sheet: show_removed(sheet, SOURCE),
    lambda sheet: show_imported(sheet, Imported(unread=[REFUSAL], refused=[REFUSAL]), is_read=None),
]  # fmt: skip


@pytest.mark.parametrize("show", SHOWN)
@pytest.mark.parametrize("width", [24, 40, 200])
def test_hostile_words_are_shown_as_words(show: Callable[[Sheet], None], width: int) -> None:
    sheet, file = make_sheet(width)
    show(sheet)
    shown = file.getvalue()
    assert not [character for character in shown if not character.isprintable() and character != "\n"]
    assert not any(character in shown for character in "\u202e\u2066\x9b")
    if width == 200:
        assert HARMLESS in shown


def test_programs_are_told_hostile_words_in_ascii() -> None:
    line = source_lines.list_line([SOURCE], [replace(NOTICE, sentence=HOSTILE)])
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["sources"][0]["name"] == HOSTILE


@pytest.mark.parametrize(
    ("away", "told"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=-59), "just now"),
        (timedelta(seconds=30), "in a minute"),
        (timedelta(seconds=-60), "1 minute ago"),
        (timedelta(minutes=15, seconds=20), "in 15 minutes"),
        (timedelta(minutes=-59, seconds=-59), "1 hour ago"),
        (timedelta(hours=-1), "1 hour ago"),
        (timedelta(hours=3, minutes=40), "in 4 hours"),
        (timedelta(days=-1), "15 April 2025"),
        (timedelta(days=40), "26 May 2025"),
    ],
)
def test_moments_near_by_are_told_from_now_and_others_by_their_date(away: timedelta, told: str) -> None:
    sheet, _file = make_sheet()
    assert sheet.since(AFTERNOON + away, AFTERNOON).replace("\ue000", " ") == told


@pytest.mark.parametrize(
    ("is_read", "told"),
    [(True, False), (False, True), (None, False)],
)
def test_that_no_desk_is_running_is_said_where_it_is_known(is_read: bool | None, told: bool) -> None:
    sheet, file = make_sheet()
    show_source_list(sheet, [make_source()], [], AFTERNOON, is_read=is_read)
    assert ("No desk is running" in file.getvalue()) is told


def test_an_empty_list_says_how_to_fill_it() -> None:
    sheet, file = make_sheet()
    show_source_list(sheet, [], [], AFTERNOON, is_read=False)
    assert file.getvalue().startswith("Nothing is followed yet: `newsdesk source add ADDRESS`")


def test_a_long_query_is_not_shown() -> None:
    sheet, file = make_sheet()
    secret = make_source(feed=make_feed(f"https://a.example/feed?key={'s' * 300}"))
    show_source_list(sheet, [secret, FAILING], [], AFTERNOON, is_read=True)
    show_imported(sheet, Imported(refused=[replace(REFUSAL, where=secret.feed.address)]), is_read=True)
    assert "ssss" not in file.getvalue()
    assert "https://a.example/feed?…" in file.getvalue()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (RequestError("It is gone."), "It is gone."),
        (BadAddress("U06", "Port must be 1-65535."), "Port must be 1-65535. (U06)"),
        (SourceError("F07", "This is a web page."), "This is a web page. `--page` does that. (F07)"),
        (
            SourceError("F01", "a.example asks for a login (401)."),
            "a.example asks for a login (401). `--user NAME` gives them. (F01)",
        ),
    ],
)
def test_a_fault_is_told_with_what_to_type_and_its_code(fault: RequestError | SourceError, told: str) -> None:
    assert say_fault(fault) == told
