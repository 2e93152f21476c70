"""Desks of a busy city, made to be killed: each is split off from a process that has imported everything.

    python -m bench.delivering

It reads posts from standard input (see Staff), and says which desk has started, is at work, or has ended.
"""

import asyncio
import ctypes
import logging
import os
import pickle
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from types import FrameType, TracebackType
from typing import Literal, Self, cast

from bench.city import City
from bench.commands import ROOT, CommandFailed
from bench.haste import Haste
from bench.platform.poster import FakePoster
from bench.platform.rules import Rules
from bench.platform.server import HttpLine
from bench.simulation.desk import Surroundings, Work, all_works
from bench.simulation.person import Person
from bench.simulation.wire import make_wire
from bot.archive.archive import Archive
from bot.archive.feeds import free_feeds
from bot.desk.wire import Wire
from bot.errors import ArchiveError
from bot.schedule import Workers

Said = Literal["started", "at work", "ended"]

_READ_EVERY = timedelta(seconds=60)
_PERSON_SECONDS = 60.0
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """Where a desk works: its archive, its city, the platform at that port, and the time there."""

    data: Path
    url: str | None
    city: City
    rules: Rules
    port: int
    haste: Haste


class Staff:
    """Sends desks to their posts. Use it as a context; whoever is still at work then is killed."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "bench.delivering"]
        self._split_off_from = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        self._said: dict[Said, set[int]] = {"started": set(), "at work": set(), "ended": set()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pid in self._said["started"] - self._said["ended"]:
            self.kill(pid)
        assert self._split_off_from.stdin is not None
        assert self._split_off_from.stdout is not None
        self._split_off_from.stdin.close()
        self._split_off_from.wait()
        self._split_off_from.stdout.close()

    def send(self, post: Post) -> int:
        """The number of the process that is on its way to that post."""
        assert self._split_off_from.stdin is not None
        before = set(self._said["started"])
        pickle.dump(post, self._split_off_from.stdin)
        self._split_off_from.stdin.flush()
        while not self._said["started"] - before:
            self._hear()
        (pid,) = self._said["started"] - before
        self._said["ended"].discard(pid)  # the numbers of processes come again
        self._said["at work"].discard(pid)
        return pid

    def wait_for(self, pid: int) -> bool:
        """Whether it is at work, once it is; it may end by itself before."""
        while pid not in self._said["at work"] | self._said["ended"]:
            self._hear()
        return pid not in self._said["ended"]

    def kill(self, pid: int) -> None:
        """End it without a word."""
        if pid not in self._said["ended"]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            while pid not in self._said["ended"]:
                self._hear()
        self._said["started"].discard(pid)

    def _hear(self) -> None:
        assert self._split_off_from.stdout is not None
        line = self._split_off_from.stdout.readline().decode()
        if not line:
            raise CommandFailed("the process that desks are split off from has ended")
        pid, said = line.split(maxsplit=1)
        self._said[cast(Said, said.strip())].add(int(pid))


def work(post: Post) -> None:
    """Work until killed, or until the archive cannot be opened."""
    logging.disable(logging.CRITICAL)  # of a database that is killed there is much to be said
    with (
        suppress(ArchiveError),
        Archive.open(post.data, post.url) as archive,
        asyncio.Runner(loop_factory=post.haste.loop) as runner,
    ):
        runner.run(_work(archive, post))


async def _work(archive: Archive, post: Post) -> None:
    if post.url is None:
        await archive.write(free_feeds)
    workers, loop, city = Workers(), asyncio.get_running_loop(), post.city
    async with HttpLine(post.port) as line:
        around = Surroundings(
            spaces=city.names(),
            fetch=city.fetch,
            wire=_wire(),
            posters={post.rules.name: FakePoster(rules=post.rules, line=line)},
            clock=post.haste.now,
            monotonic=loop.time,
            folder=post.data,
            passed=lambda _step: None,
        )
        person = Person(line=line)
        works = await all_works(archive, around, workers)
        decide = Work(every=_PERSON_SECONDS, begin=lambda: person.decide(archive, city.names(), post.haste.now()))
        for one in (*works, decide):
            one.forgives = (ArchiveError,)
            workers.create_task(one.go_on())
        _say("at work")
        await asyncio.Event().wait()


@cache
def _wire() -> Wire:
    """Made once, before anybody is split off: it takes longer than some of them live."""
    return make_wire(ThreadPoolExecutor(1), every=_READ_EVERY)


def _say(said: Said, pid: int | None = None) -> None:
    os.write(1, f"{pid or os.getpid()} {said}\n".encode())


def _note_ends(_signal: int, _frame: FrameType | None) -> None:
    with suppress(ChildProcessError):
        while (pid := os.waitpid(-1, os.WNOHANG)[0]) > 0:
            _say("ended", pid)


def main() -> None:
    """Split off a desk for every post that is read."""
    _wire()
    signal.signal(signal.SIGCHLD, _note_ends)
    while True:
        try:
            post = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        if os.fork() == 0:
            ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _say("started")
            work(post)
            os._exit(1)


if __name__ == "__main__":
    # Under its own name, so that what is pickled elsewhere is the same thing here.
    from bench.delivering import main as split_off

    split_off()
