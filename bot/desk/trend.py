"""Trends: how many stories a day began on a topic, where that is worth a look."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.articles import find_articles
from bot.archive.trends import FirstReport, first_seen_story, stories_begun
from bot.desk.choose import fit
from bot.news.article import ArticleId, Space
from bot.news.subscription import Subscription
from bot.news.times import local_day
from bot.news.topic import read_topic
from bot.news.trend import Trend
from config import defaults

_DAY = timedelta(days=1)
_OLD = timedelta(hours=defaults.DIGEST_OLD_HOURS)


class Trends:
    """Counts the stories of whole days, and remembers the counts: what is over is not looked at again.

    At one time it looks at so many stories only, the newest first; what is left then is counted the next time.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Space, str | None, ZoneInfo, date], int] = {}

    def of_digest(self, db: Db, subscription: Subscription, now: datetime) -> Trend | None:
        """The trend of what a digest is about; None for one of some sources, for they are not counted apart."""
        if subscription.sources:
            return None
        return self.of_topic(db, subscription.space, subscription.topic, now, subscription.schedule.zone)

    def of_topic(self, db: Db, space: Space, topic: str | None, now: datetime, zone: ZoneInfo) -> Trend | None:
        """The stories of each of the last days on the topic, None being all; None where there is nothing to see.

        Days count from the one after the desk began to read here, whose stories had begun before.
        """
        days = _days(first_seen_story(db, space), now, zone)
        if len(days) < defaults.TREND_DAYS_AT_LEAST:
            return None
        missing = [day for day in days if (space, topic, zone, day) not in self._known]
        if missing:
            self._count(db, space, topic, zone, missing)
        known = [(day, self._known.get((space, topic, zone, day))) for day in reversed(days)]
        counted = [(day, count) for day, count in takewhile(lambda one: one[1] is not None, known) if count is not None]
        counts = [count for _, count in counted]
        if len(counts) < defaults.TREND_DAYS_AT_LEAST or sum(counts) < defaults.TREND_STORIES_AT_LEAST:
            return None
        return Trend(topic=topic, days=tuple(reversed(counted))) if min(counts) < max(counts) else None

    def _count(self, db: Db, space: Space, topic: str | None, zone: ZoneInfo, days: Sequence[date]) -> None:
        """Count the stories of the days, the last first, as far as it may look."""
        begun: defaultdict[date, list[ArticleId]] = defaultdict(list)
        for one in stories_begun(db, space, local_day(days[0], zone), local_day(days[-1] + _DAY, zone)):
            if _is_news(one):
                begun[one.first_seen.astimezone(zone).date()].append(one.article)
        if len(self._known) > defaults.TREND_COUNTS_KEPT:
            self._known.clear()
        looked_at = 0
        for day in reversed(days):
            looked_at += len(begun[day]) if topic is not None else 0
            if looked_at > defaults.TREND_LOOKED_AT and day != days[-1]:
                return
            found = begun[day] if topic is None else _on_topic(db, space, topic, begun[day])
            self._known[space, topic, zone, day] = len(found)


def _days(since: datetime | None, now: datetime, zone: ZoneInfo) -> Sequence[date]:
    """The whole days before this one, the oldest first, from the one after that moment on."""
    if since is None:
        return []
    today, begun = now.astimezone(zone).date(), since.astimezone(zone).date()
    days = [today - number * _DAY for number in range(defaults.TREND_DAYS, 0, -1)]
    return [day for day in days if day > begun]


def _is_news(report: FirstReport) -> bool:
    """Whether the story was no old one when it came, such as a first reading lists."""
    return report.first_seen - report.dated < _OLD


def _on_topic(db: Db, space: Space, topic: str, articles: Sequence[ArticleId]) -> list[ArticleId]:
    """Those of the articles that speak of the topic at once."""
    about = read_topic(topic)
    tops = (
        replace(article, text=article.text[: defaults.TREND_CHARACTERS])
        for article in find_articles(db, space, articles).values()
    )
    return [top.id for top in tops if fit(about, [top])]
