"""A farm in a process of its own, so that it does not share an interpreter with what is measured."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlencode
from urllib.request import urlopen

from bench.commands import ROOT, CommandFailed
from bench.farm.farm import START, Farm, Served
from bench.farm.feeds import Rates

_CONTROL_SECONDS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class FarmProcess:
    """A running farm. `farm` is its twin in this process: it knows addresses and truth, and serves nothing."""

    farm: Farm
    pid: int

    def set_minute(self, minute: float, pace: float = 0.0) -> None:
        """Let the farm go on from that virtual minute, by `pace` minutes in each real minute."""
        self._ask(f"/clock?minute={minute}&pace={pace}")

    def minute(self) -> float:
        """The farm's virtual minute."""
        return float(json.loads(self._ask("/clock"))["minute"])

    def set_troubles(self, **shares: float) -> None:
        """Answer that share of polls slowly, with faults and so on from now on; see Rates for their names."""
        self._ask(f"/rates?{urlencode(shares)}")

    def answered(self) -> int:
        """How many answers were sent."""
        return int(json.loads(self._ask("/clock"))["answered"])

    def served(self, since: int = 0) -> list[Served]:
        """What was answered, without the first `since` answers."""
        lines = self._ask(f"/served?since={since}").splitlines()
        return [_read_served(line) for line in lines]

    def _ask(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.farm.port}{path}", timeout=_CONTROL_SECONDS) as answer:
            return str(answer.read().decode())


@contextmanager
def running_farm(
    *, seed: int, feeds: int, rates: Rates | None = None, start: datetime = START, port: int = 0
) -> Iterator[FarmProcess]:
    """A farm that runs while in here; its clock stands at minute 0 until it is set. Port 0 takes a free one."""
    rates = rates or Rates()
    command = [sys.executable, "-m", "bench.farm", "--seed", str(seed), "--feeds", str(feeds)]
    command += ["--port", str(port), "--start", start.isoformat(), "--rates", json.dumps(asdict(rates))]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        printed = process.stdout.readline()
        if not printed:
            raise CommandFailed("the feed farm did not start; run python -m bench.farm to see why")
        farm = Farm(seed=seed, feeds=feeds, clock=lambda: 0.0, rates=rates, start=start)
        farm.port = int(printed)
        yield FarmProcess(farm=farm, pid=process.pid)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _read_served(line: str) -> Served:
    at, minute, feed, status, trouble, fresh = json.loads(line)
    pieces = tuple((number, version) for number, version in fresh)
    return Served(at=at, minute=minute, feed=feed, status=status, trouble=trouble, fresh=pieces)
