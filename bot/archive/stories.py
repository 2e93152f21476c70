"""The stories: which articles tell of one event, what changed in each, and what became of those that were merged."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.articles import find_articles
from bot.archive.kept import portions
from bot.archive.rows import insert_rows
from bot.archive.schema import ARTICLES, IDENTITIES
from bot.archive.schema_due import COUNTS, DEVELOPMENTS, MATCHES, PLACEMENTS, STORIES, TOLD
from bot.news.article import Article, ArticleId, Space
from bot.news.development import Development
from bot.news.gist import Gist, Member, unpack_gist
from bot.news.story import KeptStory, StoryId

_OF_PLACEMENT = sa.and_(STORIES.c.space == PLACEMENTS.c.space, STORIES.c.id == PLACEMENTS.c.story)
_OF_ARTICLE = sa.and_(ARTICLES.c.space == PLACEMENTS.c.space, ARTICLES.c.id == PLACEMENTS.c.article)


@dataclass(frozen=True, kw_only=True, slots=True)
class Placement:
    """Where an article belongs: its story, how much alike they were, and the version that was looked at."""

    article: ArticleId
    story: StoryId
    likeness: float
    version: int
    gist: Gist


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedStory:
    """A story by the names of its articles; an article that came under several names is there with all of them."""

    id: StoryId
    headline: str
    names: tuple[str, ...]


def find_placements(db: sa.Connection, space: Space, articles: Iterable[ArticleId]) -> dict[ArticleId, Placement]:
    """Where those of the articles that were placed belong, by article."""
    found = {}
    for some in portions(articles):
        rows = sa.select(PLACEMENTS).where(PLACEMENTS.c.space == space, PLACEMENTS.c.article.in_(some))
        for row in db.execute(rows):
            found[row.article] = Placement(
                article=row.article,
                story=row.story,
                likeness=row.likeness,
                version=row.version,
                gist=unpack_gist(row.gist),
            )
    return found


def load_open_stories(db: sa.Connection, space: Space, since: datetime, limit: int) -> list[Member]:
    """The articles of stories that had a new one since then, in the order of their numbers; at most the newest so many.

    They are what further articles are compared with; copies say no more than what they repeat, and are left out.
    """
    rows = db.execute(
        sa.select(PLACEMENTS.c.story, PLACEMENTS.c.article, PLACEMENTS.c.gist, ARTICLES.c.seen)
        .select_from(PLACEMENTS.join(STORIES, _OF_PLACEMENT).join(ARTICLES, _OF_ARTICLE))
        .where(STORIES.c.space == space, STORIES.c.last_seen >= since, ARTICLES.c.copy_of.is_(None))
        .order_by(STORIES.c.last_seen.desc(), PLACEMENTS.c.article.desc())
        .limit(limit)
    ).all()
    return [
        Member(story=row.story, article=row.article, seen=row.seen, gist=unpack_gist(row.gist))
        for row in sorted(rows, key=lambda row: row.article)
    ]


def stories_since(
    db: sa.Connection, space: Space, since: datetime | None, until: datetime | None = None, *, limit: int
) -> list[KeptStory]:
    """The stories that had a new article since then and not after `until`, newest first; those merged are left out.

    None leaves that end open. All articles of each are with it.
    """
    wanted = sa.select(STORIES.c.id).where(STORIES.c.space == space, STORIES.c.merged_into.is_(None))
    if since is not None:
        wanted = wanted.where(STORIES.c.last_seen >= since)
    if until is not None:
        wanted = wanted.where(STORIES.c.first_seen <= until)
    newest = wanted.order_by(STORIES.c.last_seen.desc(), STORIES.c.id.desc()).limit(limit)
    ids: Sequence[StoryId] = db.execute(newest).scalars().all()
    found = find_stories(db, space, ids)
    return [found[id] for id in ids if id in found]


def stories_changed_after(db: sa.Connection, space: Space, change: int, *, limit: int) -> list[StoryId]:
    """The stories that a placed change after that one touched, the last touched first; those merged are left out."""
    wanted = sa.select(STORIES.c.id).where(
        STORIES.c.space == space, STORIES.c.change > change, STORIES.c.merged_into.is_(None)
    )
    return list(db.execute(wanted.order_by(STORIES.c.change.desc(), STORIES.c.id.desc()).limit(limit)).scalars())


def stories_seen_after(
    db: sa.Connection, space: Space, after: datetime, until: datetime | None = None, *, limit: int
) -> dict[StoryId, str]:
    """The headlines of the stories whose newest article was first seen after the one moment and not after the other.

    The newest come first; those merged are left out.
    """
    wanted = sa.select(STORIES.c.id, STORIES.c.headline).where(
        STORIES.c.space == space, STORIES.c.last_seen > after, STORIES.c.merged_into.is_(None)
    )
    if until is not None:
        wanted = wanted.where(STORIES.c.last_seen <= until)
    rows = db.execute(wanted.order_by(STORIES.c.last_seen.desc(), STORIES.c.id.desc()).limit(limit))
    return {row.id: row.headline for row in rows}


def find_stories(db: sa.Connection, space: Space, ids: Iterable[StoryId]) -> dict[StoryId, KeptStory]:
    """The stories with these numbers; unknown and merged ones, and those without articles, are left out."""
    ids = list(ids)
    told = articles_of(db, space, ids)
    found = {}
    for some in portions(told):
        for row in db.execute(sa.select(STORIES).where(STORIES.c.space == space, STORIES.c.id.in_(some))):
            if row.merged_into is None:
                found[row.id] = KeptStory(
                    id=row.id,
                    headline=row.headline,
                    first_seen=row.first_seen,
                    last_seen=row.last_seen,
                    follows=row.follows,
                    articles=told[row.id],
                )
    return found


def articles_of(db: sa.Connection, space: Space, ids: Iterable[StoryId]) -> dict[StoryId, tuple[Article, ...]]:
    """The articles of each of these stories, newest first; stories without any are left out."""
    stories: dict[ArticleId, StoryId] = {}
    for some in portions(ids):
        placed = sa.select(PLACEMENTS.c.article, PLACEMENTS.c.story)
        for row in db.execute(placed.where(PLACEMENTS.c.space == space, PLACEMENTS.c.story.in_(some))):
            stories[row.article] = row.story
    told: defaultdict[StoryId, list[Article]] = defaultdict(list)
    for article in find_articles(db, space, stories).values():
        told[stories[article.id]].append(article)
    return {
        id: tuple(sorted(articles, key=lambda one: (one.dated, one.id), reverse=True)) for id, articles in told.items()
    }


def names_by_story(db: sa.Connection, space: Space, since: datetime | None) -> list[NamedStory]:
    """The stories that had a new article since then, newest first, by the names under which their articles came."""
    wanted = sa.select(STORIES.c.id, STORIES.c.headline).where(
        STORIES.c.space == space, STORIES.c.merged_into.is_(None)
    )
    if since is not None:
        wanted = wanted.where(STORIES.c.last_seen >= since)
    stories = db.execute(wanted.order_by(STORIES.c.last_seen.desc(), STORIES.c.id.desc())).all()
    names: defaultdict[StoryId, dict[str, None]] = defaultdict(dict)
    of_identity = sa.and_(IDENTITIES.c.space == PLACEMENTS.c.space, IDENTITIES.c.article == PLACEMENTS.c.article)
    for some in portions([row.id for row in stories]):
        rows = db.execute(
            sa.select(PLACEMENTS.c.story, PLACEMENTS.c.article, IDENTITIES.c.name, IDENTITIES.c.own)
            .select_from(PLACEMENTS.join(IDENTITIES, of_identity))
            .where(PLACEMENTS.c.space == space, PLACEMENTS.c.story.in_(some))
        )
        for row in sorted(rows, key=lambda row: (row.article, not row.own, row.name)):
            names[row.story][row.name] = None
    return [
        NamedStory(id=row.id, headline=row.headline, names=tuple(names[row.id])) for row in stories if names[row.id]
    ]


def survivor_of(db: sa.Connection, space: Space, story: StoryId) -> StoryId:
    """The story in which this one lives on: itself, or the one that it was merged into."""
    merged = sa.select(STORIES.c.merged_into).where(STORIES.c.space == space, STORIES.c.id == story)
    into: StoryId | None = db.execute(merged).scalar()
    return story if into is None else survivor_of(db, space, into)


def last_story(db: sa.Connection, space: Space) -> StoryId:
    """The number of the story that began last; 0 when none did."""
    return StoryId(db.execute(sa.select(COUNTS.c.last_story).where(COUNTS.c.space == space)).scalar() or 0)


def story_of(db: sa.Connection, space: Space, article: ArticleId) -> StoryId | None:
    """The story of the article; None when it was not placed yet."""
    placed = sa.select(PLACEMENTS.c.story).where(PLACEMENTS.c.space == space, PLACEMENTS.c.article == article)
    found: StoryId | None = db.execute(placed).scalar()
    return found


def told_among(db: sa.Connection, space: Space, stories: Iterable[StoryId]) -> set[StoryId]:
    """Those of the stories of which any channel was told, or is to be."""
    told: set[StoryId] = set()
    for some in portions(stories):
        for table in (TOLD, MATCHES):
            rows = sa.select(table.c.story).where(table.c.space == space, table.c.story.in_(some)).distinct()
            told.update(db.execute(rows).scalars())
    return told


def lineage_of(db: sa.Connection, space: Space, stories: Iterable[StoryId]) -> dict[StoryId, dict[StoryId, int]]:
    """By story, all that were merged into it, each with how far the story had come by then.

    Whoever was told of a merged story was told of the one that it lives on in, up to that development.
    """
    lines: dict[StoryId, dict[StoryId, int]] = {}
    for some in portions(dict.fromkeys(stories)):
        merged = sa.select(STORIES.c.id, STORIES.c.merged_into, STORIES.c.merged_at).where(
            STORIES.c.space == space, STORIES.c.merged_into.in_(some)
        )
        for row in db.execute(merged):
            lines.setdefault(row.merged_into, {})[row.id] = row.merged_at
    return lines


def developments_of(
    db: sa.Connection, space: Space, stories: Iterable[StoryId]
) -> dict[StoryId, tuple[Development, ...]]:
    """What changed in each of these stories, first report first; stories without any are left out."""
    found: defaultdict[StoryId, list[Development]] = defaultdict(list)
    for some in portions(stories):
        rows = sa.select(DEVELOPMENTS).where(DEVELOPMENTS.c.space == space, DEVELOPMENTS.c.story.in_(some))
        for row in db.execute(rows.order_by(DEVELOPMENTS.c.story, DEVELOPMENTS.c.number)):
            found[row.story].append(
                Development(
                    number=row.number,
                    article=row.article,
                    kind=row.kind,
                    said=row.said,
                    was=row.was,
                    found=row.found,
                )
            )
    return {story: tuple(all_of_it) for story, all_of_it in found.items()}


def last_developments(db: sa.Connection, space: Space, stories: Iterable[StoryId]) -> dict[StoryId, int]:
    """How far each of these stories has come: the number of its last development; those without any are left out."""
    found: dict[StoryId, int] = {}
    for some in portions(stories):
        rows = (
            sa.select(DEVELOPMENTS.c.story, sa.func.max(DEVELOPMENTS.c.number).label("last"))
            .where(DEVELOPMENTS.c.space == space, DEVELOPMENTS.c.story.in_(some))
            .group_by(DEVELOPMENTS.c.story)
        )
        found |= {row.story: row.last for row in db.execute(rows)}
    return found


def save_developments(db: sa.Connection, space: Space, developments: Mapping[StoryId, Sequence[Development]]) -> None:
    """Keep what changed in these stories; the numbers are new in each."""
    rows = [
        {
            "space": space,
            "story": story,
            "number": one.number,
            "article": one.article,
            "kind": one.kind,
            "said": one.said,
            "was": one.was,
            "found": one.found,
        }
        for story, several in developments.items()
        for one in several
    ]
    insert_rows(db, DEVELOPMENTS, rows)
