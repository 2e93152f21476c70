"""Arrivals: by which source an article came, when, and whether it was news."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema import ARRIVALS, IDENTITIES, short_key
from bot.news.article import ArticleId, Space
from bot.news.source import FeedId


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """An article that came by a source. Not `fresh`: the source's first reading listed it."""

    article: ArticleId
    feed: FeedId
    seen: datetime
    fresh: bool


def note_arrivals(
    db: sa.Connection, space: Space, feed: FeedId, articles: Iterable[ArticleId], *, fresh: bool, now: datetime
) -> list[ArticleId]:
    """Those of the articles that had not come by this source before."""
    wanted = list(dict.fromkeys(articles))
    for some in portions(list(wanted)):
        known = sa.select(ARRIVALS.c.article).where(
            ARRIVALS.c.space == space, ARRIVALS.c.feed == feed, ARRIVALS.c.article.in_(some)
        )
        for article in db.execute(known).scalars():
            wanted.remove(article)
    rows = [{"space": space, "article": one, "feed": feed, "seen": now, "fresh": fresh} for one in wanted]
    insert_rows(db, ARRIVALS, rows)
    return wanted


def arrivals_since(db: sa.Connection, space: Space, since: datetime, limit: int) -> list[Arrival]:
    """What came since then, oldest first."""
    rows = db.execute(
        sa.select(ARRIVALS.c.article, ARRIVALS.c.feed, ARRIVALS.c.seen, ARRIVALS.c.fresh)
        .where(ARRIVALS.c.space == space, ARRIVALS.c.seen >= since)
        .order_by(ARRIVALS.c.seen, ARRIVALS.c.article)
        .limit(limit)
    )
    return [Arrival(**row._mapping) for row in rows]


def fresh_among(db: sa.Connection, space: Space, articles: Iterable[ArticleId]) -> set[ArticleId]:
    """Those of the articles that came as news by any source."""
    found: set[ArticleId] = set()
    for some in portions(articles):
        fresh = sa.select(ARRIVALS.c.article).where(
            ARRIVALS.c.space == space, ARRIVALS.c.article.in_(some), ARRIVALS.c.fresh
        )
        found.update(db.execute(fresh).scalars())
    return found


def stale_among(db: sa.Connection, space: Space, articles: Iterable[ArticleId]) -> set[ArticleId]:
    """Those of the articles that came by sources, and never as news: their first readings listed them."""
    found: set[ArticleId] = set()
    for some in portions(articles):
        came = sa.select(ARRIVALS.c.article).where(ARRIVALS.c.space == space, ARRIVALS.c.article.in_(some))
        found.update(db.execute(came).scalars())
    return found - fresh_among(db, space, found)


def arrived_by(
    db: sa.Connection, space: Space, articles: Iterable[ArticleId], feeds: Sequence[FeedId]
) -> set[ArticleId]:
    """Those of the articles that came by one of these sources."""
    found: set[ArticleId] = set()
    for some in portions(articles):
        came = sa.select(ARRIVALS.c.article).where(
            ARRIVALS.c.space == space, ARRIVALS.c.article.in_(some), ARRIVALS.c.feed.in_(feeds)
        )
        found.update(db.execute(came).scalars())
    return found


def articles_named(db: sa.Connection, space: Space, identities: Iterable[str]) -> dict[str, ArticleId]:
    """The articles that came under these identities, by identity; unknown ones are left out."""
    keys = {short_key(identity): identity for identity in identities}
    found: dict[str, ArticleId] = {}
    for some in portions(list(keys)):
        rows = sa.select(IDENTITIES.c.identity, IDENTITIES.c.article).where(
            IDENTITIES.c.space == space, IDENTITIES.c.identity.in_(some)
        )
        found |= {keys[row.identity]: row.article for row in db.execute(rows)}
    return found
