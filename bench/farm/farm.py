"""A farm of made-up feeds: what each answers at a minute, and what was answered."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from bench.farm.faults import Sent, damage, hostile
from bench.farm.feeds import POLL_MINUTES, Line, Listing, Rates, VirtualFeed, roll
from bench.farm.forms import Press, mark_of, title_of

START = datetime(2025, 4, 16, tzinfo=UTC)

_FAULTS = (500, 502, 503)


@dataclass(frozen=True, kw_only=True, slots=True)
class Published:
    """A piece there to be read. `mark` stands in its text, `minute` is when it came, `versions` counts its texts."""

    feed: int
    number: int
    title: str
    mark: str
    minute: int
    versions: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a feed answers. `trouble` says what is wrong with it; without any, a 200 lists `lines`."""

    sent: Sent
    trouble: str = ""
    delay_seconds: float = 0.0
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """One answer that was sent: `at` is the wall clock's time, `minute` the virtual one.

    `fresh` is what it listed for the first time, numbers of pieces and versions of their texts, if it was sound.
    """

    at: float
    minute: int
    feed: int
    status: int
    trouble: str
    fresh: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Field:
    """A feed of the farm, what writes it down, and what it has listed in a sound answer."""

    feed: VirtualFeed
    press: Press
    listed: set[tuple[int, int]] = field(default_factory=set)


class Farm:
    """Feeds numbered from 0. The clock gives the virtual minute; minute 0 is at `start`.

    `served` grows with every answer sent. The rates of troubles may be changed at any time. The farm knows its
    addresses once it has a port (see bench.farm.server).
    """

    def __init__(
        self,
        *,
        seed: int,
        feeds: int,
        clock: Callable[[], float],
        rates: Rates | None = None,
        start: datetime = START,
    ) -> None:
        self.seed, self.feeds, self.start = seed, feeds, start
        self.rates = rates or Rates()
        self.served: list[Served] = []
        self.port = 0
        self._clock = clock
        self._fields: dict[int, _Field] = {}

    @property
    def minute(self) -> int:
        """The virtual minute."""
        return int(self._clock())

    @property
    def now(self) -> datetime:
        """The virtual moment."""
        return self.start + timedelta(minutes=self._clock())

    def site(self, feed: int) -> str:
        """The address of the feed's host: each feed has one of its own on loopback."""
        return f"http://127.{1 + (feed >> 16)}.{feed >> 8 & 255}.{feed & 255}:{self.port}"

    def address(self, feed: int) -> str:
        """Where the feed is read."""
        return f"{self.site(feed)}/feed/{feed}"

    def feed(self, number: int) -> VirtualFeed:
        """The feed with that number."""
        return self._field(number).feed

    def published(self, feed: int, up_to_minute: int) -> list[Published]:
        """Every piece that was there to be listed at some minute from 0 on, oldest first."""
        return [
            Published(
                feed=feed,
                number=line.number,
                title=title_of(self.feed(feed), line.number),
                mark=mark_of(feed, line.number),
                minute=line.published,
                versions=1 + line.version,
            )
            for line in self.feed(feed).listed_since_start(up_to_minute)
        ]

    def answer(self, feed: int, minute: int, tag: str | None = None, since: str | None = None) -> Answer:
        """What the feed answers at that minute, to a reader who gives this If-None-Match and If-Modified-Since."""
        trouble, luck = self._trouble(feed, minute)
        if trouble == "faulty":
            status = _FAULTS[int(luck * len(_FAULTS))]
            return Answer(sent=Sent(status=status, body=b"Something went wrong."), trouble=trouble)
        if trouble == "hostile":
            name, sent = hostile(luck)
            return Answer(sent=sent, trouble=f"hostile: {name}")
        field = self._field(feed)
        listing = field.feed.listing(minute)
        delay = self.rates.slow_seconds if trouble == "slow" else 0.0
        headers = {} if field.feed.is_forgetful else self._validators(listing)
        if trouble != "malformed" and headers and _knows(headers, tag, since):
            return Answer(sent=Sent(status=304, headers=headers), trouble=trouble, delay_seconds=delay)
        body = field.press.write(listing, minute)
        headers["Content-Type"] = field.press.media_type
        if trouble == "malformed":
            damaged = Sent(headers={"Content-Type": field.press.media_type}, body=damage(body, luck))
            return Answer(sent=damaged, trouble=trouble)
        sent = Sent(headers=headers, body=body)
        return Answer(sent=sent, trouble=trouble, delay_seconds=delay, lines=listing.lines)

    def note(self, feed: int, minute: int, answer: Answer) -> None:
        """Write down that the answer was sent."""
        listed = self._field(feed).listed
        fresh = [(line.number, line.version) for line in answer.lines if (line.number, line.version) not in listed]
        listed.update(fresh)
        self.served.append(
            Served(
                at=time.time(),
                minute=minute,
                feed=feed,
                status=answer.sent.status,
                trouble=answer.trouble,
                fresh=tuple(fresh),
            )
        )

    def page(self, feed: int, number: int, minute: int) -> bytes | None:
        """The page behind a piece; None where it was not published yet."""
        field = self._field(feed)
        if not 0 <= number <= field.feed.newest(minute):
            return None
        return field.press.write_page(field.feed.line(number, minute))

    def front(self, feed: int, minute: int) -> bytes:
        """The front page of the feed's site."""
        field = self._field(feed)
        return field.press.write_site(field.feed.listing(minute))

    def _field(self, number: int) -> _Field:
        if number not in self._fields:
            if not 0 <= number < self.feeds:
                raise KeyError(f"there are feeds 0 to {self.feeds - 1}, and no {number}")
            feed = VirtualFeed(seed=self.seed, number=number, rates=self.rates)
            self._fields[number] = _Field(feed=feed, press=Press(feed, self.site(number), self.start))
        return self._fields[number]

    def _trouble(self, feed: int, minute: int) -> tuple[str, float]:
        """What is wrong with the feed for this quarter of an hour, and a number to choose its kind by."""
        stretch = minute // POLL_MINUTES
        drawn = roll(self.seed, feed, "trouble", stretch)
        for name, share in self._troubles():
            if drawn < share:
                return name, drawn / share
            drawn -= share
        return "", 0.0

    def _troubles(self) -> Iterator[tuple[str, float]]:
        rates = self.rates
        yield from (("slow", rates.slow), ("faulty", rates.faulty))
        yield from (("malformed", rates.malformed), ("hostile", rates.hostile))

    def _validators(self, listing: Listing) -> dict[str, str]:
        changed = self.start + timedelta(minutes=listing.changed)
        return {"ETag": f'"{listing.tag}"', "Last-Modified": format_datetime(changed, usegmt=True)}


def _knows(validators: dict[str, str], tag: str | None, since: str | None) -> bool:
    """Does the reader have this already? The tag alone counts where it gives one."""
    if tag is not None:
        return validators["ETag"] in tag
    try:
        return since is not None and parsedate_to_datetime(since) >= parsedate_to_datetime(validators["Last-Modified"])
    except (TypeError, ValueError):
        return False
