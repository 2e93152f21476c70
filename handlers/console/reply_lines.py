"""What whoever asked for something is told, as one line of JSON."""

import json
from typing import Any, assert_never

from bot.desk.replies import AboutDue
from bot.news.backtest import Backtest
from bot.news.delivery import Delivery
from bot.news.digest import Digest
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
from bot.news.subscription import Subscription
from bot.news.verdict import Verdict
from bot.news.watch import Watch
from handlers.console.as_json import citations_as_json, moment_as_json, points_as_json


def reply_line(reply: AboutDue) -> str:
    """The line."""
    return json.dumps(_reply(reply), ensure_ascii=False)


def _reply(reply: AboutDue) -> dict[str, Any]:
    match reply:
        case Said():
            return {"said": reply.sentence}
        case DigestMade():
            return _subscription(reply.subscription) | {
                "next": [moment_as_json(due) for due in reply.next],
                "sources": list(reply.sources),
                "notes": list(reply.notes),
            }
        case DigestsListed():
            return {"digests": [_subscription(one) for one in reply.subscriptions]}
        case DigestPreviewed():
            return {"digest": reply.subscription.id} | _digest(reply.digest)
        case WatchMade():
            return _watch(reply.watch) | {"understood": reply.understood, "tested": _tested(reply.tested)}
        case WatchChanged():
            return _watch(reply.watch)
        case WatchTested():
            return {"topic": reply.tested.topic, "understood": reply.understood, "tested": _tested(reply.tested)}
        case Verdict():
            findings = [{"step": one.step, "sentence": one.sentence} for one in reply.findings]
            return {"link": reply.link, "headline": reply.headline, "step": reply.step, "findings": findings}
        case WatchesListed():
            return {"watches": [_watch(one) for one in reply.watches]}
        case HeldListed():
            return {"held": [_delivery(one) for one in reply.deliveries]}
        case _:
            assert_never(reply)


def _digest(digest: Digest) -> dict[str, Any]:
    return {
        "topic": digest.topic,
        "from": moment_as_json(digest.start),
        "to": moment_as_json(digest.end),
        "late_since": moment_as_json(digest.late_since),
        "stories": [
            {
                "story": item.story,
                "kind": item.kind,
                "headline": item.headline,
                "change": points_as_json([item.change])[0] if item.change else None,
                "points": points_as_json(item.points),
                "publishers": list(item.publishers),
                "url": item.url,
                "ranking": {"score": item.ranking.score, **item.ranking.parts},
            }
            for item in digest.items
        ],
        "more": digest.more,
        "ended": list(digest.ended),
        "trend": [[day.isoformat(), stories] for day, stories in digest.trend.days] if digest.trend else None,
        "citations": citations_as_json(digest.citations),
    }


def _subscription(subscription: Subscription) -> dict[str, Any]:
    return {
        "digest": subscription.id,
        "topic": subscription.topic,
        "schedule": subscription.schedule.in_words(),
        "zone": subscription.schedule.zone.key,
        "length": subscription.length,
        "paused": subscription.paused is not None,
        "due": moment_as_json(subscription.next_due),
    }


def _watch(watch: Watch) -> dict[str, Any]:
    quiet = watch.quiet
    return {
        "watch": watch.id,
        "topic": watch.topic,
        "told": watch.cadence,
        "quiet": f"{quiet.start:%H:%M}-{quiet.end:%H:%M}" if quiet else None,
        "lets": watch.quiet_lets,
        "an_hour": watch.an_hour,
        "muted_until": moment_as_json(watch.muted_until),
    }


def _tested(tested: Backtest) -> dict[str, Any]:
    return {
        "since": moment_as_json(tested.since),
        "messages": tested.messages,
        "stories": tested.stories,
        "unannounced": tested.unannounced,
        "examples": [
            {"headline": one.headline, "url": one.url, "sentence": one.reason.sentence, "words": list(one.reason.words)}
            for one in tested.examples
        ],
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "delivery": delivery.id,
        "cause": delivery.cause,
        "channel": delivery.place.channel,
        "due": moment_as_json(delivery.due),
        "fault": delivery.fault,
    }
