"""One run: a desk lives, is ended at a step, and another one goes on until nothing is owed any more."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from bench.platform.gate import Faults, Gate
from bench.platform.layout import Layout
from bench.platform.platform import Message, Platform
from bench.platform.poster import DirectLine, FakePoster
from bench.platform.rules import KINDS
from bench.platform.tally import PostTally, count_posts
from bench.simulation.desk import Surroundings, Work, all_works
from bench.simulation.front import Front
from bench.simulation.ground import Ground
from bench.simulation.life import Fate, Killed, Life, LifeTasks, Over
from bench.simulation.loop import MadeUpLoop
from bench.simulation.mishaps import Mishap
from bench.simulation.person import Person
from bench.simulation.points import MIGRATION, POINTS, Point
from bench.simulation.told import NewsTally, count_told
from bench.simulation.town import SECOND_DIGEST, SPACES, new_pieces, old_pieces, settle_late
from bench.simulation.world import START, Press
from bot.archive.archive import Archive, Db
from bot.archive.articles import newest_change
from bot.archive.counts import placed_mark
from bot.archive.deliveries import MARKER_SECRET, delivery_of
from bot.archive.feeds import free_feeds
from bot.archive.inbox import Event
from bot.archive.keepsakes import keepsake
from bot.archive.schema_due import DELIVERIES, INBOX, OCCURRENCES, SUBSCRIPTIONS
from bot.archive.subscriptions import list_subscriptions
from bot.desk.digest import preview_digest
from bot.desk.ports import Poster
from bot.desk.wire import Wire
from bot.news.delivery import Delivery

_OUTAGES = (0.5, 3.0, 20.0, 100.0)
_PATIENCE = 3_600.0
_LOOK_SECONDS = 20.0
_ASKED_AFTER = 30.0
_AGAIN = 1 / 3
_OWED = ("pending", "waiting", "sending", "unknown", "held")


class NotDrained(Exception):
    """Something was still owed after a long time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ended:
    """How a run went: the steps at which desks were ended, when all was done (in seconds), and the tallies."""

    mishap: str
    killed_at: tuple[str, ...]
    seconds: float
    posts: PostTally
    news: NewsTally

    @property
    def is_sound(self) -> bool:
        """Did everything that was due arrive, once?"""
        return self.posts.is_sound and self.news.is_sound

    def said(self) -> str:
        """What came of it."""
        mishap = "" if self.mishap == "none" else f" and {self.mishap}"
        return f"killed {', '.join(self.killed_at) or 'nowhere'}{mishap}: {self.posts.said()}; {self.news.said()}"


