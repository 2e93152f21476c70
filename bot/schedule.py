"""Ticks: pieces of work that begin again and again, and tasks of which one may fail alone. The door to APScheduler."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine

from apscheduler.schedulers.asyncio import AsyncIOScheduler

_log = logging.getLogger(__name__)


class Ticker:
    """Begins pieces of work at intervals. One that has not ended by its next turn is left out that time.

    What goes wrong in one is logged, and its next turn comes all the same. `ended` hears of every one that went well.
    """

    def __init__(self, ended: Callable[[str], None]) -> None:
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of every turn that is left out
        of_every = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=of_every)
        self._ended = ended

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[object]]) -> None:
        """Begin the work every so many seconds, for the first time after as many."""

        async def turn() -> None:
            try:
                await work()
            except Exception:  # noqa: BLE001  a piece of work ends here; the others go on
                _log.exception("work failed", extra={"work": name})
            else:
                self._ended(name)

        self._scheduler.add_job(turn, "interval", seconds=seconds, id=name)

    def start(self) -> None:
        """Begin to tick; needs a running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Begin nothing more, and break off what has not ended, which is then no fault."""
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
        if self._scheduler.running:  # a desk may end before it has begun
            self._scheduler.shutdown(wait=False)


class Workers:
    """Tasks that go on beside each other. What goes wrong in one is logged and ends that one alone."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def create_task(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """The task in which the work goes on from now on."""

        async def alone() -> None:
            try:
                await work
            except Exception:  # noqa: BLE001  a task ends here; the others go on
                _log.exception("task failed")

        task = asyncio.get_running_loop().create_task(alone())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def finish(self, within_seconds: float) -> None:
        """Wait so long for what is going on, and break off the rest."""
        if not self._tasks:
            return
        _done, late = await asyncio.wait(self._tasks, timeout=within_seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
