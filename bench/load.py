"""Measure how many feeds two cores hold, how soon news is stored, and what hostile answers do to the others.

    python -m bench.load [--feeds 5000] [--minutes 10] [--keep DIR] [--quick]

Prints the figures and writes them to docs/load.md. The first reading of 5,000 feeds takes its time: --keep keeps the
archive for the next run. Nothing else should run meanwhile.
"""

import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench.commands import Row
from bench.farm.process import FarmProcess, running_farm
from bench.figures import Line, Measured, show_lines
from bench.gather_process import GatherProcess, Read, gathering
from bench.load_page import PAGE, lines_of, write_figures
from bench.timing import cpu_seconds, spread

QUICK_FEEDS, QUICK_MINUTES = 300, 1.0

_SEED = 20250416
_EVERY_MINUTES = 15
_LOOK_SECONDS = 2.0
_GAP_MINUTES = 60
_HASTE = 3  # virtual minutes a minute beside hostile answers; leases still last longer than any reading
_HOSTILE_SHARE = 0.01
_TURNS = 2
_MEGA = 1e6

program = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@program.command()
def main(
    feeds: Annotated[int, typer.Option(help="How many feeds.")] = 5_000,
    minutes: Annotated[float, typer.Option(help="Minutes for each figure but the gap's.")] = 10.0,
    keep: Annotated[Path | None, typer.Option(help="Keep the archive here, and use that of an earlier run.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="300 feeds, a minute each; no page is written.")] = False,
    page: Annotated[Path, typer.Option(help="The page to write.")] = PAGE,
) -> None:
    """Measure, print the figures, write the page. Exit status 1 where a mark was missed."""
    console = Console()
    feeds, minutes = (QUICK_FEEDS, QUICK_MINUTES) if quick else (feeds, minutes)
    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        record = folder / f"farm-{feeds}.json"
        kept: Row = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {"port": 0, "minute": None}
        with (
            running_farm(seed=_SEED, feeds=feeds, port=kept["port"]) as farm,
            gathering(folder / f"data-{feeds}", farm.farm) as process,
        ):
            load = _Load(farm, process, console, minute=kept["minute"])
            if kept["minute"] is None:
                load.read_first()
                _note(record, farm, load)
            lines = [*load.measure_steady(minutes), *load.measure_gap(), *load.measure_hostile(minutes)]
            _note(record, farm, load)
    show_lines(console, lines)
    if not quick:
        write_figures(lines, page)
    if any(line.cells[6] == "missed" for line in lines):
        raise typer.Exit(1)


@dataclass(kw_only=True, slots=True)
class _Watched:
    """What was seen while the process gathered."""

    seconds: float = 0.0
    readings: list[Read] = field(default_factory=list)
    overdue_seconds: float = 0.0
    own_bytes: int = 0
    parsing_bytes: int = 0
    cores: float = 0.0
    farm_cores: float = 0.0

    def stored(self) -> list[float]:
        """Seconds from having an answer to having stored it, for readings that brought something."""
        return [read.store_seconds for read in self.readings if read.added or read.changed]

    def took(self, without: set[int]) -> list[float]:
        """Seconds that readings took which went well, without those of some feeds."""
        fine = [read for read in self.readings if read.outcome in ("filed", "unchanged") and read.feed not in without]
        return [read.fetch_seconds + read.store_seconds for read in fine]


class _Load:
    """One farm, one process that gathers from it, and their common virtual minute."""

    def __init__(self, farm: FarmProcess, process: GatherProcess, console: Console, minute: float | None) -> None:
        self.minute = minute or 0.0
        self._farm, self._process, self._console = farm, process, console
        self._feeds = farm.farm.feeds

    def read_first(self) -> None:
        """Follow every feed, and file what they list at first, without the pages behind teasers."""
        self._process.follow_all()
        self._process.want("never")
        watched = self._watch("first reading", until=lambda seen, due: due == 0 and len(seen.readings) >= self._feeds)
        added = sum(read.added for read in watched.readings)
        self._console.print(f"first reading: {added:,} articles of {self._feeds:,} feeds in {watched.seconds:.0f} s")
        self._process.want("auto")

    def measure_steady(self, minutes: float) -> list[Line]:
        """The figures of feeds that fall due evenly."""
        started, name = time.monotonic(), "steady"
        self._move(_EVERY_MINUTES)
        self._process.spread(self.minute, _EVERY_MINUTES)
        seen = self._watch(name, pace=1, until=lambda seen, _due: seen.seconds >= 60 * minutes)
        wanted = f"≥ {0.98 * self._feeds / 60 / _EVERY_MINUTES:.2f}"
        stored = spread(seen.stored())
        measured = [
            Measured(set=name, figure="feeds", ours=self._feeds),
            Measured(
                set=name,
                figure="read a second",
                ours=len(seen.readings) / seen.seconds,
                wanted=wanted,
            ),
            Measured(set=name, figure="most overdue, seconds", ours=seen.overdue_seconds, wanted="≤ 15"),
            Measured(set=name, figure="readings that brought something", ours=stored.count),
            Measured(set=name, figure="seen to stored, p50, seconds", ours=stored.p50),
            Measured(set=name, figure="seen to stored, p95, seconds", ours=stored.p95, wanted="≤ 3"),
            Measured(set=name, figure="seen to stored, p99, seconds", ours=stored.p99),
            Measured(set=name, figure="cores in use", ours=seen.cores),
            Measured(set=name, figure="cores in use by the farm", ours=seen.farm_cores),
            Measured(set=name, figure="memory, MB", ours=seen.own_bytes / _MEGA, wanted="≤ 300"),
            Measured(set=name, figure="memory of what parses, MB", ours=seen.parsing_bytes / _MEGA),
        ]
        return lines_of(name, measured, time.monotonic() - started)

    def measure_gap(self) -> list[Line]:
        """The figures of catching up after an hour in which nothing was read."""
        started, name = time.monotonic(), "after an hour"
        self._move(_GAP_MINUTES)
        seen = self._watch(name, pace=1, until=lambda seen, due: due == 0 and bool(seen.readings))
        stored = spread(seen.stored())
        measured = [
            Measured(set=name, figure="read a second", ours=len(seen.readings) / seen.seconds, wanted="≥ 60"),
            Measured(set=name, figure="readings", ours=len(seen.readings)),
            Measured(set=name, figure="readings that brought something", ours=stored.count),
            Measured(set=name, figure="articles", ours=sum(read.added for read in seen.readings)),
            Measured(set=name, figure="seen to stored, p95, seconds", ours=stored.p95),
            Measured(set=name, figure="cores in use", ours=seen.cores),
            Measured(set=name, figure="cores in use by the farm", ours=seen.farm_cores),
        ]
        return lines_of(name, measured, time.monotonic() - started)

    def measure_hostile(self, minutes: float) -> list[Line]:
        """The figures of all other feeds, without and with hostile answers, in turns."""
        started, name = time.monotonic(), "beside hostile answers"
        took: dict[float, list[float]] = {0.0: [], _HOSTILE_SHARE: []}
        own = {0.0: 0, _HOSTILE_SHARE: 0}
        hurt = 0
        self._move(_EVERY_MINUTES)
        self._process.spread(self.minute, _EVERY_MINUTES)
        for share in (0.0, _HOSTILE_SHARE) * _TURNS:
            self._farm.set_troubles(hostile=share, slow=0.0)
            before = self._farm.answered()
            seen = self._watch(
                f"{name}, {share:.0%}", pace=_HASTE, until=lambda seen, _due: seen.seconds >= 30 * minutes / _TURNS
            )
            hostile = {one.feed for one in self._farm.served(before) if one.trouble.startswith("hostile")}
            took[share] += seen.took(without=hostile)
            own[share] = max(own[share], seen.own_bytes)
            hurt += len(hostile)
        calm, beside = spread(took[0.0]), spread(took[_HOSTILE_SHARE])
        measured = [
            Measured(set=name, figure="hostile answers", ours=hurt),
            Measured(set=name, figure="readings of others", ours=beside.count),
            Measured(set=name, figure="p99 without, seconds", ours=calm.p99),
            Measured(set=name, figure="p99 beside, seconds", ours=beside.p99),
            Measured(set=name, figure="p99, times", ours=beside.p99 / calm.p99, wanted="≤ 1.10"),
            Measured(set=name, figure="p50, times", ours=beside.p50 / calm.p50),
            Measured(
                set=name, figure="growth of the process, MB",
                ours=(own[_HOSTILE_SHARE] - own[0.0]) / _MEGA, wanted="≤ 64",
            ),
        ]  # fmt: skip
        return lines_of(name, measured, time.monotonic() - started)

    def _move(self, minutes: float) -> None:
        """Let so many virtual minutes pass in which nothing is read."""
        self.minute += minutes

    def _watch(self, doing: str, *, until: Callable[[_Watched, int], bool], pace: float = 0.0) -> _Watched:
        """Gather until enough was seen, which also hears how many feeds are due."""
        seen, began = _Watched(), time.monotonic()
        used, farm_used = self._process.cpu_seconds(), cpu_seconds(self._farm.pid)
        self._farm.set_minute(self.minute, pace)
        self._process.go(self.minute, pace)
        with self._console.status(doing) as status:
            while True:
                time.sleep(_LOOK_SECONDS)
                taken = self._process.take()
                seen.readings += taken.readings
                seen.seconds = time.monotonic() - began
                seen.overdue_seconds = max(seen.overdue_seconds, taken.overdue_seconds)
                own, parsing = self._process.weigh()
                seen.own_bytes, seen.parsing_bytes = max(seen.own_bytes, own), max(seen.parsing_bytes, parsing)
                status.update(f"{doing}: {len(seen.readings):,} readings, {taken.due:,} feeds due")
                if until(seen, taken.due):
                    break
        seen.cores = (self._process.cpu_seconds() - used) / seen.seconds
        seen.farm_cores = (cpu_seconds(self._farm.pid) - farm_used) / seen.seconds
        self._process.stop()
        self.minute += pace * (time.monotonic() - began) / 60
        return seen


def _note(record: Path, farm: FarmProcess, load: _Load) -> None:
    record.write_text(json.dumps({"port": farm.farm.port, "minute": load.minute}), encoding="utf-8")


if __name__ == "__main__":
    program()
