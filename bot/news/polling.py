"""When is a feed read again, and when is it given up?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.news.source import FollowedFeed
from config import defaults

_LONGEST = timedelta(hours=defaults.POLL_LONGEST_HOURS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How soon a feed is read again: never sooner than the one, never later than the other unless its site asks."""

    fastest: timedelta = timedelta(minutes=defaults.POLL_FASTEST_MINUTES)
    slowest: timedelta = timedelta(minutes=defaults.POLL_SLOWEST_MINUTES)


def wait_after_reading(
    gap_seconds: float | None, quiet: timedelta, *, asked: timedelta | None, pace: Pace, luck: float
) -> timedelta:
    """How long to wait after a reading that went well.

    A part of the usual gap between new entries, so that news is a part of a gap old when it is read; a feed that has
    been quiet for longer counts as slower. `asked` is what the site asks for at least (ttl, Cache-Control), up to a
    day. `luck` from -1 to 1 spreads feeds that were read together.
    """
    gap = timedelta(seconds=gap_seconds or 0.0)
    wait = max(gap, quiet / 2) / defaults.POLL_READINGS_A_GAP
    wait = min(max(wait, pace.fastest), pace.slowest)
    wait = max(wait, min(asked, _LONGEST)) if asked else wait
    return wait * (1 + defaults.POLL_JITTER * luck)


def wait_after_failure(failures: int, *, retry_after: timedelta | None, pace: Pace, luck: float) -> timedelta:
    """How long to wait after so many failures in a row: doubling up to a day, and never less than the site asked."""
    doubled: timedelta = min(pace.fastest * 2 ** min(failures, 20), _LONGEST)
    wait = doubled * (1 + defaults.POLL_JITTER * luck)
    return max(wait, min(retry_after, _LONGEST)) if retry_after else wait


def is_to_be_stopped(feed: FollowedFeed, now: datetime, *, is_gone: bool) -> bool:
    """Has the feed failed for so long that it is no longer read? Less long where its site calls it gone for good."""
    days = defaults.POLL_GONE_DAYS if is_gone else defaults.POLL_FAILING_DAYS
    return feed.failing_since is not None and now - feed.failing_since >= timedelta(days=days)


def is_move_to_be_adopted(since: datetime, times: int, now: datetime) -> bool:
    """Has a permanent redirect been seen often and long enough to be believed?"""
    return times >= defaults.MOVE_READINGS and now - since >= timedelta(hours=defaults.MOVE_HOURS)


def usual_gap(moments: Iterable[datetime]) -> float | None:
    """The usual time in seconds between entries of these dates; None where too few are dated."""
    newest = sorted(moments, reverse=True)[: defaults.POLL_GAP_ENTRIES]
    if len(newest) < 2:
        return None
    return median((one - other).total_seconds() for one, other in pairwise(newest))


def learn_gap(before: float | None, now: datetime, last_new: datetime | None, count: int) -> float | None:
    """The usual gap after a reading with so many new entries: a moving mean of the gaps seen."""
    if last_new is None or count == 0:
        return before
    seen = (now - last_new).total_seconds() / count
    return seen if before is None else before + defaults.POLL_GAP_LEARNT * (seen - before)
