"""The wiring of what reads the web: the source desk, and the desk that runs until it is told to stop.

Apart from bot.app, because no question shall wait for its imports.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from signal import SIGINT, SIGTERM

from bot.archive.entries import forget_entries
from bot.desk.catch_up import index_meaning, index_words
from bot.desk.desk import Desk
from bot.desk.follow import SourceDesk
from bot.desk.full_text import PageReader
from bot.desk.gather import Gathered, Gatherer
from bot.desk.pulse import take_pulse
from bot.desk.wire import Clock, Tasks, open_wire
from bot.health import HealthServer, Tally
from bot.news.polling import Pace
from bot.schedule import Ticker, Workers
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from config import defaults
from config.settings import Settings
from handlers.console.counter import CarryOut, Counter
from handlers.console.source_desk import Order, Out, carry_out

_log = logging.getLogger(__name__)


def _tell_nobody(_: Gathered) -> None:
    pass


@asynccontextmanager
async def open_source_desk(
    settings: Settings, desk: Desk, clock: Clock, told: Callable[[Gathered], None] = _tell_nobody
) -> AsyncIterator[SourceDesk]:
    """Where the sources of the desk's Space are looked after, with everything that it takes to read the web.

    ConfigError where a setting about the web cannot be used.
    """
    guard = Guard(settings.allowed)
    proxy = settings.egress_proxy.get_secret_value() if settings.egress_proxy else None
    pace = Pace(fastest=timedelta(minutes=settings.poll_minutes))
    async with Fetcher(guard, proxy=proxy, contact=settings.contact) as fetcher:
        with open_wire(guard, fetcher, pace=pace) as wire:
            gatherer = Gatherer(desk.archive, wire, told=told)
            yield SourceDesk(archive=desk.archive, gatherer=gatherer, space=desk.space, clock=clock)


async def run_desk(settings: Settings, desk: Desk, clock: Clock, ready: Callable[[str], None]) -> None:
    """Read what is followed and make it findable, until the process is told to stop (SIGTERM, SIGINT).

    Meanwhile it takes orders at the counter. `ready` hears, once everything is at work, where it says how it does.
    """
    stop, tally, workers = asyncio.Event(), Tally(), Workers()
    for signal in (SIGTERM, SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal, stop.set)
    async with open_source_desk(settings, desk, clock, tally.count) as at:
        if opened := at.gatherer.wire.guard.exceptions:
            _log.info("places of the intranet may be read", extra={"places": ", ".join(opened)})
        pages, index = PageReader(desk.archive, at.gatherer.wire), _indexing(desk)
        ended: dict[str, datetime] = {}
        ticker = Ticker(lambda work: ended.update({work: clock()}) if work in ended else None)
        work: list[tuple[str, float, Callable[[], Awaitable[object]]]] = [
            ("gathering", defaults.POLL_TICK_SECONDS, lambda: at.gatherer.begin_due(clock, workers)),
            ("reading pages", defaults.PAGES_TICK_SECONDS, lambda: pages.begin_owed(clock, workers)),
            ("indexing", defaults.INDEX_TICK_SECONDS, index),
        ]
        for name, seconds, begin in work:
            ticker.every(seconds, name, begin)
            ended[name] = clock()
        ticker.every(defaults.INDEX_TICK_SECONDS, "reading for meaning", lambda: index_meaning(desk))
        ticker.every(defaults.TIDY_SECONDS, "tidying", lambda: desk.archive.write(forget_entries, clock()))
        server = HealthServer(lambda: desk.archive.read(take_pulse, desk.space, desk.index.seq, ended, clock()), tally)
        place = settings.listens_at
        port = await server.start(*place) if place else None
        counter = Counter(settings.data_dir, _taking_orders(at, index, workers), workers)
        try:
            await _open(counter)
            ticker.start()
            ready(f"http://{place[0]}:{port}/healthz" if place else "")
            await stop.wait()
        finally:
            counter.close()
            ticker.stop()
            await workers.finish(defaults.STOP_SECONDS)
            await server.stop()


def _indexing(desk: Desk) -> Callable[[], Coroutine[None, None, None]]:
    """What makes new words findable; however often it is begun, one turn waits for the other."""
    turn = asyncio.Lock()

    async def index() -> None:
        async with turn:
            await index_words(desk)

    return index


def _taking_orders(at: SourceDesk, index: Callable[[], Coroutine[None, None, None]], tasks: Tasks) -> CarryOut:
    """What carries an order out, so that what it filed can be found when it is done."""

    async def work(order: Order, out: Out) -> int:
        status = await carry_out(at, order, out)
        await asyncio.shield(tasks.create_task(index()))  # whoever gave the order may leave; the index goes on
        return status

    return work


async def _open(counter: Counter) -> None:
    """Take orders; where that cannot be, the desk runs all the same."""
    try:
        await counter.open()
    except OSError as fault:
        _log.warning("no orders are taken while the desk runs", extra={"reason": fault.strerror or str(fault)})
