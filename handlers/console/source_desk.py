"""Orders about sources, carried out and told on a sheet or as JSON."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, assert_never

from bot.archive.notices import untold_notices
from bot.archive.sources import list_sources
from bot.desk.follow import Choice, SourceDesk, Wish, follow
from bot.desk.sources import check_source, drop_source, export_sources, find_named, import_sources
from bot.desk.take_in import ShowProgress
from bot.errors import RefusedInput, RequestError, SourceError
from bot.news.source import FullText
from bot.wire.fetch import Credentials
from bot.wire.opml import read_opml
from handlers.console import source_lines
from handlers.console.sheet import Sheet
from handlers.console.source_sheet import (
    show_checked,
    show_choice,
    show_followed,
    show_imported,
    show_removed,
    show_source_list,
)

ALL_DONE, SOME_REFUSED = 0, 1

_TYPE = {
    "F01": "`--user NAME` gives them.",
    "F07": "`--page` does that.",
    "U08": "Here that is `--user NAME`; the password is asked for.",
}
"""What to type, by the code of the fault that it mends."""

Verb = Literal["add", "list", "check", "remove", "import", "export"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """One order: what to do, with which source (`words`), and how. `list_bytes` is the list that is to be imported."""

    verb: Verb
    words: str = ""
    name: str | None = None
    full_text: FullText = "auto"
    as_page: bool = False
    pick: int | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    list_bytes: bytes = field(default=b"", repr=False)
    as_json: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Out:
    """Where an order's outcome is told: a sheet, or lines of JSON; and its progress.

    `is_read` says whether a desk is running that reads what is followed, None where that is not known.
    """

    sheet: Sheet
    put: Callable[[str], None]
    progress: ShowProgress
    is_read: bool | None = None


async def carry_out(at: SourceDesk, order: Order, out: Out) -> int:
    """The exit status, once the order was carried out and told. Faults are told by whoever gave the order."""
    match order.verb:
        case "add":
            return await _add(at, order, out)
        case "list":
            return await _list(at, order, out)
        case "check":
            return await _check(at, order, out)
        case "remove":
            source = await at.archive.write(drop_source, at.space, order.words)
            if order.as_json:
                out.put(source_lines.source_line(source))
            else:
                show_removed(out.sheet, source)
            return ALL_DONE
        case "import":
            return await _import(at, order, out)
        case "export":
            text, left_out = await at.archive.read(export_sources, at.space)
            out.put(text.rstrip("\n"))
            return SOME_REFUSED if left_out else ALL_DONE
        case _:
            assert_never(order.verb)


async def _add(at: SourceDesk, order: Order, out: Out) -> int:
    given = Credentials(order.user or "", order.password or "") if order.user or order.password else None
    found = await follow(
        at,
        Wish(
            typed=order.words,
            name=order.name,
            full_text=order.full_text,
            as_page=order.as_page,
            pick=order.pick,
            credentials=given,
        ),
    )
    if isinstance(found, Choice):
        if order.as_json:
            out.put(source_lines.choice_line(found))
        else:
            show_choice(out.sheet, found)
        return SOME_REFUSED
    if order.as_json:
        out.put(source_lines.followed_line(found))
    else:
        show_followed(out.sheet, found, at.clock(), is_read=out.is_read)
    return ALL_DONE


async def _list(at: SourceDesk, order: Order, out: Out) -> int:
    sources = await at.archive.read(list_sources, at.space)
    notices = await at.archive.read(untold_notices, at.space)
    if order.as_json:
        out.put(source_lines.list_line(sources, notices))
    else:
        show_source_list(out.sheet, sources, notices, at.clock(), is_read=out.is_read)
    return ALL_DONE


async def _check(at: SourceDesk, order: Order, out: Out) -> int:
    """Read one source, or all of them one after the other, now."""
    if order.words.strip():
        sources = [await at.archive.read(find_named, at.space, order.words)]
    else:
        sources = await at.archive.read(list_sources, at.space)
    every_well = True
    for number, source in enumerate(sources, 1):
        checked, gathered = await check_source(at, source)
        every_well = every_well and gathered.outcome in ("filed", "unchanged", "put off")
        if order.as_json:
            out.put(source_lines.checked_line(checked, gathered))
        else:
            show_checked(out.sheet, checked, gathered)
        out.progress("reading sources", number, len(sources))
    return ALL_DONE if every_well else SOME_REFUSED


async def _import(at: SourceDesk, order: Order, out: Out) -> int:
    listed = await asyncio.to_thread(read_opml, order.list_bytes, order.words)
    imported = await import_sources(at, listed, by=None, progress=out.progress)
    if order.as_json:
        out.put(source_lines.imported_line(imported))
    else:
        show_imported(out.sheet, imported, is_read=out.is_read)
    return SOME_REFUSED if imported.refused else ALL_DONE


def say_fault(fault: RequestError | SourceError | RefusedInput) -> str:
    """The sentence for whoever gave the order, what to type, and the code of the kind of fault where it has one."""
    return " ".join(filter(None, (str(fault), _TYPE.get(fault.code), f"({fault.code})" if fault.code else "")))
