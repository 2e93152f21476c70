"""Digests, watches and sources as a channel has them, each with only what a test is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.news.article import LOCAL
from bot.news.place import Place
from bot.news.schedule_words import take_schedule
from bot.news.subscription import Subscription, SubscriptionId
from bot.news.watch import Watch, WatchId

NOW = datetime(2025, 4, 16, 9, 30, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
PLACE = Place(platform="slack", space=LOCAL, channel="C024")


def make_subscription(**given: object) -> Subscription:
    """Digest 2, on weekdays at half past eight in Paris."""
    usual = Subscription(
        id=SubscriptionId(2),
        place=PLACE,
        schedule=take_schedule("weekdays 8:30", PARIS, NOW)[0],
        topic="tariffs",
        length="normal",
        sources=(),
        says_nothing_new=False,
        made=NOW,
        made_by="U1",
        paused=None,
        next_due=NOW + timedelta(hours=21),
        covers_from=NOW,
    )
    return replace(usual, **given)  # type: ignore[arg-type]


def make_watch(**given: object) -> Watch:
    """Watch 4, told at once."""
    usual = Watch(
        id=WatchId(4),
        place=PLACE,
        topic="interest rates",
        topic_key="interest rates",
        zone=PARIS,
        cadence="at once",
        quiet=None,
        quiet_lets="nothing",
        an_hour=20,
        ping=None,
        made=NOW,
        made_by="U1",
        muted_until=None,
    )
    return replace(usual, **given)  # type: ignore[arg-type]
