"""Desks for the tests: one that has read the news, for all who only ask, and one of its own for whoever adds to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.desk.desk import Desk
from bot.wire.cages import Cages
from tests.desk import stories
from tests.desk.paper import open_desk, read


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that has read the news, on SQLite and on PostgreSQL. No test may add to it."""
    url = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        url = server.url(server.add_database(request.getfixturevalue("migrated_database")))
    folder = tmp_path_factory.mktemp("desk")
    with Archive.open(folder, url) as archive:
        desk = open_desk(archive, folder)
        read(desk, *stories.NEWS)
        yield desk


@pytest.fixture(scope="session")
def cages() -> Iterator[Cages]:
    """Cages that have been started once for all tests."""
    with Cages(2) as opened:
        yield opened


@pytest.fixture
def own_desk(archive: Archive, data_dir: Path) -> Desk:
    """A desk that has read the news, for one test alone."""
    opened = open_desk(archive, data_dir)
    read(opened, *stories.NEWS)
    return opened
