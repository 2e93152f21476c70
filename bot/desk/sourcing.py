"""Requests about sources, carried out for whoever may look after what a Space follows."""

import asyncio
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.notices import notices_of_sources
from bot.archive.sources import list_sources
from bot.desk.follow import SourceDesk, Wish, follow
from bot.desk.replies import AboutSources, Checked
from bot.desk.requests import Request
from bot.desk.sources import check_source, drop_source, export_sources, find_named, import_sources
from bot.errors import RefusedInput, RequestError, SourceError
from bot.news.article import Space
from bot.news.reply import Exported, Said, SourcesListed
from bot.news.source import Source
from bot.wire.opml import read_opml

_PAGE = " as a page"


async def source_request(at: SourceDesk, request: Request) -> AboutSources | Said:
    """What was done; RequestError says why it was not."""
    words = request.command.words
    try:
        match request.command.act:
            case "add":
                return await follow(at, _wish(words, request.by.id, request.zone))
            case "check":
                named = await at.archive.read(_named, at.space, words)
                return Checked(readings=tuple([await check_source(at, source) for source in named]))
            case "remove":
                source = await at.archive.write(drop_source, at.space, words)
                return Said(sentence=f"“{source.name}” is no longer followed. Its articles stay.")
            case "import":
                if not request.attached:
                    raise RequestError("`source import` needs a list of feeds; attach an OPML file to it.", "C02")
                listed = await asyncio.to_thread(read_opml, request.attached, "the list")
                return await import_sources(at, listed, by=request.by.id, progress=_show_nothing)
            case "export":
                opml, left_out = await at.archive.read(export_sources, at.space)
                return Exported(opml=opml, left_out=left_out)
            case _:
                return await at.archive.read(sources_listed, at.space)
    except SourceError as fault:
        raise RequestError(_as_typed(str(fault), fault.code), fault.code) from fault
    except RefusedInput as refused:
        raise RequestError(str(refused), refused.code) from refused


def sources_listed(db: Db, space: Space) -> SourcesListed:
    """What the Space follows, and what the operator has to be told about that."""
    return SourcesListed(sources=tuple(list_sources(db, space)), notices=tuple(notices_of_sources(db, space)))


def _wish(words: str, by: str, zone: ZoneInfo) -> Wish:
    """The address, and perhaps which of its feeds (`2`), or the page itself (`as a page`)."""
    words = words.strip()
    if words.lower().endswith(_PAGE):
        return Wish(typed=words[: -len(_PAGE)].strip(), as_page=True, by=by, zone=zone)
    address, _, rest = words.partition(" ")
    if rest.strip().isdecimal():
        return Wish(typed=address, pick=int(rest), by=by, zone=zone)
    return Wish(typed=words, by=by, zone=zone)


def _named(db: Db, space: Space, words: str) -> list[Source]:
    return [find_named(db, space, words)] if words.strip() else list_sources(db, space)


def _as_typed(sentence: str, code: str) -> str:
    """The sentence with what to type, where that mends it."""
    return f"{sentence} Write `as a page` behind the address for that." if code == "F07" else sentence


def _show_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Nobody watches the progress."""
