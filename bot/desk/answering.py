"""Answering: tasks in which people are answered, and which are waited for before a platform is let go."""

import asyncio
from collections.abc import Coroutine

from bot.desk.wire import Tasks


class Answering:
    """See Tasks."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._going_on: set[asyncio.Task[None]] = set()

    def create_task(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """See Tasks."""
        task = self._tasks.create_task(work)
        self._going_on.add(task)
        task.add_done_callback(self._going_on.discard)
        return task

    async def finish(self, seconds: float) -> None:
        """Wait for what is going on, but no longer than that."""
        if self._going_on:
            await asyncio.wait(self._going_on, timeout=seconds)
