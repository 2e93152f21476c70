"""Lists of numbers of any length, one after another in one array, so that many are read at once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Numbers = npt.NDArray[Any]


class Ragged:
    """A list of numbers for each row."""

    def __init__(self, kind: str) -> None:
        self._flat: Numbers = np.empty(1024, kind)
        self._ends: npt.NDArray[np.int64] = np.zeros(256, np.int64)
        self._rows = 0

    def append(self, numbers: Sequence[int] | Numbers) -> None:
        """Give the next row its numbers."""
        start = int(self._ends[self._rows])
        end = start + len(numbers)
        while end > len(self._flat):
            self._flat = np.concatenate([self._flat, np.empty(len(self._flat) + 1024, self._flat.dtype)])
        self._flat[start:end] = numbers
        self._rows += 1
        if self._rows == len(self._ends):
            self._ends = np.concatenate([self._ends, np.zeros_like(self._ends)])
        self._ends[self._rows] = end

    def of(self, row: int) -> Numbers:
        """The numbers of the row; not to be changed."""
        return self._flat[self._ends[row] : self._ends[row + 1]]

    def read(self, rows: Rows) -> tuple[Rows, Numbers]:
        """The numbers of all these rows, with the position in `rows` to which each of them belongs."""
        starts, ends = self._ends[rows], self._ends[rows + 1]
        sizes = ends - starts
        owners = np.repeat(np.arange(len(rows)), sizes)
        before = np.cumsum(sizes) - sizes
        at = np.arange(int(sizes.sum())) + np.repeat(starts - before, sizes)
        return owners, self._flat[at]

    def only(self, rows: Rows) -> "Ragged":
        """The lists of these rows alone, in this order."""
        kept = Ragged(self._flat.dtype.str)
        kept._flat = self.read(rows)[1]
        kept._ends = np.concatenate([[0], np.cumsum(self.sizes(rows)), np.zeros(256, np.int64)])
        kept._rows = len(rows)
        return kept

    def count_shared(self, row: int, rows: Rows) -> npt.NDArray[np.int64]:
        """How many numbers each of these rows has in common with the row; every row's are in order, each once."""
        mine = self.of(row)
        if not len(mine):
            return np.zeros(len(rows), np.int64)
        owners, numbers = self.read(rows)
        found = mine[np.minimum(np.searchsorted(mine, numbers), len(mine) - 1)] == numbers
        return np.bincount(owners[found], minlength=len(rows))

    def sizes(self, rows: Rows) -> npt.NDArray[np.int64]:
        """How many numbers each of these rows has."""
        return self._ends[rows + 1] - self._ends[rows]
