"""Digests of a channel: added, changed, listed, paused, resumed, removed."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.sources import list_sources
from bot.archive.subscriptions import (
    add_subscription,
    change_subscription,
    find_subscription,
    list_subscriptions,
    pause_subscription,
    remove_subscription,
    resume_subscription,
)
from bot.desk.requests import Request
from bot.desk.sources import find_named
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.digest import Length
from bot.news.place import Place
from bot.news.reply import DigestMade, DigestsListed, Said
from bot.news.schedule import next_occurrences, notes_on
from bot.news.schedule_words import note_zone, take_schedule
from bot.news.source import Source
from bot.news.subscription import NewSubscription, Subscription, SubscriptionId
from bot.news.topic import read_topic
from bot.news.zones import find_zone
from config import defaults

_SOURCES = re.compile(r"(?:^|\s)sources?:\s*(?P<names>.+)$", re.IGNORECASE | re.DOTALL)
_LENGTH = re.compile(r"(?:^|\s)(?P<length>short|normal|long)$")
_LENGTHS: dict[str, Length] = {"short": "short", "normal": "normal", "long": "long"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Typed:
    """What was typed of a digest, taken apart."""

    new: NewSubscription
    sources: tuple[Source, ...]


def add_digest(db: Db, request: Request, now: datetime) -> DigestMade:
    """The digest, which comes from now on, with its next times.

    The words are a schedule, then perhaps a topic, a length and `sources:` with the names of some. RequestError for
    those that cannot be read (D01 to D10, T01 to T03, S03), and for a digest that comes here already (S02).
    """
    typed = _read(db, request, request.command.words, now)
    return _made(request, typed, add_subscription(db, typed.new, now), now)


def change_digest(db: Db, request: Request, now: datetime) -> DigestMade:
    """The digest of a number, which comes from now on as the words behind that say; it tells nothing twice for that.

    RequestError as for a new one, and where there is none of that number (S03).
    """
    number, _, words = request.command.words.partition(" ")
    subscription = find_digest(db, request.place, number)
    typed = _read(db, request, words, now)
    return _made(request, typed, change_subscription(db, subscription, typed.new, now), now)


def list_digests(db: Db, place: Place) -> DigestsListed:
    """The digests of the channel."""
    return DigestsListed(subscriptions=tuple(list_subscriptions(db, place.space, place)))


def find_digest(db: Db, place: Place, words: str) -> Subscription:
    """The channel's digest of that number, or the only one; RequestError (S03) where there is none."""
    every = list_subscriptions(db, place.space, place)
    if not words.strip() and len(every) == 1:
        return every[0]
    number = words.strip().lstrip("#")
    found = find_subscription(db, place.space, SubscriptionId(int(number))) if number.isdecimal() else None
    if found is None or found not in every:
        raise RequestError("There is no such digest here. `digest list` shows those that there are.", "S03")
    return found


def pause_digest(db: Db, request: Request, now: datetime) -> Said:
    """The digest comes no more, until it is resumed."""
    subscription = find_digest(db, request.place, request.command.words)
    pause_subscription(db, subscription, now)
    return Said(sentence=f"Digest {subscription.id} is paused. `digest resume {subscription.id}` lets it come again.")


def resume_digest(db: Db, request: Request, now: datetime) -> DigestMade:
    """The digest comes again; what would have come meanwhile does not."""
    subscription = resume_subscription(db, find_digest(db, request.place, request.command.words), now)
    coming = next_occurrences(subscription.schedule, now, defaults.NEXT_TIMES_SHOWN)
    names = {source.feed.id: source.name for source in list_sources(db, subscription.space)}
    return DigestMade(
        subscription=subscription,
        next=tuple(one.due for one in coming),
        sources=tuple(names[feed] for feed in subscription.sources if feed in names),
        notes=tuple(notes_on(subscription.schedule, now)),
    )


def remove_digest(db: Db, request: Request) -> Said:
    """The digest comes no more."""
    subscription = find_digest(db, request.place, request.command.words)
    remove_subscription(db, subscription)
    return Said(sentence=f"Digest {subscription.id} is removed.")


def _made(request: Request, typed: _Typed, subscription: Subscription, now: datetime) -> DigestMade:
    coming = next_occurrences(subscription.schedule, now, defaults.NEXT_TIMES_SHOWN)
    zone = note_zone(request.command.words, subscription.schedule, request.zone)
    return DigestMade(
        subscription=subscription,
        next=tuple(one.due for one in coming),
        sources=tuple(source.name for source in typed.sources),
        notes=tuple(filter(None, (zone, *notes_on(subscription.schedule, now)))),
    )


def _read(db: Db, request: Request, words: str, now: datetime) -> _Typed:
    words, sources = _take_sources(db, request.place.space, words)
    words, zone = _take_zone(words, request.zone)
    schedule, rest = take_schedule(words, zone, now)
    length: Length = "normal"
    if found := _LENGTH.search(rest):
        length, rest = _LENGTHS[found["length"]], rest[: found.start()]
    topic = read_topic(rest).text if rest.strip() else None
    new = NewSubscription(
        place=request.place,
        schedule=schedule,
        topic=topic,
        length=length,
        sources=tuple(source.feed.id for source in sources),
        by=request.by.id,
    )
    return _Typed(new=new, sources=sources)


def _take_zone(words: str, zone: ZoneInfo) -> tuple[str, ZoneInfo]:
    """The words without the full name of a zone at their very end, and that zone: where people put it as well."""
    begin, _, last = words.rstrip().rpartition(" ")
    named = find_zone(last) if "/" in last else None
    return (words, zone) if named is None else (begin, named)


def _take_sources(db: Db, space: Space, words: str) -> tuple[str, tuple[Source, ...]]:
    """The words without the sources that they name behind `sources:`, and these."""
    found = _SOURCES.search(words)
    if found is None:
        return words, ()
    named = [find_named(db, space, name) for name in found["names"].split(",") if name.strip()]
    return words[: found.start()], tuple({source.feed.id: source for source in named}.values())
