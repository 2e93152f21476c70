"""Stopwatches and scales."""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Latency:
    """How long one of many took, in milliseconds: half took no longer than p50, all but one in a hundred than p99."""

    p50: float
    p99: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Memory of this process in bytes: its own, and files mapped into it, which the system may drop at any time."""

    own: int
    mapped: int


def time_each(work: Callable[[T], object], inputs: Sequence[T]) -> Latency:
    """The latency of the work, over one run for each input."""
    took = []
    for one in inputs:
        started = time.perf_counter()
        work(one)
        took.append(1000 * (time.perf_counter() - started))
    return Latency(p50=statistics.median(took), p99=statistics.quantiles(took, n=100, method="inclusive")[98])


def weigh_folder(folder: Path) -> int:
    """Bytes of all files in the folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def weigh_process() -> Memory:
    """The memory of this process, as Linux counts it."""
    rollup = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    kib = {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", rollup, re.MULTILINE)}
    return Memory(own=1024 * kib["Anonymous"], mapped=1024 * (kib["Rss"] - kib["Anonymous"]))
