"""Somebody who looks at the channel and says of every delivery that is held whether it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bench.platform.platform import Platform
from bot.archive.archive import Archive
from bot.archive.deliveries import list_held
from bot.archive.settling import it_was_posted, post_it
from bot.news.article import Space


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Sees everything that stands on the platform."""

    platform: Platform

    async def decide(self, archive: Archive, spaces: Sequence[Space], now: datetime) -> int:
        """How many deliveries were held, and are not any more."""
        held = [one for space in spaces for one in await archive.read(list_held, space)]
        arrived = self.platform.counts()
        for one in held:
            say = it_was_posted if one.marker in arrived else post_it
            await archive.write(say, one.place.space, one.id, "somebody", now)
        return len(held)
