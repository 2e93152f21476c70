"""All that it takes to read the web: who fetches, where it is parsed, and how politely."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from bot.desk.hosts import Hosts
from bot.errors import RefusedInput, SourceError
from bot.news.polling import Pace
from bot.wire.cage import Cage
from bot.wire.cages import Cages
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from config import defaults

T = TypeVar("T")

Clock = Callable[[], datetime]
"""Gives the moment, in UTC."""


class Tasks(Protocol):
    """Where tasks are started: a task group, or whatever lets one of them fail alone."""

    def create_task(self, work: Coroutine[None, None, None], /) -> asyncio.Task[None]:
        """The task in which the work goes on from now on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wire:
    """The guard and the fetcher, the cages with the threads that work for them, the queues before hosts, the pace."""

    guard: Guard
    fetcher: Fetcher
    cages: Cages
    threads: ThreadPoolExecutor
    hosts: Hosts = field(default_factory=Hosts)
    pace: Pace = field(default_factory=Pace)

    async def in_cage(self, work: Callable[[Cage], T]) -> T:
        """What the work gives, done on a thread with a cage of its own. SourceError where the input was refused."""

        def locked_up() -> T:
            with self.cages.one() as cage:
                return work(cage)

        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, locked_up)
        except RefusedInput as refused:
            raise SourceError(refused.code, _as_sentence(refused.reason)) from None


@contextmanager
def open_wire(guard: Guard, fetcher: Fetcher, *, pace: Pace, hosts: Hosts | None = None) -> Iterator[Wire]:
    """The wire, whose cages and threads end with it."""
    with Cages() as cages, ThreadPoolExecutor(defaults.CAGES, "cage") as threads:
        yield Wire(guard=guard, fetcher=fetcher, cages=cages, threads=threads, hosts=hosts or Hosts(), pace=pace)


def _as_sentence(reason: str) -> str:
    sentence = reason[:1].upper() + reason[1:]
    return sentence if sentence.endswith((".", "?", "!")) else sentence + "."
