"""Settling: what an answer or a fault of a platform means for a delivery, and how that is kept."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.archive.archive import Db
from bot.archive.settling import Named, Settlement, settle
from bot.desk.outbox import Outbox
from bot.desk.ports import Poster
from bot.errors import ArchiveError, NotPosted, PlaceClosed, PostError, PostRefused, SpaceClosed
from bot.news.delivery import Attempt, Delivery, Outcome, State
from config import defaults

_log = logging.getLogger(__name__)

_NOTHING = timedelta()
_LOOK_AGAIN = timedelta(seconds=defaults.LOOK_AGAIN_SECONDS)
_LOOK_AGAIN_LONGEST = timedelta(seconds=defaults.LOOK_AGAIN_LONGEST_SECONDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Try:
    """One try to post the delivery or to look it up, from when to when."""

    delivery: Delivery
    began: datetime
    ended: datetime

    def settled(
        self, state: State, outcome: Outcome, *, wait: timedelta = _NOTHING, fault: str | None = None
    ) -> Settlement:
        """What became of the delivery; it is not touched again before the wait is over."""
        attempt = Attempt(
            what="post" if self.delivery.state == "sending" else "look up",
            began=self.began,
            ended=self.ended,
            outcome=outcome,
            fault=fault,
        )
        return Settlement(delivery=self.delivery, attempt=attempt, state=state, not_before=self.ended + wait)


def after_post(tried: Try, poster: Poster, receipt: str) -> Settlement:
    """It is there."""
    free = tried.ended + timedelta(seconds=poster.channel_seconds) if poster.channel_seconds else None
    return replace(tried.settled("sent", "sent"), receipt=receipt, channel_free=free)


def after_fault(tried: Try, fault: PostError) -> Settlement:
    """It was not seen to arrive when it was posted."""
    sentence = str(fault)
    # Of what was posted again because nobody knew, only the second post is known not to have arrived.
    is_unknown = tried.delivery.unknown_since is not None
    match fault:
        case NotPosted():
            wait = fault.retry_after or back_off(tried.delivery.attempt)
            wait = min(wait, timedelta(seconds=defaults.LEFT_ALONE_SECONDS))
            return tried.settled("unknown" if is_unknown else "pending", "not posted", wait=wait, fault=sentence)
        case PostRefused():
            return tried.settled("dead", "refused", fault=sentence)
        case PlaceClosed() | SpaceClosed():
            settled = tried.settled("unknown" if is_unknown else "waiting", "closed", fault=sentence)
            return replace(settled, closes="channel" if isinstance(fault, PlaceClosed) else "Space")
    wait = min(back_off(tried.delivery.attempt), _LOOK_AGAIN)
    return tried.settled("unknown", "unknown", wait=wait, fault=sentence)


def give_back(tried: Try) -> Settlement:
    """It was claimed and not posted in time, so that somebody else may own it by now."""
    is_unknown = tried.delivery.unknown_since is not None
    return tried.settled("unknown" if is_unknown else "pending", "given back", fault="it was too late to post it")


def after_lookup(tried: Try, receipt: str | None) -> Settlement:
    """It was seen whether it is there; where it is not, it is posted again."""
    if receipt is None:
        return tried.settled("pending", "absent")
    return replace(tried.settled("sent", "sent"), receipt=receipt)


def after_blindness(tried: Try, fault: PostError) -> Settlement:
    """It could not be seen whether it is there; after a while of that, a person is asked."""
    unknown_for = tried.ended - (tried.delivery.unknown_since or tried.ended)
    wait = min(max(unknown_for / 2, _LOOK_AGAIN), _LOOK_AGAIN_LONGEST)
    if isinstance(fault, NotPosted) and fault.retry_after is not None:
        wait = max(wait, min(fault.retry_after, timedelta(seconds=defaults.LEFT_ALONE_SECONDS)))
    is_over = unknown_for >= timedelta(minutes=defaults.HELD_AFTER_MINUTES)
    settled = tried.settled("held" if is_over else "unknown", "not seen", wait=wait, fault=str(fault))
    if isinstance(fault, PlaceClosed | SpaceClosed):
        return replace(settled, state="unknown", closes="channel" if isinstance(fault, PlaceClosed) else "Space")
    return settled


def back_off(attempt: int) -> timedelta:
    """How long to wait after so many attempts."""
    doubled = defaults.POST_AGAIN_SECONDS * 2 ** min(attempt - 1, 16)
    return timedelta(seconds=min(doubled, defaults.POST_AGAIN_LONGEST_SECONDS))


class Settler:
    """Keeps what became of deliveries, those that are settled at the same time in one transaction."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._turn = asyncio.Lock()
        self._next: _Together | None = None

    async def settle(self, settlement: Settlement) -> bool:
        """Whether the delivery was still owned by whoever claimed it, and is settled now. It is never broken off."""
        if self._next is None:
            self._next = _Together()
            self._next.kept = asyncio.get_running_loop().create_task(self._keep(self._next))
        together = self._next
        together.settlements.append(settlement)
        assert together.kept is not None
        settled = settlement.names in await asyncio.shield(together.kept)
        if settled:
            self._outbox.passed("settled")
            self._outbox.told(settlement)
        return settled

    async def _keep(self, together: "_Together") -> set[Named]:
        outbox = self._outbox
        async with self._turn:
            self._next = None
            until = outbox.monotonic() + defaults.LEASE_SECONDS
            while True:
                try:
                    return await outbox.archive.write(self._settle, together.settlements)
                except ArchiveError:
                    # Also where it was kept and only the answer was lost: then nothing is owned any more next time.
                    if outbox.monotonic() > until:
                        raise
                    _log.warning("deliveries could not be settled yet", extra={"count": len(together.settlements)})
                await asyncio.sleep(defaults.SETTLE_AGAIN_SECONDS)

    def _settle(self, db: Db, settlements: Sequence[Settlement]) -> set[Named]:
        settled = settle(db, settlements)
        self._outbox.passed("mid settle")
        return settled


@dataclass(kw_only=True, slots=True)
class _Together:
    """What is settled in one transaction."""

    settlements: list[Settlement] = field(default_factory=list)
    kept: asyncio.Task[set[Named]] | None = None
