"""Texts to vectors of meaning. The door to onnxruntime and the tokenizer."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.index.faults import NoWeights
from config import defaults

Vector: TypeAlias = npt.NDArray[np.float32]


class Encoder:
    """Gives every text a unit vector; texts that mean alike get vectors that point alike.

    The same text always gives the same vector, because each is run by itself: int8 models scale by the whole batch.
    """

    def __init__(self, folder: Path, model_id: str) -> None:
        """Loads model.onnx and tokenizer.json; NoWeights with the reason when they cannot be used."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.model_id = model_id
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = defaults.ENCODER_THREADS
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as fault:
            # For a file that they cannot read, both libraries raise kinds of Exception that have no other parent.
            if Exception in type(fault).__mro__[:2]:
                raise NoWeights(f"the model in {folder} cannot be loaded ({type(fault).__name__})") from fault
            raise
        self._tokenizer.enable_truncation(defaults.ENCODER_PIECES)
        self._tokenizer.no_padding()
        self._inputs = {given.name for given in self._session.get_inputs()}
        self.size = len(self.encode("size"))

    def encode(self, text: str) -> Vector:
        """The vector of the text; what is beyond the first defaults.ENCODER_PIECES pieces of words is not looked at."""
        pieces = np.array([self._tokenizer.encode(text).ids], np.int64)
        given = {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": np.zeros_like(pieces)}
        out = self._session.run(None, {name: value for name, value in given.items() if name in self._inputs})[0]
        vector = out[0].mean(axis=0) if out.ndim == 3 else out[0]
        return np.asarray(vector / (np.linalg.norm(vector) or 1.0), np.float32)

    def encode_all(self, texts: Sequence[str]) -> Vector:
        """The vectors of the texts, a row each."""
        return np.array([self.encode(text) for text in texts], np.float32).reshape(-1, self.size)
