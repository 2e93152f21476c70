"""A process that is killed while it gathers: another one goes on, nothing is lost, and nothing is there twice.

`make soak` does the same with 40 seeds for each step alone, on both databases.
"""

import random
import socket
from pathlib import Path

import pytest

from bench.crash import STEPS, Place, crash


@pytest.mark.skipif(not hasattr(socket, "SO_BINDTODEVICE"), reason="the farm hears on loopback alone by Linux's way")
def test_kills_at_every_step_lose_nothing_and_double_nothing(data_dir: Path, database_url: str | None) -> None:
    seed = 101 if database_url is None else 102
    steps = random.Random(seed).sample(STEPS, len(STEPS))
    crashed = crash(seed, steps, Place(data=data_dir, url=database_url))
    assert len(crashed.minutes) == len(steps)
    assert crashed.tally.is_sound, crashed.tally
    assert crashed.tally.sent > 300
