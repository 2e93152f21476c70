"""Finding passages by meaning: by the nearest of their sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.index.encoder import Vector
from bot.index.entry import NOTHING, Embedded, Mark
from bot.index.vectors import VectorFiles, signs_of
from bot.news.article import ArticleId, PassageId
from config import defaults

_BLOCK = 32_768
_EXACT_BLOCK = 512
"""Rows compared in one step: few enough for their arrays to stay in memory that is already there."""
_FARTHEST = np.uint16(0xFFFF)

Places = npt.NDArray[np.int64]
Words = npt.NDArray[np.uint64]


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """What is on disk, as of one moment. A place is the number of a record.

    `planes` holds the signs of the passages' mean vectors, the first 64 of all of them, then the next: each step of
    the comparison then runs over memory in a row.
    """

    passages: Places
    articles: Places
    seqs: Places
    first: Places
    rows: Places
    planes: Words
    sentences: int
    mark: Mark
    stamp: tuple[int, int]
    files: VectorFiles

    @cached_property
    def signs(self) -> Words:
        """The signs of every sentence, mapped once: mapping them anew would cost a fault a page."""
        return self.files.map_signs(self.sentences)

    @cached_property
    def vectors(self) -> npt.NDArray[np.int8]:
        """The vectors of every sentence, mapped once."""
        return self.files.map_vectors(self.sentences)

    @cached_property
    def live(self) -> npt.NDArray[np.bool_]:
        """Which places hold a passage of its article's newest change, with vectors."""
        newest = np.zeros(int(self.articles.max(initial=0)) + 1, np.int64)
        np.maximum.at(newest, self.articles, self.seqs)
        return np.asarray((self.seqs == newest[self.articles]) & (self.rows > 0))

    @cached_property
    def by_passage(self) -> tuple[Places, Places]:
        """The live passages in the order of their numbers, and their places."""
        places = np.flatnonzero(self.live)
        order = np.argsort(self.passages[places], kind="stable")
        return self.passages[places][order], places[order]


