"""A busy city: Spaces with many channels, and feeds that never end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from bench.platform.layout import channel_of, space_of
from bench.simulation.world import Piece, make_piece, print_feed
from bot.archive.archive import Db
from bot.archive.feeds import PUBLIC, NewFeed
from bot.archive.sources import note_sources
from bot.archive.subscriptions import add_subscription
from bot.archive.watches import add_watch
from bot.news.article import Space
from bot.news.place import Place
from bot.news.schedule_words import read_schedule
from bot.news.subscription import NewSubscription
from bot.news.topic import read_topic
from bot.news.watch import NewWatch
from bot.wire.fetch import Fetched

SUBJECTS = ("harbour", "river", "railway")

_UTC = ZoneInfo("UTC")
_LISTED = 200  # so many that no desk which is killed at once, again and again, ever misses one: only desks lose pieces
_AN_HOUR = 10_000
_REMEMBERED = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class City:
    """So many Spaces that all follow the same feeds, one for each of the SUBJECTS.

    Of its channels the first has a digest each quarter of an hour, and the others watch a subject each. Every feed
    prints a piece each `gap` seconds, from the start until `until`.
    """

    seed: int
    platform: str
    spaces: int
    each: int
    start: datetime
    gap: float = 40.0
    until: datetime | None = None

    def names(self) -> list[Space]:
        """Its Spaces."""
        return [Space(space_of(number)) for number in range(self.spaces)]

    def settle(self, db: Db) -> None:
        """Let all of them follow, watch and subscribe."""
        for number, space in enumerate(self.names()):
            feeds = [
                (name, NewFeed(scope=PUBLIC, key=_feed(name), address=_feed(name), kind="feed")) for name in SUBJECTS
            ]
            note_sources(db, space, feeds, self.start)
            for channel in range(self.each):
                place = Place(platform=self.platform, space=space, channel=channel_of(number, channel))
                self._ask(db, place, _watched(channel) if channel else None)

    def fetch(self, address: str, now: datetime) -> Fetched:
        """What the address gives now."""
        printed = self.printed(now)
        numbers = range(max(0, printed - _LISTED), printed)
        return print_feed(address, [_piece(self.seed, address, number, self.gap) for number in numbers], self.start)

    def printed(self, now: datetime) -> int:
        """How many pieces each feed has printed by now."""
        end = now if self.until is None else min(now, self.until)
        return int((end - self.start).total_seconds() // self.gap)

    def words(self, now: datetime) -> Iterator[tuple[str, str]]:
        """The words by which the pieces are known that are printed by now, each with its subject."""
        for name in SUBJECTS:
            for number in range(self.printed(now)):
                yield _piece(self.seed, _feed(name), number, self.gap).word, name

    def watchers(self, space: int, subject: str) -> list[str]:
        """The channels of the Space that watch the subject."""
        return [channel_of(space, number) for number in range(1, self.each) if _watched(number) == subject]

    def _ask(self, db: Db, place: Place, subject: str | None) -> None:
        if subject is None:
            schedule = read_schedule("every 15 minutes", _UTC, self.start)
            add_subscription(db, NewSubscription(place=place, schedule=schedule, by="somebody"), self.start)
            return
        topic = read_topic(subject)
        watch = NewWatch(place=place, topic=topic.text, topic_key=topic.key, zone=_UTC, an_hour=_AN_HOUR, by="somebody")
        add_watch(db, watch, self.start)


def _watched(channel: int) -> str:
    return SUBJECTS[channel % len(SUBJECTS)]


def _feed(subject: str) -> str:
    return f"https://{subject}.example/feed"


@lru_cache(_REMEMBERED)
def _piece(seed: int, address: str, number: int, gap: float) -> Piece:
    """The piece of that number; it tells of a place that stands in no other."""
    chance = Random(f"{seed} {address} {number}")
    subject = address.split("//")[1].split(".")[0]
    return make_piece(chance, address, (number + 1) * gap, subject, number)
