"""Measure the fan-out of one story to very many channels.

    python -m bench.alerts [--channels 2000] [--rounds 5]

Every channel watches the story by one of twenty topics. Measured is the whole transaction in which the story is placed:
every match kept, every alert written, rendered for the terminal and owed, its citation noted. Matching comes before it.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from bench.making import open_desk
from bot.archive.archive import Db
from bot.archive.arrivals import note_arrivals
from bot.archive.deliveries import count_deliveries
from bot.archive.filing import file_drafts
from bot.archive.watches import add_watch
from bot.desk.alert import Alerts
from bot.desk.desk import Desk
from bot.desk.place import Placed, Placer, Step
from bot.news.article import LOCAL, Draft
from bot.news.place import Place
from bot.news.source import FeedId
from bot.news.topic import read_topic
from bot.news.watch import NewWatch
from config import defaults
from handlers.console.post import ConsolePoster

NOW = datetime(2025, 4, 24, 12, tzinfo=UTC)
_TOPICS = """ferry|harbour board|"stop running"|Holm Island|ferry OR tram|islanders -football|timetable|Selby|tickets
refunded|ferry AND board|crews|season|winter timetable|board meeting|mainland|"last crossing"|commuters|ferry crews OR
tram crews|fares|passengers""".replace("\n", " ").split("|")
_TEXT = (
    "The ferry between Selby and Holm Island will stop running on 3 May, the harbour board said on Wednesday. Tickets "
    "are refunded, the winter timetable is void, and crews are out of work before the season. Islanders and commuters "
    "of the mainland protested at the board meeting; fares had doubled and passengers stayed away. The last crossing "
    "leaves at noon."
)

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    channels: Annotated[int, typer.Option(help="Channels that watch the story.")] = 2_000,
    rounds: Annotated[int, typer.Option(help="Times that it is told, each in an archive of its own.")] = 5,
) -> None:
    """Tell the story and print how long it took."""
    console = Console()
    with console.status("telling"):
        measured = [_measure(channels) for _ in range(rounds)]
    wall = [one for one, _ in measured]
    busy = [one for _, one in measured]
    console.print(
        f"{channels:,} alerts in one transaction: median {statistics.median(wall):.0f} ms, best {min(wall):.0f} ms, "
        f"of it at work {statistics.median(busy):.0f} ms; wanted: ≤ 250 ms"
    )


def _measure(channels: int) -> tuple[float, float]:
    """Milliseconds of one transaction by the clock, and of the processor."""
    with tempfile.TemporaryDirectory() as folder, open_desk(Path(folder), write=True, encoder=None) as desk:
        desk.archive.write_now(_prepare, channels)
        timed = _Timed(desk, Path(folder))
        asyncio.run(timed.placer.place(NOW))
        owed = desk.archive.read_now(count_deliveries, NOW).due
        if owed != channels:
            raise AssertionError(f"{owed} alerts are owed")
        return timed.wall * 1000, timed.busy * 1000


class _Timed:
    """Who places and alerts, and how long the transaction took, from the last look before it to its end."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.wall = self.busy = 0.0
        poster = ConsolePoster(folder, StringIO(), lambda: NOW, width=100)
        self._alerts = Alerts(desk, {poster.platform: poster})
        self.placer = Placer(
            desk, prepare_alerts=self._begin, raise_alerts=self._alerts.raise_alerts, passed=self._pass
        )

    def _begin(self, placed: Sequence[Placed], now: datetime) -> None:
        self._alerts.prepare(placed, now)
        self.wall, self.busy = time.perf_counter(), time.process_time()

    def _pass(self, step: Step) -> None:
        if step == "after placing":
            self.wall, self.busy = time.perf_counter() - self.wall, time.process_time() - self.busy


def _prepare(db: Db, channels: int) -> None:
    """The watches, and the article that has come."""
    for number in range(channels):
        topic = read_topic(_TOPICS[number % len(_TOPICS)])
        new = NewWatch(
            place=Place(platform="console", space=LOCAL, channel=f"channel {number}"),
            topic=topic.text,
            topic_key=topic.key,
            zone=ZoneInfo("UTC"),
            an_hour=defaults.ALERTS_AN_HOUR,
        )
        add_watch(db, new, NOW, channels)
    draft = Draft(name="ferry", identity="ferry", title="Ferry to Holm Island to end", text=_TEXT, published=NOW)
    (filed,) = file_drafts(db, LOCAL, [draft], NOW)
    note_arrivals(db, LOCAL, FeedId(1), [filed.article], fresh=True, now=NOW)


if __name__ == "__main__":
    program()
