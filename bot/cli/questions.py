"""The commands that ask: ask, search, chat."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import Now, Zone, asker_of, reading_room
from bot.cli.said import DONE, SOME_REFUSED, put, say
from bot.cli.typed import AsJson, ms_since, settings_of, sheet_in
from bot.clock import now as look_at_clock
from bot.desk.ask import answer_question
from bot.desk.conversation import Conversation
from bot.desk.search import search_passages
from bot.errors import RequestError
from bot.news.briefing import Answer
from handlers.console import as_json
from handlers.console.as_json import LineId
from handlers.console.asking import AskedLine, Asker, read_lines, well_formed
from handlers.console.batch import answer_each
from handlers.console.chat import greet, run_chat, typed_lines
from handlers.console.faults import note_fault
from handlers.console.render import show_answer, show_passages, show_publishers

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.command()
def ask(
    ctx: typer.Context,
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", hidden=True)],
    json: AsJson = False,
    now: Now = None,
    zone: Zone = None,
) -> int:
    """Answer a question from the articles, with a citation for every sentence.

    With - questions are read from standard input, one a line: plain text, or JSON with "question" and "id".
    """
    settings = settings_of(ctx)
    asker = asker_of(settings, now, zone)
    with reading_room(settings) as room:

        def answer(line: AskedLine) -> None:
            who, began = asker.of(line), time.perf_counter()
            found = room.find(lambda: answer_question(room.desk, line.text, now=who.now, zone=who.zone))
            if json:
                put(as_json.answer_line(found, line_id=line.id, took_ms=ms_since(began)))
            else:
                show_answer(sheet_in(who.zone), found)

        return _each(question, answer, asker, folder=settings.data_dir, json=json)


@group.command()
def search(
    ctx: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", hidden=True)],
    limit: Annotated[int, typer.Option("-k", min=1, max=100, metavar="N", help="How many passages at most.")] = 10,
    json: AsJson = False,
    now: Now = None,
    zone: Zone = None,
) -> int:
    """Find passages for words or a question, best first. With - one query a line is read from standard input."""
    settings = settings_of(ctx)
    asker = asker_of(settings, now, zone)
    with reading_room(settings) as room:

        def find(line: AskedLine) -> None:
            who = asker.of(line)
            found = room.find(lambda: search_passages(room.desk, line.text, limit=limit, now=who.now, zone=who.zone))
            if json:
                put(as_json.passages_line(line.text, found, line_id=line.id))
            else:
                show_passages(sheet_in(who.zone), line.text, found)

        return _each(query, find, asker, folder=settings.data_dir, json=json)


@group.command()
def chat(ctx: typer.Context, now: Now = None, zone: Zone = None) -> int:
    """Talk: a question a line, follow-ups understood, until /quit."""
    settings = settings_of(ctx)
    asker = asker_of(settings, now, zone)
    with reading_room(settings) as room:
        sheet, conversation = sheet_in(asker.zone), Conversation()

        def reply(line: str) -> Answer:
            nonlocal conversation
            found = room.find(
                lambda: answer_question(room.desk, line, now=asker.now, zone=asker.zone, conversation=conversation)
            )
            conversation = conversation.after(found)
            return found

        if sys.stdin.isatty():
            greet(sheet)
        run_chat(
            sheet,
            typed_lines(),
            ask=reply,
            list_sources=lambda: show_publishers(sheet, room.publishers()),
        )
    return DONE


def _each(words: list[str], answer: Callable[[AskedLine], None], asker: Asker, *, folder: Path, json: bool) -> int:
    """The exit status after answering what was typed, or every line of standard input."""
    if words != ["-"]:
        answer(AskedLine(id=None, text=well_formed(" ".join(words))))
        return DONE
    if sys.stdin is None:
        raise RequestError("standard input is closed, so there are no questions to read from it.")

    def refuse(reason: str, line_id: LineId) -> None:
        if json:
            put(as_json.fault_line(reason, line_id=line_id))
        else:
            say(reason, SOME_REFUSED)

    lines = read_lines(sys.stdin.buffer, asker.zone)
    every = answer_each(
        lines, answer, refuse=refuse, unforeseen=lambda fault: note_fault(folder, fault, look_at_clock())
    )
    return DONE if every else SOME_REFUSED
