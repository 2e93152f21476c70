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
from bot.index.encoder import Encoder, Vector, load_encoder
from bot.index.index import Index
from bot.news.article import LOCAL

_BUSY_ARTICLES = 3_000
_NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """An archive that was made, and how fast."""

    articles: int
    passages: int
    sentences: int
    articles_a_second: float
    vectors_a_second: float


class HastyEncoder(Encoder):
    """Gives true vectors for some seconds, and random ones after that."""

    def __init__(self, true: Encoder, seconds: float) -> None:
        self.model_id, self.size = true.model_id, true.size
        self._true, self._seconds = true, seconds
        self._chance = np.random.default_rng(0)
        self._ends: float | None = None
        self.made_in_earnest = self.made = 0

    @property
    def vectors_a_second(self) -> float:
        """How many true vectors a second were made."""
        return self.made_in_earnest / self._seconds

    def encode(self, text: str) -> Vector:
        """A true vector while there is time, a random unit vector after that."""
        now = time.monotonic()
        self._ends = self._ends or now + self._seconds
        self.made += 1
        if now < self._ends:
            self.made_in_earnest += 1
            return self._true.encode(text)
        drawn = self._chance.standard_normal(self.size, dtype=np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)


@contextmanager
def open_desk(data: Path, *, write: bool, encoder: Encoder | None) -> Iterator[Desk]:
    """A desk on the data folder; without an encoder it goes by words alone."""
    archive = Archive.open(data, write=write)
    try:
        yield Desk(archive=archive, index=Index.open(data / "index" / LOCAL, encoder), space=LOCAL)
    finally:
        archive.close()


def open_encoder(data: Path) -> Encoder:
    """The default encoder, from the models of the data folder."""
    return load_encoder("minilm", data / "models")


def make_archive(data: Path, articles: Path, vector_seconds: float) -> Made:
    """Take the articles in, then make their vectors."""
    encoder = HastyEncoder(open_encoder(data), vector_seconds)
    with open_desk(data, write=True, encoder=encoder) as desk:
        started = time.monotonic()
        asyncio.run(_add(desk, articles))
        seconds = time.monotonic() - started
        asyncio.run(catch_up(desk, progress=_say_nothing, vectors=True))
        searched = desk.archive.read_now(count_searched, desk.space)
        return Made(
            articles=searched.articles,
            passages=desk.index.passages,
            sentences=encoder.made,
            articles_a_second=searched.articles / seconds,
            vectors_a_second=encoder.vectors_a_second,
        )


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
