"""The tick: digests that fall due are noted, each once, through restarts, outages and clocks that are set."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from bot.archive.archive import Archive, Db
from bot.archive.occurrences import close_occurrence, note_occurrences, open_occurrences_of
from bot.archive.subscriptions import advance_subscriptions, due_subscriptions, heed_new_zones
from bot.desk.wire import Clock
from bot.news.schedule import latest_occurrence, next_occurrences
from bot.news.subscription import OpenOccurrence, Subscription
from config import defaults

_log = logging.getLogger(__name__)


class Tick:
    """Notes, whenever it is its turn, what is due. `steady` gives the seconds of a clock that nobody sets."""

    def __init__(self, archive: Archive, clock: Clock, steady: Callable[[], float] = monotonic) -> None:
        self._archive, self._clock, self._steady = archive, clock, steady
        self._last: tuple[datetime, float] | None = None

    async def turn(self) -> int:
        """How many subscriptions were due. What they owe is then open, to be written."""
        now = self._clock()
        if self._last is None:
            await self._archive.write(heed_new_zones)
        self._watch_clock(now)
        total = 0
        while True:
            due = await self._archive.write(note_due, now)
            total += due
            if due < defaults.TICK_AT_ONCE:
                return total

    def _watch_clock(self, now: datetime) -> None:
        """Say so where the clock was set: what is due by it is due all the same."""
        seconds = self._steady()
        if self._last is not None:
            then, before = self._last
            step = (now - then).total_seconds() - (seconds - before)
            if abs(step) > defaults.CLOCK_STEP_SECONDS:
                _log.warning("the clock was set", extra={"by_seconds": round(step)})
        self._last = (now, seconds)


def note_due(db: Db, now: datetime) -> int:
    """How many subscriptions were due now or soon; what they owe is noted and they are due again, in one transaction.

    Whatever was missed of one becomes one digest, the newest, which says since when it is late. A digest that was noted
    earlier and is not written yet gives way to it.
    """
    before = now + timedelta(seconds=defaults.RENDER_AHEAD_SECONDS)
    due = due_subscriptions(db, before, defaults.TICK_AT_ONCE)
    waiting = {(one.subscription.space, one.subscription.id): one for one in open_occurrences_of(db, due)}
    noted, advances = [], []
    for subscription in due:
        earlier = waiting.get((subscription.space, subscription.id))
        newest = _newest(subscription, before, now, earlier)
        if newest is not None:
            noted.append(newest)
            if earlier is not None and earlier.key != newest.key:
                close_occurrence(db, earlier, "coalesced")
        advances.append((subscription, next(iter(next_occurrences(subscription.schedule, before)), None)))
    note_occurrences(db, noted)
    advance_subscriptions(db, advances)
    return len(due)


def _newest(
    subscription: Subscription, before: datetime, now: datetime, waiting: OpenOccurrence | None
) -> OpenOccurrence | None:
    """The digest that is due, and since when, were it to come late."""
    newest = latest_occurrence(subscription.schedule, before)
    assert subscription.next_due is not None
    if newest is None or newest.due < subscription.next_due:
        return None
    first = subscription.next_due
    if waiting is not None:
        first = waiting.late_since or waiting.occurrence.due
    is_late = first < newest.due or now - newest.due > timedelta(seconds=defaults.LATE_AFTER_SECONDS)
    return OpenOccurrence(
        subscription=subscription, occurrence=newest, noted=now, late_since=first if is_late else None
    )
