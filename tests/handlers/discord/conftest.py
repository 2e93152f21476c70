"""The made-up Discord, and a desk in it that has read the samples."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fake_discord.newsroom import Newsroom, copied, open_newsroom, read_samples
from tests.fake_discord.rig import Rig, open_rig


@pytest.fixture(scope="session")
def samples_read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the samples were read."""
    folder = tmp_path_factory.mktemp("read") / "data"
    read_samples(folder)
    return folder


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """A made-up Discord; what was asked of it wrongly fails the test."""
    async with open_rig() as opened:
        yield opened


@pytest.fixture
async def newsroom(rig: Rig, samples_read: Path, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """A desk that talks in the made-up Discord."""
    async with open_newsroom(rig, copied(samples_read, tmp_path / "data")) as opened:
        yield opened
