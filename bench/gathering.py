"""A process that gathers from a farm, for measuring: it does what it is told, one line of JSON in and one out.

    python -m bench.gathering DATA PORT START CAGES [URL]

PORT is the farm's, START the moment of its minute 0, CAGES how many processes parse, URL a PostgreSQL address where
the archive is not in DATA. What it can be told stands in bench/gather_process.py.
"""

import asyncio
import json
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.clock import Clock
from bot.archive.archive import Archive, Db
from bot.archive.feeds import PUBLIC, NewFeed
from bot.archive.schema import FEEDS, SOURCES
from bot.archive.sources import list_sources, note_sources
from bot.desk.full_text import PageReader
from bot.desk.gather import Gathered, Gatherer, Step
from bot.desk.hosts import Hosts
from bot.desk.wire import Wire
from bot.news.article import LOCAL
from bot.news.polling import Pace
from bot.news.source import FullText
from bot.schedule import Ticker, Workers
from bot.wire.cages import Cages
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from config import defaults

_QUARTER = timedelta(minutes=15)
_PORTION = 500
_ORDERS = ("follow", "want", "spread", "die", "read", "go", "stop", "take")


class Gathering:
    """A gatherer on one archive, with a clock of its own, that can be made to die at a step."""

    def __init__(self, archive: Archive, start: datetime) -> None:
        self.gatherer: Gatherer
        self.pages: PageReader
        self._archive, self._start = archive, start
        self._clock = Clock()
        self._numbers: dict[int, int] = {}
        self._readings: list[tuple[float, int, Gathered]] = []
        self._steps = Counter[Step]()
        self._dies_at: tuple[Step, int] | None = None
        self._ticker: Ticker | None = None
        self._workers = Workers()

    def note_passed(self, step: Step) -> None:
        """Die here without a word if that was ordered."""
        self._steps[step] += 1
        if self._dies_at == (step, self._steps[step]):
            os.kill(os.getpid(), signal.SIGKILL)

    def note_told(self, gathered: Gathered) -> None:
        """Keep how a reading went until somebody takes it."""
        self._readings.append((time.time(), self._numbers.get(gathered.feed, -1), gathered))

    async def follow(self, addresses: list[str]) -> dict[str, Any]:
        """Follow these addresses; a source is called by the place of its address in the list."""
        named = [
            (str(number), NewFeed(scope=PUBLIC, key=address, address=address, kind="feed"))
            for number, address in enumerate(addresses)
        ]
        for at in range(0, len(named), _PORTION):
            await self._archive.write(note_sources, LOCAL, named[at : at + _PORTION], self._now())
        return {}

    async def die(self, step: Step, count: int) -> dict[str, Any]:
        """Die when the step is passed for that time from now on."""
        self._dies_at = (step, self._steps[step] + count)
        return {}

    async def read(self, minute: float) -> dict[str, Any]:
        """Read everything that is due at that minute, and the pages that are owed then."""
        await self._learn_numbers()
        self._clock.set(minute)
        await self.gatherer.read_due(self._now)
        await self.pages.read_owed(self._now)
        return {}

    async def go(self, minute: float, pace: float) -> dict[str, Any]:
        """Read whatever falls due from that minute on, tick by tick, until told to stop."""
        await self._learn_numbers()
        self._clock.set(minute, pace)
        self._ticker = Ticker(lambda _work: None)
        tick, pages_tick = defaults.POLL_TICK_SECONDS, defaults.PAGES_TICK_SECONDS
        self._ticker.every(tick, "feeds", lambda: self.gatherer.begin_due(self._now, self._workers))
        self._ticker.every(pages_tick, "pages", lambda: self.pages.begin_owed(self._now, self._workers))
        self._ticker.start()
        return {}

    async def stop(self) -> dict[str, Any]:
        """Begin no more readings, and wait for those that were begun, as at the end of the program."""
        if self._ticker:
            self._ticker.stop()
            self._ticker = None
            await self._workers.finish(defaults.STOP_SECONDS)
        return {}

    async def want(self, full_text: FullText) -> dict[str, Any]:
        """Want the pages behind teasers, or not, for all sources."""
        await self._archive.write(_want_full_text, full_text)
        return {}

    async def spread(self, minute: float, over_minutes: float) -> dict[str, Any]:
        """Let the feeds fall due evenly over so many minutes from that one on, as they do after some days."""
        began = self._start + timedelta(minutes=minute)
        await self._archive.write(_spread_due, began, timedelta(minutes=over_minutes))
        return {}

    async def take(self) -> dict[str, Any]:
        """How the readings since the last taking went, what is due now, and for how long."""
        readings, self._readings = self._readings, []
        due, oldest = await self._archive.read(_count_due, self._now())
        return {
            "readings": [
                [at, feed, one.outcome, one.added, one.changed, one.fetch_seconds, one.store_seconds]
                for at, feed, one in readings
            ],
            "due": due,
            "overdue_seconds": (self._now() - oldest).total_seconds() if oldest else 0.0,
            "minute": self._clock(),
        }

    async def _learn_numbers(self) -> None:
        sources = await self._archive.read(list_sources, LOCAL)
        self._numbers = {source.feed.id: int(source.name) for source in sources}

    def _now(self) -> datetime:
        return self._start + timedelta(minutes=self._clock())


