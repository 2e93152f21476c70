"""The matches: what watches met, and what became of it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema_due import MATCHES, WATCHES
from bot.news.article import ArticleId, Space
from bot.news.digest import Reason
from bot.news.match import Fate, Match, MatchState
from bot.news.story import StoryId
from bot.news.watch import WatchId

_SETTLE = MATCHES.update().where(
    MATCHES.c.space == sa.bindparam("of_space"),
    MATCHES.c.watch == sa.bindparam("of_watch"),
    MATCHES.c.story == sa.bindparam("of_story"),
    MATCHES.c.development == sa.bindparam("of_development"),
)


def save_matches(db: sa.Connection, space: Space, matches: Sequence[Match]) -> None:
    """Keep what watches met; none met the same story after the same development before."""
    # Very many watches may meet a story for a handful of reasons.
    why = {reason: _why(reason) for reason in {one.reason for one in matches}}
    rows = [
        {
            "space": space,
            "watch": one.watch,
            "story": one.story,
            "development": one.development,
            "article": one.article,
            "score": one.score,
            "why": why[one.reason],
            "found": one.found,
            **_fate(one.fate),
        }
        for one in matches
    ]
    insert_rows(db, MATCHES, rows)


def settle_matches(db: sa.Connection, space: Space, fates: Sequence[tuple[Match, Fate]]) -> None:
    """Note what became of these matches instead."""
    rows = [
        {
            "of_space": space,
            "of_watch": one.watch,
            "of_story": one.story,
            "of_development": one.development,
            **_fate(fate),
        }
        for one, fate in fates
    ]
    if rows:
        db.execute(_SETTLE, rows)


def met_before(
    db: sa.Connection, space: Space, stories: Iterable[StoryId]
) -> dict[tuple[WatchId, StoryId], dict[int, MatchState]]:
    """Which watches met which of these stories after which developments, and what became of it."""
    met: defaultdict[tuple[WatchId, StoryId], dict[int, MatchState]] = defaultdict(dict)
    columns = [MATCHES.c[name] for name in ("watch", "story", "development", "state")]
    for some in portions(stories):
        rows = sa.select(*columns).where(MATCHES.c.space == space, MATCHES.c.story.in_(some))
        for watch, story, development, state in db.execute(rows):
            met[watch, story][development] = state
    return met


def met_by(db: sa.Connection, space: Space, articles: Iterable[ArticleId]) -> set[tuple[WatchId, ArticleId]]:
    """Which watches met a story, whichever it was, by which of these articles."""
    found: set[tuple[WatchId, ArticleId]] = set()
    for some in portions(articles):
        rows = sa.select(MATCHES.c.watch, MATCHES.c.article)
        here = sa.and_(MATCHES.c.space == space, MATCHES.c.article.in_(some))
        found |= {(watch, article) for watch, article in db.execute(rows.where(here))}
    return found


def matches_held_over(db: sa.Connection, space: Space, stories: Iterable[StoryId]) -> list[Match]:
    """What watches met of these stories in their quiet hours, and hold still."""
    found: list[Match] = []
    for some in portions(stories):
        here = sa.and_(MATCHES.c.space == space, MATCHES.c.story.in_(some), MATCHES.c.state == "quiet hours")
        rows = db.execute(sa.select(MATCHES).where(here).order_by(MATCHES.c.found, MATCHES.c.watch))
        found += [_match(row) for row in rows]
    return found


def matches_of(db: sa.Connection, space: Space, story: StoryId) -> list[Match]:
    """What watches met of the story, the first first."""
    here = sa.and_(MATCHES.c.space == space, MATCHES.c.story == story)
    rows = db.execute(sa.select(MATCHES).where(here).order_by(MATCHES.c.watch, MATCHES.c.development))
    return [_match(row) for row in rows]


def count_told(db: sa.Connection, space: Space, since: Mapping[datetime, Iterable[WatchId]]) -> dict[WatchId, int]:
    """How many alerts each watch has raised since the moment that it is given under; those without any are left out.

    What was held and came in one message with others is no alert.
    """
    counted: dict[WatchId, int] = {}
    alerts = sa.and_(MATCHES.c.state == "told", MATCHES.c.key.startswith("alert:"))
    for moment, watches in since.items():
        for some in portions(watches):
            here = sa.and_(MATCHES.c.space == space, MATCHES.c.watch.in_(some), MATCHES.c.found >= moment)
            told = sa.select(MATCHES.c.watch, sa.func.count(MATCHES.c.key.distinct()).label("told")).where(here, alerts)
            counted |= {row.watch: row.told for row in db.execute(told.group_by(MATCHES.c.watch))}
    return counted


def held_watches(db: sa.Connection, platforms: Iterable[str], now: datetime, limit: int) -> list[tuple[Space, WatchId]]:
    """The watches on these platforms for which something was held until now at the latest, the longest due first."""
    of_watch = sa.and_(WATCHES.c.space == MATCHES.c.space, WATCHES.c.id == MATCHES.c.watch)
    due = (
        sa.select(MATCHES.c.space, MATCHES.c.watch)
        .select_from(MATCHES.join(WATCHES, of_watch))
        .where(MATCHES.c.until <= now, WATCHES.c.platform.in_(list(platforms)))
        .group_by(MATCHES.c.space, MATCHES.c.watch)
        .order_by(sa.func.min(MATCHES.c.until), MATCHES.c.watch)
    )
    return [(Space(row.space), WatchId(row.watch)) for row in db.execute(due.limit(limit))]


def held_for(db: sa.Connection, space: Space, watch: WatchId, now: datetime) -> list[Match]:
    """What was held for the watch until now at the latest, as it came; nobody else gets it in this transaction."""
    here = sa.and_(MATCHES.c.space == space, MATCHES.c.watch == watch, MATCHES.c.until <= now)
    rows = db.execute(sa.select(MATCHES).where(here).order_by(MATCHES.c.found, MATCHES.c.story).with_for_update())
    return [_match(row) for row in rows]


def _fate(fate: Fate) -> dict[str, object]:
    return {"state": fate.state, "until": fate.until, "key": fate.key}


def _why(reason: Reason) -> str:
    return json.dumps({name: getattr(reason, name) for name in Reason.__slots__})


def _match(row: sa.Row[tuple[object, ...]]) -> Match:
    why = json.loads(row.why)
    return Match(
        watch=row.watch,
        story=row.story,
        development=row.development,
        article=row.article,
        score=row.score,
        reason=Reason(**(why | {"words": tuple(why["words"])})),
        found=row.found,
        fate=Fate(state=row.state, until=row.until, key=row.key),
    )
