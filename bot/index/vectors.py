"""The files that keep sentence vectors: they only grow, and a kill at any byte costs no more than the last batch."""

import errno
import mmap
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.errors import ArchiveFull
from bot.index.entry import Embedded, Mark
from bot.news.article import PassageId

_SOUND = np.uint64(0x4E45_5753_4445_534B)
"""What _fold() gives for a whole record."""

Matrix = npt.NDArray[np.float32]
Records = npt.NDArray[np.void]


class VectorFiles:
    """The vectors of one Space's sentences under one encoder.

    `vectors` holds a row of int8 a sentence, scaled to its own largest number; `signs` the signs of the same numbers, a
    bit each; `passages` a record a passage, written last, that says which rows are its own. An article without vectors
    leaves one record without rows. What stands behind the last whole article is passed over, and cut off when writing.
    """

    def __init__(self, folder: Path, size: int) -> None:
        """Vectors have size numbers each; nothing is made before the first append."""
        self.size = size
        self.sign_words = -(-size // 64)
        self.record = np.dtype(
            [(name, "<i8") for name in ("passage", "article", "seq", "digest", "first", "version", "rows", "ends")]
            + [("signs", "<u8", (self.sign_words,)), ("check", "<u8")]
        )
        self._folder = folder
        self._passages = folder / "passages"
        self._vectors = folder / "vectors"
        self._signs = folder / "signs"

    def stamp(self) -> tuple[int, int]:
        """Changes whenever something was appended or dropped."""
        try:
            stat = self._passages.stat()
        except FileNotFoundError:
            return (0, 0)
        return (stat.st_ino, stat.st_size)

    def read_records(self, start: int, sentences: int) -> Records:
        """The records from number start on, up to the last whole article; sentences is how many rows stand before."""
        if not self._passages.exists():
            return np.empty(0, self.record)
        found = np.fromfile(self._passages, self.record, offset=start * self.record.itemsize)
        together = _fold(found)
        ends = sentences + np.cumsum(found["rows"])
        sound = (together == _SOUND) & (found["first"] == ends - found["rows"]) & (ends <= self._whole_rows())
        found = found[: len(found) if sound.all() else int(np.argmin(sound))]
        articles = np.flatnonzero(found["ends"])
        return found[: articles[-1] + 1 if len(articles) else 0]

    def map_vectors(self, rows: int) -> npt.NDArray[np.int8]:
        """The first rows of vectors, mapped and not read."""
        if not rows:
            return np.empty((0, self.size), np.int8)
        with self._vectors.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), rows * self.size, access=mmap.ACCESS_READ)
        # Without this the system reads 128 kB around each of the few rows that a question needs.
        mapped.madvise(mmap.MADV_RANDOM)
        return np.frombuffer(mapped, np.int8).reshape(rows, self.size)

    def map_signs(self, rows: int) -> npt.NDArray[np.uint64]:
        """The first rows of signs, mapped and not read."""
        if not rows:
            return np.empty((0, self.sign_words), np.uint64)
        return np.memmap(self._signs, np.uint64, "r", shape=(rows, self.sign_words))

    def append(self, articles: Sequence[Embedded], records: int, rows: int) -> None:
        """Keep the articles behind that many records and rows; what stands beyond those is cut off first.

        Each file is on the disk before the next is written, so no record speaks of rows that are not there.
        """
        made, matrices = [], []
        first = rows
        for article in articles:
            for passage, matrix in article.passages or ((PassageId(0), np.empty((0, self.size), np.float32)),):
                made.append(self._make_record(article.mark, passage, matrix, first))
                matrices.append(matrix)
                first += len(matrix)
            made[-1]["ends"] = 1
        together = np.concatenate(made)
        together["check"] = _SOUND ^ _fold(together)
        rows_of_all = np.concatenate(matrices)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._vectors, rows * self.size, shrink(rows_of_all).tobytes())
            _write(self._signs, rows * self.sign_words * 8, signs_of(rows_of_all).tobytes())
            _write(self._passages, records * self.record.itemsize, together.tobytes())
        except OSError as fault:
            if fault.errno in (errno.ENOSPC, errno.EDQUOT):
                raise ArchiveFull(
                    f"the disk that holds {self._folder} is full; nothing was half-written. Make room, then try again."
                ) from fault
            raise

    def drop(self) -> None:
        """Remove everything."""
        if self._folder.exists():
            shutil.rmtree(self._folder)

    def _whole_rows(self) -> int:
        return min(_length(self._vectors) // self.size, _length(self._signs) // (8 * self.sign_words))

    def _make_record(self, mark: Mark, passage: PassageId, matrix: Matrix, first: int) -> Records:
        record = np.zeros(1, self.record)
        record["passage"], record["first"], record["rows"] = passage, first, len(matrix)
        record["article"], record["seq"], record["version"] = mark.article, mark.seq, mark.version
        record["digest"] = mark.digest
        record["signs"] = signs_of(matrix.sum(axis=0, keepdims=True))
        return record


def shrink(matrix: Matrix) -> npt.NDArray[np.int8]:
    """Each row as int8, its largest number as 127; the angle between rows changes by less than a tenth of a degree."""
    largest = np.abs(matrix).max(axis=1, keepdims=True, initial=1e-12)
    return np.asarray(np.rint(matrix * (127 / largest)), np.int8)


def signs_of(matrix: Matrix) -> npt.NDArray[np.uint64]:
    """The signs of each row's numbers, a bit each, filled up to whole words of 64."""
    packed = np.packbits(matrix > 0, axis=1, bitorder="little")
    padded = np.zeros((len(matrix), -(-matrix.shape[1] // 64) * 8), np.uint8)
    padded[:, : packed.shape[1]] = packed
    return padded.view("<u8")


def _fold(records: Records) -> npt.NDArray[np.uint64]:
    """For each record its words of eight bytes put together bit by bit (xor)."""
    together: npt.NDArray[np.uint64] = np.bitwise_xor.reduce(
        records.view(np.uint64).reshape(len(records), records.itemsize // 8), axis=1
    )
    return together


def _write(path: Path, whole: int, content: bytes) -> None:
    with path.open("r+b" if path.exists() else "wb") as file:
        file.truncate(whole)
        file.seek(whole)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
