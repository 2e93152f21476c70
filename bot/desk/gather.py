"""Gathering: feeds that are due are read, and what they list is filed."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from time import monotonic
from typing import Literal

from bot.archive.archive import Archive, Db
from bot.archive.entries import known_entries
from bot.archive.feeds import Claimed, Reading, claim_due_feeds, note_reading, postpone_feed
from bot.desk.file_list import FiledList, file_list
from bot.desk.funeral import bury_feed, consider_move, find_replacement, note_fault
from bot.desk.read_feed import ReadFeed, fetch_claimed, read_answer
from bot.desk.wire import Clock, Tasks, Wire
from bot.errors import SourceError
from bot.news.polling import is_to_be_stopped, learn_gap, usual_gap, wait_after_reading
from bot.news.source import FeedId
from bot.wire.address import host_of
from bot.wire.fetch import Fetched, Unchanged
from bot.wire.parsed import Fault
from config import defaults

Outcome = Literal["filed", "unchanged", "failed", "stopped", "put off"]
Step = Literal["before fetch", "after fetch", "after parse", "mid transaction", "after commit"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """How one reading of a feed went: articles that are new or changed, and how long storing took from having them."""

    feed: FeedId
    outcome: Outcome
    added: int = 0
    changed: int = 0
    code: str = ""
    fetch_seconds: float = 0.0
    store_seconds: float = 0.0


def _ignore(_: object) -> None:
    pass


class Gatherer:
    """Reads feeds that are due, many at once. Every feed is on its own: none waits for another but at one host.

    `told` hears of every reading, and `passed` of every step of it, where tests let a process end.
    """

    def __init__(
        self,
        archive: Archive,
        wire: Wire,
        *,
        told: Callable[[Gathered], None] = _ignore,
        passed: Callable[[Step], None] = _ignore,
    ) -> None:
        self.wire = wire
        self._archive = archive
        self._told, self._passed = told, passed
        self._running: set[asyncio.Task[None]] = set()

    async def read_due(self, clock: Clock) -> None:
        """Read every feed that is due, those that fall due meanwhile as well."""
        async with asyncio.TaskGroup() as group:
            await self.begin_due(clock, group)
            while self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                await self.begin_due(clock, group)

    async def begin_due(self, clock: Clock, group: Tasks) -> None:
        """Begin to read what is due, in the group; the answer comes when the last of it was begun."""
        while True:
            free = defaults.POLL_AT_ONCE - len(self._running)
            if free < defaults.POLL_CLAIMED_AT_LEAST and self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                continue
            claimed = await self._archive.write(claim_due_feeds, clock(), free)
            if not claimed:
                return
            for one in claimed:
                task = group.create_task(self._read(one, clock))
                self._running.add(task)
                task.add_done_callback(self._running.discard)

    async def read(self, claimed: Claimed, clock: Clock, answer: Fetched | None = None) -> Gathered:
        """Read the claimed feed now, from the answer where there is one. What goes wrong with it is noted with it."""
        began = monotonic()
        try:
            self._passed("before fetch")
            given: Fetched | Unchanged = answer or await fetch_claimed(self.wire, claimed, clock())
            had = monotonic()
            self._passed("after fetch")
            known = {} if claimed.is_first else await self._archive.read(known_entries, claimed.feed.id)
            read = await read_answer(self.wire, claimed, given, known, clock())
        except SourceError as fault:
            return await self._note_fault(claimed, fault, clock())
        self._passed("after parse")
        filed = await self._archive.write(self._file, claimed, read, clock())
        self._passed("after commit")
        return Gathered(
            feed=claimed.feed.id,
            outcome="filed" if read.lists else "unchanged",
            added=filed.added if filed else 0,
            changed=filed.changed if filed else 0,
            fetch_seconds=had - began,
            store_seconds=monotonic() - had,
        )

    async def _read(self, claimed: Claimed, clock: Clock) -> None:
        wait = self.wire.hosts.queue(host_of(claimed.feed.address))
        if wait is None:
            until = clock() + timedelta(seconds=defaults.HOST_QUEUE_SECONDS)
            await self._archive.write(postpone_feed, claimed.feed.id, until)
            self._told(Gathered(feed=claimed.feed.id, outcome="put off"))
            return
        if wait:
            await asyncio.sleep(wait)
        gathered = await self.read(claimed, clock)
        _log.debug("feed read", extra={"feed": gathered.feed, "outcome": gathered.outcome, "added": gathered.added})
        self._told(gathered)

    async def _note_fault(self, claimed: Claimed, fault: SourceError, now: datetime) -> Gathered:
        feed = claimed.feed
        stopped = is_to_be_stopped(feed, now, is_gone=fault.is_gone)
        if stopped:
            replacement = await find_replacement(self.wire, feed, now)
            await self._archive.write(bury_feed, feed, fault, replacement, now)
        else:
            luck = _luck(feed.id, now)
            await self._archive.write(note_fault, feed, fault, now, pace=self.wire.pace, luck=luck)
        _log.info("feed failed", extra={"feed": feed.id, "code": fault.code, "stopped": stopped})
        return Gathered(feed=feed.id, outcome="stopped" if stopped else "failed", code=fault.code)

    def _file(self, db: Db, claimed: Claimed, read: ReadFeed, now: datetime) -> FiledList | None:
        """One transaction: the articles for every Space, what the feed lists, its validators and its next reading."""
        feed, filed = claimed.feed, None
        if read.lists is not None:
            filed = file_list(db, feed.id, read.lists, now)
            self._passed("mid transaction")
        new = filed.new_entries if filed else 0
        gap, last_new = feed.gap_seconds, feed.last_new
        if claimed.is_first and read.lists is not None and last_new is None:
            dates = [one.draft.published for one in read.lists.entries if one.draft.published]
            gap, last_new = usual_gap(dates), min(max(dates, default=now), now)
        elif new:
            gap, last_new = learn_gap(gap, now, last_new, new), now
        quiet = now - (last_new or now)
        luck = _luck(feed.id, now)
        fault = read.fault
        if read.lists is None and feed.fault and not feed.failures:
            fault = Fault(sentence=feed.fault, code=feed.code or "")  # what was wrong with it is wrong with it still
        wait = wait_after_reading(gap, quiet, asked=read.asked, pace=self.wire.pace, luck=luck)
        reading = Reading(
            next_read=now + wait,
            etag=read.etag,
            last_modified=read.last_modified,
            body=read.body,
            site=read.site,
            gap_seconds=gap,
            last_new=last_new,
            moved_to=read.moved_to if filed is None or filed.is_same_feed else None,
            code=fault.code if fault else None,
            fault=fault.sentence if fault else None,
        )
        note_reading(db, feed, reading, now)
        if reading.moved_to is not None:
            consider_move(db, feed, reading.moved_to, now)
        return filed


def _luck(feed: FeedId, now: datetime) -> float:
    """A number from -1 to 1 that is another one for every feed and reading."""
    drawn = blake2b(f"{feed} {now.isoformat()}".encode(), digest_size=4).digest()
    return int.from_bytes(drawn, "little") / 2**31 - 1
