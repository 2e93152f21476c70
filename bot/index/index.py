"""The index of one Space: its passages by words and by meaning, derived from the archive."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from bot.index.entry import NOTHING, Embedded, Entry, Mark
from bot.index.words import WordIndex, WordQuery
from bot.news.article import PassageId
from bot.news.text import sentence_spans
from config import defaults

if TYPE_CHECKING:
    from bot.index.encoder import Encoder, Vector
    from bot.index.meaning import MeaningIndex


class Index:
    """Finds passages. Words are always there; meaning is when there is an encoder, and may be some way behind.

    `no_meaning` says why there is no encoder. An index whose words cannot be read has come nowhere until it is caught
    up, which makes it anew; the files of a large one are only read through then.
    """

    def __init__(self, folder: Path, encoder: "Encoder | None", no_meaning: str | None = None) -> None:
        self.folder = folder
        self.encoder = encoder
        self.no_meaning = no_meaning
        self._words = WordIndex(folder / "words")
        self._words.inspect(defaults.INDEX_INSPECTED_BYTES)
        self._meaning = _open_meaning(folder, encoder) if encoder else None

    @classmethod
    def open(cls, folder: Path, encoder: "Encoder | None", no_meaning: str | None = None) -> Self:
        """The index in the folder, empty where there is none; IndexDamaged when its words cannot be read."""
        index = cls(folder, encoder, no_meaning)
        index._words.require_sound()
        return index

    @staticmethod
    def remove(folder: Path) -> None:
        """Take an index away, so that it can be made anew from the archive."""
        shutil.rmtree(folder, ignore_errors=True)

    @property
    def mark(self) -> Mark:
        """The last change whose words can be found."""
        return self._words.mark

    @property
    def mark_of_meaning(self) -> Mark:
        """The last change that can be found by meaning."""
        return self._meaning.mark if self._meaning else NOTHING

    @property
    def seq(self) -> int:
        """The number of the last change whose words can be found; 0 for none."""
        return self.mark.seq

    @property
    def seq_of_meaning(self) -> int:
        """The number of the last change that can be found by meaning; 0 for none."""
        return self.mark_of_meaning.seq

    @property
    def passages(self) -> int:
        """How many passages can be found."""
        return self._words.passages

    @property
    def has_meaning(self) -> bool:
        """Whether any passage can be found by meaning."""
        return self._meaning is not None and self._meaning.passages > 0

    def search_words(self, query: WordQuery, limit: int) -> list[tuple[PassageId, float]]:
        """The passages that fit the words best, at most limit, best first; scores compare within one query only.

        IndexDamaged when the files cannot be read.
        """
        return self._words.search(query, limit)

    def count_passages_with(self, stems: Iterable[str]) -> dict[str, int]:
        """How many passages hold each of the stems."""
        return self._words.count_passages_with(stems)

    def search_meaning(self, vector: "Vector", limit: int) -> list[tuple[PassageId, float]]:
        """The passages with a sentence nearest to the vector, at most limit, with that cosine, nearest first.

        Passages of articles that changed since may be among them until the vectors have caught up.
        """
        return self._meaning.search(vector, limit) if self._meaning else []

    def sentence_scores(self, vector: "Vector", ids: Iterable[PassageId]) -> "Mapping[PassageId, Vector]":
        """The cosine of each sentence of these passages, in order; passages without vectors are left out."""
        return self._meaning.sentence_scores(vector, ids) if self._meaning else {}

    def apply(self, entries: Sequence[Entry]) -> None:
        """Put the words of these entries in the place of what was indexed of their articles, all or nothing."""
        self._words.apply(entries)

    def embed(self, entry: Entry) -> Embedded:
        """The entry's sentences as vectors; nothing is kept yet. None in a language that the encoder does not know."""
        if self.encoder is None or entry.language not in defaults.ENCODER_LANGUAGES:
            return Embedded(mark=entry.mark, passages=())
        encode = self.encoder.encode_all
        cuts = [(cut.id, [cut.text[a:b] for a, b in sentence_spans(cut.text, entry.language)]) for cut in entry.cuts]
        return Embedded(mark=entry.mark, passages=tuple((id, encode(sentences)) for id, sentences in cuts))

    def keep_vectors(self, articles: Sequence[Embedded]) -> None:
        """Keep what was embedded, in the order of the changes."""
        if self._meaning:
            self._meaning.add(articles)

    def inspect(self) -> str | None:
        """What is wrong with the files of the words, all of which are read through once (0.1 s for 100 MB)."""
        self._words.inspect()
        return self._words.damage

    def drop_words(self) -> None:
        """Empty the word index, whatever state it is in."""
        self._words.drop()

    def drop_vectors(self) -> None:
        """Take away the vectors made with this encoder."""
        if self._meaning:
            self._meaning.drop()

    def settle(self) -> None:
        """Finish what goes on behind the last change and let go of the folder."""
        self._words.settle()


def _open_meaning(folder: Path, encoder: "Encoder") -> "MeaningIndex":
    from bot.index.meaning import MeaningIndex  # calculates with arrays, for which no desk of words alone shall wait

    return MeaningIndex(folder / "meaning" / encoder.model_id, encoder.size)
