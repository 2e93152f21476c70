"""Every Space has a desk of its own, opened when it is needed, and none knows what another has read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.archive.archive import Archive
from bot.archive.counts import placed_mark
from bot.archive.filing import file_drafts
from bot.desk.ask import answer_question
from bot.desk.gather import Gatherer
from bot.desk.spaces import Ground, Spaces
from bot.desk.wire import open_wire
from bot.index.index import Index
from bot.news.article import LOCAL, Space
from bot.news.polling import Pace
from bot.schedule import Workers
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from tests.desk.paper import NOW, ZONE, open_desk, piece

TEAM = Space("slack-T1")


@asynccontextmanager
async def open_spaces(archive: Archive, tmp_path: Path) -> AsyncIterator[Spaces]:
    """The Spaces of an archive, the first of which is the local one."""
    guard = Guard(())
    async with Fetcher(guard, proxy=None, contact=None) as fetcher:
        with open_wire(guard, fetcher, pace=Pace()) as wire:
            ground = Ground(
                archive=archive,
                gatherer=Gatherer(archive, wire),
                posters={},
                clock=lambda: NOW,
                tasks=Workers(),
                open_index=lambda space: Index(tmp_path / "index" / space, None),
            )
            yield Spaces(ground, open_desk(archive, tmp_path))


async def test_what_one_space_has_read_is_found_and_placed_there_and_nowhere_else(
    archive: Archive, tmp_path: Path
) -> None:
    said = piece("ferry", "The ferry to Holm Island stops running in May, the board said.")
    async with open_spaces(archive, tmp_path) as spaces:
        archive.write_now(file_drafts, TEAM, [said], NOW)
        await spaces.index_words()
        await spaces.place()
        asked = {
            space: await answer_question((await spaces.at(space)).desk, "does the ferry stop?", now=NOW, zone=ZONE)
            for space in (LOCAL, TEAM)
        }
        assert {space: answer.status for space, answer in asked.items()} == {LOCAL: "nothing_found", TEAM: "answered"}
        assert archive.read_now(placed_mark, TEAM) == 1
        assert spaces.indexed() == {LOCAL: 0, TEAM: 1}


async def test_a_space_without_news_does_ahead_what_its_next_news_would_wait_for(
    archive: Archive, tmp_path: Path
) -> None:
    async with open_spaces(archive, tmp_path) as before:
        archive.write_now(file_drafts, LOCAL, [piece("ferry", "The ferry to Holm Island stops in May.")], NOW)
        await before.place()
    async with open_spaces(archive, tmp_path) as spaces:
        archive.write_now(file_drafts, LOCAL, [piece("duty", "The duty on glass rises to 31 percent.")], NOW)
        assert await spaces.place(), "the duty is placed"
        assert await spaces.place(), "of the ferry is found out what is like it"
        assert not await spaces.place()
