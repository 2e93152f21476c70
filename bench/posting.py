"""A desk that writes what is due and posts it, in a process of its own, with the ticks and the time of a real one.

    python -m bench.posting

It reads from standard input where to work, prints a line once it is at work, and goes on until it is killed.
"""

import asyncio
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.commands import ROOT, CommandFailed
from bench.haste import Haste
from bench.platform.poster import FakePoster
from bench.platform.rules import Rules
from bench.platform.server import HttpLine
from bot.archive.archive import Archive
from bot.desk.deliver import Deliverer
from bot.desk.digest import Editor
from bot.desk.outbox import Outbox
from bot.desk.recover import Recoverer
from bot.desk.tick import Tick
from bot.schedule import Ticker, Workers
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """Where it works: the archive, the platform at that port, and the time there."""

    data: Path
    url: str | None
    rules: Rules
    port: int
    haste: Haste


@contextmanager
def posting(office: Office) -> Iterator["subprocess.Popen[bytes]"]:
    """A desk at work; killed at the end if it still runs."""
    command = [sys.executable, "-m", "bench.posting"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        pickle.dump(office, process.stdin)
        process.stdin.close()
        if not process.stdout.readline():
            raise CommandFailed("the desk that posts did not start")
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


async def _post(archive: Archive, office: Office) -> None:
    workers, clock = Workers(), office.haste.now
    async with HttpLine(office.port) as line:
        posters = {office.rules.name: FakePoster(rules=office.rules, line=line)}
        deliverer = Deliverer(Outbox(archive=archive, posters=posters, tasks=workers, clock=clock))
        recoverer, tick, editor = Recoverer(deliverer), Tick(archive, clock), Editor(archive, posters, clock)
        await recoverer.start()
        ticker = Ticker(lambda _work: None)
        ticker.every(defaults.TICK_SECONDS, "keeping time", tick.turn)
        ticker.every(defaults.TICK_SECONDS, "writing digests", lambda: editor.begin_due(workers))
        ticker.every(defaults.DELIVERY_TICK_SECONDS, "delivering", deliverer.begin_due)
        ticker.every(defaults.RECOVERY_TICK_SECONDS, "looking up deliveries", recoverer.begin_due)
        ticker.start()
        print("at work", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Work at the office that is read."""
    office = pickle.load(sys.stdin.buffer)
    with Archive.open(office.data, office.url) as archive:
        asyncio.run(_post(archive, office))


if __name__ == "__main__":
    # Under its own name, so that what is pickled elsewhere is the same thing here.
    from bench.posting import main as post

    post()
