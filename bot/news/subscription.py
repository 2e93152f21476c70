"""Subscriptions: digests for a channel at set times."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.news.article import Space
from bot.news.digest import Length
from bot.news.place import Place
from bot.news.schedule import Occurrence, Schedule
from bot.news.source import FeedId
from config import defaults

SubscriptionId = NewType("SubscriptionId", int)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSubscription:
    """A digest that somebody wants: where, when, on what (None: on everything), from which sources (none: from all).

    `says_nothing_new` lets the channel be told when there is nothing to tell.
    """

    place: Place
    schedule: Schedule
    topic: str | None = None
    length: Length = "normal"
    sources: tuple[FeedId, ...] = ()
    says_nothing_new: bool = False
    by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """A digest for a channel at set times. It has a number that is its own and no watch's in the Space.

    `covers_from` is where its first digest begins. `next_due` is None once its schedule has ended, and while it is
    paused.
    """

    id: SubscriptionId
    place: Place
    schedule: Schedule
    topic: str | None
    length: Length
    sources: tuple[FeedId, ...]
    says_nothing_new: bool
    made: datetime
    made_by: str | None
    paused: datetime | None
    next_due: datetime | None
    covers_from: datetime

    @property
    def space(self) -> Space:
        """Whose it is."""
        return self.place.space


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenOccurrence:
    """A digest that is to be written: it is due at its occurrence, and was noted as such.

    `late_since` is when it was first due, where that is so long ago that it comes late: it then stands for all that
    were missed.
    """

    subscription: Subscription
    occurrence: Occurrence
    noted: datetime
    late_since: datetime | None

    @property
    def written_by(self) -> datetime:
        """When it is written at the latest, although news may still be on its way in."""
        if self.late_since is not None:
            return self.noted + timedelta(seconds=defaults.NEWS_AWAITED_WHEN_LATE_SECONDS)
        return self.occurrence.due - timedelta(seconds=defaults.NEWS_AWAITED_BEFORE_SECONDS)

    @property
    def key(self) -> str:
        """The key of its delivery, by which no digest is owed twice."""
        due = self.occurrence
        return f"digest:{self.subscription.id}:{due.local_date.isoformat()}:{due.slot:%H:%M}"
