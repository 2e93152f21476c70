"""Killing desks and their database at random moments, until enough is enough; then nothing may be owed any more."""

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bench.city import City
from bench.delivering import Post, Staff
from bench.haste import Haste
from bench.platform.gate import Faults
from bench.platform.layout import Layout
from bench.platform.process import PlatformProcess, running_platform
from bench.platform.rules import KINDS
from bench.platform.tally import PostTally, count_posts
from bench.simulation.run import list_deliveries
from bot.archive.archive import Archive, Db
from bot.archive.arrivals import fresh_among
from bot.archive.articles import changes_after, newest_change
from bot.archive.counts import placed_mark
from bot.archive.schema import SOURCES
from bot.archive.schema_due import OCCURRENCES
from bot.news.article import Space
from bot.news.delivery import Delivery
from tests.postgres import PostgresServer

_START = datetime(2026, 3, 2, 6, tzinfo=UTC)
_OWED = ("pending", "waiting", "sending", "unknown", "held")
_UNSETTLED = ("pending", "sending", "unknown")
_DOWN_SECONDS = 0.1
_LOOK_SECONDS = 1.0
_WORD = re.compile(r"\bquoll\w+")
_EVERY_CHANGE = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Havoc:
    """How much is killed, and how: a desk after so many seconds at random, and the server that often among them.

    Time passes `haste` times faster, so that leases end soon. Nothing may be owed any more after `patience` seconds.
    """

    kills: int
    desks: int
    seed: int
    server_kills: int = 0
    shortest: float = 0.05
    longest: float = 0.6
    haste: float = 30.0
    faults: float = 0.2
    patience: float = 600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Survived:
    """What came of it. `unread` and `reread` are pieces of news that are in no article, and in several.

    `untold` and `retold` are alerts, of a piece in a channel that watches its subject, that were never posted, and more
    than once. `left` is what was still to be done when the patience was over.
    """

    kills: int
    server_kills: int
    ended: int
    drained_seconds: float
    posts: PostTally
    pieces: int
    unread: tuple[str, ...]
    reread: tuple[str, ...]
    alerts: int
    untold: tuple[str, ...]
    retold: tuple[str, ...]
    left: tuple[str, ...]


