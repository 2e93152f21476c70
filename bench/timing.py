"""Stopwatches and scales."""

import os
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
class Spread:
    """How many of something there were, and how they spread: half were no more than p50, and so on up to the most."""

    count: int
    p50: float
    p95: float
    p99: float
    most: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Memory of a process in bytes: its own, and files mapped into it, which the system may drop at any time."""

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


def spread(values: Sequence[float]) -> Spread:
    """How the values spread; all zero where there are none."""
    if len(values) < 2:
        only = values[0] if values else 0.0
        return Spread(count=len(values), p50=only, p95=only, p99=only, most=only)
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return Spread(count=len(values), p50=cuts[49], p95=cuts[94], p99=cuts[98], most=max(values))


def slope(points: Sequence[tuple[float, float]]) -> float:
    """By how much the second of each pair grows as the first grows by one: the line of least squares."""
    if len({at for at, _value in points}) < 2:
        return 0.0
    return statistics.linear_regression(*zip(*points, strict=True)).slope


def weigh_folder(folder: Path) -> int:
    """Bytes of all files in the folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def cpu_seconds(pid: int) -> float:
    """The processor time that a process and those it has outlived have used, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def weigh_process(pid: int | None = None) -> Memory:
    """The memory of a process, this one unless another is named, as Linux counts it."""
    rollup = Path(f"/proc/{pid or 'self'}/smaps_rollup").read_text(encoding="ascii")
    kib = {name: int(size) for name, size in re.findall(r"^(\w+):\s+(\d+) kB", rollup, re.MULTILINE)}
    return Memory(own=1024 * kib["Anonymous"], mapped=1024 * (kib["Rss"] - kib["Anonymous"]))
