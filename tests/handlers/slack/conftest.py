"""A desk that has read the news, for what is asked in Slack."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.desk.desk import Desk
from tests.desk import stories
from tests.desk.paper import open_desk, read


@pytest.fixture
def slack_desk(tmp_path: Path, migrated_file: Path) -> Iterator[Desk]:
    """A desk with an archive of its own."""
    (tmp_path / "newsdesk.db").write_bytes(migrated_file.read_bytes())
    with Archive.open(tmp_path) as archive:
        desk = open_desk(archive, tmp_path)
        read(desk, *stories.NEWS)
        yield desk
