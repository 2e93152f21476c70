"""The subscriptions: which digests are wanted, and when each is due next."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.archive.counts import take_numbers
from bot.archive.schema_due import OCCURRENCES, SUBSCRIPTIONS
from bot.errors import RequestError
from bot.news.article import Space
from bot.news.days import Days
from bot.news.place import Place
from bot.news.schedule import Occurrence, Rule, Schedule, first_moment, latest_occurrence, next_occurrences
from bot.news.source import FeedId
from bot.news.subscription import NewSubscription, Subscription, SubscriptionId
from bot.news.text import fold
from bot.news.zone_rules import zones_release
from config import defaults

Row = dict[str, object]

_SCHEDULES_REMEMBERED = 4096

_ADVANCE = SUBSCRIPTIONS.update().where(
    SUBSCRIPTIONS.c.space == sa.bindparam("of_space"), SUBSCRIPTIONS.c.id == sa.bindparam("of_id")
)


def add_subscription(db: sa.Connection, new: NewSubscription, now: datetime) -> Subscription:
    """The subscription, kept from now on. Its first digest covers what came since its schedule was last due.

    RequestError where the place has the same one already (S02).
    """
    space, place = new.place.space, new.place
    _refuse_second(db, new)
    id = take_numbers(db, space, "last_order")
    before = latest_occurrence(new.schedule, now)
    first = now - timedelta(hours=defaults.FIRST_DIGEST_HOURS) if before is None else before.due
    row: Row = {
        "space": space,
        "id": id,
        "platform": place.platform,
        "channel": place.channel,
        "thread": place.thread,
        "says_nothing_new": new.says_nothing_new,
        "made": now,
        "made_by": new.by,
        "covers_from": first,
    }
    row |= _wanted(new) | _next(next_occurrences(new.schedule, now))
    db.execute(SUBSCRIPTIONS.insert().values(row))
    added = find_subscription(db, space, SubscriptionId(id))
    assert added is not None
    return added


def change_subscription(
    db: sa.Connection, subscription: Subscription, new: NewSubscription, now: datetime
) -> Subscription:
    """Let the subscription come at the times, on the topic, in the length and from the sources of the new one.

    It keeps its number, its place and what it has told; one that was paused comes again. RequestError where the place
    has another that is the same already (S02).
    """
    _refuse_second(db, new, but=subscription.id)
    _forget_open(db, subscription)
    row = _wanted(new) | {"paused": None} | _next(next_occurrences(new.schedule, now))
    db.execute(SUBSCRIPTIONS.update().where(_is(subscription.space, subscription.id)).values(row))
    changed = find_subscription(db, subscription.space, subscription.id)
    assert changed is not None
    return changed


def find_subscription(db: sa.Connection, space: Space, id: SubscriptionId) -> Subscription | None:
    """The Space's subscription of that number; None where it has none."""
    row = db.execute(sa.select(SUBSCRIPTIONS).where(_is(space, id))).one_or_none()
    return subscription_of(row) if row else None


def list_subscriptions(db: sa.Connection, space: Space, place: Place | None = None) -> list[Subscription]:
    """The subscriptions of the Space, or of one channel in it, by number."""
    wanted = sa.select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.space == space).order_by(SUBSCRIPTIONS.c.id)
    if place is not None:
        wanted = wanted.where(SUBSCRIPTIONS.c.platform == place.platform, SUBSCRIPTIONS.c.channel == place.channel)
    return [subscription_of(row) for row in db.execute(wanted)]


def pause_subscription(db: sa.Connection, subscription: Subscription, now: datetime) -> Subscription:
    """Let nothing be due of it until it is resumed; what was noted and is not written yet is forgotten."""
    _forget_open(db, subscription)
    values: Row = {"paused": subscription.paused or now, "next_due": None, "next_slot": None}
    return _changed(db, subscription, values)


def resume_subscription(db: sa.Connection, subscription: Subscription, now: datetime) -> Subscription:
    """Let it be due again, the next time; what would have been due meanwhile is not made up for."""
    if subscription.paused is None:
        return subscription
    return _changed(db, subscription, {"paused": None} | _next(next_occurrences(subscription.schedule, now)))


def remove_subscription(db: sa.Connection, subscription: Subscription) -> None:
    """Forget it, and what was noted of it and is not written yet."""
    _forget_open(db, subscription)
    db.execute(SUBSCRIPTIONS.delete().where(_is(subscription.space, subscription.id)))


def due_subscriptions(db: sa.Connection, before: datetime, limit: int) -> list[Subscription]:
    """Those that are due by then, the longest due first; nobody else gets them while the transaction goes on."""
    wanted = sa.select(SUBSCRIPTIONS).where(SUBSCRIPTIONS.c.next_due <= before)
    wanted = wanted.order_by(SUBSCRIPTIONS.c.next_due).limit(limit).with_for_update(skip_locked=True)
    return [subscription_of(row) for row in db.execute(wanted)]


def advance_subscriptions(db: sa.Connection, advances: Iterable[tuple[Subscription, Occurrence | None]]) -> None:
    """Note for each when it is due next; None where its schedule has ended."""
    rows = [
        {"of_space": one.space, "of_id": one.id} | _next([] if next_one is None else [next_one])
        for one, next_one in advances
    ]
    if rows:
        db.execute(_ADVANCE, rows)


