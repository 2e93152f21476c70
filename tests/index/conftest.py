"""The real encoder, converted once for all tests that need it."""

from pathlib import Path

import pytest

from bot.index.encoder import Encoder
from bot.index.models import load_encoder


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models, with the default one converted."""
    folder = tmp_path_factory.mktemp("models")
    load_encoder("minilm", folder)
    return folder


@pytest.fixture(scope="session")
def encoder(models: Path) -> Encoder:
    """The default encoder."""
    return load_encoder("minilm", models)
