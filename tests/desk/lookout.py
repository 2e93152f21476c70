"""A lookout for the tests: a desk whose watches are told of news as it is placed, to a poster that only renders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.arrivals import note_arrivals
from bot.archive.corrections import find_corrections
from bot.archive.deliveries import delivery_of
from bot.archive.filing import file_drafts
from bot.archive.schema_due import DELIVERIES
from bot.archive.watches import add_watch
from bot.desk.alert import Alerts
from bot.desk.desk import Desk
from bot.desk.place import Placer
from bot.desk.release import release_held
from bot.news.article import LOCAL, Draft, Space
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
    """Posts nothing. A payload is the number of what it stands for in `rendered`."""

    platform: str = "console"
    repost_seconds: float = 0.0
    channel_seconds: float = 0.0
    posts_a_second: float = 1_000.0
    rendered: list[Dispatch] = field(default_factory=list)

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        self.rendered.append(dispatch)
        return (str(len(self.rendered) - 1),)

    async def post(self, place: Place, payload: str, marker: str) -> str:
        raise AssertionError("nothing is posted here")

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

    @classmethod
    def open(cls, archive: Archive, folder: Path, space: Space = LOCAL, at: datetime = NOW) -> "Lookout":
        """A lookout with a book of its own, as after a start."""
        desk, poster = open_desk(archive, folder, space), RenderingPoster()
        alerts = Alerts(desk, {poster.platform: poster})
        placer = Placer(
            desk,
            prepare_alerts=alerts.prepare,
            raise_alerts=alerts.raise_alerts,
            find_development=find_development,
        )
        return cls(desk=desk, poster=poster, alerts=alerts, placer=placer, at=at)

    def watch(self, topic: str = "ferry", **given: object) -> Watch:
        """The topic is watched from now on."""
        return self.desk.archive.write_now(add_watch, make_new_watch(topic, **given), self.at)

    def file(self, *drafts: Draft, fresh: bool = True) -> None:
        """The drafts come by a feed; not as news where its first reading lists them."""

        def work(db: Db) -> None:
            filed = file_drafts(db, self.desk.space, drafts, self.at)
            note_arrivals(db, self.desk.space, FEED, [one.article for one in filed], fresh=fresh, now=self.at)
            changed = [one.article for one in filed if one.outcome == "changed"]
            find_corrections(db, self.desk.space, changed, self.at)

        self.desk.archive.write_now(work)

    async def news(self, *drafts: Draft, after: timedelta = timedelta(), fresh: bool = True) -> None:
        """The drafts come, and are placed, when so much time has passed."""
        self.at += after
        self.file(*drafts, fresh=fresh)
        await self.placer.place(self.at)

    async def release(self, at: datetime | None = None) -> int:
        """How many messages are owed of what was held until then."""
        self.at = at or self.at
        return await release_held(self.desk.archive, self.alerts.posters, self.at)

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