def heed_new_zones(db: sa.Connection) -> int:
    """How many were due by the zone rules of another release; each is due at the same local time by those of today."""
    stale = sa.select(SUBSCRIPTIONS).where(
        SUBSCRIPTIONS.c.next_slot.is_not(None), SUBSCRIPTIONS.c.zones_of != zones_release()
    )
    advances = []
    for row in db.execute(stale.with_for_update()).all():
        subscription, slot = subscription_of(row), datetime.fromisoformat(row.next_slot)
        due = first_moment(slot.date(), slot.time(), subscription.schedule.zone)
        advances.append((subscription, Occurrence(local_date=slot.date(), slot=slot.time(), due=due)))
    advance_subscriptions(db, advances)
    return len(advances)


def subscription_of(row: sa.Row[tuple[object, ...]]) -> Subscription:
    """The subscription that the row holds; it may hold more."""
    found = row._mapping
    space = found[SUBSCRIPTIONS.c.space]
    return Subscription(
        id=found[SUBSCRIPTIONS.c.id],
        place=Place(
            platform=found[SUBSCRIPTIONS.c.platform],
            space=space,
            channel=found[SUBSCRIPTIONS.c.channel],
            thread=found[SUBSCRIPTIONS.c.thread],
        ),
        schedule=_read(found[SUBSCRIPTIONS.c.rule], found[SUBSCRIPTIONS.c.zone]),
        topic=found[SUBSCRIPTIONS.c.topic],
        length=found[SUBSCRIPTIONS.c.length],
        sources=tuple(FeedId(feed) for feed in json.loads(found[SUBSCRIPTIONS.c.sources])),
        says_nothing_new=found[SUBSCRIPTIONS.c.says_nothing_new],
        made=found[SUBSCRIPTIONS.c.made],
        made_by=found[SUBSCRIPTIONS.c.made_by],
        paused=found[SUBSCRIPTIONS.c.paused],
        next_due=found[SUBSCRIPTIONS.c.next_due],
        covers_from=found[SUBSCRIPTIONS.c.covers_from],
    )


def _refuse_second(db: sa.Connection, new: NewSubscription, but: SubscriptionId | None = None) -> None:
    """RequestError (S02) where the place has the same one already."""
    for other in list_subscriptions(db, new.place.space, new.place):
        same_topic = _folded(other.topic) == _folded(new.topic)
        same_times = other.schedule == new.schedule
        if other.id != but and same_topic and same_times and other.place.thread == new.place.thread:
            raise RequestError(f"That digest comes here already; it is number {other.id}.", "S02")


def _wanted(new: NewSubscription) -> Row:
    """What is kept of what can be changed."""
    return {
        "rule": _written(new.schedule),
        "zone": new.schedule.zone.key,
        "topic": new.topic,
        "length": new.length,
        "sources": json.dumps(new.sources),
    }


def _is(space: Space, id: SubscriptionId) -> sa.ColumnElement[bool]:
    return sa.and_(SUBSCRIPTIONS.c.space == space, SUBSCRIPTIONS.c.id == id)


def _folded(topic: str | None) -> str:
    return " ".join(fold(topic or "").split())


def _next(occurrences: Sequence[Occurrence]) -> Row:
    """What is kept of the first of them."""
    if not occurrences:
        return {"next_due": None, "next_slot": None, "zones_of": zones_release()}
    slot = datetime.combine(occurrences[0].local_date, occurrences[0].slot)
    return {"next_due": occurrences[0].due, "next_slot": slot.isoformat("T", "minutes"), "zones_of": zones_release()}


def _changed(db: sa.Connection, subscription: Subscription, values: Row) -> Subscription:
    db.execute(SUBSCRIPTIONS.update().where(_is(subscription.space, subscription.id)).values(values))
    return replace(subscription, **{name: values[name] for name in ("paused", "next_due")})  # type: ignore[arg-type]


def _forget_open(db: sa.Connection, subscription: Subscription) -> None:
    its = sa.and_(OCCURRENCES.c.space == subscription.space, OCCURRENCES.c.subscription == subscription.id)
    db.execute(OCCURRENCES.delete().where(its, OCCURRENCES.c.state == "open"))


def _written(schedule: Schedule) -> str:
    """The schedule without its zone. It is kept so, and not in words, that no change in how words are read moves it."""
    rules = [
        {
            "weekdays": sorted(rule.days.weekdays),
            "month_days": sorted(rule.days.month_days),
            "ordinals": sorted(rule.days.ordinals),
            "strides": sorted((stride, first.isoformat()) for stride, first in rule.days.strides),
            "dates": sorted(day.isoformat() for day in rule.days.dates),
            "times": [f"{at:%H:%M}" for at in rule.times],
        }
        for rule in schedule.rules
    ]
    return json.dumps([{name: given for name, given in rule.items() if given} for rule in rules])


@lru_cache(_SCHEDULES_REMEMBERED)
def _read(rules: str, zone: str) -> Schedule:
    return Schedule(rules=tuple(map(_rule, json.loads(rules))), zone=ZoneInfo(zone))


def _rule(given: dict[str, Any]) -> Rule:
    return Rule(
        days=Days(
            weekdays=frozenset(given.get("weekdays", ())),
            month_days=frozenset(given.get("month_days", ())),
            ordinals=frozenset((nth, weekday) for nth, weekday in given.get("ordinals", ())),
            strides=frozenset((stride, date.fromisoformat(first)) for stride, first in given.get("strides", ())),
            dates=frozenset(map(date.fromisoformat, given.get("dates", ()))),
        ),
        times=tuple(map(time.fromisoformat, given["times"])),
    )
