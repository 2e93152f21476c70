"""Measure how long it takes to find out which of very many watches an article meets.

    python -m bench.watches [--sizes 1000,10000,100000]

Articles and topics are made up. Articles are those of the other measurements (bench/archives.py), cut to the length of
a news piece, with names of real places, companies and people among the made-up ones. A topic is drawn by kind
(_KINDS): words by Zipf's law without the commonest, names, phrases that occur in some article, operators, publishers,
tickers, descriptions, patterns. Three in ten topics are watched by somebody already, popular ones by very many.
Times are of the processor, for each article the best of several rounds: whatever else runs only adds to them.
"""

import gc
import random
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from bench.archives import Printer
from bench.timing import weigh_process
from bot.errors import RequestError
from bot.index.watch_book import WatchBook
from bot.news.article import LOCAL, Article, ArticleId
from bot.news.places import written_forms
from bot.news.subject import Subject
from bot.news.topic import read_topic

SEED = 20250416
ARTICLES = 200
ROUNDS = 5
_CHARACTERS = 2_300
_WELL_KNOWN = 0.25
_WATCHED_BEFORE = 0.3
_COMMONEST, _RAREST = 500, 30_000
_NOW = datetime(2025, 4, 24, tzinfo=UTC)
_FIELDS = """foreign trade|oil and gas|interest rates|car makers|steel and aluminium|semiconductors|elections|football
transfers|climate policy|public health|court rulings|mergers and takeovers|airlines|shipping|gold and silver|wheat and
maize|bank regulation|housing|unemployment|inflation|data protection|space flight|nuclear power|migration|defence
spending|tourism|film festivals|earthquakes|wildfires|vaccines""".replace("\n", " ").split("|")
_FACETS = """prices|talks|tariffs|strikes|exports|imports|forecasts|lawsuits|agreements|job cuts|quarterly results|
sanctions|protests|new laws|investments|shortages|recalls|output|subsidies|delays""".replace("\n", " ").split("|")

Given = TypeVar("Given")

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """What was measured with so many watches; milliseconds are for one article."""

    watches: int
    topics: int
    read_ms: float
    megabytes: float
    match_ms: float
    met: float


@program.command()
def main(
    sizes: Annotated[str, typer.Option(help="Watches, separated by commas.")] = "1000,10000,100000",
) -> None:
    """Measure each size and print the table."""
    console = Console()
    drawer = Drawer(SEED)
    articles = list(drawer.write(ARTICLES))
    subject_ms = _milliseconds(lambda article: Subject(article).terms, articles)
    subjects = [Subject(article) for article in articles]
    topics = drawer.topics(max(map(int, sizes.split(","))), articles)
    with console.status("matching"):
        measured = [_measure(topics[: int(size)], subjects) for size in sizes.split(",")]
    words = sum(len(subject.words) for subject in subjects) / len(subjects)
    console.print(f"{len(articles)} articles of {words:.0f} words; preparing one takes {subject_ms:.2f} ms")
    table = Table(
        "watches", "topics", "reading one, ms", "memory, MB", "met", "matching, ms", "with preparing, ms", box=None
    )
    for one in measured:
        cells = (one.read_ms, one.megabytes, one.met, one.match_ms, one.match_ms + subject_ms)
        table.add_row(f"{one.watches:,}", f"{one.topics:,}", *(f"{cell:.2f}" for cell in cells))
    console.print(table)
    first, last = measured[0].match_ms, measured[-1].match_ms
    both = (last + subject_ms) / (first + subject_ms)
    console.print(f"growth × {last / first:.1f} alone, × {both:.1f} with preparing; wanted: ≤ 2 ms, × 3")


