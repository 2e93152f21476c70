"""Measure how late digests are that are all due at one moment, and how much is delivered in a second.

    python -m bench.wave [--digests 2000] [--spaces 200] [--queue 3000] [--quick]

Prints the figures and writes them to docs/load.md. Nothing else should run meanwhile. PostgreSQL is left out where its
server is not installed.
"""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from bench.figures import Line, Measured, show_lines
from bench.haste import Haste
from bench.load_page import PAGE, lines_of, write_figures
from bench.platform.gate import Faults
from bench.platform.layout import Layout, space_of
from bench.platform.platform import Request
from bench.platform.process import PlatformProcess, running_platform
from bench.platform.rules import DISCORD_LIKE
from bench.platform.server import HttpLine
from bench.posting import Office, posting
from bench.simulation.world import START, make_pieces
from bench.timing import spread
from bot.archive.archive import Archive, Db
from bot.archive.arrivals import note_arrivals
from bot.archive.deliveries import delivery_of, owe_many
from bot.archive.filing import file_drafts
from bot.archive.schema_due import DELIVERIES
from bot.archive.subscriptions import add_subscription
from bot.desk.consequences import open_placer
from bot.desk.desk import Desk
from bot.index.index import Index
from bot.news.article import Draft, Space
from bot.news.days import EVERY_DAY, Days
from bot.news.delivery import Delivery, Owed
from bot.news.place import Place
from bot.news.schedule import Rule, Schedule
from bot.news.source import FeedId
from bot.news.subscription import NewSubscription
from tests.postgres import PostgresServer, server_program

