"""Replaying: what was placed of late, in the order in which it was."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.articles import find_articles
from bot.archive.kept import portions
from bot.archive.schema import ARRIVALS, ARTICLES
from bot.archive.schema_due import MERGES, PLACEMENTS
from bot.archive.stories import developments_of, find_placements
from bot.news.article import Article, Space
from bot.news.development import Development
from bot.news.story import StoryId

_A_PORTION = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedThen:
    """An article as it was placed then, in the story that it was placed in; `fresh` where it had come as news."""

    article: Article
    story: StoryId
    development: Development | None
    fresh: bool
    vector: bytes | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedThen:
    """A story that went on as another from then on, which had come as far as that development."""

    gone: StoryId
    into: StoryId
    come_to: int
    at: datetime


def replay(db: sa.Connection, space: Space, since: datetime, limit: int) -> Iterator[PlacedThen | MergedThen]:
    """What was placed since then, oldest first, at most the newest so much of it; and the merges before it."""
    merges = sa.select(MERGES).where(MERGES.c.space == space, MERGES.c.at >= since).order_by(MERGES.c.at, MERGES.c.gone)
    merged = deque(
        MergedThen(gone=row.gone, into=row.into, come_to=row.come_to, at=row.at) for row in db.execute(merges)
    )
    for one in _placed(db, space, since, limit):
        while merged and merged[0].at <= one.at:
            yield merged.popleft()
        yield one


def _placed(db: sa.Connection, space: Space, since: datetime, limit: int) -> Iterator[PlacedThen]:
    in_space = sa.and_(PLACEMENTS.c.space == space, PLACEMENTS.c.placed >= since)
    of_article = sa.and_(ARTICLES.c.space == PLACEMENTS.c.space, ARTICLES.c.id == PLACEMENTS.c.article)
    had_come = sa.and_(
        ARRIVALS.c.space == PLACEMENTS.c.space,
        ARRIVALS.c.article == PLACEMENTS.c.article,
        ARRIVALS.c.fresh,
        ARRIVALS.c.seen <= PLACEMENTS.c.placed,
    )
    story = sa.func.coalesce(PLACEMENTS.c.placed_in, PLACEMENTS.c.story).label("story")
    newest = (
        sa.select(PLACEMENTS.c.article, story, PLACEMENTS.c.placed, sa.exists().where(had_come).label("fresh"))
        .select_from(PLACEMENTS.join(ARTICLES, of_article))
        .where(in_space)
        .order_by(PLACEMENTS.c.placed.desc(), ARTICLES.c.change.desc())
        .limit(limit)
    )
    rows = list(reversed(db.execute(newest).all()))
    for some in portions(rows, _A_PORTION):
        ids = [row.article for row in some]
        articles, placements = find_articles(db, space, ids), find_placements(db, space, ids)
        known = developments_of(db, space, {row.story for row in some})
        changes = {(story, one.article): one for story, several in known.items() for one in several}
        for row in some:
            yield PlacedThen(
                article=articles[row.article],
                story=row.story,
                development=changes.get((row.story, row.article)),
                fresh=row.fresh,
                vector=placements[row.article].gist.meaning or None,
                at=row.placed,
            )
