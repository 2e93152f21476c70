"""Ending desks while they send and recover with a platform's real client, and counting what its channels then have."""

import asyncio
import logging
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bench.simulation.life import Fate, Life, Over
from bench.simulation.run import NotDrained
from bot.desk.deliver import Deliverer
from bot.desk.outbox import Outbox
from bot.desk.recover import Recoverer
from bot.news.delivery import Delivery

SENDING = (
    "claimed", "before connect", "half written", "written", "accepted", "reply read", "mid settle", "settled"
)  # fmt: skip
RECOVERING = ("before lookup", "after lookup", "posted again")
POINTS = (*SENDING, *RECOVERING)

_PATIENCE = 1_500  # looks

ASKED = ("held", "waiting")
"""States of what is left to a person: to say what became of it, or of the part before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a run went: the markers of what did not arrive, arrived twice, and is not in the thread of its first part.

    `asked` counts what was left to a person, because nobody could see for a quarter of an hour whether it arrived.
    """

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    astray: tuple[str, ...] = ()
    asked: int
    was_ended: bool

    @property
    def is_sound(self) -> bool:
        """Did everything arrive where it should, once?"""
        return not (self.lost or self.doubled or self.astray)


class Ending(Life):
    """A life that ends without the loop, in which the next one begins."""

    def __init__(self, fate: Fate | None = None) -> None:
        super().__init__()
        self._at = fate

    def ends_at(self, step: str) -> bool:
        """Whether it ends when the step is passed now."""
        return self._at is not None and (self._at.step, self._at.time) == (step, self.steps[step] + 1)

    def passed(self, step: str) -> None:
        """See Life."""
        ends = self.ends_at(step)
        super().passed(step)
        if ends:
            self.is_over = True
            raise Over


async def deliver_all(
    outbox: Outbox, life: Life, list_all: Callable[[], list[Delivery]], go_on: Callable[[], None]
) -> None:
    """Deliver and look up until everything is sent, or left to a person; `go_on` lets time pass between two looks.

    NotDrained where that takes too long, Over where the life ends before.
    """
    deliverer = Deliverer(outbox)
    recoverer = Recoverer(deliverer)
    await recoverer.start()
    for _ in range(_PATIENCE):
        await deliverer.deliver_due()
        await recoverer.recover_due()
        life.require()
        left = [one for one in list_all() if one.state not in ("sent", *ASKED)]
        if not left:
            return
        go_on()
        await asyncio.sleep(0)  # whoever else looks for what is due gets a turn
    raise NotDrained("; ".join(f"{one.key} {one.state}: {one.fault}" for one in left))


def program_of(name: str, run: Callable[[str, int, Path], Outcome]) -> typer.Typer:
    """The program of that name that ends desks in such runs."""
    program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

    @program.command()
    def main(
        seeds: Annotated[int, typer.Option(help="Seeds for each point.")] = 40,
        first_seed: Annotated[int, typer.Option(help="The first of them.")] = 1,
        point: Annotated[str, typer.Option(help="Part of the name of a point; all without it.")] = "",
    ) -> None:
        """Run, and print what went wrong. Exit status 1 where anything did."""
        if not _run_all(name, run, point, range(first_seed, first_seed + seeds)):
            raise typer.Exit(1)

    return program


def _run_all(program: str, run: Callable[[str, int, Path], Outcome], points: str, seeds: Iterable[int]) -> bool:
    """Whether every run was sound, each in a folder of its own; prints the options that repeat those that were not."""
    logging.getLogger("bot").setLevel(logging.CRITICAL)
    began, outcomes, seeds = time.monotonic(), list[Outcome](), list(seeds)
    for point in (point for point in POINTS if points in point):
        for seed in seeds:
            with tempfile.TemporaryDirectory() as folder:
                outcome = run(point, seed, Path(folder))
            outcomes.append(outcome)
            if not outcome.is_sound:
                print(f'python -m {program} --point "{point}" --first-seed {seed} --seeds 1\n    {outcome}')
    wrong, ended = sum(not one.is_sound for one in outcomes), sum(one.was_ended for one in outcomes)
    asked, seconds = sum(one.asked for one in outcomes), time.monotonic() - began
    print(f"{len(outcomes)} runs, {ended} with a desk that was ended, {wrong} wrong, {asked} asked, {seconds:.0f} s")
    return not wrong
