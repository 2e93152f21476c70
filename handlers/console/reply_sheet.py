"""What whoever asked for something is told, on a sheet."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from rich.text import Text

from bot.desk.replies import AboutDue
from bot.news.backtest import Backtest
from bot.news.delivery import Delivery
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
from bot.news.verdict import Verdict
from handlers.console.dispatch_sheet import show_alert, show_digest
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, CHANGED, DIM, GLUE, Sheet


def show_reply(sheet: Sheet, reply: AboutDue, now: datetime) -> None:
    """Whatever a request is answered with."""
    match reply:
        case Said():
            show_said(sheet, reply)
        case DigestMade():
            show_digest_made(sheet, reply)
        case DigestsListed():
            show_digests(sheet, reply)
        case DigestPreviewed():
            show_digest(replace(sheet, zone=reply.subscription.schedule.zone), reply.digest)
        case WatchMade():
            show_watch_made(sheet, reply, now)
        case WatchChanged():
            sheet.write(Text(f"Watch {reply.watch.id} is {manner_of(reply.watch, now)}."))
        case WatchTested():
            sheet.write(Text(f"It would tell of {plain(reply.understood)}."))
            show_tested(sheet, reply.tested)
        case Verdict():
            show_verdict(sheet, reply)
        case WatchesListed():
            show_watches(sheet, reply, now)
        case HeldListed():
            show_held(sheet, reply)
        case _:
            assert_never(reply)


def show_said(sheet: Sheet, said: Said) -> None:
    """Plain words."""
    sheet.write(Text(plain(said.sentence)))


def show_digest_made(sheet: Sheet, made: DigestMade) -> None:
    """The digest as it was understood, and its next times."""
    subscription = made.subscription
    sheet.write(Text.assemble((f"Digest {subscription.id}", BOLD), f": {plain(about(subscription))}."))
    for sentence in when_it_comes(made):
        sheet.write(Text(plain(sentence)))
    if made.next:
        sheet.write(Text(f"Next: {'; '.join(_moment(subscription, due) for due in made.next)}."))
    for note in made.notes:
        sheet.write(Text(plain(note), CHANGED))


def show_digests(sheet: Sheet, listed: DigestsListed) -> None:
    """The digests of a channel: number, what about, when, and the next time."""
    if not listed.subscriptions:
        sheet.write(Text("No digests come here. `newsdesk digest add weekdays 8:30` lets one come."))
    for subscription in listed.subscriptions:
        sheet.write(Text.assemble((f"{subscription.id}  ", BOLD), plain(about(subscription))), hang=3)
        sheet.write(Text(f"{subscription.schedule.in_words()}; {_next(subscription)}", DIM), indent=3)


def show_watch_made(sheet: Sheet, made: WatchMade, now: datetime) -> None:
    """The watch as it was understood."""
    sheet.write(Text.assemble((f"Watch {made.watch.id}", BOLD), f": {plain(made.understood)}."))
    sheet.write(Text(f"It is {manner_of(made.watch, now)}."))
    show_tested(sheet, made.tested)


def show_tested(sheet: Sheet, tested: Backtest) -> None:
    """How much a watch would have told of late, with examples."""
    sheet.write(Text(would_have_told(tested)))
    if tested.unannounced:
        sheet.write(Text(unannounced(tested), DIM))
    for alert in tested.examples:
        sheet.print(Text())
        show_alert(sheet, alert)


def show_verdict(sheet: Sheet, verdict: Verdict) -> None:
    """Why an article did or did not arrive, what decides first."""
    if verdict.headline is not None:
        sheet.write(Text(plain(verdict.headline) or "(no title)", BOLD))
    for finding in verdict.findings:
        sheet.write(Text(plain(finding.sentence)))


def show_watches(sheet: Sheet, listed: WatchesListed, now: datetime) -> None:
    """The watches of a channel: number, topic, and how it is told."""
    if not listed.watches:
        sheet.write(Text("Nothing is watched here. `newsdesk watch add TOPIC` watches a topic."))
    for watch in listed.watches:
        sheet.write(Text.assemble((f"{watch.id}  ", BOLD), plain(watch.topic)), hang=3)
        sheet.write(Text(manner_of(watch, now), DIM), indent=3)


def show_held(sheet: Sheet, held: HeldListed) -> None:
    """Deliveries that wait for a person, each with what is known."""
    if not held.deliveries:
        sheet.write(Text(NOTHING_HELD))
        return
    sheet.write(Text(how_many_held(held), BOLD))
    for delivery in held.deliveries:
        _show_held(sheet, delivery)
    sheet.write(Text("`newsdesk held post N` posts it, `newsdesk held posted N` notes that it is there.", DIM))


def _show_held(sheet: Sheet, delivery: Delivery) -> None:
    what = f"{delivery.cause} for {plain(delivery.place.channel)} on {plain(delivery.place.platform)}"
    sheet.write(Text.assemble((f"{delivery.id}  ", BOLD), what), hang=3)
    if delivery.fault:
        sheet.write(Text(plain(delivery.fault), DIM), indent=3)


def _next(subscription: Subscription) -> str:
    if subscription.paused is not None:
        return "paused"
    return f"next {_moment(subscription, subscription.next_due)}" if subscription.next_due else "it is over"


def _moment(subscription: Subscription, due: datetime) -> str:
    local = due.astimezone(subscription.schedule.zone)
    return f"{local:%a}{GLUE}{local.day}{GLUE}{local:%b},{GLUE}{local:%H:%M}"
