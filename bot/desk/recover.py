"""Recovering: what may have arrived is looked up, and then it is sent, posted again, or held for a person."""

import asyncio
import logging
from datetime import timedelta

from bot.archive.claims import claim_lookups, clock_gap, needs_recovery, sweep_leases, take_over
from bot.archive.settling import Settlement
from bot.desk.deliver import Deliverer
from bot.desk.outbox import Lane
from bot.desk.settle import Try, after_blindness, after_lookup
from bot.errors import CannotSee, NotPosted, PostError
from bot.news.delivery import Delivery
from config import defaults

_log = logging.getLogger(__name__)


class Recoverer:
    """Finds out what became of deliveries that nobody saw arrive: by their markers, where their platform keeps them.

    Nothing is posted again before it is known to be absent, but for platforms that know a marker again.
    """

    def __init__(self, deliverer: Deliverer) -> None:
        self._deliverer = deliverer
        self._outbox = deliverer.outbox
        self._looking: dict[str, set[asyncio.Task[None]]] = {name: set() for name in deliverer.lanes}
        self._left_alone_until: dict[str, float] = {}

    async def start(self) -> int:
        """Take over what was under way when the last process ended, and give how much that is; before all else."""
        archive, clock = self._outbox.archive, self._outbox.clock
        gap = await archive.read(clock_gap, clock())
        if abs(gap.total_seconds()) > defaults.CLOCKS_APART_SECONDS:
            _log.warning("the clock is not that of the database", extra={"ahead_seconds": -gap.total_seconds()})
        return await archive.write(take_over, clock())

    async def begin_due(self) -> None:
        """Begin to look up what can be looked up now."""
        now, archive = self._outbox.clock(), self._outbox.archive
        if not await archive.read(needs_recovery, now):
            return
        await archive.write(sweep_leases, now)
        for name, lane in self._deliverer.lanes.items():
            looking = self._looking[name]
            room = defaults.LOOKUPS_AT_ONCE - len(looking)
            if room <= 0 or self._outbox.monotonic() < self._left_alone_until.get(name, 0.0):
                continue
            for delivery in await archive.write(claim_lookups, name, room, self._outbox.clock()):
                task = self._outbox.tasks.create_task(self._recover(lane, delivery))
                looking.add(task)
                task.add_done_callback(looking.discard)

    async def recover_due(self) -> None:
        """Look up what can be looked up now, until all of that is known."""
        await self.begin_due()
        while looking := {task for tasks in self._looking.values() for task in tasks}:
            await asyncio.wait(looking)

    async def _recover(self, lane: Lane, delivery: Delivery) -> None:
        self._outbox.passed("before lookup")
        settlement = await self._look_up(lane, delivery)
        self._outbox.passed("after lookup")
        if await self._deliverer.settler.settle(settlement) and settlement.state in ("sent", "pending"):
            await self._deliverer.begin(lane)

    async def _look_up(self, lane: Lane, delivery: Delivery) -> Settlement:
        clock, began = self._outbox.clock, self._outbox.clock()
        since = (delivery.first_attempt or began) - timedelta(seconds=defaults.LOOKUP_BEFORE_SECONDS)
        try:
            async with asyncio.timeout(defaults.LOOKUP_SECONDS):
                receipt = await lane.poster.find(delivery.place, delivery.marker, since)
        except TimeoutError:
            fault: PostError = CannotSee(f"{lane.poster.platform} did not answer within {defaults.LOOKUP_SECONDS} s.")
        except PostError as found:
            fault = found
        else:
            return after_lookup(Try(delivery=delivery, began=began, ended=clock()), receipt)
        if isinstance(fault, NotPosted) and fault.retry_after is not None:
            seconds = min(fault.retry_after.total_seconds(), defaults.LEFT_ALONE_SECONDS)
            self._left_alone_until[lane.poster.platform] = self._outbox.monotonic() + seconds
        return after_blindness(Try(delivery=delivery, began=began, ended=clock()), fault)
