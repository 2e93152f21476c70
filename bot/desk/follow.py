"""Following a source: what was typed becomes a feed that is read, or a sentence that says why not."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.archive.archive import Archive, Db
from bot.archive.feeds import Claimed, NewFeed, add_feed, claim_feed, find_feed
from bot.archive.sources import NewSource, find_source, follow_feed, list_sources
from bot.desk.feeds import new_feed
from bot.desk.funeral import shown
from bot.desk.gather import Gathered, Gatherer
from bot.desk.wire import Clock, Wire
from bot.errors import RequestError, SourceError
from bot.news.article import Space
from bot.news.source import FullText, Kind, Source
from bot.wire.address import host_of, is_same_origin
from bot.wire.cage import Cage
from bot.wire.clean import clean_line
from bot.wire.discover import likely_feeds, usual_places
from bot.wire.drafts import hidden_by
from bot.wire.fetch import Credentials, Fetched
from bot.wire.parsed import FeedLink, Page
from bot.wire.typed import read_typed
from config import defaults

_IS_A_PAGE = "F07"
_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody wants to follow: the address as typed, and how. Without a name it gets the feed's own.

    `as_page` follows the page itself, whatever feeds it names; `pick` is the number, from 1, of one of several. `by` is
    the member who wants it, None for the operator, and `zone` the one in which they are told times.
    """

    typed: str
    by: str | None = None
    name: str | None = None
    full_text: FullText = "auto"
    as_page: bool = False
    pick: int | None = None
    credentials: Credentials | None = None
    zone: ZoneInfo = _UTC


@dataclass(frozen=True, kw_only=True, slots=True)
class Followed:
    """A source that is followed from now on; what its first reading filed; what the person should know (`said`)."""

    source: Source
    gathered: Gathered
    said: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The feeds that a page names, of which the person has to choose."""

    page: str
    feeds: tuple[FeedLink, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """Something that can be followed at the address, as it was just read."""

    address: str
    answer: Fetched
    kind: Kind
    title: str | None
    said: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceDesk:
    """Where one Space's sources are looked after: the archive, who gathers, the Space, and the clock."""

    archive: Archive
    gatherer: Gatherer
    space: Space
    clock: Clock


async def follow(at: SourceDesk, wish: Wish) -> Followed | Choice:
    """The source, followed and read for the first time; or the feeds to choose from, with nothing followed.

    BadAddress, SourceError and RequestError say why it cannot be followed; nothing is kept then.
    """
    wire = at.gatherer.wire
    typed = read_typed(wish.typed, wire.guard)
    await at.archive.read(_refuse_followed, at.space, wish, typed.address)
    if wish.by is not None:
        await at.archive.read(_refuse_too_many, at.space, at.clock(), wish.zone)
    found = await _find(wire, wish, typed.address, at.clock())
    if isinstance(found, Choice):
        return found
    wish = _wish_at(found.address, wish, typed.address)
    claimed = await at.archive.write(_keep, at.space, wish, found, at.clock())
    gathered = await at.gatherer.read(claimed, at.clock, found.answer)
    source = await at.archive.read(find_source, at.space, claimed.feed.id)
    assert source is not None, "it was just followed"
    return Followed(source=source, gathered=gathered, said=tuple(filter(None, (typed.said, found.said))))


def _refuse_followed(db: Db, space: Space, wish: Wish, address: str) -> None:
    new = _new_feed(space, wish, address)
    feed = find_feed(db, new.scope, new.key, new.address)
    source = find_source(db, space, feed.id) if feed else None
    if source is not None:
        since = f"{source.added.day} {source.added:%B %Y}"
        raise RequestError(f"“{source.name}” is followed already, since {since}: it is the same address.", "S01")


def _refuse_too_many(db: Db, space: Space, now: datetime, zone: ZoneInfo) -> None:
    """Nobody but the operator makes a Space follow very much, or try very many addresses in an hour."""
    added = sorted(source.added for source in list_sources(db, space))
    if len(added) >= defaults.SOURCES_A_SPACE:
        raise RequestError(
            f"This workspace follows {len(added)} sources, the most allowed. Remove one before you add another.", "L01"
        )
    of_late = [moment for moment in added if moment > now - timedelta(hours=1)]
    if len(of_late) >= defaults.NEW_SOURCES_AN_HOUR:
        free = (of_late[-defaults.NEW_SOURCES_AN_HOUR] + timedelta(hours=1)).astimezone(zone)
        raise RequestError(f"Too many new sources; try again at {free:%H:%M}.", "L02")


