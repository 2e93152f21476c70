"""The words of the farm's pieces: made-up news, drawn for each piece by itself."""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from bench.archives import Printer

_VOCABULARY = 7
_LEAST_WORDS, _MOST_WORDS = 60, 300
_DRAWN = 512


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What a piece says: its headline and its sentences, and the one that stands second after it was edited."""

    title: str
    sentences: tuple[str, ...]
    instead: str


class Reporter(Printer):
    """Writes any piece without those before it; the same numbers give the same piece.

    The vocabulary is one for all, because making it takes longer than writing thousands of pieces.
    """

    def __init__(self) -> None:
        super().__init__(_VOCABULARY)
        self._pool = np.fromiter(self._common, dtype=np.int64, count=1 << 18)
        self._faces = np.fromiter(self._known, dtype=np.int64, count=1 << 18)

    def write(self, seed: int, feed: int, number: int) -> Piece:
        """The piece with that number in that feed, of 60 to 300 words."""
        chance = np.random.default_rng((seed, feed, number))
        self._dice = self._draw_forever(lambda: chance.random(_DRAWN))
        self._common = self._draw_forever(lambda: self._pool[chance.integers(0, len(self._pool), _DRAWN)])
        subject, circle = self._draw_subject()
        names = [self._draw_name(circle) for _ in range(4)] + [self._names[self._faces[chance.integers(1 << 18)]]]
        wanted = _LEAST_WORDS + next(self._dice) * (_MOST_WORDS - _LEAST_WORDS)
        sentences, words = [], 0
        while words < _LEAST_WORDS or words < wanted:
            sentence = self._sentence(subject, names)
            length = sentence.count(" ") + 1
            if words + length > _MOST_WORDS:
                break
            sentences.append(sentence)
            words += length
        return Piece(
            title=self._headline(subject, names),
            sentences=tuple(sentences),
            instead=self._sentence(subject, names),
        )

    def name_paper(self, seed: int, feed: int) -> str:
        """What a feed's publisher is called; no two feeds of a farm share it."""
        chance = np.random.default_rng((seed, feed))
        return f"{self._names[chance.integers(len(self._names))].split()[-1]} Courier {feed}"


@lru_cache(maxsize=1_000)
def write_piece(seed: int, feed: int, number: int) -> Piece:
    """The piece with that number in that feed; the last ones asked for are remembered."""
    return _the_reporter().write(seed, feed, number)


def name_paper(seed: int, feed: int) -> str:
    """What a feed's publisher is called; no two feeds of a farm share it."""
    return _the_reporter().name_paper(seed, feed)


@cache
def _the_reporter() -> Reporter:
    return Reporter()