class MeaningIndex:
    """The sentence vectors of one Space's passages under one encoder.

    Passages of an article that changed, or is not to be found any more, are passed over from the moment that the
    article is added again. Any number of threads and processes may search while one thread of one process adds.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._files = VectorFiles(folder, size)
        self._kept = self._read(None)

    @property
    def mark(self) -> Mark:
        """The last change added."""
        return self._kept.mark

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return int(self._kept.live.sum())

    def add(self, articles: Sequence[Embedded]) -> None:
        """Keep the articles, in the order of their changes."""
        if articles:
            self._files.append(articles, len(self._kept.passages), self._kept.sentences)
            self._look()

    def drop(self) -> None:
        """Remove everything, so that the vectors can be made anew."""
        self._files.drop()
        self._kept = self._read(None)

    def search(self, vector: Vector, limit: int) -> list[tuple[PassageId, float]]:
        """The passages with the sentences nearest to the vector, at most limit, with that cosine, nearest first.

        Exact up to defaults.MEANING_SENTENCES sentences. Beyond, two sieves by signs let through what is scored: first
        by the mean of each passage, then by each sentence.
        """
        kept = self._look()
        signs = signs_of(vector.reshape(1, -1))[0]
        places = _sieve_passages(kept, signs)
        owners, rows = _sieve_sentences(kept, signs, places)
        if not len(rows):
            return []
        cosines = _score(kept, vector, rows)
        found, starts = np.unique(owners, return_index=True)
        best = np.maximum.reduceat(cosines, starts)
        order = np.lexsort((kept.passages[found], -best))[:limit]
        return [(PassageId(int(kept.passages[found[at]])), float(best[at])) for at in order]

    def sentence_scores(self, vector: Vector, ids: Iterable[PassageId]) -> dict[PassageId, Vector]:
        """The cosine of each sentence of these passages, in order; passages without vectors are left out."""
        kept = self._look()
        numbers, places = kept.by_passage
        wanted = np.array(sorted(set(ids)), np.int64)
        at = np.searchsorted(numbers, wanted)
        held = at < len(numbers)
        held[held] = numbers[at[held]] == wanted[held]
        chosen = places[at[held]]
        _, rows = _rows_of(kept, chosen)
        pieces = np.split(_score(kept, vector, rows), np.cumsum(kept.rows[chosen])[:-1]) if len(chosen) else []
        return {PassageId(int(id)): piece for id, piece in zip(wanted[held], pieces, strict=True)}

    def _look(self) -> _Kept:
        """What is kept now, by whatever process."""
        stamp = self._files.stamp()
        if stamp != self._kept.stamp:
            grown = stamp[0] == self._kept.stamp[0] and stamp[1] > self._kept.stamp[1]
            self._kept = self._read(self._kept if grown else None)
        return self._kept

    def _read(self, known: _Kept | None) -> _Kept:
        stamp = self._files.stamp()
        if known is None:
            none = np.empty(0, np.int64)
            planes = np.empty((self._files.sign_words, 0), np.uint64)
            known = _Kept(
                passages=none, articles=none, seqs=none, first=none, rows=none,
                planes=planes, sentences=0, mark=NOTHING, stamp=stamp, files=self._files,
            )  # fmt: skip
        found = self._files.read_records(len(known.passages), known.sentences)
        last = found[-1] if len(found) else None
        return _Kept(
            passages=np.concatenate((known.passages, found["passage"])),
            articles=np.concatenate((known.articles, found["article"])),
            seqs=np.concatenate((known.seqs, found["seq"])),
            first=np.concatenate((known.first, found["first"])),
            rows=np.concatenate((known.rows, found["rows"])),
            planes=np.concatenate((known.planes, found["signs"].T), axis=1),
            sentences=known.sentences + int(found["rows"].sum()),
            mark=known.mark if last is None else _mark_of(last),
            stamp=stamp,
            files=self._files,
        )


def _mark_of(record: np.void) -> Mark:
    return Mark(
        seq=int(record["seq"]),
        article=ArticleId(int(record["article"])),
        version=int(record["version"]),
        digest=int(record["digest"]),
    )


def _sieve_passages(kept: _Kept, signs: Words) -> Places:
    """The live places whose mean has the likest signs; all where there are few."""
    wanted = max(defaults.MEANING_PASSAGES, int(len(kept.passages) * defaults.MEANING_SHARE))
    if len(kept.passages) <= wanted:
        return np.flatnonzero(kept.live)
    differing = np.empty(len(kept.passages), np.uint16)
    for start in range(0, len(differing), _BLOCK):
        block = slice(start, start + _BLOCK)
        total = np.bitwise_count(kept.planes[0, block] ^ signs[0]).astype(np.uint16)
        for word in range(1, len(signs)):
            total += np.bitwise_count(kept.planes[word, block] ^ signs[word])
        differing[block] = total
    if not kept.live.all():
        differing[~kept.live] = _FARTHEST
    likest = _least(differing, wanted)
    return likest[kept.live[likest]]


def _sieve_sentences(kept: _Kept, signs: Words, places: Places) -> tuple[Places, Places]:
    """The rows of these places' sentences with the likest signs, and for each the place it belongs to."""
    owners, rows = _rows_of(kept, places)
    if len(rows) <= defaults.MEANING_SENTENCES:
        return owners, rows
    differing = np.zeros(len(rows), np.uint16)
    for start in range(0, len(rows), _BLOCK):
        block = slice(start, start + _BLOCK)
        unlike = np.bitwise_count(kept.signs.take(rows[block], axis=0, mode="clip") ^ signs)
        for word in range(len(signs)):
            differing[block] += unlike[:, word]
    likest = _least(differing, defaults.MEANING_SENTENCES)
    return owners[likest], rows[likest]


def _score(kept: _Kept, vector: Vector, rows: Places) -> Vector:
    cosines = np.empty(len(rows), np.float32)
    for start in range(0, len(rows), _EXACT_BLOCK):
        block = slice(start, start + _EXACT_BLOCK)
        found = kept.vectors.take(rows[block], axis=0, mode="clip").astype(np.float32)
        lengths = np.sqrt(np.einsum("ij,ij->i", found, found))
        cosines[block] = found @ vector / np.maximum(lengths, 1e-12)
    return cosines


def _least(differing: npt.NDArray[np.uint16], count: int) -> Places:
    """Where the least numbers stand, at least count of them: all that are equal to the last."""
    return np.flatnonzero(differing <= np.partition(differing, count - 1)[count - 1])


def _rows_of(kept: _Kept, places: Places) -> tuple[Places, Places]:
    """For every sentence of these places the place it belongs to, and its row."""
    counts = kept.rows[places]
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(places, counts), np.arange(total) + np.repeat(kept.first[places] - ends + counts, counts)
