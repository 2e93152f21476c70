"""End a desk at each of thirty points, with many seeds, on both databases and platforms of all kinds.

    python -m bench.simulate [--seeds 40] [--first-seed 1] [--database sqlite] [--platform slack] [--point "mid settle"]

Time is made up, so that a run takes less than a second. Prints every run in which something was lost, doubled, early or
foreign, with the options that repeat it.
"""

import logging
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import typer

from bench.simulation.points import POINTS, Point
from bench.simulation.run import NotDrained, Run
from bench.simulation.stage import Stage
from bench.simulation.town import town_wire
from bot.desk.wire import Wire
from tests.postgres import PostgresServer

DATABASES = ("sqlite", "postgresql")
PLATFORMS = ("slack", "discord")

_FORGETFUL_EVERY = 3  # with every third seed a Discord-like platform knows no marker again

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """One run: where, when, and with which seed."""

    database: str
    platform: str
    point: Point
    seed: int

    @property
    def kind(self) -> str:
        """How the platform behaves."""
        is_forgetful = self.platform == "discord" and self.seed % _FORGETFUL_EVERY == 0
        return "forgetful" if is_forgetful else self.platform

    def command(self) -> str:
        """What repeats it."""
        where = f"--database {self.database} --platform {self.platform}"
        return f'python -m bench.simulate {where} --point "{self.point.name}" --first-seed {self.seed} --seeds 1'


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a run went. `was_ended` says whether a desk was ended at all."""

    chosen: Chosen
    was_ended: bool
    is_sound: bool
    said: str


@program.command()
def main(
    seeds: Annotated[int, typer.Option(help="Seeds for each point, database and platform.")] = 40,
    first_seed: Annotated[int, typer.Option(help="The first of them.")] = 1,
    database: Annotated[str, typer.Option(help="sqlite or postgresql; both without it.")] = "",
    platform: Annotated[str, typer.Option(help="slack or discord; both without it.")] = "",
    point: Annotated[str, typer.Option(help="Part of the name of a point; all without it.")] = "",
) -> None:
    """Run, and print what went wrong. Exit status 1 where anything did."""
    wanted = [
        one
        for name in DATABASES
        for kind in PLATFORMS
        for one in choose(name, kind, range(first_seed, first_seed + seeds))
        if database in ("", name) and platform in ("", kind) and point in one.point.name
    ]
    began, wrong = time.monotonic(), 0
    for name in sorted({one.database for one in wanted}):
        here = [one for one in wanted if one.database == name]
        with _open_stage(name) as stage:
            for outcome in run_all(stage, here, os.cpu_count() or 1):
                if not outcome.is_sound or seeds == 1:
                    print(f"{outcome.chosen.command()}\n    {outcome.said}", flush=True)
                wrong += not outcome.is_sound
    print(f"{len(wanted)} runs, {wrong} of them wrong, in {time.monotonic() - began:.0f} s")
    if wrong:
        raise typer.Exit(1)


def choose(database: str, platform: str, seeds: Sequence[int]) -> list[Chosen]:
    """A run for every point and seed."""
    return [Chosen(database=database, platform=platform, point=point, seed=seed) for point in POINTS for seed in seeds]


def run_all(stage: Stage, wanted: Sequence[Chosen], processes: int) -> Iterator[Outcome]:
    """How each run went, in the order of the runs; some go on beside each other."""
    if len(wanted) == 1:
        yield run_one(stage, wanted[0])
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(wanted)), mp_context=context) as pool:
        yield from pool.map(partial(run_one, stage), wanted, chunksize=4)


def run_one(stage: Stage, chosen: Chosen) -> Outcome:
    """How the run went."""
    logging.getLogger("bot").setLevel(logging.CRITICAL)  # of time that is made up, and of digests that are ended
    with stage.ground(chosen.kind, chosen.point) as ground:
        run = Run(chosen.point, chosen.kind, chosen.seed, _wire(), stage.folder / "index")
        try:
            ended = run.go(ground)
        except NotDrained as left:
            return Outcome(chosen=chosen, was_ended=True, is_sound=False, said=f"never done: {left}")
    return Outcome(chosen=chosen, was_ended=bool(ended.killed_at), is_sound=ended.is_sound, said=ended.said())


@cache
def _wire() -> Wire:
    return town_wire()


@contextmanager
def _open_stage(database: str) -> Iterator[Stage]:
    """A stage of our own; on PostgreSQL with a server of its own."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as closing:
        server = None
        if database == "postgresql":
            running = PostgresServer()
            closing.callback(running.stop)
            running.start()
            server = running.url("")
        stage = Stage(folder=Path(folder), server=server)
        stage.build()
        yield stage


if __name__ == "__main__":
    program()
