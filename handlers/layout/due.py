"""Replies about digests, watches and deliveries."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import assert_never

from bot.desk.replies import AboutDue
from bot.news.backtest import Backtest
from bot.news.digest import Alert
from bot.news.reply import (
    DigestMade,
    DigestPreviewed,
    DigestsListed,
    HeldListed,
    Said,
    WatchChanged,
    WatchesListed,
    WatchMade,
    WatchTested,
)
from bot.news.saying.counting import counted
from bot.news.saying.dispatches import why_alerted
from bot.news.saying.due import (
    NOTHING_HELD,
    about,
    how_many_held,
    manner_of,
    unannounced,
    when_it_comes,
    would_have_told,
)
from bot.news.subscription import Subscription
from bot.news.text import clip
from bot.news.verdict import Verdict
from bot.news.watch import Watch
from config import defaults
from handlers.layout.dispatch import digest_elements
from handlers.layout.elements import Channel, Element, Gap, Line, Listing, Moment, Paragraph, RoleName
from handlers.layout.lines import (
    aside,
    bold,
    headline,
    headline_of,
    joined,
    line,
    listed,
    name_of,
    published,
    said,
    spoken,
)


def about_due(reply: AboutDue, now: datetime) -> Iterator[Element]:
    """What is answered about digests, watches and deliveries."""
    match reply:
        case Said():
            yield said(*spoken(reply.sentence))
        case DigestMade():
            yield from _made(reply)
        case DigestsListed():
            yield from _digests(reply.subscriptions)
        case DigestPreviewed():
            yield aside(f"Digest {reply.subscription.id} as it would be now. Nothing counts as told.")
            yield from digest_elements(reply.digest)
        case WatchMade():
            yield said(bold(f"Watch {reply.watch.id}"), f": {reply.understood}.")
            yield said("It is ", *_manner(reply.watch, now), ".")
            yield from _tested(reply.tested)
        case WatchChanged():
            yield said(f"Watch {reply.watch.id} is ", *_manner(reply.watch, now), ".")
        case WatchTested():
            yield said(f"It would tell of {reply.understood}.")
            yield from _tested(reply.tested)
        case WatchesListed():
            yield from _watches(reply.watches, now)
        case Verdict():
            yield from _verdict(reply)
        case HeldListed():
            yield from _held(reply)
        case _:
            assert_never(reply)


def _digests(subscriptions: Sequence[Subscription]) -> Iterator[Element]:
    """The digests by their numbers."""
    if not subscriptions:
        yield said(*spoken("No digests come here. `digest add weekdays 8:30` lets one come."))
        return
    yield said(bold(f"{counted(len(subscriptions), 'digest comes', 'digests come')} here"))
    yield from listed([digest_line(one) for one in subscriptions], [one.id for one in subscriptions])


def _watches(watches: Sequence[Watch], now: datetime) -> Iterator[Element]:
    """The watches by their numbers."""
    if not watches:
        yield said(*spoken("Nothing is watched here. `watch add TOPIC` watches a topic."))
        return
    yield said(bold(f"{counted(len(watches), 'topic is', 'topics are')} watched here"))
    yield from listed([watch_line(one, now) for one in watches], [one.id for one in watches])


def watch_line(watch: Watch, now: datetime) -> Line:
    """The topic, and how it is told."""
    return line(bold(name_of(watch.topic)), " · ", *_manner(watch, now))


def _manner(watch: Watch, now: datetime) -> Line:
    """How a watch tells, and whom it pings."""
    pings = ("; pings ", RoleName(id=watch.ping)) if watch.ping else ()
    return line(manner_of(watch, now), *pings)


def _made(made: DigestMade) -> Iterator[Element]:
    subscription = made.subscription
    yield said(bold(f"Digest {subscription.id}"), f": {about(subscription)}.")
    for sentence in when_it_comes(made):
        yield said(clip(sentence, defaults.SHOWN_SENTENCE))
    if made.next:
        yield said("Next: ", *joined((line(Moment(at=due)) for due in made.next), "; "), ".")
    for note in made.notes:
        yield aside(*spoken(note))


def digest_line(subscription: Subscription) -> Line:
    """What it is about, when it comes, and the next time."""
    comes = f" · {subscription.schedule.in_words()} · "
    return line(bold(clip(about(subscription), defaults.SHOWN_NAME)), comes, *_next(subscription))


def _next(subscription: Subscription) -> Line:
    if subscription.paused is not None:
        return line("paused")
    return line("next ", Moment(at=subscription.next_due)) if subscription.next_due else line("it is over")


def _tested(tested: Backtest) -> Iterator[Element]:
    """How much a watch would have told of late, with examples."""
    yield said(would_have_told(tested))
    if tested.unannounced:
        yield aside(unannounced(tested))
    for alert in tested.examples:
        yield Gap()
        yield from _example(alert)


def _example(alert: Alert) -> Iterator[Element]:
    """The headline, who published it when, and why it would have been told."""
    yield said(headline(alert.headline, alert.url))
    first = alert.citations[:1]
    tellers = [line(name_of(one.source), ", ", published(one)) for one in first]
    why = line(clip(why_alerted(alert.reason, None), defaults.SHOWN_SENTENCE))
    yield Paragraph(line=joined((*tellers, why), " · "), weight="small")


def _verdict(verdict: Verdict) -> Iterator[Element]:
    if verdict.headline is not None:
        yield said(bold(headline_of(verdict.headline)))
    first, *others = (spoken(finding.sentence) for finding in verdict.findings)
    yield Paragraph(line=first)
    if others:
        yield Listing(lines=tuple(others))


def _held(held: HeldListed) -> Iterator[Element]:
    """Deliveries that wait for a person, each with what is known."""
    if not held.deliveries:
        yield said(NOTHING_HELD)
        return
    yield said(bold(how_many_held(held)))
    lines = [
        line(f"{one.cause} for ", Channel(place=one.place), f" · {name_of(one.fault)}" if one.fault else "")
        for one in held.deliveries
    ]
    yield from listed(lines, [one.id for one in held.deliveries])
    yield aside(*spoken("`held post N` posts it, `held posted N` notes that it is there."))
