"""Watches of a channel: added, changed, listed, muted, taught, removed."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.archive.archive import Db
from bot.archive.subscriptions import list_subscriptions
from bot.archive.tracing import find_article_at
from bot.archive.watches import add_watch as keep_watch
from bot.archive.watches import change_watch, find_watch, list_watches, mute_watch, remove_watch
from bot.desk.learn import taste_about
from bot.desk.requests import Request, require_may_ping
from bot.errors import RequestError
from bot.news.article import ArticleId
from bot.news.member import ROLE
from bot.news.place import Place
from bot.news.quiet import QuietHours, read_quiet, refuse_silencing
from bot.news.reply import Said, WatchChanged, WatchesListed
from bot.news.topic import Topic, read_topic
from bot.news.typed import again
from bot.news.watch import Cadence, Lets, NewWatch, Watch, WatchId
from bot.wire.address import article_key, canonical_address
from config import defaults

# In small letters only, so that "China Daily" is watched and not told of daily.
_CADENCE = re.compile(r"\s+(?P<cadence>hourly|daily|at once)$")
_QUIET = re.compile(r"\s+quiet\s+(?P<hours>\S+(?:\s*(?:-|–|to)\s*\S+)?)(?P<lets>\s+(?:but|except)\s+severe)?$")
_PING = re.compile(rf"\s+(?i:ping)\s+{ROLE}$")
_MUTED_FOR = re.compile(
    r"(?P<number>\S+)(?:\s+(?:for\s+)?(?P<count>\d{1,3}|an?)\s*(?P<unit>hour|day|week)s?)?", re.IGNORECASE
)
_CADENCES: dict[str, Cadence] = {"hourly": "hourly", "daily": "daily", "at once": "at once"}
_UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}


@dataclass(frozen=True, kw_only=True, slots=True)
class WatchWish:
    """What was typed behind `watch add` or `watch test`, taken apart; the topic as it was understood."""

    new: NewWatch
    topic: Topic


@dataclass(frozen=True, kw_only=True, slots=True)
class _Manner:
    """How soon is told, when not, and who is pinged."""

    cadence: Cadence = "at once"
    quiet: QuietHours | None = None
    lets: Lets = "nothing"
    ping: str | None = None


def read_wish(request: Request) -> WatchWish:
    """The watch that the words ask for: a topic, then perhaps hourly, daily or at once, quiet hours, and who is pinged.

    RequestError for a topic that cannot be watched (T01 to T03, C03), for quiet hours that are none (D01, D11), and for
    a role that may not be pinged (A05).
    """
    words, manner = _take_manner(request.command.words)
    topic = read_topic(words)
    return WatchWish(new=_wanted(request, topic.text, topic.key, manner), topic=topic)


def add_watch(db: Db, wish: WatchWish, now: datetime) -> Watch:
    """The watch, which tells of what comes from now on.

    RequestError where it is there already (S02), where there are too many (L01), and where the channel has a digest
    that always comes in the hours that shall be quiet (D11): whoever wants both has to say which.
    """
    _refuse_silence(db, wish.new, now)
    return keep_watch(db, wish.new, now)


def change(db: Db, request: Request, now: datetime) -> WatchChanged:
    """The watch of a number tells from now on as the words behind that say; what they leave out is as for a new one.

    RequestError (S03) where there is none, (D01, D11) for quiet hours that are none or silence a digest, and (A05) for
    a role that may not be pinged.
    """
    number, manner = _take_manner(request.command.words)
    watch = find_numbered(db, request.place, number)
    new = _wanted(request, watch.topic, watch.topic_key, manner)
    _refuse_silence(db, new, now)
    return WatchChanged(watch=change_watch(db, watch, new))


def watches_here(db: Db, place: Place) -> WatchesListed:
    """The watches of the channel."""
    return WatchesListed(watches=tuple(list_watches(db, place.space, place)))


def find_numbered(db: Db, place: Place, words: str) -> Watch:
    """The channel's watch of that number; RequestError (S03) where there is none."""
    number = words.strip().lstrip("#")
    return find_watch(db, place, WatchId(int(number) if number.isdecimal() else 0))


