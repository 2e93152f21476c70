"""Trends: how many stories a day began on a topic, where that is worth a look."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.articles import find_articles
from bot.archive.trends import Begun, first_seen_story, stories_begun
from bot.desk.choose import fit
from bot.news.article import Article, Space
from bot.news.subscription import Subscription
from bot.news.times import local_day
from bot.news.topic import Topic, read_topic
from bot.news.trend import Trend
from config import defaults

_DAY = timedelta(days=1)


class Trends:
    """Counts the stories of whole days, and remembers the counts: what is over is not looked at again."""

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
            self._count(db, space, topic, zone, (missing[0], days[-1]))
        counts = [self._known.get((space, topic, zone, day), 0) for day in days]
        if sum(counts) < defaults.TREND_STORIES_AT_LEAST or min(counts) == max(counts):
            return None
        return Trend(topic=topic, days=tuple(zip(days, counts, strict=True)))

    def _count(self, db: Db, space: Space, topic: str | None, zone: ZoneInfo, span: tuple[date, date]) -> None:
        """Count the stories of the days from the first to the last."""
        first, last = span
        begun = stories_begun(db, space, local_day(first, zone), local_day(last + _DAY, zone))
        articles = find_articles(db, space, [one.article for one in begun])
        about = read_topic(topic) if topic is not None else None
        counts = Counter(
            one.first_seen.astimezone(zone).date()
            for one in begun
            if one.article in articles and _counts(one, articles[one.article], about)
        )
        if len(self._known) > defaults.TREND_COUNTS_KEPT:
            self._known.clear()
        for number in range((last - first).days + 1):
            day = first + number * _DAY
            self._known[space, topic, zone, day] = counts[day]


def _days(since: datetime | None, now: datetime, zone: ZoneInfo) -> Sequence[date]:
    """The whole days before this one, the oldest first, from the one after that moment on."""
    if since is None:
        return []
    today, begun = now.astimezone(zone).date(), since.astimezone(zone).date()
    days = [today - number * _DAY for number in range(defaults.TREND_DAYS, 0, -1)]
    return [day for day in days if day > begun]


def _counts(begun: Begun, article: Article, topic: Topic | None) -> bool:
    """Whether the story was news when it came, and is on the topic."""
    is_news = begun.first_seen - article.dated < timedelta(hours=defaults.DIGEST_OLD_HOURS)
    return is_news and (topic is None or fit(topic, [article]) > 0)
