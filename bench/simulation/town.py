"""The town in which desks are ended: two Spaces, what they follow and watch, and when one has digests."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from zoneinfo import ZoneInfo

from bench.platform.layout import channel_of, space_of
from bench.simulation.wire import make_wire
from bench.simulation.world import START, Piece, Press, make_pieces
from bot.archive.archive import Archive, Db
from bot.archive.feeds import PUBLIC, NewFeed, claim_due_feeds
from bot.archive.sources import note_sources
from bot.archive.subscriptions import add_subscription
from bot.archive.watches import add_watch, list_watches
from bot.desk.gather import Gatherer
from bot.desk.wire import Wire
from bot.news.article import Space
from bot.news.days import EVERY_DAY, Days
from bot.news.place import Place
from bot.news.schedule import Rule, Schedule
from bot.news.subscription import NewSubscription
from bot.news.topic import read_topic
from bot.news.watch import NewWatch

UTC = ZoneInfo("UTC")
SPACES = (Space(space_of(0)), Space(space_of(1)))
SHARED, OWN = "https://harbour.example/feed", "https://river.example/feed"
"""Both Spaces follow the first, and only the first Space follows the other one."""

SUBJECTS = {SHARED: "harbour", OWN: "river"}
BEFORE = START - timedelta(minutes=5)
SECOND_DIGEST = 240.0
"""Seconds after the start when the second and last digest is due."""

_SLOTS = tuple((START + timedelta(seconds=after)).time() for after in (120, SECOND_DIGEST))
_OLD_SEED = 0
_EVERY = timedelta(seconds=60)


def digest_place(platform: str, space: int) -> Place:
    """Where the digests of that Space go."""
    return Place(platform=platform, space=SPACES[space], channel=channel_of(space, 0))


def watch_place(platform: str, space: int) -> Place:
    """Where the alerts of that Space go."""
    return Place(platform=platform, space=SPACES[space], channel=channel_of(space, 1))


def make_watch(platform: str, space: int, topic: str) -> NewWatch:
    """A watch that is told at once."""
    read = read_topic(topic)
    return NewWatch(
        place=watch_place(platform, space), topic=read.text, topic_key=read.key, zone=UTC, an_hour=20, by="somebody"
    )


def town_wire() -> Wire:
    """The wire by which the town's feeds are read, each one after a little while."""
    return make_wire(ThreadPoolExecutor(1), every=_EVERY)


def old_pieces() -> list[Piece]:
    """What the feeds listed before the run began."""
    return [piece for feed, subject in SUBJECTS.items() for piece in make_pieces(_OLD_SEED, feed, [-400.0], subject)]


def new_pieces(seed: int) -> list[Piece]:
    """What the feeds print during the run."""
    moments = {SHARED: (15.0, 100.0), OWN: (30.0,)}
    return [piece for feed, when in moments.items() for piece in make_pieces(seed, feed, when, SUBJECTS[feed])]


def follow_feeds(db: Db) -> None:
    """Let both Spaces follow their feeds."""
    for number, space in enumerate(SPACES):
        followed = [("harbour", SHARED), *([("river", OWN)] if number == 0 else [])]
        named = [(name, NewFeed(scope=PUBLIC, key=feed, address=feed, kind="feed")) for name, feed in followed]
        note_sources(db, space, named, BEFORE)


def want_news(db: Db, platform: str) -> None:
    """Let both Spaces watch a subject, and the first one have a digest twice."""
    for number in range(len(SPACES)):
        add_watch(db, make_watch(platform, number, SUBJECTS[SHARED]), BEFORE)
    schedule = Schedule(rules=(Rule(days=Days(weekdays=EVERY_DAY), times=_SLOTS),), zone=UTC)
    add_subscription(
        db, NewSubscription(place=digest_place(platform, 0), schedule=schedule, length="long", by="somebody"), BEFORE
    )


def settle_late(db: Db, platform: str) -> None:
    """Want news once the archive has its present form, where that was not done yet."""
    if not list_watches(db, SPACES[0]):
        want_news(db, platform)


def settle_in(archive: Archive, platform: str, wire: Wire) -> None:
    """Follow, watch and subscribe, and read what is there already."""
    archive.write_now(follow_feeds)
    archive.write_now(want_news, platform)
    asyncio.run(_read_at_first(archive, wire, Press(old_pieces())))


async def _read_at_first(archive: Archive, wire: Wire, press: Press) -> None:
    gatherer = Gatherer(archive, wire)
    for claimed in await archive.write(claim_due_feeds, BEFORE, 10):
        await gatherer.read(claimed, lambda: BEFORE, press.fetch(claimed.feed.address, BEFORE))
