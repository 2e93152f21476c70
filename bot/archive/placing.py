"""Placing: one batch of articles goes into its stories, all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.counts import advance_placed, take_numbers
from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema import ARTICLES, Instant
from bot.archive.schema_due import DEVELOPMENTS, MERGES, PLACEMENTS, STORIES
from bot.archive.stories import articles_of, last_developments, save_developments
from bot.news.article import Article, ArticleId, Space
from bot.news.development import Development
from bot.news.gist import Gist
from bot.news.story import StoryId


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPlacement:
    """An article that goes into a story, and by how much it is like what the story holds."""

    article: Article
    story: StoryId
    likeness: float
    gist: Gist


@dataclass(frozen=True, kw_only=True, slots=True)
class NewStory:
    """A story that begins with an article, and the earlier one that it takes up, if any."""

    id: StoryId
    first: Article
    follows: StoryId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Merge:
    """A story that turned out to be another one."""

    gone: StoryId
    into: StoryId


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """An article that leaves a story, of which nobody was told yet, for one that begins with it or beside it."""

    article: ArticleId
    out_of: StoryId
    into: StoryId


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """What placing the changes after `since`, up to `to`, comes to.

    What is merged is merged first, then articles move, then the new ones go where they belong.
    """

    since: int
    to: int
    stories: Sequence[NewStory]
    placements: Sequence[NewPlacement]
    developments: Mapping[StoryId, Sequence[Development]]
    merges: Sequence[Merge]
    moves: Sequence[Move]


def save_batch(db: sa.Connection, space: Space, batch: Batch, now: datetime) -> bool:
    """Whether the batch was written: False, and nothing is, where somebody else placed these changes meanwhile."""
    if not advance_placed(db, space, batch.since, batch.to):
        return False
    if batch.stories:
        first = take_numbers(db, space, "last_story", len(batch.stories))
        assert first == batch.stories[0].id, "only who places news numbers stories"
    _begin_stories(db, space, batch)
    for merge in batch.merges:
        _merge(db, space, merge, batch.to, now)
    for move in batch.moves:
        _move(db, space, move)
    _save_placements(db, space, batch.placements, now)
    _touch_stories(db, space, batch)
    _restate(db, space, {story for move in batch.moves for story in (move.out_of, move.into)})
    save_developments(db, space, batch.developments)
    return True


def _begin_stories(db: sa.Connection, space: Space, batch: Batch) -> None:
    rows = [
        {
            "space": space,
            "id": one.id,
            "headline": one.first.headline,
            "first_seen": one.first.seen,
            "last_seen": one.first.seen,
            "follows": one.follows,
            "change": batch.to,
        }
        for one in batch.stories
    ]
    insert_rows(db, STORIES, rows)


def _save_placements(db: sa.Connection, space: Space, placements: Sequence[NewPlacement], now: datetime) -> None:
    for some in portions(one.article.id for one in placements):
        db.execute(PLACEMENTS.delete().where(PLACEMENTS.c.space == space, PLACEMENTS.c.article.in_(some)))
    rows = [
        {
            "space": space,
            "article": one.article.id,
            "story": one.story,
            "placed_in": one.story,
            "likeness": one.likeness,
            "version": one.article.version,
            "gist": one.gist.pack(),
            "placed": now,
        }
        for one in placements
    ]
    insert_rows(db, PLACEMENTS, rows)


def _touch_stories(db: sa.Connection, space: Space, batch: Batch) -> None:
    """Note what came to each story: its newest article, and the headline of the newest that is no copy."""
    newest: dict[StoryId, Article] = {}
    headlines: dict[StoryId, str] = {}
    for one in batch.placements:
        known = newest.get(one.story)
        newest[one.story] = one.article if known is None or one.article.seen >= known.seen else known
        if one.article.copy_of is None:
            headlines[one.story] = one.article.headline
    for story, article in newest.items():
        named = {"headline": headlines[story]} if headlines.get(story) else {}
        db.execute(
            STORIES.update()
            .where(STORIES.c.space == space, STORIES.c.id == story)
            .values(
                last_seen=sa.case(
                    (STORIES.c.last_seen < article.seen, sa.literal(article.seen, Instant)), else_=STORIES.c.last_seen
                ),
                change=batch.to,
                **named,
            )
        )


def _merge(db: sa.Connection, space: Space, merge: Merge, change: int, now: datetime) -> None:
    """Let one story go on as the other, with whatever was merged into it before."""
    come_to = last_developments(db, space, [merge.into]).get(merge.into, 0)
    both = {row.id: row for row in db.execute(_stories(space, (merge.gone, merge.into)))}
    gone, into = both[merge.gone], both[merge.into]
    db.execute(
        STORIES.update()
        .where(STORIES.c.space == space, sa.or_(STORIES.c.id == gone.id, STORIES.c.merged_into == gone.id))
        .values(merged_into=into.id, merged_at=come_to, change=change)
    )
    db.execute(MERGES.insert().values(space=space, gone=gone.id, into=into.id, come_to=come_to, at=now))
    db.execute(
        STORIES.update()
        .where(STORIES.c.space == space, STORIES.c.id == into.id)
        .values(
            first_seen=min(gone.first_seen, into.first_seen),
            last_seen=max(gone.last_seen, into.last_seen),
            follows=gone.follows if into.follows in (None, gone.id) else into.follows,
            change=change,
        )
    )
    db.execute(
        STORIES.update()
        .where(STORIES.c.space == space, STORIES.c.follows == gone.id, STORIES.c.id != into.id)
        .values(follows=into.id)
    )
    db.execute(
        PLACEMENTS.update().where(PLACEMENTS.c.space == space, PLACEMENTS.c.story == gone.id).values(story=into.id)
    )


def _move(db: sa.Connection, space: Space, move: Move) -> None:
    """Place the article and its copies in the other story; what it changed in the one that it leaves is forgotten."""
    copies = sa.select(ARTICLES.c.id).where(ARTICLES.c.space == space, ARTICLES.c.copy_of == move.article)
    db.execute(
        PLACEMENTS.update()
        .where(
            PLACEMENTS.c.space == space,
            PLACEMENTS.c.story == move.out_of,
            sa.or_(PLACEMENTS.c.article == move.article, PLACEMENTS.c.article.in_(copies)),
        )
        .values(story=move.into)
    )
    db.execute(
        DEVELOPMENTS.delete().where(
            DEVELOPMENTS.c.space == space,
            DEVELOPMENTS.c.story == move.out_of,
            DEVELOPMENTS.c.article == move.article,
        )
    )


def _restate(db: sa.Connection, space: Space, stories: set[StoryId]) -> None:
    """Note of stories whose articles were parted what they are now: their headline, and when they were told."""
    for story, articles in articles_of(db, space, stories).items():
        seen = [article.seen for article in articles]
        named = next((article for article in articles if article.copy_of is None), articles[0])
        db.execute(
            STORIES.update()
            .where(STORIES.c.space == space, STORIES.c.id == story)
            .values(headline=named.headline, first_seen=min(seen), last_seen=max(seen))
        )


def _stories(space: Space, ids: Iterable[StoryId]) -> sa.Select[tuple[object, ...]]:
    return sa.select(STORIES).where(STORIES.c.space == space, STORIES.c.id.in_(list(ids)))
