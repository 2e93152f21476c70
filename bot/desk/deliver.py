"""Delivering: what is due is posted, many places at once, and none of them waits for another."""

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from bot.archive.claims import Claim, claim_due, claimed_with
from bot.archive.settling import Settlement
from bot.desk.outbox import Lane, Outbox
from bot.desk.ports import Poster
from bot.desk.settle import Settler, Try, after_fault, after_post, give_back
from bot.errors import ArchiveError, MaybePosted, NotPosted, PostError
from bot.news.delivery import Delivery
from config import defaults

_TOKEN_BYTES = 12
_LOOKS_APART = 0.05  # seconds


class Deliverer:
    """Posts what is owed when it is due: in a channel one after the other, elsewhere at the same time.

    A delivery is posted only while it is claimed, and settled only by whoever claimed it. What was being posted when
    the process ended stays claimed, and is looked up (see Recoverer).
    """

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.settler = Settler(outbox)
        self.lanes = {name: Lane(poster, outbox.monotonic) for name, poster in outbox.posters.items()}
        self._turns = {name: _Turn() for name in self.lanes}
        self._sending: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    async def begin_due(self) -> None:
        """Begin to post what is due; the answer comes when nothing more can be begun now."""
        for lane in self.lanes.values():
            await self.begin(lane)

    async def deliver_due(self) -> None:
        """Post what is due, and what waits for it in its channel, until nothing more can be posted now."""
        await self.begin_due()
        while self._sending:
            await asyncio.wait(self._sending)

    async def stop(self) -> None:
        """Claim nothing more. What is being posted may take its time; whoever has the tasks sees to that."""
        self._is_stopping = True
        if turns := [turn.going for turn in self._turns.values() if turn.going is not None]:
            await asyncio.wait(turns)

    async def begin(self, lane: Lane) -> None:
        """Begin to post what is due on one platform. It is not broken off: what was claimed is posted."""
        turn = self._turns[lane.poster.platform]
        turn.is_wanted = True
        if turn.going is None or turn.going.done():
            turn.going = asyncio.get_running_loop().create_task(self._claim_all(lane, turn))
            await asyncio.shield(turn.going)

    async def _claim_all(self, lane: Lane, turn: "_Turn") -> None:
        while turn.is_wanted and not self._is_stopping:
            turn.is_wanted = False
            room = min(lane.room(), defaults.CLAIMED_AT_ONCE)
            if room and await self._claim(lane, room) == room:
                turn.is_wanted = True
        wait = lane.free_in()
        if wait is not None:
            self._begin_in(lane, wait)

    async def _claim(self, lane: Lane, room: int) -> int:
        """How many were claimed, and are being posted from now on."""
        now, outbox, poster = self.outbox.clock(), self.outbox, lane.poster
        since = _Moment(at=now, seconds=outbox.monotonic())
        claim = Claim(
            platform=poster.platform,
            token=secrets.token_hex(_TOKEN_BYTES),
            limit=room,
            reposts_since=now - _repost_time(poster) if poster.repost_seconds else None,
        )
        try:
            claimed = await outbox.archive.write(claim_due, claim, now)
        except ArchiveError:
            # Perhaps only the answer was lost, and all of them are claimed.
            claimed = await outbox.archive.read(claimed_with, claim.token)
            if not claimed:
                raise
        outbox.passed("claimed")
        for delivery in claimed:
            lane.begin()
            task = outbox.tasks.create_task(self._deliver(lane, delivery, since))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)
        return len(claimed)

    async def _deliver(self, lane: Lane, delivery: Delivery, since: "_Moment") -> None:
        """Post it and settle it; what goes wrong here without a name leaves it claimed, and it is looked up."""
        try:
            settlement = await self._post(lane, delivery, since)
        finally:
            lane.end()
        settled = await self.settler.settle(settlement)
        if settled and settlement.channel_free is not None:
            self._begin_in(lane, lane.poster.channel_seconds)
        await self.begin(lane)

    async def _post(self, lane: Lane, delivery: Delivery, since: "_Moment") -> Settlement:
        clock, began = self.outbox.clock, self.outbox.clock()
        if self._is_too_late(lane.poster, delivery, since):
            return give_back(Try(delivery=delivery, began=began, ended=began))
        try:
            async with asyncio.timeout(defaults.SEND_SECONDS):
                receipt = await lane.poster.post(delivery.place, delivery.payload, delivery.marker)
        except TimeoutError:
            silent = MaybePosted(f"{lane.poster.platform} did not answer within {defaults.SEND_SECONDS} seconds.")
            return after_fault(Try(delivery=delivery, began=began, ended=clock()), silent)
        except PostError as fault:
            tried = Try(delivery=delivery, began=began, ended=clock())
            if isinstance(fault, NotPosted) and fault.everywhere and fault.retry_after is not None:
                lane.pause(min(fault.retry_after.total_seconds(), defaults.LEFT_ALONE_SECONDS))
            return after_fault(tried, fault)
        self.outbox.passed("reposted" if delivery.unknown_since else "reply read")
        return after_post(Try(delivery=delivery, began=began, ended=clock()), lane.poster, receipt)

    def _is_too_late(self, poster: Poster, delivery: Delivery, since: "_Moment") -> bool:
        """Whether so much time has passed by any clock that somebody else may own it by now.

        What nobody knows to have arrived is posted again only as long as the platform surely knows its marker.
        """
        now = self.outbox.clock()
        passed = max(self.outbox.monotonic() - since.seconds, (now - since.at).total_seconds())
        if passed > defaults.SEND_GUARD_SECONDS:
            return True
        first = delivery.first_attempt or since.at
        return delivery.unknown_since is not None and now > first + _repost_time(poster)

    def _begin_in(self, lane: Lane, seconds: float) -> None:
        """Look again once the time is over; looks that come close after each other are one."""
        loop, turn = asyncio.get_running_loop(), self._turns[lane.poster.platform]
        at = ceil((loop.time() + seconds) / _LOOKS_APART) * _LOOKS_APART
        if at not in turn.looks:
            turn.looks.add(at)
            loop.call_at(at, self._look, lane, at)

    def _look(self, lane: Lane, at: float) -> None:
        self._turns[lane.poster.platform].looks.discard(at)
        if not self._is_stopping:
            self.outbox.tasks.create_task(self.begin(lane))


@dataclass(kw_only=True, slots=True)
class _Turn:
    """Who looks for what is due on a platform, one at a time, and looks once more when that is wanted meanwhile.

    `looks` are when somebody will, by the loop's clock.
    """

    going: asyncio.Task[None] | None = None
    is_wanted: bool = False
    looks: set[float] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Moment:
    """When something was claimed, by both clocks."""

    at: datetime
    seconds: float


def _repost_time(poster: Poster) -> timedelta:
    """For how long after the first attempt a post may begin once more, so that it arrives while its marker is known."""
    return timedelta(seconds=poster.repost_seconds - defaults.SEND_SECONDS)
