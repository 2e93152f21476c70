"""Matches: what a watch met, and what is to become of it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from bot.news.article import ArticleId
from bot.news.digest import Reason
from bot.news.quiet import QuietHours
from bot.news.schedule import first_moment
from bot.news.story import StoryId
from bot.news.watch import Cadence, Watch, WatchId
from config import defaults

MatchState = Literal["told", "for the batch", "quiet hours", "too many", "named", "muted", "story muted"]

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fate:
    """What becomes of a match.

    It is "told" by the delivery `key`, or only "named" there; "muted" when its watch was, "story muted" when that was.
    Until it is held `until` then: "for the batch", over the "quiet hours", or because one hour brought "too many".
    """

    state: MatchState
    until: datetime | None = None
    key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A watch met a story, as it was after a development, by an article, for a reason.

    `score` is how well they fit, comparable within one watch.
    """

    watch: WatchId
    story: StoryId
    development: int
    article: ArticleId
    score: float
    reason: Reason
    found: datetime
    fate: Fate


def decide(watch: Watch, now: datetime, *, told_this_hour: int, is_severe: bool, story_muted: bool) -> Fate:
    """What becomes of what the watch meets now; `told_this_hour` is how much it told since hour_start.

    What is told now has no key yet.
    """
    if story_muted:
        return Fate(state="story muted")
    if watch.muted_until is not None and watch.muted_until > now:
        return Fate(state="muted")
    if watch.cadence != "at once":
        batch = _next_batch(watch.cadence, watch.zone, now)
        return Fate(state="for the batch", until=quiet_end(watch, batch))
    end = quiet_end(watch, now)
    if end > now and not (is_severe and watch.quiet_lets == "severe"):
        return Fate(state="quiet hours", until=end)
    if told_this_hour >= watch.an_hour:
        return Fate(state="too many", until=quiet_end(watch, hour_start(watch.zone, now) + _HOUR))
    return Fate(state="told")


def quiet_end(watch: Watch, moment: datetime) -> datetime:
    """The first moment, from that one on, that is not in the quiet hours of the watch."""
    return _quiet_end(watch.quiet, watch.zone, moment) if watch.quiet else moment


@lru_cache(maxsize=defaults.WATCH_TIMES_KEPT)
def hour_start(zone: ZoneInfo, moment: datetime) -> datetime:
    """When the clocks there last showed a full hour."""
    shown = moment.astimezone(zone)
    return moment - timedelta(minutes=shown.minute, seconds=shown.second, microseconds=shown.microsecond)


@lru_cache(maxsize=defaults.WATCH_TIMES_KEPT)
def _quiet_end(quiet: QuietHours, zone: ZoneInfo, moment: datetime) -> datetime:
    return quiet.ends(moment, zone)


@lru_cache(maxsize=defaults.WATCH_TIMES_KEPT)
def _next_batch(cadence: Cadence, zone: ZoneInfo, moment: datetime) -> datetime:
    if cadence == "hourly":
        return hour_start(zone, moment) + _HOUR
    at, today = time.fromisoformat(defaults.WATCH_DAILY_AT), moment.astimezone(zone).date()
    due = (first_moment(today + timedelta(days=days), at, zone) for days in range(3))
    return next(one for one in due if one > moment)
