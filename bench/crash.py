"""Killing a process while it gathers: one run is a function of its seed, the steps and the database."""

import random
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bench.clock import Clock
from bench.commands import CommandFailed
from bench.counting import Tally, count_pieces
from bench.farm import Farm, Rates
from bench.farm.server import serving_aside
from bench.gather_process import GatheringDied, GatherProcess, gathering, kept_texts
from bot.desk.gather import Step
from config import defaults

STEPS: tuple[Step, ...] = get_args(Step)

_FEEDS = 11  # one of each habit
_RATES = Rates(odd=1, teasing=0.2, edited=0.3).well_behaved()
_MINUTES = (0, 60, 240, 420)
_LATEST = 25
_TRIES, _TRY_SECONDS = 20, 0.25
_LEASE_MINUTES = defaults.POLL_LEASE_SECONDS // 60 + 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where an archive is kept: its data folder, and its PostgreSQL address if it has one."""

    data: Path
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Crashed:
    """What came of a run: the minutes at which the process was killed, one for each step, and the tally at the end."""

    minutes: tuple[int, ...]
    tally: Tally


def crash(seed: int, steps: Sequence[Step], place: Place) -> Crashed:
    """Gather from a farm of oddly behaved feeds, be killed at each of the steps in turn, start again, and count.

    Which time a step is passed when the kill comes is drawn by the seed; a step that is not passed so often kills
    nobody. With an even seed the pages behind teasers are read too. The farm's clock stands still until whoever was
    killed has been replaced and everything was read again, so that nothing new on the farm can hide what was
    forgotten. The first unsound tally ends the run.
    """
    clock = Clock()
    farm = Farm(seed=seed, feeds=_FEEDS, clock=clock, rates=_RATES)
    chance = random.Random(f"{seed} {steps}")
    due, killed = list(_MINUTES), list[int]()
    tally, now = count_pieces([], []), 0
    with serving_aside(farm, clock):
        while due and tally.is_sound:
            with gathering(place.data, farm, place.url, cages=1) as process:
                process.follow_all()
                process.want("auto" if seed % 2 == 0 else "never")
                if len(killed) < len(steps):
                    process.die(steps[len(killed)], chance.randint(1, _LATEST // len(steps)))
                try:
                    while due and tally.is_sound:
                        clock.set(due[0])
                        now = max(now, due[0])
                        _read_all(process, now)
                        tally = count_pieces(farm.served, kept_texts(place.data, place.url))
                        del due[0]
                except GatheringDied:
                    _require_kill(process.wait(), seed)
                    killed.append(due[0])
                    now += _LEASE_MINUTES
    return Crashed(minutes=tuple(killed), tally=tally)


def _read_all(process: GatherProcess, minute: int) -> None:
    """Read until nothing is due: a server may hold what a killed process had begun for a moment longer."""
    for _ in range(_TRIES):
        process.read(minute)
        if not process.take().due:
            return
        time.sleep(_TRY_SECONDS)


def _require_kill(status: int, seed: int) -> None:
    if status != -signal.SIGKILL:
        raise CommandFailed(f"the gathering process ended by itself with {status} (seed {seed})")