def _want_full_text(db: Db, full_text: FullText) -> None:
    db.execute(SOURCES.update().values(full_text=full_text))


def _spread_due(db: Db, began: datetime, over: timedelta) -> None:
    ids = db.execute(sa.select(FEEDS.c.id).order_by(FEEDS.c.id)).scalars().all()
    due = [{"feed": id, "at": began + over * place / len(ids)} for place, id in enumerate(ids)]
    change = FEEDS.update().where(FEEDS.c.id == sa.bindparam("feed")).values(next_read=sa.bindparam("at"), lease=None)
    db.execute(change, due)


def _count_due(db: Db, now: datetime) -> tuple[int, datetime | None]:
    """How many feeds are due and nobody reads, and since when the first of them is."""
    free = sa.or_(FEEDS.c.lease.is_(None), FEEDS.c.lease <= now)
    due = sa.select(sa.func.count(), sa.func.min(FEEDS.c.next_read)).where(FEEDS.c.next_read <= now, free)
    count, oldest = db.execute(due).one()
    return count, oldest


@asynccontextmanager
async def _gathering(archive: Archive, port: int, start: datetime, at_once: int) -> AsyncIterator[Gathering]:
    """The gathering, which may read loopback, reads every feed each quarter of an hour, and hurries every host."""
    guard = Guard([f"127.0.0.0/8:{port}"], is_own=lambda _address: False)
    pace, hosts = Pace(fastest=_QUARTER, slowest=_QUARTER), Hosts(gap_seconds=0.0)
    async with Fetcher(guard) as fetcher:
        with Cages(at_once) as cages, ThreadPoolExecutor(at_once, "cage") as threads:
            wire = Wire(guard=guard, fetcher=fetcher, cages=cages, threads=threads, hosts=hosts, pace=pace)
            gathering = Gathering(archive, start)
            gathering.gatherer = Gatherer(archive, wire, told=gathering.note_told, passed=gathering.note_passed)
            gathering.pages = PageReader(archive, wire)
            yield gathering


async def _obey(archive: Archive, port: int, start: datetime, at_once: int) -> None:
    async with _gathering(archive, port, start, at_once) as gathering:
        orders: dict[str, Callable[..., Any]] = {name: getattr(gathering, name) for name in _ORDERS}
        while line := await asyncio.to_thread(sys.stdin.readline):
            order = json.loads(line)
            answer = await partial(orders[order.pop("do")], **order)()
            print(json.dumps(answer), flush=True)
        await gathering.stop()


def main() -> None:
    """Obey until the end of the input."""
    data, port, start = Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
    with Archive.open(data, sys.argv[5] if len(sys.argv) > 5 else None) as archive:
        asyncio.run(_obey(archive, port, start, int(sys.argv[4])))


if __name__ == "__main__":
    main()
