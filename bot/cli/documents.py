"""The commands that read documents and keep nothing: extract, read-feed, read-opml. They need no data folder."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli.said import DONE, SOME_REFUSED, put, say
from bot.cli.typed import AsJson, settings_of, sheet_in
from bot.clock import now
from bot.errors import RefusedInput, RequestError
from bot.wire.cage import Cage
from bot.wire.opml import read_opml as read_list
from bot.wire.walk import explain, printable
from config import defaults
from handlers.console import documents
from handlers.console.as_json import LineId
from handlers.console.batch import answer_each
from handlers.console.documents import Document, as_line, read_documents, refused_fields, told
from handlers.console.faults import note_fault
from handlers.console.sheet import Sheet

group = typer.Typer(add_completion=False, rich_markup_mode=None)

File = Annotated[str, typer.Argument(metavar="FILE", hidden=True)]
Url = Annotated[str | None, typer.Option("--url", metavar="URL", help="Where it was read, for its relative links.")]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Kind:
    """A kind of document: its key in a line, how it is read, and how it is told."""

    key: str
    read: Callable[[Cage, Document], Any]
    fields: Callable[[Any, datetime], dict[str, object]]
    show: Callable[[Sheet, Any, datetime], None]


_PAGE = _Kind(
    key="html",
    read=lambda cage, page: cage.read_page(page.data, "", page.url, charset=page.charset),
    fields=documents.page_fields,
    show=documents.show_page,
)
_FEED = _Kind(
    key="xml",
    read=lambda cage, feed: cage.read_feed(feed.data, "", feed.url, charset=feed.charset),
    fields=documents.feed_fields,
    show=documents.show_feed,
)
_LIST = _Kind(
    key="opml",
    read=lambda _, listed: read_list(listed.data, ""),
    fields=documents.list_fields,
    show=documents.show_list,
)


@group.command()
def extract(ctx: typer.Context, file: File, url: Url = None, json: AsJson = False) -> int:
    """Show the article of a saved web page. With - JSON lines with "html" are read from standard input."""
    return _run(ctx, _PAGE, file, url, json)


@group.command()
def read_feed(ctx: typer.Context, file: File, url: Url = None, json: AsJson = False) -> int:
    """Show what a saved feed lists. With - JSON lines with "xml" are read from standard input."""
    return _run(ctx, _FEED, file, url, json)


@group.command()
def read_opml(ctx: typer.Context, file: File, json: AsJson = False) -> int:
    """Show the feeds that a subscription list names. With - JSON lines with "opml" are read from standard input."""
    return _run(ctx, _LIST, file, None, json)


def _run(ctx: typer.Context, kind: _Kind, file: str, url: str | None, json: bool) -> int:
    settings = settings_of(ctx)
    sheet = sheet_in(settings.zone)

    def tell(cage: Cage, document: Document, *beside: tuple[str, LineId]) -> None:
        found, moment = kind.read(cage, document), now()
        if json:
            put(as_line(dict(beside) | kind.fields(found, moment)))
        else:
            kind.show(sheet, found, moment)

    with Cage() as cage:
        if file != "-":
            return _one(kind, file, lambda data: tell(cage, Document(id=None, data=data, url=url)), json)

        def answer(document: Document) -> None:
            try:
                tell(cage, document, ("id", document.id))
            except RefusedInput as refused:
                raise RequestError(told(refused)) from None

        def refuse(reason: str, line_id: LineId) -> None:
            if json:
                put(as_line({"id": line_id} | refused_fields(kind.key, reason)))
            else:
                say(reason, SOME_REFUSED)

        if sys.stdin is None:
            raise RequestError("standard input is closed, so there are no lines to read from it.")
        every = answer_each(
            read_documents(sys.stdin.buffer, kind.key),
            answer,
            refuse=refuse,
            unforeseen=lambda fault: note_fault(settings.data_dir, fault, now()),
        )
    return DONE if every else SOME_REFUSED


def _one(kind: _Kind, file: str, tell: Callable[[bytes], None], json: bool) -> int:
    try:
        tell(_load(file))
    except RefusedInput as refused:
        if json:
            put(as_line(refused_fields(kind.key, told(refused))))
        return say(f"{printable(file)}: {told(refused)}", SOME_REFUSED)
    return DONE


def _load(file: str) -> bytes:
    try:
        with open(file, "rb") as opened:
            return opened.read(defaults.PAGE_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = explain(fault) if isinstance(fault, OSError) else "is no path; give the name of a file"
        raise RefusedInput(file, reason) from None
