"""The wiring of what goes on while nobody looks: what is read, what is due, and what is owed to channels.

Apart from bot.app, because no question shall wait for its imports.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from signal import SIGINT, SIGTERM

from bot.archive.answers import forget_answers
from bot.archive.archive import Db
from bot.archive.entries import forget_entries
from bot.archive.inbox import forget_events
from bot.desk.correct import owe_corrections
from bot.desk.deliver import Deliverer
from bot.desk.desk import Desk
from bot.desk.digest import Editor
from bot.desk.follow import SourceDesk
from bot.desk.full_text import PageReader
from bot.desk.learn import lean_by_feedback
from bot.desk.outbox import Outbox
from bot.desk.owners import tell_owners
from bot.desk.ports import Line
from bot.desk.pulse import Pulse, take_pulse
from bot.desk.recover import Recoverer
from bot.desk.release import release_held
from bot.desk.spaces import Ground, Spaces
from bot.desk.telling import Posters
from bot.desk.tick import Tick
from bot.desk.wire import Clock, Tasks
from bot.gathering import open_source_desk
from bot.health import HealthServer, Tally
from bot.index.index import Index
from bot.lines import Troubles, open_lines, say_how_they_are, start_lines, stop_lines
from bot.schedule import Ticker, Workers
from config import defaults
from config.settings import Settings
from handlers.console.counter import CarryOut, Counter
from handlers.console.order_form import AnyOrder
from handlers.console.request_desk import carry_out_request
from handlers.console.source_desk import Out, carry_out
from handlers.console.typed_request import TypedRequest

_log = logging.getLogger(__name__)

Work = tuple[str, float, Callable[[], Awaitable[object]]]
"""A piece of work: its name, how many seconds lie between two turns, and how a turn begins."""


async def run_desk(
    settings: Settings, desk: Desk, posters: Posters, clock: Clock, ready: Callable[[str, Sequence[str]], None]
) -> None:
    """Read what is followed, make it findable, answer and tell what is due, until the process is to stop.

    That is at SIGTERM or SIGINT. Meanwhile it takes orders at the counter. `ready` hears, once everything is at work,
    where it says how it does. ConfigError where none of the platforms that were set up can be reached.
    """
    stop, tally, workers = asyncio.Event(), Tally(), Workers()
    sys.setswitchinterval(defaults.SWITCH_SECONDS)
    for signal in (SIGTERM, SIGINT):
        asyncio.get_running_loop().add_signal_handler(signal, stop.set)
    async with open_source_desk(settings, desk, clock, tally.count) as at:
        if opened := at.gatherer.wire.guard.exceptions:
            _log.info("places of the intranet may be read", extra={"places": ", ".join(opened)})
        everywhere = dict(posters)
        spaces = Spaces(_ground(at, desk, everywhere, workers), desk)
        lines = open_lines(settings, spaces)
        everywhere |= {line.platform: line.poster for line in lines}
        outbox = Outbox(archive=desk.archive, posters=everywhere, tasks=workers, clock=clock, told=tally.count_settled)
        deliverer = Deliverer(outbox)
        ended: dict[str, datetime] = {}
        ticker = Ticker(lambda work: ended.update({work: clock()}) if work in ended else None)
        for name, seconds, begin in (*_coming_in(at, spaces, workers), *await _going_out(spaces, deliverer)):
            ticker.every(seconds, name, begin)
            ended[name] = clock()
        for name, seconds, begin in _beside(spaces, lines):
            ticker.every(seconds, name, begin)
        troubles = Troubles(lines, clock)
        server = HealthServer(lambda: _pulse(spaces, ended, troubles), tally)
        place = settings.listens_at
        port = await server.start(*place) if place else None
        counter = Counter(settings.data_dir, _taking_orders(at, desk, spaces, workers), workers)
        try:
            await _open(counter)
            await start_lines(lines)
            ticker.start()
            ready(f"http://{place[0]}:{port}/healthz" if place else "", say_how_they_are(lines))
            await stop.wait()
        finally:
            counter.close()
            await deliverer.stop()
            await stop_lines(lines)
            ticker.stop()
            await workers.finish(defaults.STOP_SECONDS)
            await server.stop()


def _ground(at: SourceDesk, desk: Desk, posters: Posters, tasks: Tasks) -> Ground:
    """What the Spaces stand on: each has an index of its own, beside that of the desk."""
    index = desk.index
    return Ground(
        archive=desk.archive,
        gatherer=at.gatherer,
        posters=posters,
        clock=at.clock,
        tasks=tasks,
        open_index=lambda space: Index(index.folder.parent / space, index.encoder, index.no_meaning),
    )


async def _pulse(spaces: Spaces, ended: Mapping[str, datetime], troubles: Troubles) -> Pulse:
    pulse = await spaces.archive.read(take_pulse, spaces.indexed(), ended, spaces.clock())
    return replace(pulse, stuck=(*pulse.stuck, *troubles.now()))


def _coming_in(at: SourceDesk, spaces: Spaces, tasks: Tasks) -> list[Work]:
    """What brings news in and makes it findable."""
    pages = PageReader(at.archive, at.gatherer.wire)
    return [
        ("gathering", defaults.POLL_TICK_SECONDS, lambda: at.gatherer.begin_due(at.clock, tasks)),
        ("reading pages", defaults.PAGES_TICK_SECONDS, lambda: pages.begin_owed(at.clock, tasks)),
        ("indexing", defaults.INDEX_TICK_SECONDS, spaces.index_words),
    ]


async def _going_out(spaces: Spaces, deliverer: Deliverer) -> list[Work]:
    """What finds out what is due, and delivers it; what was under way when the last process ended is taken over."""
    outbox = deliverer.outbox
    archive, clock, posters = outbox.archive, outbox.clock, outbox.posters
    tick, recoverer = Tick(archive, clock), Recoverer(deliverer)
    editor = Editor(archive, posters, clock, leaning=lean_by_feedback)
    await recoverer.start()
    return [
        ("placing", defaults.PLACE_TICK_SECONDS, spaces.place),
        ("keeping time", defaults.TICK_SECONDS, tick.turn),
        ("writing digests", defaults.TICK_SECONDS, lambda: editor.begin_due(outbox.tasks)),
        ("telling what was held", defaults.RELEASE_TICK_SECONDS, lambda: release_held(archive, posters, clock())),
        ("correcting", defaults.RELEASE_TICK_SECONDS, lambda: owe_corrections(archive, posters, clock())),
        ("delivering", defaults.DELIVERY_TICK_SECONDS, deliverer.begin_due),
        ("looking up deliveries", defaults.RECOVERY_TICK_SECONDS, recoverer.begin_due),
    ]


def _beside(spaces: Spaces, lines: Sequence[Line]) -> list[Work]:
    """What may come late without anybody standing still."""
    archive, clock = spaces.archive, spaces.clock
    return [
        ("reading for meaning", defaults.INDEX_TICK_SECONDS, spaces.index_meaning),
        ("tidying", defaults.TIDY_SECONDS, lambda: archive.write(_tidy, clock())),
        ("telling owners", defaults.NOTICES_TICK_SECONDS, lambda: tell_owners(archive, lines, clock)),
    ]


def _tidy(db: Db, now: datetime) -> None:
    forget_entries(db, now)
    forget_events(db, now)
    forget_answers(db, now)


def _taking_orders(at: SourceDesk, desk: Desk, spaces: Spaces, tasks: Tasks) -> CarryOut:
    """What carries an order out, so that what it filed can be found when it is done."""

    async def work(order: AnyOrder, out: Out) -> int:
        if isinstance(order, TypedRequest):
            return await carry_out_request(desk, order, out, at.clock)
        status = await carry_out(at, order, out)
        # Whoever gave the order may leave; the index goes on.
        await asyncio.shield(tasks.create_task(spaces.index_words()))
        return status

    return work


async def _open(counter: Counter) -> None:
    """Take orders; where that cannot be, the desk runs all the same."""
    try:
        await counter.open()
    except OSError as fault:
        _log.warning("no orders are taken while the desk runs", extra={"reason": fault.strerror or str(fault)})
