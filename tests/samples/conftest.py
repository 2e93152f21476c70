"""The samples, taken in once for all tests."""

from collections.abc import Iterator

import pytest

from bot.index.models import load_encoder
from tests.samples.newsroom import SAMPLES, Ask, Newsroom


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """The newsroom that took the samples in, once for all tests."""
    encoder = load_encoder("minilm", tmp_path_factory.mktemp("models"))
    opened = Newsroom(tmp_path_factory.mktemp("samples"), [str(SAMPLES)], encoder)
    yield opened
    opened.archive.close()


@pytest.fixture
def ask(newsroom: Newsroom) -> Ask:
    """Asks the newsroom that read the samples."""
    return newsroom.ask
