"""Ending desks while they send and recover with a platform's real client, and counting what its channels then have."""

import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.simulation.life import Fate, Life, Over

SENDING = (
    "claimed", "before connect", "half written", "written", "accepted", "reply read", "mid settle", "settled"
)  # fmt: skip
RECOVERING = ("before lookup", "after lookup", "posted again")
POINTS = (*SENDING, *RECOVERING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a run went: the markers of what did not arrive and of what arrived twice, and whether a desk was ended."""

    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    was_ended: bool

    @property
    def is_sound(self) -> bool:
        """Whether everything arrived once."""
        return not (self.lost or self.doubled)


def tally(owed: Sequence[str], found: Iterable[str], *, was_ended: bool) -> Outcome:
    """What came of the markers that were owed, by those that were found, each as often as it stands there."""
    counted = Counter(found)
    return Outcome(
        lost=tuple(marker for marker in owed if not counted[marker]),
        doubled=tuple(marker for marker, count in counted.items() if count > 1 or marker not in owed),
        was_ended=was_ended,
    )


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


def run_all(program: str, run: Callable[[str, int, Path], Outcome], points: str, seeds: Iterable[int]) -> bool:
    """Whether every run was sound, each in a folder of its own; prints the options that repeat those that were not."""
    logging.getLogger("bot").setLevel(logging.CRITICAL)
    began, runs, wrong, ended = time.monotonic(), 0, 0, 0
    for point in [point for point in POINTS if points in point]:
        for seed in seeds:
            with tempfile.TemporaryDirectory() as folder:
                outcome = run(point, seed, Path(folder))
            runs, ended = runs + 1, ended + outcome.was_ended
            if not outcome.is_sound:
                wrong += 1
                print(f'python -m {program} --point "{point}" --first-seed {seed} --seeds 1\n    {outcome}')
    seconds = time.monotonic() - began
    print(f"{runs} runs, {ended} with a desk that was ended, {wrong} of them wrong, in {seconds:.0f} s")
    return not wrong
