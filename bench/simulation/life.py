"""One life of a desk: from its start until it is ended at a step, and nothing it still does counts."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.archive.archive import Archive, Db

P = ParamSpec("P")
T = TypeVar("T")


class Killed(SystemExit):
    """The desk ends here; the loop stops at once."""


class Over(BaseException):
    """Whoever still wants something does not know that it is over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fate:
    """The step at which a life ends, when it is passed for that time."""

    step: str
    time: int = 1


class Life:
    """Counts the steps that are passed, and ends at the fated one."""

    def __init__(self, fate: Fate | None = None) -> None:
        self.steps: Counter[str] = Counter()
        self.is_over = False
        self._fate = fate

    def passed(self, step: str) -> None:
        """Go past the step, or no further."""
        self.require()
        self.steps[step] += 1
        fate = self._fate
        if fate is not None and fate.step == step and fate.time == self.steps[step]:
            self.is_over = True
            raise Killed(step)

    def require(self) -> None:
        """Raise Over when nothing counts any more."""
        if self.is_over:
            raise Over


class LifeTasks:
    """The tasks of one life; none begins after its end. Whoever awaits them hears of what goes wrong in one."""

    def __init__(self, life: Life) -> None:
        self._life = life
        self._going: set[asyncio.Task[None]] = set()
        self._faults: list[BaseException] = []

    def create_task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """The task in which the work goes on from now on."""
        if self._life.is_over:
            work.close()
            work = _nothing()
        task = asyncio.create_task(work)
        self._going.add(task)
        task.add_done_callback(self._end)
        return task

    async def wait(self, seconds: float) -> None:
        """Let them go on for so long."""
        await asyncio.sleep(seconds)
        if self._faults:
            raise self._faults[0]

    def end(self) -> None:
        """End all of them; nothing counts any more."""
        self._life.is_over = True
        for task in self._going:
            task.cancel()

    def _end(self, task: asyncio.Task[None]) -> None:
        self._going.discard(task)
        fault = None if task.cancelled() else task.exception()
        if fault is not None and not self._life.is_over:
            self._faults.append(fault)


async def _nothing() -> None:
    pass


class MortalArchive(Archive):
    """The archive of one life. Every transaction is a step before it, under the name of the function that does it.

    One that found something to do is a step in the middle (it was all done, and is not kept yet) and after it as well.
    """

    life: Life

    async def read(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """See Archive."""
        return self.read_now(fn, *args, **named)

    async def write(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """See Archive; one after the other, none together."""
        return self.write_now(fn, *args, **named)

    def read_now(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """See Archive."""
        self.life.require()
        return super().read_now(fn, *args, **named)

    def write_now(self, fn: Callable[Concatenate[Db, P], T], *args: P.args, **named: P.kwargs) -> T:
        """See Archive."""
        name = _name_of(fn)
        self.life.passed(f"before {name}")

        def work(db: Db) -> T:
            found = fn(db, *args, **named)
            if _is_something(found):
                self.life.passed(f"mid {name}")
            return found

        kept = super().write_now(work)
        if _is_something(kept):
            self.life.passed(f"after {name}")
        return kept


def archive_of(life: Life) -> type[MortalArchive]:
    """The archive, as it is opened in that life."""
    return type("ArchiveOfLife", (MortalArchive,), {"life": life})


def _is_something(found: object) -> bool:
    return found is None or bool(found)


def _name_of(fn: Callable[..., Any]) -> str:
    while isinstance(fn, partial):
        fn = fn.func
    return fn.__qualname__.replace("._", ".").lstrip("_")
