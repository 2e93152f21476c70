"""The wiring of what reads the web, for whoever looks after sources."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.desk.desk import Desk
from bot.desk.follow import SourceDesk
from bot.desk.gather import Gathered, Gatherer
from bot.desk.wire import Clock, open_wire
from bot.news.polling import Pace
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from config.settings import Settings


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
