"""Finding passages by meaning: vectors of their sentences, kept in files that only grow."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bot.index.encoder import Vector
from bot.news.article import PassageId
from config import defaults

_RECORD = np.dtype([("id", "<i8"), ("seq", "<i8"), ("first", "<i8"), ("rows", "<i8")])
_SCALE = 127.0

Rows = npt.NDArray[np.int8]
Sketches = npt.NDArray[np.uint64]


class _Kept(NamedTuple):
    """What is on disk, mapped; replaced as one, so that a search in another thread sees all of one state."""

    records: npt.NDArray[np.void]
    vectors: Rows
    planes: Sketches


class MeaningIndex:
    """The sentence vectors of one Space's passages under one encoder.

    Three files: `vectors` holds one row of int8 a sentence, `sketches` two rows of bits a passage, `passages` one
    record a passage that says which rows are its own. Records are written last, in the order of passage numbers;
    what a kill left beyond the last whole record is cut off when the files are next opened for writing.
    """

    def __init__(self, folder: Path, size: int) -> None:
        """Opens the files of vectors with that many numbers; empty ones where there are none."""
        folder.mkdir(parents=True, exist_ok=True)
        self._size = size
        self._sketch_words = -(-size // 64)
        self._vectors_file, self._sketches_file = folder / "vectors", folder / "sketches"
        self._records_file = folder / "passages"
        self._kept = self._read()

    @property
    def seq(self) -> int:
        """The number of the last change of which a passage is kept; it may not be whole. 0 for none."""
        return int(self._kept.records["seq"][-1]) if len(self._kept.records) else 0

    @property
    def last_passage(self) -> int:
        """The number of the last passage kept; 0 for none."""
        return int(self._kept.records["id"][-1]) if len(self._kept.records) else 0

    @property
    def passages(self) -> int:
        """How many passages are kept, those without vectors included."""
        return len(self._kept.records)

    def add(self, passages: Sequence[tuple[PassageId, int, Sequence[Vector]]]) -> None:
        """Keeps the sentence vectors (none for a language that the encoder does not know) of passages, in the order of
        their numbers, each with the number of the change it came with.
        """
        self._cut_to_whole_records()
        first = int(self._kept.records["first"][-1] + self._kept.records["rows"][-1]) if len(self._kept.records) else 0
        records, sketches, rows = [], [], []
        for id, seq, vectors in passages:
            records.append((id, seq, first, len(vectors)))
            matrix = np.array(vectors, np.float32).reshape(-1, self._size)
            sketches.append(self._sketch_passage(matrix))
            rows.append(np.rint(matrix * _SCALE).astype(np.int8))
            first += len(vectors)
        _append(self._vectors_file, np.concatenate(rows).tobytes() if rows else b"")
        _append(self._sketches_file, np.array(sketches, np.uint64).tobytes())
        _append(self._records_file, np.array(records, _RECORD).tobytes())
        self._kept = self._read()

    def clear(self) -> None:
        """Takes everything out."""
        for file in (self._records_file, self._sketches_file, self._vectors_file):
            file.unlink(missing_ok=True)
        self._kept = self._read()

    def search(self, vector: Vector, limit: int) -> list[tuple[PassageId, float]]:
        """The passages with the sentences nearest to the vector, at most limit, with that cosine, nearest first."""
        kept = self._kept
        scored = _scores(kept, vector, self._likely(kept, vector))
        best = [(PassageId(int(kept.records["id"][at])), float(scores.max())) for at, scores in scored if len(scores)]
        return sorted(best, key=lambda found: (-found[1], found[0]))[:limit]

    def sentence_scores(self, vector: Vector, ids: Iterable[PassageId]) -> dict[PassageId, list[float]]:
        """The cosine of each sentence of these passages, in order; passages without vectors are left out."""
        kept = self._kept
        wanted = np.array(sorted(ids), np.int64)
        places = np.searchsorted(kept.records["id"], wanted)
        held = places < len(kept.records)
        places, wanted = places[held], wanted[held]
        places = places[kept.records["id"][places] == wanted]
        return {
            PassageId(int(kept.records["id"][at])): scores.tolist()
            for at, scores in _scores(kept, vector, places)
            if len(scores)
        }

    def _likely(self, kept: _Kept, vector: Vector) -> npt.NDArray[np.int64]:
        """The places of the passages whose sketches differ least from the vector's."""
        wanted = defaults.SKETCHES_COMPARED
        if len(kept.records) <= wanted:
            return np.arange(len(kept.records))
        bits = self._bits(vector.reshape(1, -1))[0]
        differing = np.zeros((2, len(kept.records)), np.uint16)
        for half in range(2):
            for word in range(self._sketch_words):
                differing[half] += np.bitwise_count(kept.planes[half, word] ^ bits[word])
        least = differing.min(axis=0)
        return np.sort(np.argpartition(least, wanted)[:wanted])

    def _sketch_passage(self, matrix: npt.NDArray[np.float32]) -> Sketches:
        """The signs of the mean vectors of the passage's first and second half."""
        if not len(matrix):
            return np.zeros((2, self._sketch_words), np.uint64)
        middle = (len(matrix) + 1) // 2
        return self._bits(np.stack([matrix[:middle].mean(axis=0), matrix[len(matrix) // 2 :].mean(axis=0)]))

    def _bits(self, vectors: npt.NDArray[np.float32]) -> Sketches:
        packed = np.packbits(vectors > 0, axis=1)
        padded = np.zeros((len(vectors), self._sketch_words * 8), np.uint8)
        padded[:, : packed.shape[1]] = packed
        return padded.view(np.uint64)

    def _read(self) -> _Kept:
        """What is whole on disk."""
        rows = _length(self._vectors_file) // self._size
        whole = min(
            _length(self._records_file) // _RECORD.itemsize, _length(self._sketches_file) // (16 * self._sketch_words)
        )
        records = np.fromfile(self._records_file, _RECORD, whole) if whole else np.empty(0, _RECORD)
        whole = int(np.searchsorted(records["first"] + records["rows"], rows, side="right"))
        sketches = np.empty(0, np.uint64)
        if whole:
            sketches = np.fromfile(self._sketches_file, np.uint64, whole * 2 * self._sketch_words)
        vectors: Rows = np.empty((0, self._size), np.int8)
        if rows:
            vectors = np.memmap(self._vectors_file, np.int8, "r", shape=(rows, self._size))
        # One plane a word, so that each step of the comparison runs over contiguous memory.
        planes = np.ascontiguousarray(sketches.reshape(whole, 2, self._sketch_words).transpose(1, 2, 0))
        return _Kept(records=records[:whole], vectors=vectors, planes=planes)

    def _cut_to_whole_records(self) -> None:
        whole = len(self._kept.records)
        rows = int(self._kept.records["first"][-1] + self._kept.records["rows"][-1]) if whole else 0
        for file, length in (
            (self._records_file, whole * _RECORD.itemsize),
            (self._sketches_file, whole * 16 * self._sketch_words),
            (self._vectors_file, rows * self._size),
        ):
            if _length(file) != length:
                with file.open("r+b" if file.exists() else "wb") as opened:
                    opened.truncate(length)


def _scores(kept: _Kept, vector: Vector, places: npt.NDArray[np.int64]) -> list[tuple[int, Vector]]:
    """For each passage (by its place) the cosines of its sentences."""
    first, rows = kept.records["first"][places], kept.records["rows"][places]
    ends = np.cumsum(rows)
    total = int(ends[-1]) if len(ends) else 0
    offsets = np.arange(total) - np.repeat(ends - rows, rows) + np.repeat(first, rows)
    cosines = (kept.vectors[offsets].astype(np.float32) @ vector) / np.float32(_SCALE)
    pieces = np.split(cosines, ends[:-1]) if len(ends) else []
    return list(zip(places.tolist(), pieces, strict=True))


def _append(file: Path, content: bytes) -> None:
    with file.open("ab") as opened:
        opened.write(content)


def _length(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