def _new_feed(space: Space, wish: Wish, address: str, kind: Kind = "feed") -> NewFeed:
    given = wish.credentials
    return new_feed(
        address, space, kind=kind, user=given.name if given else None, password=given.password if given else None
    )


async def _find(wire: Wire, wish: Wish, address: str, now: datetime) -> _Found | Choice:
    """What is at the address: a feed; else the feed or feeds that its page names; else the page, if it was wished."""
    answer = await _fetch(wire, wish, address, now)
    if wish.as_page:
        return await _page_at(wire, address, answer)
    try:
        return await _feed_at(wire, address, answer)
    except SourceError as fault:
        if fault.code != _IS_A_PAGE:
            raise
    links = likely_feeds(await wire.in_cage(lambda cage: cage.find_feeds(answer.data, "", answer.address)))
    if wish.pick is not None and links:
        if wish.pick > len(links):
            raise RequestError(f"This page names {len(links)} feeds; there is no number {wish.pick} among them.")
        links = [links[wish.pick - 1]]
    elif len(links) > 1:
        return Choice(page=address, feeds=tuple(links))
    places, unread = [link.address for link in links] or usual_places(answer.address), None
    with suppress(TimeoutError):
        async with asyncio.timeout(defaults.FEED_SEARCH_SECONDS):
            for place in places:
                try:
                    found = await _feed_at(wire, place, await _fetch(wire, _wish_at(place, wish, address), place, now))
                except SourceError as fault:
                    unread = fault
                    continue
                return replace(found, said=f"I found its feed at {shown(found.address)}.")
    if links and unread:
        said = f"This page names a feed that cannot be read, {shown(places[0])}: {unread}"
    else:
        said = "This is a web page without a feed."
    raise SourceError(_IS_A_PAGE, f"{said} The page itself can be followed.")


def _wish_at(address: str, wish: Wish, typed: str) -> Wish:
    """The wish, without its password where the address is of another place than the one it was given for."""
    return wish if is_same_origin(address, typed) else replace(wish, credentials=None)


async def _fetch(wire: Wire, wish: Wish, address: str, now: datetime) -> Fetched:
    answer = await wire.fetcher.fetch(address, now=now, credentials=wish.credentials)
    assert isinstance(answer, Fetched), "nothing was known to compare with"
    return answer


async def _feed_at(wire: Wire, address: str, answer: Fetched) -> _Found:
    feed = await wire.in_cage(lambda cage: cage.read_feed(answer.data, "", answer.address, charset=answer.charset))
    return _Found(address=answer.moved_to or address, answer=answer, kind="feed", title=feed.title)


async def _page_at(wire: Wire, address: str, answer: Fetched) -> _Found:
    def read(cage: Cage) -> Page:
        page = cage.read_page(answer.data, "", answer.address, charset=answer.charset)
        if page.barrier:
            raise hidden_by(page.barrier, "the page")
        return page

    page = await wire.in_cage(read)
    return _Found(address=answer.moved_to or address, answer=answer, kind="page", title=page.title)


def _keep(db: Db, space: Space, wish: Wish, found: _Found, now: datetime) -> Claimed:
    """One transaction: the feed, the source, and the claim for its first reading."""
    _refuse_followed(db, space, wish, found.address)
    feed = add_feed(db, _new_feed(space, wish, found.address, found.kind), now)
    name = clean_line(wish.name or found.title or "", defaults.SOURCE_NAME_CHARACTERS) or host_of(found.address)
    follow_feed(db, space, feed, NewSource(name=name, full_text=wish.full_text, by=wish.by), now)
    claimed = claim_feed(db, feed, now)
    if claimed is None:
        raise RequestError("It is being read for somebody else at this moment; try again in a minute.")
    return claimed
