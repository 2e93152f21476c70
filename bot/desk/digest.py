"""Digests: what is due to a channel is chosen, written and frozen ahead of time, so that it can go out on time."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Literal

from bot.archive.archive import Archive, Db
from bot.archive.corrections import note_citations
from bot.archive.deliveries import drop_pending, owe_delivery
from bot.archive.occurrences import (
    close_occurrence,
    coalesce_occurrence,
    open_occurrences,
    undelivered_digests,
)
from bot.archive.sources import awaits_news
from bot.archive.told import note_told_stories
from bot.desk.choose import Chooser, Leaning, lean_nowhere
from bot.desk.telling import Posters
from bot.desk.trend import Trends
from bot.desk.wire import Clock, Tasks
from bot.errors import ArchiveError
from bot.news.choice import Choice
from bot.news.delivery import Owed
from bot.news.digest import Digest, PlainNotice
from bot.news.place import Place
from bot.news.subscription import OpenOccurrence, Subscription
from bot.news.times import Window
from bot.writer.digest import write_digest, write_headlines
from config import defaults

Step = Literal["digest chosen", "digest written", "mid digest", "digest owed"]

_log = logging.getLogger(__name__)


def _pass(_: Step) -> None:
    pass


async def preview_digest(
    archive: Archive, subscription: Subscription, now: datetime, leaning: Leaning = lean_nowhere
) -> Digest:
    """The next digest of the subscription, were it due now. Nothing is owed, and nothing counts as told."""
    chooser = Chooser(subscription=subscription, now=now, leaning=leaning, trending=Trends().of_digest)
    return write_digest(await archive.read(chooser.choose))


class Editor:
    """Prepares the digests that are to be written. A channel's are written one after the other, others beside them.

    One that cannot be written holds up no other, and is told in headlines at the next look. `passed` hears of every
    step, where tests let a process end.
    """

    def __init__(
        self,
        archive: Archive,
        posters: Posters,
        clock: Clock,
        *,
        leaning: Leaning = lean_nowhere,
        passed: Callable[[Step], None] = _pass,
    ) -> None:
        self._archive, self._posters, self._clock = archive, posters, clock
        self._leaning, self._passed = leaning, passed
        self._trends = Trends()
        self._failed: dict[str, datetime] = {}
        self._running: dict[Place, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(defaults.DIGESTS_AT_ONCE)

    async def begin_due(self, tasks: Tasks) -> int:
        """How many digests are to be written and can be now; each channel's are being prepared from now on.

        While news is on its way in, one waits as long as it may.
        """
        now, count = self._clock(), 0
        waiting: defaultdict[Place, list[OpenOccurrence]] = defaultdict(list)
        for one in await self._archive.read(_to_be_written, self._posters, now):
            if self._failed.get(_name(one), now) <= now and _channel(one) not in self._running:
                waiting[_channel(one)].append(one)
        for channel, several in waiting.items():
            count += len(several)
            self._running[channel] = tasks.create_task(self._prepare_all(channel, several))
        return count

    async def prepare_due(self) -> None:
        """Prepare what is to be written, until nothing is left that can be."""
        async with asyncio.TaskGroup() as group:
            while await self.begin_due(group) or self._running:
                await asyncio.wait(self._running.values())

    async def _prepare_all(self, channel: Place, several: Sequence[OpenOccurrence]) -> None:
        try:
            async with self._room:
                for one in several:
                    await self._try(one)
        finally:
            del self._running[channel]

    async def _try(self, one: OpenOccurrence) -> None:
        try:
            await self._prepare(one)
        except ArchiveError:
            raise  # nothing is wrong with the digest
        except Exception:
            self._note_failure(one)
            raise
        self._failed.pop(_name(one), None)

    async def _prepare(self, one: OpenOccurrence) -> None:
        now = self._clock()
        chosen = await self._archive.read(self._choose, one, now)
        self._passed("digest chosen")
        written = await asyncio.to_thread(self._write, one, chosen.choice)
        self._passed("digest written")
        try:
            await self._archive.write(self._keep, one, chosen, written, now)
        except _Overtaken:
            return  # it is chosen anew at the next look
        self._passed("digest owed")

    def _choose(self, db: Db, one: OpenOccurrence, now: datetime) -> "_Chosen":
        """What is to be told; digests that still wait to be posted become part of it."""
        waiting = undelivered_digests(db, one.subscription)
        late = [due for due in (one.late_since, *(due for _, due in waiting)) if due is not None]
        chooser = Chooser(
            subscription=one.subscription,
            now=now,
            late_since=min(late, default=None),
            instead_of=frozenset(key for key, _ in waiting),
            leaning=self._leaning,
            trending=self._trends.of_digest,
        )
        return _Chosen(choice=chooser.choose(db), instead_of=chooser.instead_of)

    def _write(self, one: OpenOccurrence, choice: Choice) -> "_Written | None":
        """What goes out, as the platform takes it; None where there is nothing new and nobody wants to hear that."""
        subscription = one.subscription
        digest = write_headlines(choice) if _name(one) in self._failed else write_digest(choice)
        zone = subscription.schedule.zone
        if digest.items or digest.ended:
            dispatch: Digest | PlainNotice = digest
        elif subscription.says_nothing_new:
            dispatch = _nothing_new(subscription, choice)
        else:
            return None
        return _Written(digest=digest, payloads=self._posters[subscription.place.platform].render(dispatch, zone))

    def _keep(self, db: Db, one: OpenOccurrence, chosen: "_Chosen", written: "_Written | None", now: datetime) -> None:
        """Owe the digest, and note what it tells, unless somebody saw to it meanwhile.

        _Overtaken where a digest that was to become part of it is being posted by now.
        """
        subscription, choice = one.subscription, chosen.choice
        space, covers = subscription.space, Window(start=choice.start, end=choice.end)
        if not close_occurrence(db, one, "owed" if written else "nothing new", covers, choice.change) or not written:
            return
        for key in chosen.instead_of:
            if not drop_pending(db, space, key, now):
                raise _Overtaken(key)
            coalesce_occurrence(db, subscription, key)
        due, place = one.occurrence.due, subscription.place
        owed = Owed(place=place, cause="digest", key=one.key, payloads=written.payloads, due=due)
        if owe_delivery(db, owed, now):
            note_told_stories(db, subscription, one.key, written.digest.items, now)
            note_citations(db, space, one.key, written.digest.citations, now)
        self._passed("mid digest")

    def _note_failure(self, one: OpenOccurrence) -> None:
        now, name = self._clock(), _name(one)
        again = now + timedelta(seconds=defaults.DIGEST_AGAIN_SECONDS) if name in self._failed else now
        self._failed[name] = again
        _log.warning("a digest could not be written", extra={"digest": name, "again": again.isoformat()})


def _to_be_written(db: Db, posters: Posters, now: datetime) -> list[OpenOccurrence]:
    """The digests that are to be written now, the earliest due first.

    Of very many at once none waits that is not late: writing them takes all the time that there is.
    """
    several = open_occurrences(db, posters, defaults.DIGESTS_LOOKED_FOR)
    is_rush = len(several) > defaults.NEWS_AWAITED_BY_DIGESTS
    awaits = cache(partial(awaits_news, db))

    def may_be_written(one: OpenOccurrence) -> bool:
        if one.written_by <= now or (is_rush and one.late_since is None):
            return True
        return not awaits(one.subscription.space, one.noted)

    return [one for one in several if may_be_written(one)]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Chosen:
    """What is to be told, and the keys of the digests that become part of it."""

    choice: Choice
    instead_of: Collection[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Written:
    """The digest, and the messages in which it is posted."""

    digest: Digest
    payloads: tuple[str, ...]


class _Overtaken(Exception):
    """A digest that was to become part of another is being posted."""


def _name(one: OpenOccurrence) -> str:
    return f"{one.subscription.space} {one.key}"


def _channel(one: OpenOccurrence) -> Place:
    """The channel that is told: what one of its threads heard, all of it heard."""
    return replace(one.subscription.place, thread=None)


def _nothing_new(subscription: Subscription, choice: Choice) -> PlainNotice:
    since = choice.start.astimezone(subscription.schedule.zone)
    on = f" on {subscription.topic}" if subscription.topic else ""
    return PlainNotice(sentence=f"Nothing new{on} since {since:%A} {since.day} {since:%B} {since.year}, {since:%H:%M}.")
