"""The stories of past days, to be counted."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.schema import ARTICLES
from bot.archive.schema_due import PLACEMENTS, STORIES
from bot.news.article import ArticleId, Space


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstReport:
    """A story by the article with which it began: when the desk read that, and when it is from."""

    article: ArticleId
    first_seen: datetime
    dated: datetime


def stories_begun(db: sa.Connection, space: Space, start: datetime, end: datetime) -> list[FirstReport]:
    """The stories that began from the one moment on and before the other; those merged are left out."""
    is_placed = sa.and_(STORIES.c.space == PLACEMENTS.c.space, STORIES.c.id == PLACEMENTS.c.story)
    begun = (
        sa.select(STORIES.c.first_seen, sa.func.min(PLACEMENTS.c.article).label("article"))
        .select_from(STORIES.join(PLACEMENTS, is_placed))
        .where(STORIES.c.space == space, STORIES.c.merged_into.is_(None), STORIES.c.last_seen >= start)
        .where(STORIES.c.first_seen >= start, STORIES.c.first_seen < end)
        .group_by(STORIES.c.id, STORIES.c.first_seen)
    ).subquery()
    rows = sa.select(begun, ARTICLES.c.dated).join(ARTICLES, ARTICLES.c.id == begun.c.article)
    return [
        FirstReport(article=row.article, first_seen=row.first_seen, dated=row.dated)
        for row in db.execute(rows.where(ARTICLES.c.space == space))
    ]


def first_seen_story(db: sa.Connection, space: Space) -> datetime | None:
    """When the first story of the Space began; None where there is none."""
    stories = sa.select(STORIES.c.first_seen).where(STORIES.c.space == space)
    found: datetime | None = db.execute(stories.order_by(STORIES.c.id).limit(1)).scalar()
    return found
