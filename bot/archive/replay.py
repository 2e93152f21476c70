"""Replaying: what was placed of late, in the order in which it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.articles import find_articles
from bot.archive.kept import portions
from bot.archive.schema import ARRIVALS, ARTICLES
from bot.archive.schema_due import PLACEMENTS
from bot.archive.stories import developments_of, find_placements
from bot.news.article import Article, Space
from bot.news.development import Development
from bot.news.story import StoryId

_A_PORTION = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedThen:
    """An article as it was placed then; `fresh` where it had come as news."""

    article: Article
    story: StoryId
    development: Development | None
    fresh: bool
    vector: bytes | None
    at: datetime


def replay(db: sa.Connection, space: Space, since: datetime, limit: int) -> Iterator[PlacedThen]:
    """What was placed since then, oldest first; at most the newest so much of it."""
    in_space = sa.and_(PLACEMENTS.c.space == space, PLACEMENTS.c.placed >= since)
    of_article = sa.and_(ARTICLES.c.space == PLACEMENTS.c.space, ARTICLES.c.id == PLACEMENTS.c.article)
    had_come = sa.and_(
        ARRIVALS.c.space == PLACEMENTS.c.space,
        ARRIVALS.c.article == PLACEMENTS.c.article,
        ARRIVALS.c.fresh,
        ARRIVALS.c.seen <= PLACEMENTS.c.placed,
    )
    newest = (
        sa.select(PLACEMENTS.c.article, PLACEMENTS.c.placed, sa.exists().where(had_come).label("fresh"))
        .select_from(PLACEMENTS.join(ARTICLES, of_article))
        .where(in_space)
        .order_by(PLACEMENTS.c.placed.desc(), ARTICLES.c.change.desc())
        .limit(limit)
    )
    rows = list(reversed(db.execute(newest).all()))
    for some in portions(rows, _A_PORTION):
        ids = [row.article for row in some]
        articles, placements = find_articles(db, space, ids), find_placements(db, space, ids)
        known = developments_of(db, space, {placement.story for placement in placements.values()})
        changes = {(story, one.article): one for story, several in known.items() for one in several}
        for row in some:
            placement = placements[row.article]
            yield PlacedThen(
                article=articles[row.article],
                story=placement.story,
                development=changes.get((placement.story, row.article)),
                fresh=row.fresh,
                vector=placement.gist.meaning or None,
                at=row.placed,
            )
