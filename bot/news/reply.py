"""What whoever asked for something is told: it is as you wanted, here is the list, this is what it would look like."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.news.backtest import Backtest
from bot.news.briefing import Answer
from bot.news.delivery import Delivery
from bot.news.digest import Digest
from bot.news.place import Place
from bot.news.source import Notice, Source
from bot.news.subscription import Subscription
from bot.news.watch import Watch

AnswerId = NewType("AnswerId", int)


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
class WatchChanged:
    """A watch tells in another manner from now on."""

    watch: Watch


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """An answer, and the number under which its buttons know it."""

    number: AnswerId
    answer: Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """Every quotation of an answer, for whoever wants to see what stands behind it."""

    answer: Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchWanted:
    """Somebody wants to watch what they asked: a topic to begin with, which they may change before it is watched."""

    topic: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcesListed:
    """What the Space follows, and what has to be told about it."""

    sources: tuple[Source, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """What the Space follows as an OPML list, without those (how many) whose addresses are secret."""

    opml: str
    left_out: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """What comes, is watched and is followed in a channel (`place`), or in all of a Space that somebody may see.

    `closed` are the places there where nothing can be posted, each with the reason. `examples` show what can be
    typed.
    """

    place: Place | None
    digests: tuple[Subscription, ...]
    watches: tuple[Watch, ...]
    sources: tuple[Source, ...]
    notices: tuple[Notice, ...]
    closed: tuple[tuple[Place, str], ...]
    examples: tuple[str, ...]
