"""What people ask through a platform, which hands it in again and again until it is told that it arrived."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bench.simulation.town import make_watch
from bot.archive.archive import Archive
from bot.archive.inbox import Event, close_event, open_events, take_event
from bot.archive.watches import add_watch
from bot.errors import RequestError


@dataclass(kw_only=True, slots=True)
class Front:
    """Where the events of one platform come in, each a topic that the first Space wants to watch as well."""

    platform: str
    events: Sequence[Event]
    acknowledged: list[Event] = field(default_factory=list)
    replies: dict[str, list[str]] = field(default_factory=dict)

    async def take_in(self, archive: Archive, now: datetime, passed: Callable[[str], None]) -> int:
        """Take what the platform hands in, say that it arrived, do it, and answer; how much that was."""
        for event in self.events:
            if event.received <= now and event not in self.acknowledged:
                await archive.write(take_event, event)
                self.acknowledged.append(event)
                passed("acknowledged")
        opened = await archive.read(open_events, self.platform, len(self.events))
        for event in opened:
            reply = await self._carry_out(archive, event, now)
            await archive.write(close_event, event, reply)
            self.replies.setdefault(event.event, []).append(reply)
            passed("answered")
        return len(opened)

    async def _carry_out(self, archive: Archive, event: Event, now: datetime) -> str:
        """Do what was asked, and give what is to be answered."""
        try:
            watch = await archive.write(add_watch, make_watch(self.platform, 0, event.body), now)
        except RequestError as fault:
            return str(fault)
        return f"This channel watches {watch.topic}."