class Drawer(Printer):
    """Writes made-up articles and topics on what they are about."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._luck = random.Random(seed)
        known = list(written_forms().values())
        self._names = [
            self._luck.choice(self._luck.choice(known)) if self._luck.random() < _WELL_KNOWN else name
            for name in self._names
        ]

    def write(self, count: int) -> Iterator[Article]:
        """That many articles, each no longer than a piece of news."""
        for number, made in enumerate(self.articles(count)):
            text = made["text"][:_CHARACTERS].rpartition("\n\n")[0]
            symbol = re.sub("[^A-Z]", "", made["title"].upper())[:4]
            yield Article(
                space=LOCAL, id=ArticleId(number), version=1, name=made["id"], title=made["title"],
                text=f"{text} The shares ({symbol}: NYSE:{symbol}) fell." if number % 10 == 0 else text,
                dek_end=0, url=made["url"], publisher=made["source"], origin=None, author=None, published=_NOW,
                published_day_only=False, language="en", seen=_NOW, copy_of=None,
            )  # fmt: skip

    def topics(self, count: int, articles: Sequence[Article]) -> list[str]:
        """That many topics as they might be typed."""
        kinds = self._kinds(articles)
        made: list[str] = []
        while len(made) < count:
            if made and self._luck.random() < _WATCHED_BEFORE:
                made.append(self._luck.choice(made))
                continue
            drawn = self._luck.choices([make for _, make in kinds], [share for share, _ in kinds])[0]()
            if _can_be_watched(drawn):
                made.append(drawn)
        return made

    def _kinds(self, articles: Sequence[Article]) -> list[tuple[float, Callable[[], str]]]:
        """Kinds of topics: how many in a hundred, and one drawn."""
        luck, word, name = self._luck, self._word, self._name
        neighbours = [pair for article in articles for pair in re.findall(r"\b[a-z]{4,} [a-z]{4,}\b", article.text)]
        return [
            (22, word),
            (18, lambda: f"{word()} {word()}"),
            (6, lambda: f"{word()} {word()} {word()}"),
            (8, lambda: f'"{luck.choice(neighbours)}"'),
            (12, name),
            (8, lambda: f"{name()} {word()}"),
            (4, lambda: f"{name()} AND ({word()} OR {word()})"),
            (4, lambda: f"{word()} OR {word()} OR {word()}"),
            (4, lambda: f"{word()} {word()} -{word()}"),
            (2, lambda: f'source:"{luck.choice(articles).publisher}" {word()}'),
            (1, lambda: f"${''.join(luck.choices('ABCDEFGHIKLMNOPRST', k=4))}"),
            (4, lambda: f"{luck.choice(_FIELDS)} in {name()}: {luck.choice(_FACETS)}, {luck.choice(_FACETS)}"),
            (2, lambda: f"{luck.choice(_FIELDS)}: {luck.choice(_FACETS)}, {luck.choice(_FACETS)}"),
            (2, lambda: f"Any news about {name()}"),
            (2, lambda: f"everything on {word()} and {word()}"),
            (1, lambda: f"/\\b{word()}(s|ed)? (of|in|for) {word()}/i"),
        ]

    def _word(self) -> str:
        return self._words[int(_COMMONEST * (_RAREST / _COMMONEST) ** self._luck.random())]

    def _name(self) -> str:
        return self._names[int(5 * (len(self._names) / 5) ** self._luck.random())]


def _measure(texts: Sequence[str], subjects: Sequence[Subject]) -> Size:
    gc.collect()
    before, started = weigh_process().own, time.process_time()
    book = WatchBook[int]()
    for watch, text in enumerate(texts):
        book.add(watch, read_topic(text))
    read_seconds = time.process_time() - started
    gc.collect()
    return Size(
        watches=len(book),
        topics=len(set(texts)),
        read_ms=1000 * read_seconds / len(texts),
        megabytes=(weigh_process().own - before) / 1e6,
        met=sum(len(book.match(subject)) for subject in subjects) / len(subjects),
        match_ms=_milliseconds(book.match, subjects),
    )


def _milliseconds(work: Callable[[Given], object], given: Sequence[Given]) -> float:
    """What the work takes for one of those given, each at its best."""
    took = [inf] * len(given)
    for _ in range(ROUNDS):
        for number, one in enumerate(given):
            started = time.process_time_ns()
            work(one)
            took[number] = min(took[number], time.process_time_ns() - started)
    return sum(took) / len(took) / 1e6


def _can_be_watched(text: str) -> bool:
    try:
        read_topic(text)
    except RequestError:
        return False
    return True


if __name__ == "__main__":
    program()
