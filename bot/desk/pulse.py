"""The pulse of a running desk: what is going on, and what stands still and since when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.archive.archive import Db
from bot.archive.articles import newest_changes
from bot.archive.counts import placed_marks
from bot.archive.deliveries import count_deliveries
from bot.archive.entries import count_owed_pages
from bot.archive.feeds import FeedCounts, count_feeds
from bot.news.article import Space
from bot.news.delivery import DeliveryCounts
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Stuck:
    """One thing that stands still, since when, and the sentence about it."""

    what: str
    since: datetime
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulse:
    """How the desk does; nothing stuck means that all is well.

    `unindexed` counts changes that cannot be found yet, `unplaced` those that have no place in a story yet.
    """

    feeds: FeedCounts
    pages_owed: int
    unindexed: int
    unplaced: int
    deliveries: DeliveryCounts
    stuck: tuple[Stuck, ...]


def take_pulse(db: Db, indexed: Mapping[Space, int], ended: Mapping[str, datetime], now: datetime) -> Pulse:
    """The pulse. `indexed` is the newest change in each index, `ended` when each piece of work last ended well."""
    feeds = count_feeds(db, now)
    stuck = [
        Stuck(what=work, since=since, sentence=f"{work.capitalize()} has not ended well since {_clock(since)}.")
        for work, since in ended.items()
        if now - since > timedelta(seconds=defaults.STUCK_WORK_SECONDS)
    ]
    if feeds.due_since is not None and now - feeds.due_since > timedelta(minutes=defaults.STUCK_FEED_MINUTES):
        due = "1 feed is" if feeds.due == 1 else f"{feeds.due:,} feeds are"
        sentence = f"{due} due and not read, the first since {_clock(feeds.due_since)}."
        stuck.append(Stuck(what="feeds", since=feeds.due_since, sentence=sentence))
    deliveries, newest, placed = count_deliveries(db, now), newest_changes(db), placed_marks(db)
    if deliveries.due_since is not None and now - deliveries.due_since > timedelta(minutes=defaults.STUCK_DUE_MINUTES):
        due = "1 delivery is" if deliveries.due == 1 else f"{deliveries.due:,} deliveries are"
        sentence = f"{due} due and not sent, the first since {_clock(deliveries.due_since)}."
        stuck.append(Stuck(what="deliveries", since=deliveries.due_since, sentence=sentence))
    return Pulse(
        feeds=feeds,
        pages_owed=count_owed_pages(db),
        unindexed=sum(newest.get(space, 0) - seq for space, seq in indexed.items()),
        unplaced=sum(seq - placed.get(space, 0) for space, seq in newest.items()),
        deliveries=deliveries,
        stuck=tuple(stuck),
    )


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
