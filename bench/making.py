"""Making archives to measure, with vectors made in earnest for a while and drawn at random after it.

    python -m bench.making FOLDER SEED

makes an archive in the folder, then vectors in earnest without end, and prints a line when the first are there. It is
the neighbour that a question must not suffer from.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.archives import write_articles
from bot.archive.archive import Archive
from bot.archive.articles import count_searched
from bot.desk.catch_up import catch_up
from bot.desk.desk import Desk
from bot.desk.take_in import take_in
from bot.index.encoder import Encoder
from bot.index.entry import Embedded, Entry
from bot.index.index import Index
from bot.index.models import load_encoder
from bot.index.vectors import Matrix
from bot.news.article import LOCAL

_BUSY_ARTICLES = 3_000
_NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """An archive that was made, and how fast: articles added, articles embedded, and sentences embedded a second."""

    articles: int
    passages: int
    articles_a_second: float
    embedded_a_second: float
    sentences_a_second: float


class HastyIndex(Index):
    """Makes true vectors for some seconds, and after that draws them at random, one for each full stop."""

    def __init__(self, folder: Path, encoder: Encoder, seconds: float) -> None:
        super().__init__(folder, encoder)
        self._size, self._seconds = encoder.size, seconds
        self._chance = np.random.default_rng(0)
        self._started: float | None = None
        self._true_articles = self._true_sentences = 0
        self._took = seconds

    def embed(self, entry: Entry) -> Embedded:
        """The entry's sentences as true vectors while there is time, as random unit vectors after that."""
        now = time.monotonic()
        self._started = self._started or now
        if now < self._started + self._seconds:
            embedded = super().embed(entry)
            self._true_articles += 1
            self._true_sentences += sum(len(vectors) for _, vectors in embedded.passages)
            self._took = time.monotonic() - self._started
            return embedded
        drawn = [(cut.id, self._draw(cut.text.count(". ") + 1)) for cut in entry.cuts]
        return Embedded(mark=entry.mark, passages=tuple(drawn))

    @property
    def articles_a_second(self) -> float:
        """For how many articles a second true vectors were made."""
        return self._true_articles / self._took

    @property
    def sentences_a_second(self) -> float:
        """How many true vectors a second were made."""
        return self._true_sentences / self._took

    def _draw(self, count: int) -> Matrix:
        drawn = self._chance.standard_normal((count, self._size), dtype=np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


@contextmanager
def open_desk(data: Path, index: Index | None = None, *, write: bool, encoder: Encoder | None) -> Iterator[Desk]:
    """A desk on the data folder; without an encoder it goes by words alone."""
    archive = Archive.open(data, write=write)
    try:
        yield Desk(archive=archive, index=index or Index.open(_index_folder(data), encoder), space=LOCAL)
    finally:
        archive.close()


def open_encoder(data: Path) -> Encoder:
    """The default encoder, from the models of the data folder."""
    return load_encoder("minilm", data / "models")


def make_archive(data: Path, articles: Path, vector_seconds: float) -> Made:
    """Take the articles in, then make their vectors."""
    encoder = open_encoder(data)
    index = HastyIndex(_index_folder(data), encoder, vector_seconds)
    with open_desk(data, index, write=True, encoder=encoder) as desk:
        started = time.monotonic()
        asyncio.run(_add(desk, articles))
        seconds = time.monotonic() - started
        asyncio.run(catch_up(desk, progress=_say_nothing, vectors=True))
        searched = desk.archive.read_now(count_searched, desk.space)
        return Made(
            articles=searched.articles,
            passages=index.passages,
            articles_a_second=searched.articles / seconds,
            embedded_a_second=index.articles_a_second,
            sentences_a_second=index.sentences_a_second,
        )


def _index_folder(data: Path) -> Path:
    return data / "index" / LOCAL


async def _add(desk: Desk, articles: Path) -> None:
    await take_in(desk, [str(articles)], now=_NOW, progress=_say_nothing)
    await catch_up(desk, progress=_say_nothing, vectors=False)


def _say_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Progress is not shown."""


def main() -> None:
    """Make vectors until somebody ends this process."""
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    articles = folder / "articles.jsonl"
    write_articles(seed, _BUSY_ARTICLES, articles)
    encoder = open_encoder(folder / "data")
    with open_desk(folder / "data", write=True, encoder=encoder) as desk:
        asyncio.run(_add(desk, articles))
        print("busy", flush=True)
        asyncio.run(catch_up(desk, progress=_say_nothing, vectors=True))


if __name__ == "__main__":
    main()
