"""The index of one Space: its passages by words and by meaning, derived from the archive."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from bot.index.encoder import Encoder, Vector
from bot.index.meaning import MeaningIndex
from bot.index.words import Entry, WordIndex, WordQuery
from bot.news.article import ArticleId, PassageId
from bot.news.text import sentence_spans
from config import defaults

__all__ = ["Entry", "Index", "Vector", "WordQuery"]


class Index:
    """Finds passages. Words are always there; meaning is when there is an encoder, and may be some way behind."""

    def __init__(self, folder: Path, encoder: Encoder | None, no_meaning: str | None = None) -> None:
        self.folder = folder
        self.encoder = encoder
        self.no_meaning = no_meaning
        self._words = WordIndex(folder / "words")
        self._meaning = MeaningIndex(folder / encoder.model_id, encoder.size) if encoder else None

    @classmethod
    def open(cls, folder: Path, encoder: Encoder | None, no_meaning: str | None = None) -> Self:
        """The index in the folder; IndexDamaged when its words cannot be read.

        `no_meaning` says why there is no encoder.
        """
        return cls(folder, encoder, no_meaning)

    @staticmethod
    def remove(folder: Path) -> None:
        """Takes the index away, so that it can be made again from the archive."""
        shutil.rmtree(folder, ignore_errors=True)

    @property
    def seq(self) -> int:
        """The number of the last change whose words can be found."""
        return self._words.seq

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return self._words.passages

    @property
    def has_meaning(self) -> bool:
        """Whether any passage can be found by meaning."""
        return self._meaning is not None and self._meaning.passages > 0

    @property
    def seq_of_meaning(self) -> int:
        """The number of the last change that was embedded at least in part; 0 for none."""
        return self._meaning.seq if self._meaning else 0

    @property
    def last_embedded(self) -> int:
        """The number of the last passage embedded; 0 for none."""
        return self._meaning.last_passage if self._meaning else 0

    def apply(self, articles: Sequence[tuple[ArticleId, Sequence[Entry]]], seq: int) -> None:
        """Replaces the words of these articles' passages (none removes the article) and notes the change's number."""
        self._words.apply(articles, seq)

    def embed(self, passages: Sequence[tuple[Entry, int]]) -> None:
        """Keeps the vectors of these passages' sentences, in the order of their numbers, each with its change's
        number.
        """
        if self.encoder is None or self._meaning is None:
            return
        self._meaning.add([(entry.id, seq, self._encode_sentences(entry)) for entry, seq in passages])

    def clear(self) -> None:
        """Empties the index."""
        self._words.clear()
        if self._meaning:
            self._meaning.clear()

    def settle(self) -> None:
        """Finishes what goes on behind the last change and lets go of the folder."""
        self._words.settle()

    def search_words(self, query: WordQuery, limit: int) -> list[tuple[PassageId, float]]:
        """The passages that fit the words best, at most limit, best first; scores compare within one query only."""
        return self._words.search(query, limit)

    def search_meaning(self, vector: Vector, limit: int) -> list[tuple[PassageId, float]]:
        """The passages with a sentence nearest to the vector, at most limit, with that cosine, nearest first."""
        return self._meaning.search(vector, limit) if self._meaning else []

    def sentence_scores(self, vector: Vector, ids: Iterable[PassageId]) -> Mapping[PassageId, Sequence[float]]:
        """The cosine of each sentence of these passages, in order; passages without vectors are left out."""
        return self._meaning.sentence_scores(vector, ids) if self._meaning else {}

    def count_passages_with(self, stems: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of the stems."""
        return self._words.count_passages_with(stems)

    def _encode_sentences(self, entry: Entry) -> list[Vector]:
        if self.encoder is None or entry.language not in defaults.ENCODER_LANGUAGES:
            return []
        spans = sentence_spans(entry.text, entry.language)
        return [self.encoder.encode(entry.text[start:end]) for start, end in spans]