class Siege:
    """One city with a platform of that kind, whose desks are killed."""

    def __init__(self, havoc: Havoc, kind: str, folder: Path, server: PostgresServer | None) -> None:
        self._havoc, self._server, self._folder = havoc, server, folder
        self._url = server.url(server.add_database()) if server else None
        self._layout = Layout(rules=KINDS[kind], spaces=2, each=9, faults=Faults(seed=havoc.seed, share=havoc.faults))
        self._chance = random.Random(havoc.seed)
        self._killed = self._server_killed = self._ended = 0

    def endure(self, told: Callable[[str], None]) -> Survived:
        """Kill, wait until nothing is owed, and count."""
        haste = Haste(start=_START, began=time.time(), times=self._havoc.haste)
        layout = self._layout
        city = City(
            seed=self._havoc.seed, platform=layout.rules.name, spaces=layout.spaces, each=layout.each, start=_START
        )
        with Archive.open(self._folder / "0", self._url) as archive:
            archive.write_now(city.settle)
        with running_platform(layout, haste) as platform, Staff() as staff:
            posts = [
                Post(
                    data=self._folder / str(number), url=self._url, city=city, rules=layout.rules,
                    port=platform.port, haste=haste,
                )
                for number in range(self._havoc.desks)
            ]  # fmt: skip
            self._begin(staff, posts[0])
            self._kill(staff, posts, told)
            city = replace(city, until=haste.now())
            began = time.monotonic()
            left = self._drain(staff, [replace(post, city=city) for post in posts], told)
            return self._count(city, platform, left, time.monotonic() - began)

    def _begin(self, staff: Staff, post: Post) -> None:
        """Let a desk read what is there at first."""
        pid = staff.send(post)
        is_read = False
        while not is_read:
            time.sleep(_LOOK_SECONDS)
            with Archive.open(post.data, self._url, write=False) as archive:
                is_read = archive.read_now(_is_read_first)
        staff.kill(pid)

    def _kill(self, staff: Staff, posts: Sequence[Post], told: Callable[[str], None]) -> None:
        havoc, at_work = self._havoc, [staff.send(post) for post in posts]
        while self._killed < havoc.kills:
            number = self._chance.randrange(len(posts))
            if staff.wait_for(at_work[number]):
                time.sleep(self._chance.uniform(havoc.shortest, havoc.longest))
                self._killed += 1
            else:
                self._ended += 1
            staff.kill(at_work[number])
            if self._server and self._killed * havoc.server_kills // havoc.kills > self._server_killed:
                self._server.kill()
                self._server_killed += 1
                time.sleep(_DOWN_SECONDS)
                self._server.start()
            at_work[number] = staff.send(posts[number])
            told(f"{self._killed} desks and {self._server_killed} servers killed")
        for pid in at_work:
            staff.kill(pid)

    def _drain(self, staff: Staff, posts: Sequence[Post], told: Callable[[str], None]) -> list[str]:
        """What is left when nothing more can be waited for."""
        at_work, until = [staff.send(post) for post in posts], time.monotonic() + self._havoc.patience
        while True:
            time.sleep(_LOOK_SECONDS)
            for number, post in enumerate(posts):
                if not staff.wait_for(at_work[number]):
                    at_work[number] = staff.send(post)
                    self._ended += 1
            with Archive.open(self._folder / "0", self._url, write=False) as archive:
                left = archive.read_now(_what_is_left, posts[0].city, posts[0].haste.now())
            told(f"{len(left)} things are left to do")
            if not left or time.monotonic() > until:
                break
        for pid in at_work:
            staff.kill(pid)
        return left

    def _count(self, city: City, platform: PlatformProcess, left: Sequence[str], seconds: float) -> Survived:
        assert city.until is not None
        while platform.counted()["going"]:
            time.sleep(_LOOK_SECONDS)
        messages = platform.messages()
        posted = {message.marker for message in messages}
        with Archive.open(self._folder / "0", self._url) as archive:
            deliveries = archive.read_now(list_deliveries)
            found = {space: archive.read_now(_count_words, space) for space in city.names()}
            fresh = {space: archive.read_now(_fresh_words, space) for space in city.names()}
        words = dict(city.words(city.until))
        told = Counter((message.channel, word) for message in messages for word in {*_WORD.findall(message.text)})
        due = [
            (channel, word)
            for number, space in enumerate(city.names())
            for word in fresh[space]
            for channel in city.watchers(number, words[word])
        ]
        return Survived(
            kills=self._killed,
            server_kills=self._server_killed,
            ended=self._ended,
            drained_seconds=seconds,
            posts=count_posts(
                [one for one in deliveries if one.marker in posted or not _came_later(one, city.until)],
                messages,
                platform.layout.channels(),
            ),
            pieces=len(words),
            unread=tuple(word for word in words if any(counts[word] == 0 for counts in found.values())),
            reread=tuple(word for word in words if any(counts[word] > 1 for counts in found.values())),
            alerts=len(due),
            untold=tuple(f"{word} in {channel}" for channel, word in due if not told[channel, word]),
            retold=tuple(f"{word} in {channel}" for channel, word in due if told[channel, word] > 1),
            left=tuple(left),
        )


def _came_later(delivery: Delivery, until: datetime) -> bool:
    """Whether it is a digest that fell due after everything else was done."""
    return delivery.due > until and delivery.state in _UNSETTLED


def _count_words(db: Db, space: Space) -> Counter[str]:
    """In how many articles each word stands by which pieces are known."""
    counts: Counter[str] = Counter()
    for change in changes_after(db, space, 0, _EVERY_CHANGE):
        counts.update(set(_WORD.findall(change.article.text)))
    return counts


def _fresh_words(db: Db, space: Space) -> set[str]:
    """The words of the pieces that came as news."""
    changes = {change.article.id: change.article for change in changes_after(db, space, 0, _EVERY_CHANGE)}
    return {word for id in fresh_among(db, space, changes) for word in _WORD.findall(changes[id].text)}


def _is_read_first(db: Db) -> bool:
    """Whether every feed was read once, so that all that comes from now on is news."""
    return all(row.first_read is not None for row in db.execute(SOURCES.select()))


def _what_is_left(db: Db, city: City, now: datetime) -> list[str]:
    """What is still to be done."""
    pieces, left = len(list(city.words(now))), list[str]()
    for space in city.names():
        newest = newest_change(db, space)
        if newest < pieces:
            left.append(f"{pieces - newest} pieces are to be read in {space}")
        if placed_mark(db, space) < newest:
            left.append(f"some are to be placed in {space}")
    left += [
        f"digest {row.subscription} is to be written" for row in db.execute(OCCURRENCES.select()) if row.state == "open"
    ]
    owed = [one for one in list_deliveries(db) if one.state in _OWED and one.due <= now]
    return left + [f"{one.key} of {one.place.space} is {one.state}" for one in owed]
