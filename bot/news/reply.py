"""What whoever asked for something is told: it is as you wanted, here is the list, this is what it would look like."""

from dataclasses import dataclass
from datetime import datetime

from bot.news.backtest import Backtest
from bot.news.delivery import Delivery
from bot.news.digest import Digest
from bot.news.subscription import Subscription
from bot.news.verdict import Verdict
from bot.news.watch import Watch


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Plain words."""

    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestMade:
    """A digest comes from now on. `next` are its next times, `notes` what else has to be known ("I took `Paris` as …").

    The sources are those that it is made from, by name; none means all.
    """

    subscription: Subscription
    next: tuple[datetime, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestsListed:
    """The digests of a channel, by number."""

    subscriptions: tuple[Subscription, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestPreviewed:
    """What the digest would tell now."""

    subscription: Subscription
    digest: Digest


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchMade:
    """A topic is watched from now on. `understood` is the topic read back, `tested` what it would have told of late."""

    watch: Watch
    understood: str
    tested: Backtest


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchTested:
    """What a topic would have told of late, were it watched; nothing is kept."""

    understood: str
    tested: Backtest


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchesListed:
    """The watches of a channel, by number."""

    watches: tuple[Watch, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldListed:
    """Deliveries of which nobody can see whether they arrived, and places where nothing can be posted, with reasons."""

    deliveries: tuple[Delivery, ...]


Reply = (
    Said | DigestMade | DigestsListed | DigestPreviewed | WatchMade | WatchTested | WatchesListed | Verdict | HeldListed
)
"""Whatever a request is answered with."""
