"""A gathering process, from outside: orders to it, how its readings went, and its memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.commands import ROOT
from bench.farm import Farm
from bench.timing import cpu_seconds, weigh_process
from bot.archive.archive import Archive
from bot.archive.articles import changes_after
from bot.desk.gather import Step
from bot.news.article import LOCAL
from bot.news.source import FullText
from config import defaults

_EVERY_CHANGE = 10_000_000


class GatheringDied(Exception):
    """The process is no more: it was told to die, or it failed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """How one reading went: when it ended by the wall clock, and how many seconds fetching and storing took."""

    at: float
    feed: int
    outcome: str
    added: int
    changed: int
    fetch_seconds: float
    store_seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """The readings since the last taking, and how many feeds were due then and how overdue the first of them was."""

    readings: tuple[Read, ...]
    due: int
    overdue_seconds: float
    minute: float


class GatherProcess:
    """Orders to a gathering process. Each raises GatheringDied where the process ended instead of answering."""

    def __init__(self, process: "subprocess.Popen[str]", farm: Farm) -> None:
        self._process, self._farm = process, farm

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def follow_all(self) -> None:
        """Follow every feed of the farm."""
        self._order("follow", addresses=[self._farm.address(feed) for feed in range(self._farm.feeds)])

    def die(self, step: Step, count: int) -> None:
        """Die, as if killed, when the step is passed for that time."""
        self._order("die", step=step, count=count)

    def read(self, minute: float) -> None:
        """Read everything that is due at that minute, as the process's own clock says."""
        self._order("read", minute=minute)

    def want(self, full_text: FullText) -> None:
        """Want the pages behind teasers, or not, for all sources."""
        self._order("want", full_text=full_text)

    def spread(self, minute: float, over_minutes: float) -> None:
        """Let the feeds fall due evenly over so many minutes from that one on."""
        self._order("spread", minute=minute, over_minutes=over_minutes)

    def go(self, minute: float, pace: float) -> None:
        """Read whatever falls due from that minute on, with the clock running."""
        self._order("go", minute=minute, pace=pace)

    def stop(self) -> None:
        """Stop reading."""
        self._order("stop")

    def take(self) -> Taken:
        """How the readings went since the last taking."""
        taken = self._order("take")
        readings = tuple(
            Read(
                at=at, feed=feed, outcome=outcome, added=added, changed=changed,
                fetch_seconds=fetch, store_seconds=store,
            )
            for at, feed, outcome, added, changed, fetch, store in taken.pop("readings")
        )  # fmt: skip
        return Taken(readings=readings, **taken)

    def weigh(self) -> tuple[int, int]:
        """Bytes of memory of the process's own, and of the processes that parse for it."""
        return weigh_process(self.pid).own, round(self._sum_parsing(lambda pid: weigh_process(pid).own))

    def cpu_seconds(self) -> float:
        """The processor time that the process and those that parse for it have used."""
        return cpu_seconds(self.pid) + self._sum_parsing(cpu_seconds)

    def _sum_parsing(self, look: Callable[[int], float]) -> float:
        """The sum over the processes that parse; one may end while it is looked at."""
        total = 0.0
        for path in Path(f"/proc/{self.pid}/task").glob("*/children"):
            for pid in path.read_text(encoding="ascii").split():
                with suppress(FileNotFoundError, ProcessLookupError):
                    total += look(int(pid))
        return total

    def open_files(self) -> int:
        """How many files, pipes and connections the process has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    def wait(self) -> int:
        """Let it end, and give its exit status."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._process.wait()

    def _order(self, do: str, **given: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps({"do": do} | given) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise GatheringDied(do) from None
        answer = self._process.stdout.readline()
        if not answer:
            raise GatheringDied(do)
        return dict(json.loads(answer))


@contextmanager
def gathering(
    data: Path, farm: Farm, url: str | None = None, *, cages: int = defaults.CAGES
) -> Iterator[GatherProcess]:
    """A gathering process that reads that farm; killed at the end if it still runs."""
    command = [sys.executable, "-m", "bench.gathering", str(data), str(farm.port), farm.start.isoformat(), str(cages)]
    process = subprocess.Popen(
        [*command, *([url] if url else [])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield GatherProcess(process, farm)
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def kept_texts(data: Path, url: str | None = None) -> list[str]:
    """The newest texts of all articles in the archive."""
    with Archive.open(data, url, write=False) as archive:
        return [change.article.text for change in archive.read_now(changes_after, LOCAL, 0, _EVERY_CHANGE)]
