"""The reception of one platform: what it hands in is kept, done once, and answered also after a restart."""

from collections.abc import Awaitable, Callable

from bot.archive.archive import Archive
from bot.archive.inbox import Event, close_event, open_events, take_event
from bot.desk.wire import Tasks
from config import defaults

Answer = Callable[[Event, bool], Awaitable[str]]
"""Does what the event asks and answers it; gives a note of how. True: an earlier process may have done so already."""


class Reception:
    """Takes events. Each is kept before the platform is told that it arrived, and known again for a day."""

    def __init__(self, archive: Archive, platform: str, tasks: Tasks, answer: Answer) -> None:
        self._archive, self._platform, self._tasks, self._answer = archive, platform, tasks, answer

    async def take(self, event: Event) -> bool:
        """Whether the event is new: it is kept, and being answered from now on. False: it was handed in before."""
        is_new = await self._archive.write(take_event, event)
        if is_new:
            self._tasks.create_task(self._work(event, again=False))
        return is_new

    async def resume(self) -> int:
        """How many events were open when the last process ended; they are being answered from now on."""
        left = await self._archive.read(open_events, self._platform, defaults.EVENTS_RESUMED)
        for event in left:
            self._tasks.create_task(self._work(event, again=True))
        return len(left)

    async def _work(self, event: Event, *, again: bool) -> None:
        await self._archive.write(close_event, event, await self._answer(event, again))
