"""What people ask through a platform, which hands it in again and again until it is told that it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bench.simulation.town import make_watch
from bot.archive.archive import Archive
from bot.archive.inbox import Event
from bot.archive.watches import add_watch
from bot.errors import RequestError


@dataclass(kw_only=True, slots=True)
class Front:
    """Where the events of one platform come in, each a topic that the first Space wants to watch as well."""

    platform: str
    events: Sequence[Event]
    acknowledged: list[Event] = field(default_factory=list)
    replies: dict[str, list[str]] = field(default_factory=dict)

    def handed_in(self, now: datetime) -> list[Event]:
        """What the platform hands in now."""
        return [event for event in self.events if event.received <= now and event not in self.acknowledged]

    def acknowledge(self, event: Event) -> None:
        """Tell the platform that it arrived."""
        self.acknowledged.append(event)

    def answer(self, event: Event, reply: str) -> None:
        """Tell whoever asked what came of it."""
        self.replies.setdefault(event.event, []).append(reply)

    async def carry_out(self, archive: Archive, event: Event, now: datetime) -> str:
        """Do what was asked, and give what is to be answered."""
        try:
            watch = await archive.write(add_watch, make_watch(self.platform, 0, event.body), now)
        except RequestError as fault:
            return str(fault)
        return f"This channel watches {watch.topic}."
