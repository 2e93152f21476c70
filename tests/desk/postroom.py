"""A post room for the tests: a platform that does as a script says, and a desk that delivers to it."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import coroutine
from zoneinfo import ZoneInfo

from bot.archive.archive import Archive
from bot.archive.deliveries import find_deliveries, owe_delivery
from bot.archive.settling import Settlement
from bot.desk.deliver import Deliverer
from bot.desk.outbox import Outbox, Step
from bot.desk.recover import Recoverer
from bot.errors import MaybePosted, PostError
from bot.news.delivery import Delivery, Owed
from bot.news.digest import Dispatch
from bot.news.place import Place
from tests.archive.owing import TEAM
from tests.makes import NOW

Act = PostError | str
"""What happens to one post: a fault instead of it, "lost" (it is there, and no answer comes), "cut" (it is not there,
and no answer comes), or "hang" (it waits until the test says go)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A message on the platform."""

    place: Place
    payload: str
    marker: str
    receipt: str


@dataclass(kw_only=True)
class ScriptedPoster:
    """Posts on a platform that is a list. `script` has what happens to the next posts in a channel, and then all goes
    well; `sees` are faults of the next look-ups.
    """

    platform: str = "chat"
    repost_seconds: float = 0.0
    channel_seconds: float = 0.0
    posts_a_second: float = 10_000.0
    script: defaultdict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))
    sees: list[PostError] = field(default_factory=list)
    posts: list[Posted] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)
    looks: list[tuple[str, datetime]] = field(default_factory=list)
    go: asyncio.Event = field(default_factory=asyncio.Event)
    most_at_once: int = 0
    _now_posting: list[str] = field(default_factory=list)

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        return (repr(dispatch),)

    async def post(self, place: Place, payload: str, marker: str) -> str:
        assert place.channel not in self._now_posting, "one at a time in a channel"
        self._now_posting.append(place.channel)
        self.most_at_once = max(self.most_at_once, len(self._now_posting))
        self.tries.append(payload)
        try:
            return await self._post(place, payload, marker)
        finally:
            self._now_posting.remove(place.channel)

    async def _post(self, place: Place, payload: str, marker: str) -> str:
        acts = self.script[place.channel]
        act = acts.pop(0) if acts else "well"
        await _let_others_go_first()
        if isinstance(act, PostError):
            raise act
        if act == "hang":
            await self.go.wait()
        if act == "cut":
            raise MaybePosted("the line broke.")
        known = [one for one in self.posts if one.marker == marker and self.repost_seconds]
        receipt = known[0].receipt if known else f"message {len(self.posts) + 1}"
        if not known:
            self.posts.append(Posted(place=place, payload=payload, marker=marker, receipt=receipt))
        if act == "lost":
            raise MaybePosted("no answer came.")
        return receipt

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        self.looks.append((marker, since))
        await _let_others_go_first()
        if self.sees:
            raise self.sees.pop(0)
        found = (one.receipt for one in self.posts if (one.place, one.marker) == (place, marker))
        return next(found, None)

    @property
    def texts(self) -> list[str]:
        """What stands on the platform, in order."""
        return [one.payload for one in self.posts]


@coroutine
def _let_others_go_first() -> Generator[None, None, None]:
    yield


class Ended(BaseException):
    """The process was ended at a step."""


@dataclass(kw_only=True)
class PostRoom:
    """The archive, the poster, whoever delivers and looks up, and the moment at which they do."""

    archive: Archive
    poster: ScriptedPoster
    deliverer: Deliverer
    recoverer: Recoverer
    told: list[Settlement]
    steps: list[Step]
    at: datetime = NOW
    end_at: Step | None = None

    def clock(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - NOW).total_seconds()

    def passes(self, step: Step) -> None:
        self.steps.append(step)
        if step == self.end_at:
            raise Ended(step)

    async def owe(self, *owed: Owed) -> None:
        for one in owed:
            assert await self.archive.write(owe_delivery, one, self.at)

    async def delivers(self, after: float = 0.0) -> list[str]:
        """What is posted when so many seconds have passed."""
        self.at += timedelta(seconds=after)
        before = len(self.poster.posts)
        await self.deliverer.deliver_due()
        return self.poster.texts[before:]

    async def recovers(self, after: float = 0.0) -> None:
        """Look up what can be when so many seconds have passed, and post what is absent."""
        self.at += timedelta(seconds=after)
        await self.recoverer.recover_due()
        await self.deliverer.deliver_due()

    def found(self, key: str = "alert:1:1:0") -> Delivery:
        """The only part of what is owed under the key."""
        (one,) = self.archive.read_now(find_deliveries, TEAM, key)
        return one


@asynccontextmanager
async def open_post_room(
    archive: Archive, poster: ScriptedPoster | None = None, *, others: Sequence[ScriptedPoster] = ()
) -> AsyncIterator[PostRoom]:
    """A post room in which nothing is owed yet."""
    poster = poster or ScriptedPoster()
    room: list[PostRoom] = []
    told: list[Settlement] = []
    async with asyncio.TaskGroup() as group:
        outbox = Outbox(
            archive=archive,
            posters={one.platform: one for one in (poster, *others)},
            tasks=group,
            clock=lambda: room[0].clock(),
            monotonic=lambda: room[0].monotonic() if room else 0.0,
            told=told.append,
            passed=lambda step: room[0].passes(step),
        )
        deliverer = Deliverer(outbox)
        recoverer = Recoverer(deliverer)
        opened = PostRoom(archive=archive, poster=poster, deliverer=deliverer, recoverer=recoverer, told=told, steps=[])
        room.append(opened)
        yield opened
        await deliverer.stop()
