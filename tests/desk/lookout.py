"""A lookout for the tests: a desk whose watches are told of news as it is placed, to a poster that only renders."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.arrivals import note_arrivals
from bot.archive.articles import changes_after
from bot.archive.corrections import find_corrections
from bot.archive.deliveries import delivery_of
from bot.archive.filing import file_drafts
from bot.archive.schema_due import DELIVERIES
from bot.archive.watches import add_watch
from bot.desk.alert import Alerts
from bot.desk.correct import find_contradicted, owe_corrections
from bot.desk.deliver import Deliverer
from bot.desk.desk import Desk
from bot.desk.outbox import Outbox
from bot.desk.place import Placed, Placer
from bot.desk.release import release_held
from bot.news.article import LOCAL, Article, Draft, Space
from bot.news.delivery import Delivery
from bot.news.digest import Alert, AlertBatch, CorrectionNote, Dispatch
from bot.news.place import Place
from bot.news.source import FeedId
from bot.news.watch import Watch
from bot.writer.development import find_development
from tests.desk.paper import open_desk
from tests.makes import NOW
from tests.watching import make_new_watch

FEED = FeedId(1)


@dataclass(kw_only=True)
class RenderingPoster:
    """Posts into a list. A payload is the number of what it stands for in `rendered`."""

    platform: str = "console"
    repost_seconds: float = 0.0
    channel_seconds: float = 0.0
    posts_a_second: float = 1_000.0
    rendered: list[Dispatch] = field(default_factory=list)
    posted: list[tuple[Place, Dispatch]] = field(default_factory=list)

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        self.rendered.append(dispatch)
        return (str(len(self.rendered) - 1),)

    async def post(self, place: Place, payload: str, marker: str) -> str:
        self.posted.append((place, self.rendered[int(payload)]))
        return f"message {len(self.posted)}"

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        raise AssertionError("nothing is looked up here")


@dataclass(kw_only=True)
class Lookout:
    """The desk, who alerts and who renders, and the moment at which it is."""

    desk: Desk
    poster: RenderingPoster
    alerts: Alerts
    placer: Placer
    at: datetime = NOW
    feed: FeedId = FEED

    @classmethod
    def open(cls, archive: Archive, folder: Path, space: Space = LOCAL, at: datetime = NOW) -> "Lookout":
        """A lookout with a book of its own, as after a start."""
        desk, poster = open_desk(archive, folder, space), RenderingPoster()
        alerts = Alerts(desk, {poster.platform: poster})

        def follow_up(db: Db, placed: Sequence[Placed], now: datetime) -> None:
            alerts.raise_alerts(db, placed, now)
            find_contradicted(db, space, placed, now)

        placer = Placer(desk, prepare_alerts=alerts.prepare, raise_alerts=follow_up, find_development=find_development)
        return cls(desk=desk, poster=poster, alerts=alerts, placer=placer, at=at)

    def watch(self, topic: str = "ferry", **given: object) -> Watch:
        """The topic is watched from now on."""
        return self.desk.archive.write_now(add_watch, make_new_watch(topic, **given), self.at, 1_000_000)

    def file(self, *drafts: Draft, fresh: bool = True) -> None:
        """The drafts come by a feed; not as news where its first reading lists them."""

        def work(db: Db) -> None:
            filed = file_drafts(db, self.desk.space, drafts, self.at)
            note_arrivals(db, self.desk.space, self.feed, [one.article for one in filed], fresh=fresh, now=self.at)
            changed = [one.article for one in filed if one.outcome == "changed"]
            find_corrections(db, self.desk.space, changed, self.at)

        self.desk.archive.write_now(work)

    async def news(self, *drafts: Draft, after: timedelta = timedelta(), fresh: bool = True) -> None:
        """The drafts come, and are placed, when so much time has passed."""
        self.at += after
        self.file(*drafts, fresh=fresh)
        await self.placer.place(self.at)

    def article(self, name: str) -> Article:
        """The article of that name."""
        changes = self.desk.archive.read_now(changes_after, self.desk.space, 0, 10_000)
        return next(change.article for change in changes if change.article.name == name)

    async def release(self, at: datetime | None = None) -> int:
        """How many messages are owed of what was held until then."""
        self.at = at or self.at
        return await release_held(self.desk.archive, self.alerts.posters, self.at)

    async def post(self, after: timedelta = timedelta()) -> list[Dispatch]:
        """What is posted when so much time has passed."""
        self.at += after
        before = len(self.poster.posted)
        async with asyncio.TaskGroup() as tasks:
            outbox = Outbox(archive=self.desk.archive, posters=self.alerts.posters, tasks=tasks, clock=lambda: self.at)
            await Deliverer(outbox).deliver_due()
        return [dispatch for _, dispatch in self.poster.posted[before:]]

    async def correct(self) -> list[CorrectionNote]:
        """The corrections that are posted of what was found until now."""
        await owe_corrections(self.desk.archive, self.alerts.posters, self.at)
        posted = await self.post()
        notes = [one for one in posted if isinstance(one, CorrectionNote)]
        assert len(notes) == len(posted)
        return notes

    def owed(self, channel: str | None = None) -> list[Delivery]:
        """What is owed, in order."""

        def work(db: Db) -> list[Delivery]:
            rows = db.execute(sa.select(DELIVERIES).order_by(DELIVERIES.c.due, DELIVERIES.c.id))
            return [delivery_of(row) for row in rows]

        owed = self.desk.archive.read_now(work)
        return [one for one in owed if channel is None or one.place.channel == channel]

    def told(self, channel: str | None = None) -> list[Dispatch]:
        """The same as what it stands for."""
        return [self.poster.rendered[int(one.payload)] for one in self.owed(channel)]

    def alerted(self, channel: str | None = None) -> list[Alert]:
        """The alerts that are owed, those in batches as well."""
        alerts: list[Alert] = []
        for dispatch in self.told(channel):
            assert isinstance(dispatch, Alert | AlertBatch | CorrectionNote)
            alerts += (
                dispatch.alerts
                if isinstance(dispatch, AlertBatch)
                else [dispatch]
                if isinstance(dispatch, Alert)
                else []
            )
        return alerts

    def headlines(self, channel: str | None = None) -> list[str]:
        """Their headlines."""
        return [alert.headline for alert in self.alerted(channel)]


def texts(dispatches: Sequence[Dispatch]) -> str:
    """All that was told, as one text."""
    return "\n".join(map(repr, dispatches))
