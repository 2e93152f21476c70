"""A newsroom for the tests: news is placed, digests fall due, are prepared by an editor, and delivered or not."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.arrivals import note_arrivals
from bot.archive.deliveries import delivery_of
from bot.archive.feeds import PUBLIC, NewFeed, find_feed
from bot.archive.filing import file_drafts
from bot.archive.schema_due import DELIVERIES
from bot.archive.sources import note_sources
from bot.archive.subscriptions import add_subscription
from bot.desk.digest import Editor, Step, preview_digest
from bot.desk.place import Placer
from bot.desk.tick import note_due
from bot.news.article import LOCAL, Draft
from bot.news.days import EVERY_DAY, Days
from bot.news.delivery import Delivery, State
from bot.news.digest import Digest, Dispatch, PlainNotice
from bot.news.place import Place
from bot.news.schedule import Rule, Schedule
from bot.news.source import FeedId
from bot.news.subscription import NewSubscription, Subscription
from bot.schedule import Workers
from bot.writer.development import find_development
from tests.archive.owing import claim, settle_as
from tests.desk.lookout import RenderingPoster
from tests.desk.paper import open_desk, piece
from tests.desk.postroom import Ended
from tests.makes import NOW

UTC_ZONE = ZoneInfo("UTC")
HERE = Place(platform="console", space=LOCAL, channel="desk")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FEED = FeedId(1)


def daily(*times: time, zone: ZoneInfo = UTC_ZONE) -> Schedule:
    """Every day at these times."""
    return Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=times or (time(8),)),), zone=zone)


@dataclass(kw_only=True)
class Newsroom:
    """The archive, who places and who edits, who renders, and the moment at which it is."""

    archive: Archive
    placer: Placer
    poster: RenderingPoster
    editor: Editor
    at: datetime = NOW
    end_at: Step | None = None
    _count: int = 0

    @classmethod
    def open(cls, archive: Archive, folder: Path, poster: RenderingPoster | None = None) -> "Newsroom":
        """A newsroom as after a start: it remembers what the archive holds and nothing else."""
        rooms: list[Newsroom] = []
        desk, poster = open_desk(archive, folder), poster or RenderingPoster()
        editor = Editor(
            archive,
            {poster.platform: poster},
            lambda: rooms[0].at,
            passed=lambda step: rooms[0].passes(step),
        )
        placer = Placer(desk, find_development=find_development)
        rooms.append(cls(archive=archive, placer=placer, poster=poster, editor=editor))
        return rooms[0]

    def passes(self, step: Step) -> None:
        """The process ends where the test wants it to."""
        if step == self.end_at:
            raise Ended(step)

    def subscribe(self, schedule: Schedule | None = None, place: Place = HERE, **given: object) -> Subscription:
        """A digest that is wanted from now on, every morning at eight unless the test says otherwise."""
        new = NewSubscription(place=place, schedule=schedule or daily(), **given)  # type: ignore[arg-type]
        return self.archive.write_now(add_subscription, new, self.at)

    def news(self, title: str, text: str, publisher: str = "Selby Courier", feed: FeedId = FEED) -> None:
        """A piece of news comes now and is placed."""
        self.file(self.write(title, text, publisher), feed=feed)
        self.place()

    def write(self, title: str, text: str, publisher: str = "Selby Courier") -> Draft:
        """A piece of news of this moment."""
        self._count += 1
        published = self.at.replace(tzinfo=None).isoformat()
        return piece(f"piece-{self._count}", text, title=title, publisher=publisher, published=published)

    def file(self, *drafts: Draft, feed: FeedId = FEED, fresh: bool = True) -> None:
        """The drafts come now, not as news where a first reading lists them; nobody has placed them yet."""

        def work(db: Db) -> None:
            filed = file_drafts(db, LOCAL, drafts, self.at)
            note_arrivals(db, LOCAL, feed, [one.article for one in filed], fresh=fresh, now=self.at)

        self.archive.write_now(work)

    def follow(self, next_read: datetime) -> FeedId:
        """A source that is to be read then, and by nobody here."""
        address = "https://selby.example/feed"
        new = NewFeed(scope=PUBLIC, key=address, address=address, kind="feed")
        self.archive.write_now(note_sources, LOCAL, [("Selby Courier", new)], next_read)
        feed = self.archive.read_now(find_feed, PUBLIC, address, address)
        assert feed is not None
        return feed.id

    def place(self) -> None:
        """What has come is placed into stories."""
        asyncio.run(self.placer.place(self.at))

    def preview(self, subscription: Subscription) -> Digest:
        """The next digest as of now."""
        return asyncio.run(preview_digest(self.archive, subscription, self.at))

    def owed(self) -> list[Delivery]:
        """All that is or was owed, in order."""

        def work(db: Db) -> list[Delivery]:
            return [delivery_of(row) for row in db.execute(sa.select(DELIVERIES).order_by(DELIVERIES.c.id))]

        return self.archive.read_now(work)

    def prepare(self, at: datetime | None = None) -> list[Dispatch]:
        """What is written of all that is due by then; what goes wrong in one holds up no other."""
        self.at = at or self.at
        before = len(self.poster.rendered)
        self.archive.write_now(note_due, self.at)
        asyncio.run(self._prepare())
        return self.poster.rendered[before:]

    async def _prepare(self) -> None:
        workers = Workers()
        while await self.editor.begin_due(workers):
            await workers.finish(60)

    def end_while_preparing(self, at: datetime, end_at: Step) -> None:
        """The process ends at that step while it prepares what is due by then."""
        self.at, self.end_at = at, end_at
        self.archive.write_now(note_due, self.at)
        with pytest.raises(BaseExceptionGroup):
            asyncio.run(self.editor.prepare_due())

    def deliver(self, state: State = "sent") -> None:
        """What is due goes out, or becomes what the test says."""
        while claimed := claim(self.archive, self.at, platform="console"):
            for delivery in claimed:
                settle_as(self.archive, delivery, state, at=self.at)

    def morning(self, at: datetime | None = None) -> list[Dispatch]:
        """The next morning at eight, or at another moment, what is due is written and delivered."""
        told = self.prepare(at or next_morning(self.at))
        self.deliver()
        return told

    def digest(self, at: datetime | None = None) -> Digest:
        """The only digest of that morning."""
        (digest,) = self.morning(at)
        assert isinstance(digest, Digest)
        return digest


def next_morning(after: datetime) -> datetime:
    """The next time it is eight in the morning, UTC."""
    today = after.replace(hour=8, minute=0)
    return today if today > after else today + DAY


@dataclass(kw_only=True)
class StumblingPoster(RenderingPoster):
    """Cannot render a digest with this word in a sentence; with `at_headlines`, nor one with it in a headline."""

    word: str
    at_headlines: bool = False

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        items = getattr(dispatch, "items", ())
        told = [point.text for item in items for point in item.points]
        told += [item.headline for item in items if self.at_headlines]
        if any(self.word in text for text in told):
            raise ValueError(self.word)
        return super().render(dispatch, zone)


def headlines(dispatches: Digest | Sequence[Dispatch]) -> list[str]:
    """The headlines of all digests, in order."""
    digests = [dispatches] if isinstance(dispatches, Digest) else dispatches
    return [item.headline for one in digests if isinstance(one, Digest) for item in one.items]


def notices(dispatches: Sequence[Dispatch]) -> list[str]:
    """The sentences of all notices."""
    return [one.sentence for one in dispatches if isinstance(one, PlainNotice)]
