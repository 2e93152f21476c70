"""Feeds that are made to hurt, all at once, beside sound ones: each is told by its code, and stops nobody."""

import socket
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bench.counting import count_pieces
from bench.farm import Farm, Rates
from bench.farm.faults import HOSTILE
from bench.farm.process import running_farm
from bench.gather_process import kept_texts
from bench.timing import weigh_process
from bot.archive.archive import Archive
from bot.archive.feeds import PUBLIC, NewFeed
from bot.archive.sources import list_sources, note_sources
from bot.desk.gather import Gatherer
from bot.desk.wire import Wire
from bot.news.article import LOCAL
from bot.wire.cages import Cages
from bot.wire.fetch import Fetcher, Limits
from bot.wire.guard import Guard

RATES = Rates(hostile=0.8, slow=0, faulty=0, malformed=0, odd=0, edited=0)
FEEDS = 300
SOUND = 5
GROWTH_BYTES = 64_000_000

CODES = {
    "F06": ["an empty answer", "no content"],
    "F07": ["a login page"],
    "F08": ["a PDF file", "an image", "a zip file", "a film"],
    "F09": ["other JSON", "brackets without end"],
    "F10": ["a length too long", "gzip that stops", "nothing but NUL"],
    "F11": ["entities that laugh", "an entity that grows", "entities that name each other"],
    "F12": ["more than 10 MB", "a bomb of gzip", "a bomb of gzip in parts"],
    "F13": ["a drip"],
    "F14": ["a long header", "a length too short", "no HTTP"],
    "F15": ["attributes without end", "tags without end"],
}


def code_of(trouble: str) -> str | None:
    return next((code for code, names in CODES.items() if trouble in names), None)


def one_of_each(farm: Farm) -> dict[str, int]:
    """A feed for each hostile answer."""
    return {farm.answer(feed, 0).trouble.removeprefix("hostile: "): feed for feed in range(FEEDS)}


@asynccontextmanager
async def gathering(archive: Archive, farm: Farm) -> AsyncIterator[Gatherer]:
    guard = Guard([f"127.0.0.0/8:{farm.port}"], is_own=lambda _address: False)
    async with Fetcher(guard, limits=Limits(seconds=3)) as fetcher:
        with Cages(2) as cages, ThreadPoolExecutor(2) as threads:
            yield Gatherer(archive, Wire(guard=guard, fetcher=fetcher, cages=cages, threads=threads))


@pytest.mark.skipif(not hasattr(socket, "SO_BINDTODEVICE"), reason="the farm hears on loopback alone by Linux's way")
async def test_what_is_made_to_hurt_is_told_by_its_code_and_stops_nobody(data_dir: Path) -> None:
    with running_farm(seed=3, feeds=FEEDS, rates=RATES) as process, Archive.open(data_dir) as archive:
        farm = process.farm
        hostile = one_of_each(farm)
        sound = [feed for feed in range(FEEDS) if not farm.answer(feed, 0).trouble][:SOUND]
        addresses = {farm.address(feed) for feed in (*hostile.values(), *sound)}
        named = [(one, NewFeed(scope=PUBLIC, key=one, address=one, kind="feed")) for one in addresses]
        archive.write_now(note_sources, LOCAL, named, farm.start)
        async with gathering(archive, farm) as gatherer:
            before = weigh_process().own
            await gatherer.read_due(lambda: farm.start)
            assert weigh_process().own - before < GROWTH_BYTES
        codes = {source.feed.address: source.feed.code for source in archive.read_now(list_sources, LOCAL)}
        tally = count_pieces(process.served(), kept_texts(data_dir))
    assert hostile.keys() - {""} == HOSTILE.keys()
    told = {name: codes[farm.address(feed)] or None for name, feed in hostile.items() if name}
    assert told == {name: code_of(name) for name in HOSTILE}
    assert tally.is_sound, tally
    assert tally.sent > 20 * SOUND