class Run:
    """A world with a platform and a press, in which a desk is ended at a point; the seed decides all else.

    Posters of another class show that it would be noticed if they told the desk what is not so.
    """

    def __init__(
        self, point: Point, kind: str, seed: int, wire: Wire, folder: Path, poster: type[FakePoster] = FakePoster
    ) -> None:
        self._point, self._wire, self._folder, self._poster = point, wire, folder, poster
        self._loop, self._chance = MadeUpLoop(), Random(f"{point.name} {kind} {seed}")
        self._secret = f"{seed}"  # what goes wrong with a post is drawn by its marker too
        self._layout = Layout(
            rules=KINDS[kind], spaces=len(SPACES), each=2, faults=Faults(seed=seed, share=point.faults)
        )
        self._platform = Platform(self._layout.rules, self._layout.channels(), self._now)
        self._gate = Gate(self._platform, self._layout.faults)
        self._press = Press([*old_pieces(), *new_pieces(seed)])
        self._deliveries: list[Delivery] = []
        self._coming: list[Message] = []
        self._mishap = Mishap.drawn(self._chance)
        self._mishap.await_it(self._platform, self._loop)
        self._front = Front(platform=self._layout.rules.name, events=[self._asked()])

    def go(self, ground: Ground) -> Ended:
        """Let one desk live until it is ended, perhaps another one, and one more to the end."""
        killed = [fate.step for fate in self._fates() if self._live(ground, Life(fate))]
        if self._live(ground, Life()):
            raise AssertionError("a life without a fate never ends")
        self._loop.close()
        return Ended(
            mishap=self._mishap.kind,
            killed_at=tuple(killed),
            seconds=self._loop.time(),
            posts=count_posts(self._deliveries, self._platform.messages, self._platform.channels),
            news=count_told(self._press.pieces, [*self._platform.messages, *self._coming]),
        )

    def _fates(self) -> list[Fate]:
        """Where lives end: the first one at the point, and every third time another one at any step but the first."""
        chosen = [self._point]
        if self._chance.random() < _AGAIN:
            chosen.append(self._chance.choice([point for point in POINTS if point is not MIGRATION]))
        return [Fate(step=point.step, time=self._chance.randint(1, point.times)) for point in chosen]

    def _live(self, ground: Ground, life: Life) -> bool:
        """Whether the life was ended before everything was done."""
        archive, killed, outage = None, False, _OUTAGES[0]
        try:
            archive = ground.open(life)
            archive.write_now(keepsake, MARKER_SECRET, lambda: self._secret)
            if self._point == MIGRATION:
                archive.write_now(settle_late, self._layout.rules.name)
            outage = self._chance.choice(_OUTAGES)
            self._loop.run_until_complete(self._work(archive, ground, life))
        except Killed:
            killed = True
        finally:
            self._bury()
            if archive is not None:
                ground.end(archive, killed=killed)
        if killed:
            self._loop.let_pass(outage)
        return killed

    async def _work(self, archive: Archive, ground: Ground, life: Life) -> None:
        """Let everything go on until it is done."""
        await archive.write(free_feeds)
        tasks, rules, line = (
            LifeTasks(life),
            self._layout.rules,
            DirectLine(self._gate, life.passed, lambda: life.is_over),
        )
        around = Surroundings(
            spaces=SPACES,
            fetch=self._press.fetch,
            wire=self._wire,
            posters={rules.name: self._poster(rules=rules, line=line)},
            clock=self._now,
            monotonic=self._loop.time,
            folder=self._folder,
            passed=self._mishap.watched_by(life, self._loop),
        )
        front, person = self._front, Person(line=line)
        works = [
            *await all_works(archive, around, tasks),
            Work(every=10.0, begin=lambda: front.take_in(archive, self._now(), life.passed)),
            Work(every=120.0, begin=lambda: person.decide(archive, SPACES, self._now())),
            Work(every=60.0, begin=lambda: self._mishap.mend(archive, self._platform, self._now())),
        ]
        if self._point.is_of_upkeep:
            works.append(Work(every=25.0, begin=lambda: _keep_up(ground, life)))
        for work in works:
            tasks.create_task(work.go_on())
        while not self._is_done(archive):
            await tasks.wait(_LOOK_SECONDS)
        self._deliveries = archive.read_now(list_deliveries)
        self._coming = await self._next_digest(archive, around.posters[rules.name])
        tasks.end()

    async def _next_digest(self, archive: Archive, poster: Poster) -> list[Message]:
        """What the next digest would tell: what came too late for the last one, and nothing else."""
        (subscription,) = archive.read_now(list_subscriptions, SPACES[0])
        digest = await preview_digest(archive, subscription, self._now())
        texts = poster.render(digest, subscription.schedule.zone) if digest.items else ()
        place = subscription.place
        return [
            Message(receipt="", channel=place.channel, thread=None, marker="coming", text=text, at=self._now())
            for text in texts
        ]

    def _asked(self) -> Event:
        return Event(
            space=SPACES[0],
            platform=self._layout.rules.name,
            event="event-1",
            body="zeppelin",
            received=START + timedelta(seconds=_ASKED_AFTER),
            reply=None,
        )

    def _now(self) -> datetime:
        return START + timedelta(seconds=self._loop.time())

    def _bury(self) -> None:
        """End all that the desk had begun; what was on its way to the platform goes on."""
        left = [task for task in asyncio.all_tasks(self._loop) if task.get_name() != DirectLine.ON_ITS_WAY]
        if not left:
            return
        for task in left:
            task.cancel()
        ending = asyncio.gather(*left, return_exceptions=True)
        while not ending.done():
            with suppress(Killed, Over):
                self._loop.run_until_complete(asyncio.wait([ending]))

    def _is_done(self, archive: Archive) -> bool:
        if self._loop.time() > _PATIENCE:
            raise NotDrained(archive.read_now(_what_is_left, len(self._press.pieces)))
        if self._loop.time() < SECOND_DIGEST:
            return False
        return not archive.read_now(_what_is_left, len(self._press.pieces))


async def _keep_up(ground: Ground, life: Life) -> None:
    """What is done to the database beside the work."""
    ground.back_up(life.passed)
    ground.check_point(life.passed)


def list_deliveries(db: Db) -> list[Delivery]:
    """All that was ever owed, in all Spaces."""
    return [delivery_of(row) for row in db.execute(DELIVERIES.select())]


def _what_is_left(db: Db, pieces: int) -> list[str]:
    """What is still to be done."""
    left = [f"{space} has placed too little" for space in SPACES if placed_mark(db, space) < newest_change(db, space)]
    if newest_change(db, SPACES[0]) < pieces:
        left.append("not everything was read")
    last = START + timedelta(seconds=SECOND_DIGEST)
    left += [f"digest {row.id} is to be noted" for row in db.execute(SUBSCRIPTIONS.select()) if row.next_due <= last]
    left += [f"digest {row.subscription} is open" for row in db.execute(OCCURRENCES.select()) if row.state == "open"]
    left += [f"event {row.event}" for row in db.execute(INBOX.select()) if row.state == "open"]
    left += [f"{row.key} is {row.state}" for row in db.execute(DELIVERIES.select()) if row.state in _OWED]
    return left
