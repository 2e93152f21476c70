"""How often the desk introduces itself to Discord's gateway, counted across restarts."""

import asyncio
import json
import logging
from datetime import datetime, timedelta

from bot.archive.archive import Archive, Db
from bot.archive.keepsakes import find_keepsake, note_keepsake
from bot.desk.wire import Clock
from config import defaults

_log = logging.getLogger(__name__)

_NAME = "discord identifies"
_SPAN = timedelta(hours=defaults.DISCORD_IDENTIFIES_HOURS)


class Identifies:
    """Counts them, and stops long before Discord takes the token back."""

    def __init__(self, archive: Archive, clock: Clock) -> None:
        self._archive, self._clock = archive, clock

    async def take(self) -> None:
        """Count one more; where there were too many, once their day is over."""
        while (wait := await self._archive.write(take_identify, self._clock())) > timedelta(0):
            _log.error("too many connections to Discord in a day", extra={"seconds": wait.total_seconds()})
            await asyncio.sleep(wait.total_seconds())


def take_identify(db: Db, now: datetime) -> timedelta:
    """How long to wait until the desk may introduce itself; no time where it may now, and that is counted."""
    kept = find_keepsake(db, _NAME)
    since, count = json.loads(kept) if kept else (now.isoformat(), 0)
    over = datetime.fromisoformat(since) + _SPAN
    if over <= now:
        since, count = now.isoformat(), 0
    elif count >= defaults.DISCORD_IDENTIFIES:
        return over - now
    note_keepsake(db, _NAME, json.dumps([since, count + 1]))
    return timedelta(0)