def mute(db: Db, request: Request, now: datetime) -> Said:
    """The watch tells nothing for a day, or as long as was typed ("4 for 3 days")."""
    typed = _MUTED_FOR.fullmatch(request.command.words.strip())
    if typed is None:
        raise RequestError(
            f"I cannot read {again(request.command.words)} as a watch and a time; write `watch mute 4 for 3 days`.",
            "C02",
        )
    watch = find_numbered(db, request.place, typed["number"])
    span = timedelta(days=defaults.MUTE_DAYS)
    if typed["unit"]:
        count = int(typed["count"]) if typed["count"].isdecimal() else 1
        span = count * _UNITS[typed["unit"].lower()]
    until = now + span
    mute_watch(db, watch, until)
    local = until.astimezone(watch.zone)
    return Said(
        sentence=f"Watch {watch.id} tells nothing until {local:%-d %B, %H:%M}. `watch unmute {watch.id}` ends that."
    )


def unmute(db: Db, request: Request) -> Said:
    """The watch tells again."""
    watch = find_numbered(db, request.place, request.command.words)
    mute_watch(db, watch, None)
    return Said(sentence=f"Watch {watch.id} tells again.")


def find_told(db: Db, request: Request) -> tuple[Watch, ArticleId]:
    """The watch and the article of "4 https://example.org/news/42"; RequestError (S03) where one is not there."""
    number, _, link = request.command.words.partition(" ")
    watch, address = find_numbered(db, request.place, number), canonical_address(link.strip())
    names = [link.strip(), *([article_key(address), address] if address else [])]
    article = find_article_at(db, watch.space, names, address)
    if article is None:
        raise RequestError(f"There is no article of that name or link: {again(link.strip())}.", "S03")
    return watch, article.id


def say_learnt(db: Db, request: Request) -> Said:
    """What readers have taught the watch: the words that speak for an article, and against it."""
    watch = find_numbered(db, request.place, request.command.words)
    taste = taste_about(db, watch.space, f"watch {watch.id}", read_topic(watch.topic))
    if taste is None:
        return Said(sentence=f"Nobody has said yet what of watch {watch.id} was helpful.")
    liked, disliked = taste.words(defaults.TASTE_WORDS_SHOWN)
    parts = [f"{kind}: {', '.join(words)}" for kind, words in (("for", liked), ("against", disliked)) if words]
    known = "; ".join(parts) or "nothing that stands out yet"
    return Said(sentence=f"What readers of watch {watch.id} have shown to want speaks {known}.")


def remove(db: Db, request: Request) -> Said:
    """The watch is no more."""
    watch = find_numbered(db, request.place, request.command.words)
    remove_watch(db, watch)
    return Said(sentence=f"Watch {watch.id} is removed.")


def _wanted(request: Request, topic: str, key: str, manner: _Manner) -> NewWatch:
    if manner.ping is not None:
        require_may_ping(request, manner.ping)
    return NewWatch(
        place=request.place,
        topic=topic,
        topic_key=key,
        zone=request.zone,
        cadence=manner.cadence,
        quiet=manner.quiet,
        quiet_lets=manner.lets,
        an_hour=defaults.ALERTS_AN_HOUR,
        ping=manner.ping,
        by=request.by.id,
    )


def _refuse_silence(db: Db, new: NewWatch, now: datetime) -> None:
    """RequestError (D11) where the channel has a digest that always comes in the quiet hours of the watch."""
    if new.quiet is not None:
        for subscription in list_subscriptions(db, new.place.space, new.place):
            refuse_silencing(new.quiet, new.zone, subscription.schedule, now)


def _take_manner(words: str) -> tuple[str, _Manner]:
    """The words without what they say at their end of how, when and to whom is told, and that."""
    manner, rest = _Manner(), words.strip()
    while True:
        if found := _CADENCE.search(rest):
            manner = replace(manner, cadence=_CADENCES[found["cadence"]])
        elif found := _QUIET.search(rest):
            manner = replace(manner, quiet=read_quiet(found["hours"]), lets="severe" if found["lets"] else "nothing")
        elif found := _PING.search(rest):
            manner = replace(manner, ping=found[1])
        else:
            return rest, manner
        rest = rest[: found.start()]
