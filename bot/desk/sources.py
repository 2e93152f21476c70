"""What a Space follows, looked after: found by name, checked, removed, taken from lists and written to one."""

import asyncio
from dataclasses import dataclass, field

from bot.archive.archive import Db
from bot.archive.feeds import claim_feed
from bot.archive.sources import find_source, list_sources, note_sources, remove_source
from bot.desk.feeds import new_feed
from bot.desk.follow import Choice, SourceDesk, Wish, follow
from bot.desk.funeral import shown
from bot.desk.gather import Gathered
from bot.desk.take_in import ShowProgress
from bot.errors import RequestError, SourceError
from bot.news.article import Space
from bot.news.briefing import Refusal
from bot.news.source import Source
from bot.wire.address import address_key, canonical_address, holds_secret
from bot.wire.opml_list import write_opml
from bot.wire.reading import NotedSource, Subscriptions
from config import defaults

_PASSING = frozenset({"F04", "F05", "F13", "F18", "U12"})
"""Faults that may be over tomorrow: a source from a list is followed all the same."""


@dataclass(kw_only=True, slots=True)
class Imported:
    """What became of a list: the sources followed, those of them that cannot be read yet and why, and the refused."""

    followed: list[Source] = field(default_factory=list)
    unread: list[Refusal] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def find_named(db: Db, space: Space, words: str) -> Source:
    """The source that the Space follows under this name or address. RequestError where there is none, or several."""
    wanted = words.strip()
    key = address_key(wanted) if canonical_address(wanted) else None
    every = list_sources(db, space)
    found = [one for one in every if key is not None and address_key(one.feed.address) == key]
    found = found or [one for one in every if one.name.casefold() == wanted.casefold()]
    found = found or [one for one in every if wanted and wanted.casefold() in one.name.casefold()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise RequestError(f"There is no such source here: {wanted[:80]}. `source list` shows what is followed.", "S03")
    names = ", ".join(f"“{one.name}”" for one in found[: defaults.SHOWN_EXAMPLES])
    raise RequestError(f"That can mean {len(found)} sources: {names}. Write more of the name, or the address.", "S03")


async def check_source(at: SourceDesk, source: Source) -> tuple[Source, Gathered]:
    """The source after it was read now, due or not, and how that went. One that was given up is taken up again.

    It is put off where somebody is reading it at this moment.
    """
    claimed = await at.archive.write(claim_feed, source.feed.id, at.clock())
    if claimed is None:
        return source, Gathered(feed=source.feed.id, outcome="put off")
    gathered = await at.gatherer.read(claimed, at.clock)
    after = await at.archive.read(find_source, source.space, source.feed.id)
    return after or source, gathered


def drop_source(db: Db, space: Space, words: str) -> Source:
    """The source that is no longer followed. Its articles stay. RequestError where there is no such source."""
    source = find_named(db, space, words)
    remove_source(db, source)
    return source


async def import_sources(at: SourceDesk, listed: Subscriptions, *, by: str | None, progress: ShowProgress) -> Imported:
    """Follow every source of a list, a few at once. Each is read first; what cannot be followed is refused, and why."""
    imported = Imported()
    imported.refused += [Refusal(where="", reason=fault.sentence, code=fault.code) for fault in listed.faults]
    turns = asyncio.Semaphore(defaults.IMPORTED_AT_ONCE)
    done = 0

    async def take(one: NotedSource) -> None:
        nonlocal done
        async with turns:
            await _take(at, one, by, imported)
        done += 1
        progress("following sources", done, len(listed.sources))

    once = {address_key(one.address): one for one in reversed(listed.sources)}
    async with asyncio.TaskGroup() as group:
        for one in listed.sources:
            if once[address_key(one.address)] is one:
                group.create_task(take(one))
            else:
                done += 1
                imported.refused.append(Refusal(where=one.address, reason="This is in the list twice.", code="S01"))
    return imported


def export_sources(db: Db, space: Space) -> tuple[str, int]:
    """What the Space follows as an OPML list, and how many sources are not in it because their addresses are secret."""
    every = list_sources(db, space)
    shared = [one for one in every if one.feed.user is None and not holds_secret(one.feed.address)]
    return write_opml(shared), len(every) - len(shared)


async def _take(at: SourceDesk, listed: NotedSource, by: str | None, imported: Imported) -> None:
    try:
        found = await follow(at, Wish(typed=listed.address, name=listed.name, by=by))
    except SourceError as fault:
        refusal = Refusal(where=listed.address, reason=str(fault), code=fault.code)
        if fault.code in _PASSING:
            named = [(listed.name, new_feed(listed.address, at.space))]
            await at.archive.write(note_sources, at.space, named, at.clock(), by)
            imported.unread.append(refusal)
        else:
            imported.refused.append(refusal)
    except RequestError as fault:
        imported.refused.append(Refusal(where=listed.address, reason=str(fault), code=fault.code))
    else:
        if isinstance(found, Choice):
            named_there = ", ".join(shown(link.address) for link in found.feeds[: defaults.SHOWN_EXAMPLES])
            reason = f"This is a page that names several feeds; follow one of them: {named_there}."
            imported.refused.append(Refusal(where=listed.address, reason=reason, code="F07"))
        else:
            imported.followed.append(found.source)
