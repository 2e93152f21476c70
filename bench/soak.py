"""Kill a process while it gathers, again and again; then let one gather for a day, and watch its memory.

    python -m bench.soak [--seeds 40] [--first-seed 1] [--hours 24] [--feeds 600] [--quick]

Prints what was lost or doubled with the seeds that repeat it, and writes the figures to docs/load.md. PostgreSQL is
left out where its server is not installed.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.console import Console

from bench.counting import Tally, count_pieces
from bench.crash import STEPS, Crashed, Place, crash
from bench.farm import Rates
from bench.farm.process import running_farm
from bench.figures import Line, Measured, show_lines
from bench.gather_process import gathering, kept_texts
from bench.load_page import PAGE, lines_of, write_figures
from bench.timing import slope
from tests.postgres import PostgresServer, server_program

QUICK_SEEDS, QUICK_HOURS = 2, 4.0

_DAY_SEED = 20250416
_DAY_RATES = Rates(slow_seconds=0.2)
_ROUND_MINUTES = 17  # every feed is due once in each
_WARMING_SHARE = 0.5  # the database fills its cache in the first 25,000 readings
_READINGS_AN_HOUR = 20_000  # of 5,000 feeds, four times each
_MARKS_SHOWN = 5
_MEGA = 1e6


class _Weight(NamedTuple):
    """Memory in MB and open files after so many readings."""

    readings: int
    own: float
    parsing: float
    files: int


MakePlace = Callable[[], AbstractContextManager[Place]]

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    seeds: Annotated[int, typer.Option(help="Seeds for each step and database.")] = 40,
    first_seed: Annotated[int, typer.Option(help="The first of them.")] = 1,
    hours: Annotated[float, typer.Option(help="Virtual hours of gathering without a kill.")] = 24.0,
    feeds: Annotated[int, typer.Option(help="Feeds that are gathered from in those hours.")] = 600,
    quick: Annotated[bool, typer.Option("--quick", help="Two seeds and four hours; no page is written.")] = False,
    page: Annotated[Path, typer.Option(help="The page to write.")] = PAGE,
) -> None:
    """Kill and gather, print the figures, write the page. Exit status 1 where anything was lost or doubled."""
    console = Console()
    seeds, hours = (QUICK_SEEDS, QUICK_HOURS) if quick else (seeds, hours)
    chosen = range(first_seed, first_seed + seeds)
    lines = _kill("SQLite", chosen, _on_sqlite, console) if seeds else []
    if seeds and server_program("initdb"):
        with _postgresql() as on_postgresql:
            lines += _kill("PostgreSQL", chosen, on_postgresql, console)
    lines += _gather_a_day(feeds, hours, console) if hours else []
    show_lines(console, lines)
    if not quick:
        write_figures(lines, page)
    if any(line.cells[6] == "missed" for line in lines):
        raise typer.Exit(1)


def _kill(database: str, seeds: range, make_place: MakePlace, console: Console) -> list[Line]:
    started, crashes = time.monotonic(), list[Crashed]()
    with console.status(database) as status:
        for seed in seeds:
            for step in STEPS:
                status.update(f"{database}: seed {seed}, killed {step}")
                with make_place() as place:
                    crashed = crash(seed, [step], place)
                crashes.append(crashed)
                if not crashed.tally.is_sound:
                    console.print(f"seed {seed}, killed {step} on {database} at minute {crashed.minutes}:")
                    console.print(_said(crashed.tally))
    name = f"killed, {database}"
    tallies = [crashed.tally for crashed in crashes]
    measured = [
        Measured(set=name, figure="runs, one for each seed and step", ours=len(crashes)),
        Measured(set=name, figure="kills", ours=sum(len(crashed.minutes) for crashed in crashes)),
        Measured(set=name, figure="pieces sent", ours=sum(tally.sent for tally in tallies)),
        *_losses(name, tallies),
    ]
    return lines_of(name, measured, time.monotonic() - started)


def _gather_a_day(feeds: int, hours: float, console: Console) -> list[Line]:
    started, name, readings = time.monotonic(), "a day", 0
    weights: list[_Weight] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        running_farm(seed=_DAY_SEED, feeds=feeds, rates=_DAY_RATES) as farm,
        gathering(Path(folder) / "data", farm.farm) as process,
        console.status(name) as status,
    ):
        process.follow_all()
        for minute in range(0, int(hours * 60), _ROUND_MINUTES):
            status.update(f"{name}: {minute / 60:.1f} of {hours:.0f} virtual hours, {readings:,} readings")
            farm.set_minute(minute)
            process.read(minute)
            readings += len(process.take().readings)
            if minute >= hours * 60 * _WARMING_SHARE:
                own, parsing = process.weigh()
                weights.append(_Weight(readings, own / _MEGA, parsing / _MEGA, process.open_files()))
        tally = count_pieces(farm.served(), kept_texts(Path(folder) / "data"))
    if not tally.is_sound:
        console.print(_said(tally))
    growth = slope([(one.readings / _READINGS_AN_HOUR, one.own) for one in weights])
    parsing_growth = slope([(one.readings / _READINGS_AN_HOUR, one.parsing) for one in weights])
    files = [one.files for one in weights]
    measured = [
        Measured(set=name, figure="readings", ours=readings),
        Measured(set=name, figure="memory at the end, MB", ours=weights[-1].own, wanted="≤ 300"),
        Measured(set=name, figure="its growth, MB", ours=growth, wanted="≤ 1"),
        Measured(set=name, figure="memory of what parses at the end, MB", ours=weights[-1].parsing),
        Measured(set=name, figure="growth of that, MB", ours=parsing_growth),
        Measured(set=name, figure="open files, most less fewest", ours=max(files) - min(files), wanted="≤ 10"),
        Measured(set=name, figure="pieces sent", ours=tally.sent),
        *_losses(name, [tally]),
    ]
    return lines_of(name, measured, time.monotonic() - started)


def _losses(name: str, tallies: list[Tally]) -> list[Measured]:
    return [
        Measured(set=name, figure=figure, ours=sum(len(getattr(tally, figure)) for tally in tallies), wanted="= 0")
        for figure in ("lost", "doubled", "outdated")
    ]


def _said(tally: Tally) -> str:
    told = {"lost": tally.lost, "doubled": tally.doubled, "outdated": tally.outdated}
    return "; ".join(f"{len(marks)} {what}: {', '.join(marks[:_MARKS_SHOWN])}" for what, marks in told.items() if marks)


@contextmanager
def _on_sqlite() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        yield Place(data=Path(folder) / "data")


@contextmanager
def _postgresql() -> Iterator[MakePlace]:
    """A server, and how a place on it is made. It writes everything down, as one in use would."""
    server = PostgresServer(fsync=True)

    @contextmanager
    def make_place() -> Iterator[Place]:
        name = server.add_database()
        with tempfile.TemporaryDirectory() as folder:
            yield Place(data=Path(folder) / "data", url=server.url(name))
        server.drop_database(name)

    try:
        server.start()
        yield make_place
    finally:
        server.stop()


if __name__ == "__main__":
    program()
