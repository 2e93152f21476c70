"""What is said about digests, watches and deliveries to whoever looks after them."""

from datetime import datetime

from bot.news.backtest import Backtest
from bot.news.reply import DigestMade, HeldListed
from bot.news.saying.counting import counted
from bot.news.subscription import Subscription
from bot.news.watch import Watch
from config import defaults

NOTHING_HELD = "Nothing is held: all that was due was seen to arrive."


def about(subscription: Subscription) -> str:
    """What a digest is about, and how long it is where that was said: "tariffs, short"."""
    length = "" if subscription.length == "normal" else f", {subscription.length}"
    return f"{subscription.topic or 'all news'}{length}"


def when_it_comes(made: DigestMade) -> list[str]:
    """The schedule in words, and from which sources the digest is made where not from all."""
    comes = f"It comes {made.subscription.schedule.in_words()}."
    return [comes, *([f"It is made from {', '.join(made.sources)}."] if made.sources else [])]


def manner_of(watch: Watch, now: datetime) -> str:
    """How soon a watch tells, when not, and until when it is muted."""
    parts = [f"told {watch.cadence}"]
    if watch.quiet is not None:
        lets = ", but for what is severe" if watch.quiet_lets == "severe" else ""
        parts.append(f"quiet from {watch.quiet.start:%H:%M} to {watch.quiet.end:%H:%M}{lets}")
    if watch.muted_until is not None and watch.muted_until > now:
        local = watch.muted_until.astimezone(watch.zone)
        parts.append(f"muted until {local.day} {local:%B}, {local:%H:%M}")
    return "; ".join(parts)


def would_have_told(tested: Backtest) -> str:
    """How much a watch would have told of late."""
    days = counted(defaults.BACKTEST_DAYS, "day")
    if not tested.messages:
        return f"In the last {days} it would have told nothing."
    told = f"{counted(tested.messages, 'message')} about {counted(tested.stories, 'story', 'stories')}"
    return f"In the last {days} it would have sent {told}."


def unannounced(tested: Backtest) -> str:
    """How many more stories meet the topic and would not have been told; empty where none."""
    if not tested.unannounced:
        return ""
    more = counted(tested.unannounced, "more story meets", "more stories meet")
    return f"{more} it, which came by hand, with the first reading of a source, or when they were old."


def how_many_held(held: HeldListed) -> str:
    """How many deliveries wait for a person."""
    noun = counted(len(held.deliveries), "delivery", "deliveries")
    return f"Of {noun} nobody can see whether it arrived."
