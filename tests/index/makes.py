"""Entries made by hand, and an encoder that needs no weights."""

from datetime import UTC, datetime
from hashlib import blake2b

import numpy as np

from bot.index.encoder import Encoder, Vector
from bot.index.entry import Cut, Entry, Mark
from bot.news.article import ArticleId, PassageId
from bot.news.text import words

THEN = datetime(2025, 4, 3, 9, tzinfo=UTC)
PASSAGES = 3


def make_entry(article: int, *texts: str, seq: int | None = None, version: int = 1, **given: object) -> Entry:
    """An entry whose passages have these texts; their numbers follow from the article, its version and their order."""
    known: dict[str, object] = {"title": "", "publisher": "The Ledger", "published": THEN, "language": "en"}
    first = (article * 100 + version) * 10
    return Entry(
        mark=Mark(seq=seq or article, article=ArticleId(article), version=version, digest=article * 1000 + version),
        cuts=tuple(Cut(id=PassageId(first + n), text=text) for n, text in enumerate(texts)),
        **(known | given),  # type: ignore[arg-type]
    )


def numbered(article: int) -> Entry:
    """One of a long row of entries that are told apart by words of their own."""
    return make_entry(article, *(f"Ship s{article}x{n} reached the harbour with grain." for n in range(PASSAGES)))


class WordyEncoder(Encoder):
    """Gives texts with the same words near vectors, where what the real one knows is not the subject."""

    def __init__(self, size: int = 384, model_id: str = "wordy") -> None:
        self.size, self.model_id = size, model_id

    def encode(self, text: str) -> Vector:
        """The sum of a direction for each word."""
        total = np.full(self.size, 1e-3, np.float32)
        for word in words(text):
            seed = int.from_bytes(blake2b(word.encode(), digest_size=4).digest(), "little")
            total += np.random.default_rng(seed).standard_normal(self.size, dtype=np.float32)
        return np.asarray(total / np.linalg.norm(total), np.float32)
