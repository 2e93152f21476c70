"""The encoder of the model that the settings name."""

from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from bot.index.faults import NoWeights
from bot.index.weights import MODEL_ID, prepare_weights
from config import defaults

if TYPE_CHECKING:
    from bot.index.encoder import Encoder

MODEL_FILES = ("model.onnx", "tokenizer.json")


def load_encoder(meaning: str, models: Path) -> "Encoder":
    """The encoder of the setting: "minilm", or a folder with model.onnx and tokenizer.json.

    NoWeights with the reason when it is "off" or cannot be used.
    """
    if meaning == "off":
        raise NoWeights("it is switched off")
    from bot.index.encoder import Encoder  # calculates with arrays, for which no desk of words alone shall wait

    if meaning == "minilm":
        try:
            return Encoder(prepare_weights(models), MODEL_ID)
        except NoWeights:
            if not (models / MODEL_ID).exists():
                raise
            rmtree(models / MODEL_ID)  # it was damaged after it was made
            return Encoder(prepare_weights(models), MODEL_ID)
    folder = Path(meaning)
    for name in MODEL_FILES:
        if not (folder / name).is_file():
            raise NoWeights(f"there is no {name} in {folder}")
    return Encoder(folder, _identify(folder))


def _identify(folder: Path) -> str:
    """A name for the model in the folder that no other has; a large file is judged by its size and its end."""
    digest = sha256()
    for name in MODEL_FILES:
        with (folder / name).open("rb") as file:
            size = file.seek(0, SEEK_END)
            file.seek(max(0, size - defaults.MODEL_DIGEST_BYTES))
            digest.update(b"%d " % size + file.read())
    return f"own-{digest.hexdigest()[:12]}"
