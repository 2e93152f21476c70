"""The news of late: the newest articles, whatever they are about."""

from datetime import UTC, datetime, timedelta

from bot.archive.archive import Db
from bot.archive.articles import articles_between
from bot.desk.desk import Desk
from bot.news.article import Article
from config import defaults

_EVER = datetime(1, 1, 2, tzinfo=UTC)


def articles_of_late(db: Db, desk: Desk, since: datetime | None, now: datetime) -> list[Article]:
    """The newest articles: those since then, or those of the days before the newest that is not of the future."""
    articles = articles_between(db, desk.space, since or _EVER, now, defaults.BRIEF_ARTICLES)
    if since is not None or not articles:
        return articles
    start = articles[0].dated - timedelta(days=defaults.BRIEF_DAYS)
    return [article for article in articles if article.dated >= start]
