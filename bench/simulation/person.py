"""Somebody who looks at the channel and says of every delivery that is held whether it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bench.platform.platform import Request
from bench.platform.poster import Line
from bot.archive.archive import Archive
from bot.archive.deliveries import list_held
from bot.archive.settling import it_was_posted, post_it
from bot.news.article import Space


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Sees everything that was ever posted, by a line of their own."""

    line: Line

    async def decide(self, archive: Archive, spaces: Sequence[Space], now: datetime) -> int:
        """How many deliveries were held, and are not any more."""
        held = [one for space in spaces for one in await archive.read(list_held, space)]
        for one in held:
            place = one.place
            asked = Request(ask="truth", space=place.space, channel=place.channel, marker=one.marker)
            arrived = (await self.line.ask(asked)).kind == "shown"
            await archive.write(it_was_posted if arrived else post_it, place.space, one.id, "somebody", now)
        return len(held)
