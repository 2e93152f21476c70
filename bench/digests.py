"""Measure how long a digest takes over very many new articles.

    python -m bench.digests [--articles 2000] [--runs 5]

The articles are made up (bench/archives.py), filed and placed into stories first; a third of them are told by three
publishers. Then the next digest is previewed again and again, as a channel would get it.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from bench.archives import Printer
from bench.making import open_desk
from bot.archive.filing import file_drafts
from bot.archive.subscriptions import add_subscription
from bot.desk.desk import Desk
from bot.desk.digest import preview_digest
from bot.desk.place import Placer
from bot.news.article import LOCAL, Draft
from bot.news.place import Place
from bot.news.schedule_words import read_schedule
from bot.news.subscription import NewSubscription, Subscription
from bot.writer.development import find_development
from bot.writer.voices import tell_story

SEED = 20250416
NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)
TOLD_BY_SEVERAL = 3
_A_BATCH = 200

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    articles: Annotated[int, typer.Option(help="New articles that the digest is chosen from.")] = 2_000,
    runs: Annotated[int, typer.Option(help="Times that each digest is written.")] = 5,
) -> None:
    """Make the news, write the digests, print the table."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder), write=True, encoder=None) as desk:
        with console.status(f"placing {articles:,} articles"):
            place_seconds = asyncio.run(_fill(desk, articles))
        console.print(f"{articles:,} articles placed, {place_seconds / articles * 1000:.1f} ms each")
        table = Table("topic", "stories", "left out", "median, ms", "of it at work, ms", "again, ms", box=None)
        for topic in (None, "trade", "news that concern trade: tariffs, duties, imports"):
            subscription = _subscribe(desk, topic)
            took = _measure(desk, subscription, runs)
            cells = (str(took.stories), str(took.left_out), *map(_ms, (took.fresh, took.at_work, took.again)))
            table.add_row(topic or "everything", *cells)
        console.print(table)


@dataclass(frozen=True, kw_only=True, slots=True)
class Took:
    """How many stories a digest told and left out, and how many seconds it took in the median: from nothing, how much
    of that a processor was at work on it, and again while the telling of its stories was remembered.
    """

    stories: int
    left_out: int
    fresh: float
    at_work: float
    again: float


def _measure(desk: Desk, subscription: Subscription, runs: int) -> Took:
    fresh, at_work, again = [], [], []
    for _ in range(runs):
        tell_story.cache_clear()
        began, busy = time.perf_counter(), time.process_time()
        digest = asyncio.run(preview_digest(desk.archive, subscription, NOW))
        fresh.append(time.perf_counter() - began)
        at_work.append(time.process_time() - busy)
        began = time.perf_counter()
        asyncio.run(preview_digest(desk.archive, subscription, NOW))
        again.append(time.perf_counter() - began)
    return Took(
        stories=len(digest.items),
        left_out=digest.more,
        fresh=statistics.median(fresh),
        at_work=statistics.median(at_work),
        again=statistics.median(again),
    )


async def _fill(desk: Desk, articles: int) -> float:
    """Seconds that placing took."""
    drafts = list(_drafts(articles))
    for start in range(0, len(drafts), _A_BATCH):
        await desk.archive.write(file_drafts, LOCAL, drafts[start : start + _A_BATCH], NOW - timedelta(hours=1))
    began = time.perf_counter()
    await Placer(desk, find_development=find_development).place(NOW)
    return time.perf_counter() - began


def _drafts(count: int) -> Iterator[Draft]:
    """So many articles; of every five, three tell the same with other words at the end."""
    made = list(Printer(SEED).articles(count))
    for number, one in enumerate(made):
        same = made[number - number % 5] if number % 5 < TOLD_BY_SEVERAL else one
        paragraphs = same["text"].split("\n\n")
        own = one["text"].split("\n\n")
        text = "\n\n".join([*paragraphs[: len(paragraphs) // 2], *own[len(own) // 2 :]])
        yield Draft(
            name=one["id"],
            identity=one["id"],
            title=same["title"],
            text=text,
            url=one["url"],
            publisher=f"{one['source']} {number % 7}",
            published=NOW - timedelta(hours=1, minutes=number % 600),
        )


def _subscribe(desk: Desk, topic: str | None) -> Subscription:
    schedule = read_schedule("daily 8:00", zone=ZoneInfo("UTC"), now=NOW)
    place = Place(platform="console", space=LOCAL, channel=topic or "everything")
    new = NewSubscription(place=place, schedule=schedule, topic=topic)
    return desk.archive.write_now(add_subscription, new, NOW - timedelta(days=1))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f}"


if __name__ == "__main__":
    program()
