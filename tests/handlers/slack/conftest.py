"""Rooms for the tests: a desk that has read the news and talks in the fake Slack."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.desk.consequences import open_placer
from bot.desk.desk import Desk
from tests.desk import stories
from tests.desk.paper import NOW, open_desk, read
from tests.slack.fake import FakeSlack
from tests.slack.newsroom import Newsroom, open_line


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The folder of a desk that has read the news, from which every test has its own."""
    folder = tmp_path_factory.mktemp("slack")
    (folder / "newsdesk.db").write_bytes(migrated_file.read_bytes())
    with Archive.open(folder) as archive:
        desk = open_desk(archive, folder)
        read(desk, *stories.NEWS)
        asyncio.run(open_placer(desk, {}).place(NOW))
    return folder


@pytest.fixture
def folder(tmp_path: Path, read_once: Path) -> Path:
    """The folder of this test's desk."""
    return Path(shutil.copytree(read_once, tmp_path / "desk"))


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    """A desk that has read the news."""
    with Archive.open(folder) as archive:
        yield open_desk(archive, folder)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """The fake Slack, which calls by Socket Mode."""
    async with FakeSlack() as opened:
        yield opened


@pytest.fixture
async def room(slack: FakeSlack, desk: Desk, folder: Path) -> AsyncIterator[Newsroom]:
    """The desk, talking there."""
    async with open_line(slack, desk, folder) as opened:
        yield opened