_SEED = 20260302
_DUE = START + timedelta(minutes=2)
_AHEAD = timedelta(seconds=65)
_KILLED_AFTER = timedelta(seconds=10)
_PATIENCE = 180.0
_LOOK_SECONDS = 0.5
_UNKNOWN_SHARE = 0.01
_UTC = ZoneInfo("UTC")
_QUIET = Faults(seed=_SEED, share=0.0, usual=0.05)
_ONE_MESSAGE = replace(DISCORD_LIKE, long=DISCORD_LIKE.characters)
_UNLIMITED = replace(_ONE_MESSAGE, remembers=0.0, channel_seconds=0.001, posts_a_second=1_000.0)

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    digests: Annotated[int, typer.Option(help="Digests that are due at one moment.")] = 2_000,
    spaces: Annotated[int, typer.Option(help="Spaces that they are for.")] = 200,
    queue: Annotated[int, typer.Option(help="Deliveries that are all due already.")] = 3_000,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of it; no page is written.")] = False,
    page: Annotated[Path, typer.Option(help="The page to write.")] = PAGE,
) -> None:
    """Measure, print the figures, write the page. Exit status 1 where a mark was missed."""
    console = Console()
    if quick:
        digests, spaces, queue = digests // 10, spaces // 10, queue // 10
    lines: list[Line] = []
    for database in ("SQLite", "PostgreSQL") if server_program("initdb") else ("SQLite",):
        with console.status(f"{database}: many digests at one moment"), _place(database) as place:
            lines += _measure_wave(database, _Wave(digests, spaces), place)
        with console.status(f"{database}: a long queue"), _place(database) as place:
            lines += _measure_queue(database, queue, place)
    show_lines(console, lines)
    if not quick:
        write_figures(lines, page)
    if any(line.cells[6] == "missed" for line in lines):
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Wave:
    """So many digests, for channels of so many Spaces."""

    digests: int
    spaces: int

    @property
    def each(self) -> int:
        """How many channels each Space has."""
        return self.digests // self.spaces


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Where an archive is kept."""

    data: Path
    url: str | None


def _measure_wave(database: str, wave: _Wave, place: _Place) -> list[Line]:
    """How late digests are, beyond what the limits of the platform take; without a kill and with one."""
    name, started, measured = f"2,000 digests, {database}", time.monotonic(), list[Measured]()
    layout = Layout(rules=_ONE_MESSAGE, spaces=wave.spaces, each=wave.each, faults=_QUIET)
    with Archive.open(place.data, place.url) as archive:
        archive.write_now(_file_news, wave.spaces)
        asyncio.run(_place_news(archive, wave.spaces, place.data))
        archive.write_now(_subscribe, layout)
    for killed in (False, True):
        due = _DUE + timedelta(days=killed)
        haste = Haste(start=due - _AHEAD, began=time.time(), times=1.0)
        with running_platform(layout, haste) as platform:
            office = Office(data=place.data, url=place.url, rules=layout.rules, port=platform.port, haste=haste)
            with Archive.open(place.data, place.url) as archive:
                archive.write_now(_file_news, wave.spaces, day=int(killed))
                asyncio.run(_place_news(archive, wave.spaces, place.data))
            _post_wave(platform, office, wave.digests, due + _KILLED_AFTER if killed else None)
            late = sorted(_lateness(platform, due))
        beyond = spread(late)
        if killed:
            measured.append(
                Measured(set=name, figure="latest, of a desk killed after 10 s", ours=beyond.most, wanted="≤ 35")
            )
        else:
            measured += [
                Measured(set=name, figure="digests posted", ours=len(late)),
                Measured(set=name, figure="late beyond the limits, p50, seconds", ours=beyond.p50),
                Measured(set=name, figure="late beyond the limits, p99, seconds", ours=beyond.p99, wanted="≤ 2"),
                Measured(set=name, figure="the latest, seconds", ours=beyond.most),
            ]
    return lines_of(name, measured, time.monotonic() - started)


def _post_wave(platform: PlatformProcess, office: Office, digests: int, kill_at: datetime | None) -> None:
    """Let a desk post all of it; where it is killed at a moment, another one goes on."""
    with ExitStack() as ending:
        desk = ending.enter_context(posting(office))
        until = time.monotonic() + _PATIENCE
        while platform.counted()["messages"] < digests and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
            if kill_at is not None and office.haste.now() >= kill_at:
                desk.kill()
                desk.wait()
                ending.enter_context(posting(office))
                kill_at = None


def _lateness(platform: PlatformProcess, due: datetime) -> Iterator[float]:
    """How many seconds each message came after the moment at which the limits allowed as many as there were by then."""
    rate = platform.layout.rules.posts_a_second
    for number, message in enumerate(sorted(platform.messages(), key=lambda message: message.at), start=1):
        allowed = due + timedelta(seconds=max(0.0, number - rate) / rate)
        yield (message.at - allowed).total_seconds()


def _measure_queue(database: str, count: int, place: _Place) -> list[Line]:
    """How many deliveries go out in a second where no limit holds them up, some of which have to be looked up."""
    name, started = f"a queue, {database}", time.monotonic()
    layout = Layout(rules=_UNLIMITED, spaces=3, each=count // 30, faults=_QUIET)
    count -= count % layout.spaces
    haste = Haste(start=START, began=time.time(), times=1.0)
    with running_platform(layout, haste) as platform:
        with Archive.open(place.data, place.url) as archive:
            archive.write_now(_owe_queue, layout, count)
            arrived = archive.write_now(_leave_unknown, int(count * _UNKNOWN_SHARE))
        asyncio.run(_post_before(platform, arrived))
        office = Office(data=place.data, url=place.url, rules=layout.rules, port=platform.port, haste=haste)
        with posting(office):
            began, until = haste.now(), time.monotonic() + _PATIENCE
            while platform.counted()["messages"] < count and time.monotonic() < until:
                time.sleep(_LOOK_SECONDS)
        messages = platform.messages()
    seconds = (max(message.at for message in messages) - began).total_seconds()
    wanted = {"SQLite": "≥ 100", "PostgreSQL": "≥ 300"}[database]
    measured = [
        Measured(set=name, figure="deliveries", ours=len(messages)),
        Measured(set=name, figure="looked up", ours=int(count * _UNKNOWN_SHARE)),
        Measured(set=name, figure="delivered a second", ours=(len(messages) - len(arrived)) / seconds, wanted=wanted),
    ]
    return lines_of(name, measured, time.monotonic() - started)


def _file_news(db: Db, spaces: int, day: int = 0) -> None:
    """A piece of news for each Space and day."""
    now = START - timedelta(minutes=5) + timedelta(days=day)
    for number in range(spaces):
        (piece,) = make_pieces(number + spaces * day, "wave", [0.0], "harbour")
        draft = Draft(name=piece.word, identity=piece.word, title=piece.title, text=piece.text, published=now)
        space = Space(space_of(number))
        filed = file_drafts(db, space, [draft], now)
        note_arrivals(db, space, FeedId(1), [one.article for one in filed], fresh=True, now=now)


async def _place_news(archive: Archive, spaces: int, folder: Path) -> None:
    for number in range(spaces):
        space = Space(space_of(number))
        desk = Desk(archive=archive, index=Index.open(folder / "index" / space, None), space=space)
        await open_placer(desk, {}).place(START)


def _subscribe(db: Db, layout: Layout) -> None:
    schedule = Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=(_DUE.time(),)),), zone=_UTC)
    for channel in layout.channels():
        add_subscription(db, NewSubscription(place=_place_of(layout, channel), schedule=schedule), START - _AHEAD)


def _owe_queue(db: Db, layout: Layout, count: int) -> None:
    """So many deliveries that are due already, spread over all channels."""
    channels = list(layout.channels())
    for number in range(layout.spaces):
        here = [channel for channel in channels if layout.channels()[channel].space == space_of(number)]
        owed = [
            Owed(
                place=_place_of(layout, here[each % len(here)]), cause="alert", key=f"alert:1:{each}:0",
                payloads=(f"Something happened, for the {each}th time.",), due=START,
            )
            for each in range(count // layout.spaces)
        ]  # fmt: skip
        owe_many(db, Space(space_of(number)), owed, START)


def _leave_unknown(db: Db, count: int) -> list[Delivery]:
    """Leave so many as a killed desk would, one in a channel; these have arrived, which is every second one."""
    rows = db.execute(DELIVERIES.select().where(DELIVERIES.c.id <= count // 3 + 1).order_by(DELIVERIES.c.id)).all()[
        :count
    ]
    before = START - timedelta(minutes=5)
    for row in rows:
        here = (DELIVERIES.c.space == row.space) & (DELIVERIES.c.id == row.id)
        left = {
            "state": "unknown",
            "attempt": 1,
            "first_attempt": before,
            "lease_until": before,
            "unknown_since": before,
        }
        db.execute(DELIVERIES.update().where(here).values(left))
    return [delivery_of(row) for row in rows[::2]]


async def _post_before(platform: PlatformProcess, arrived: Sequence[Delivery]) -> None:
    """Post these, as the killed desk did."""
    async with HttpLine(platform.port) as line:
        for one in arrived:
            place = one.place
            asked = Request(ask="post", space=place.space, channel=place.channel, marker=one.marker, text=one.payload)
            await line.ask(asked)


def _place_of(layout: Layout, channel: str) -> Place:
    return Place(platform=layout.rules.name, space=Space(layout.channels()[channel].space), channel=channel)


@contextmanager
def _place(database: str) -> Iterator[_Place]:
    """A place for one archive, on a server that writes everything down."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        url = None
        if database == "PostgreSQL":
            server = PostgresServer(fsync=True)
            closing.callback(server.stop)
            server.start()
            url = server.url(server.add_database())
        yield _Place(data=Path(folder), url=url)


if __name__ == "__main__":
    program()
