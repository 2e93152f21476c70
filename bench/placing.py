"""Measure how long it takes to place an article among very many open stories.

    python -m bench.placing [--stories 50000]

Articles are those of the other measurements (bench/archives.py), cut to the length of a news piece; their meanings are
drawn around 4,000 points, their dates over the days for which a story is open. Every story has one article at first.
Times are of the processor, for one article after the other, as they would come; reading an article for what it is
compared by is measured apart. A book that was just loaded has to find out how crowded the news around its articles is:
the first articles, or time without any, pay for that.
"""

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from bench.timing import weigh_process
from bench.watches import SEED, Drawer
from bot.index.gists import pack_meaning
from bot.index.story_book import Newcomer, StoryBook
from bot.news.article import ArticleId
from bot.news.gist import Gist, Member, make_gist
from bot.news.story import StoryId
from config import defaults

ARTICLES = 400
_FIRST = 100
_SIZE = 384
_SUBJECTS = 4_000
_NOW = datetime(2025, 4, 24, tzinfo=UTC)

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(stories: Annotated[int, typer.Option(help="Open stories.")] = 50_000) -> None:
    """Load a book, place articles, print what one took."""
    console = Console()
    with console.status("making articles"):
        gists, read_ms = _make_gists(stories + ARTICLES)
    gc.collect()
    before, started = weigh_process().own, time.process_time()
    book = StoryBook()
    members = (
        Member(story=StoryId(number), article=ArticleId(number), seen=_NOW, gist=gist)
        for number, gist in enumerate(gists[:stories], start=1)
    )
    book.load(members, mark=0, last_story=StoryId(stories))
    load_seconds = time.process_time() - started
    first = np.mean(list(_place(book, gists[stories:][:_FIRST], stories + 1)))
    started = time.process_time()
    book.look_ahead(stories)
    ahead_seconds = time.process_time() - started
    took = list(_place(book, gists[stories + _FIRST :], stories + _FIRST + 1))
    memory = (weigh_process().own - before) / 1e6
    console.print(
        f"{stories:,} open stories, loaded in {load_seconds:.1f} s, {memory:.0f} MB; {len(book):,} at the end"
    )
    console.print(f"reading an article takes {read_ms:.2f} ms besides its meaning")
    console.print(
        f"placing one: {np.mean(took):.1f} ms, 99 of 100 in {np.quantile(took, 0.99):.1f} ms; wanted: ≤ 20 ms"
    )
    console.print(f"in a book that was just loaded: {first:.1f} ms, or {ahead_seconds:.0f} s for all before")


def _make_gists(count: int) -> tuple[list[Gist], float]:
    """What that many articles are compared by, and how long one took to be read for it."""
    drawer, chance = Drawer(SEED), np.random.default_rng(SEED)
    subjects = chance.standard_normal((_SUBJECTS, _SIZE)).astype(np.float32)
    gists: list[Gist] = []
    spent = 0.0
    for article in drawer.write(count):
        started = time.process_time()
        gist = make_gist(article)
        spent += time.process_time() - started
        vector = subjects[chance.integers(_SUBJECTS)] + chance.standard_normal(_SIZE).astype(np.float32)
        dated = _NOW - chance.random() * timedelta(hours=defaults.STORY_OPEN_HOURS)
        gists.append(replace(gist, meaning=pack_meaning(vector / np.linalg.norm(vector)), dated=dated))
    return gists, 1000 * spent / count


def _place(book: StoryBook, gists: Sequence[Gist], first: int) -> Iterator[float]:
    """The milliseconds that each took."""
    for number, gist in enumerate(gists, start=first):
        started = time.process_time()
        book.arrange([Newcomer(article=ArticleId(number), seen=_NOW, gist=gist)])
        yield 1000 * (time.process_time() - started)


if __name__ == "__main__":
    program()
