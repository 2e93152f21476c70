"""Tracing an article: how it came, and where it was placed."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from bot.archive.arrivals import Arrival, articles_named
from bot.archive.articles import find_articles
from bot.archive.schema import ARRIVALS, VERSIONS
from bot.archive.schema_due import PLACEMENTS
from bot.news.article import Article, ArticleId, Space
from bot.news.story import StoryId


def find_article_at(db: sa.Connection, space: Space, names: Iterable[str], address: str | None) -> Article | None:
    """The article that came under one of these names, or else is at the address; None where there is none."""
    found = articles_named(db, space, names)
    id: ArticleId | None = next(iter(found.values()), None)
    if id is None and address is not None:
        there = sa.select(VERSIONS.c.article).where(VERSIONS.c.space == space, VERSIONS.c.url == address)
        id = db.execute(there.order_by(VERSIONS.c.article.desc()).limit(1)).scalar()
    return find_articles(db, space, [id]).get(id) if id is not None else None


def arrivals_of(db: sa.Connection, space: Space, article: ArticleId) -> list[Arrival]:
    """By which sources the article came, and when, the first first; none where it was added by hand."""
    columns = [ARRIVALS.c[name] for name in ("article", "feed", "seen", "fresh")]
    rows = sa.select(*columns).where(ARRIVALS.c.space == space, ARRIVALS.c.article == article)
    return [Arrival(**row._mapping) for row in db.execute(rows.order_by(ARRIVALS.c.seen))]


def placed_where(db: sa.Connection, space: Space, article: ArticleId) -> tuple[StoryId, datetime] | None:
    """The story of the article, and when it was placed there; None when it was not yet."""
    placed = sa.select(PLACEMENTS.c.story, PLACEMENTS.c.placed)
    row = db.execute(placed.where(PLACEMENTS.c.space == space, PLACEMENTS.c.article == article)).one_or_none()
    return (StoryId(row.story), row.placed) if row else None
