"""The command that holds the stored articles against topics."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated, BinaryIO

import typer

from bot.cli.asked import reading_room
from bot.cli.said import DONE, SOME_REFUSED, put, say
from bot.cli.typed import AsJson, settings_of, sheet_in
from bot.desk.match import match_topics
from bot.errors import RefusedInput, RequestError
from bot.news.topic import Topic, read_topic
from bot.wire.walk import explain, printable
from handlers.console.as_json import LineId, fault_line, matches_line
from handlers.console.asking import AskedLine, BadLine, read_topics
from handlers.console.match_sheet import show_matches
from handlers.console.progress import Progress

group = typer.Typer(add_completion=False, rich_markup_mode=None)


@group.command()
def match(
    ctx: typer.Context,
    watches: Annotated[
        str, typer.Option("--watches", metavar="FILE", help='JSON lines with "id" and "topic"; - is standard input.')
    ],
    json: AsJson = False,
) -> int:
    """Show for each topic which of the stored articles meet it, as a watch would."""
    settings = settings_of(ctx)
    with _opened(watches) as stream:
        lines = [(line.id, _read(line)) for line in read_topics(stream)]
    topics = [read for _, read in lines if not isinstance(read, str)]
    with reading_room(settings, meaning=False) as room, Progress() as progress:
        matched = iter(room.wait(match_topics(room.desk, topics, progress.show)))
    for line_id, read in lines:
        if isinstance(read, str):
            _refuse(read, line_id, json=json)
        elif json:
            put(matches_line(next(matched), line_id=line_id))
        else:
            show_matches(sheet_in(settings.zone), read.text, next(matched))
    return DONE if len(topics) == len(lines) else SOME_REFUSED


def _read(line: AskedLine | BadLine) -> Topic | str:
    """The topic of the line, or why it has none."""
    if isinstance(line, BadLine):
        return line.reason
    try:
        return read_topic(line.text)
    except RequestError as fault:
        return str(fault)


def _refuse(reason: str, line_id: LineId, *, json: bool) -> None:
    if json:
        put(fault_line(reason, line_id=line_id))
    else:
        say(reason, SOME_REFUSED)


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    if file == "-":
        if sys.stdin is None:
            raise RequestError("standard input is closed, so there are no topics to read from it.")
        yield sys.stdin.buffer
        return
    with ExitStack() as closing:
        try:
            opened = closing.enter_context(open(file, "rb"))
        except (OSError, ValueError) as fault:
            reason = explain(fault) if isinstance(fault, OSError) else "is no path; give the name of a file"
            raise RefusedInput(printable(file), reason) from None
        yield opened
