"""Articles as filed, their passages, and what is known of all of them together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.filing import Filed as Filed
from bot.archive.filing import file_drafts as file_drafts
from bot.archive.kept import portions
from bot.archive.schema import ARTICLES, IDENTITIES, PASSAGES, PUBLISHERS, SPACES, VERSIONS
from bot.news.article import Article, ArticleId, Passage, PassageId, Space
from bot.news.briefing import Searched

_COLUMNS = (
    *(ARTICLES.c[name] for name in ("space", "id", "name", "seen", "copy_of")),
    *(VERSIONS.c[name] for name in ("version", "title", "text", "dek_end", "url", "publisher", "author")),
    *(VERSIONS.c[name] for name in ("origin", "published", "published_day_only", "language")),
)
_OF_ARTICLE = sa.and_(VERSIONS.c.space == ARTICLES.c.space, VERSIONS.c.article == ARTICLES.c.id)
_NEWEST = sa.select(*_COLUMNS).select_from(
    ARTICLES.join(VERSIONS, sa.and_(_OF_ARTICLE, VERSIONS.c.version == ARTICLES.c.version))
)
_ANY_VERSION = sa.select(*_COLUMNS).select_from(ARTICLES.join(VERSIONS, _OF_ARTICLE))
_PASSAGE = sa.select(*(PASSAGES.c[name] for name in ("id", "article", "version", "start", "end")))


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An article as it is after its newest change; without passages it is not to be searched (an equal one is)."""

    seq: int
    article: Article
    passages: tuple[Passage, ...]


def newest_change(db: sa.Connection, space: Space) -> int:
    """The number of the Space's newest change; 0 when nothing was ever filed. Everything below it can be seen."""
    found: int | None = db.execute(sa.select(SPACES.c.last_change).where(SPACES.c.space == space)).scalar()
    return found or 0


def newest_changes(db: sa.Connection) -> dict[Space, int]:
    """The number of the newest change of every Space in which anything was filed."""
    return {row.space: row.last_change for row in db.execute(sa.select(SPACES.c.space, SPACES.c.last_change))}


def changes_after(db: sa.Connection, space: Space, seq: int, limit: int) -> list[Change]:
    """The articles that changed after that number, oldest change first; an article stands only at its newest change."""
    rows = db.execute(
        _NEWEST.add_columns(ARTICLES.c.change)
        .where(ARTICLES.c.space == space, ARTICLES.c.change > seq)
        .order_by(ARTICLES.c.change)
        .limit(limit)
    ).all()
    passages: defaultdict[ArticleId, list[Passage]] = defaultdict(list)
    for some in portions([row.id for row in rows]):
        cut = db.execute(_PASSAGE.where(PASSAGES.c.space == space, PASSAGES.c.article.in_(some)))
        # Ordered here: asked to do it, SQLite reads all passages of the Space in their order.
        for row in sorted(cut, key=lambda row: row.id):
            passages[row.article].append(_passage(row))
    return [Change(seq=row.change, article=_article(row), passages=tuple(passages[row.id])) for row in rows]


def find_articles(db: sa.Connection, space: Space, ids: Iterable[ArticleId]) -> dict[ArticleId, Article]:
    """The articles with these numbers, each in its newest version; unknown numbers are left out."""
    found: dict[ArticleId, Article] = {}
    for some in portions(ids):
        for row in db.execute(_NEWEST.where(ARTICLES.c.space == space, ARTICLES.c.id.in_(some))):
            found[row.id] = _article(row)
    return found


def articles_after(db: sa.Connection, space: Space, id: ArticleId, limit: int) -> list[Article]:
    """The articles that came after that one, each in its newest version, the first first; at most limit."""
    wanted = _NEWEST.where(ARTICLES.c.space == space, ARTICLES.c.id > id).order_by(ARTICLES.c.id).limit(limit)
    return [_article(row) for row in db.execute(wanted)]


def names_of(db: sa.Connection, space: Space, ids: Iterable[ArticleId]) -> dict[ArticleId, tuple[str, ...]]:
    """All names under which each of the articles came, its own first."""
    found: defaultdict[ArticleId, dict[str, None]] = defaultdict(dict)
    columns = (IDENTITIES.c.article, IDENTITIES.c.name, IDENTITIES.c.own)
    for some in portions(ids):
        rows = db.execute(sa.select(*columns).where(IDENTITIES.c.space == space, IDENTITIES.c.article.in_(some)))
        for row in sorted(rows, key=lambda row: (not row.own, row.name)):
            found[row.article][row.name] = None
    return {id: tuple(names) for id, names in found.items()}


def find_version(db: sa.Connection, space: Space, id: ArticleId, version: int) -> Article | None:
    """The article as that version had it; None when there is no such version."""
    row = db.execute(
        _ANY_VERSION.where(ARTICLES.c.space == space, ARTICLES.c.id == id, VERSIONS.c.version == version)
    ).one_or_none()
    return _article(row) if row else None


def find_passages(db: sa.Connection, space: Space, ids: Iterable[PassageId]) -> dict[PassageId, Passage]:
    """The passages with these numbers; those of older versions are gone and left out."""
    found: dict[PassageId, Passage] = {}
    for some in portions(ids):
        for row in db.execute(_PASSAGE.where(PASSAGES.c.space == space, PASSAGES.c.id.in_(some))):
            found[row.id] = _passage(row)
    return found


def count_searched(db: sa.Connection, space: Space) -> Searched:
    """How many articles of how many publishers there are, and the dates of the oldest and the newest."""
    articles, sources = db.execute(
        sa.select(sa.func.sum(PUBLISHERS.c.articles), sa.func.count()).where(PUBLISHERS.c.space == space)
    ).one()
    # Two statements that each read one end of an index; one statement with both would read all of it.
    dated = sa.select(ARTICLES.c.dated).where(ARTICLES.c.space == space).limit(1)
    return Searched(
        articles=int(articles or 0),
        sources=sources,
        start=db.execute(dated.order_by(ARTICLES.c.dated)).scalar(),
        end=db.execute(dated.order_by(ARTICLES.c.dated.desc())).scalar(),
    )


def list_publishers(db: sa.Connection, space: Space) -> dict[str, int]:
    """The number of articles of each publisher, by publisher."""
    rows = db.execute(sa.select(PUBLISHERS.c.publisher, PUBLISHERS.c.articles).where(PUBLISHERS.c.space == space))
    return {row.publisher: row.articles for row in rows}


def articles_between(
    db: sa.Connection, space: Space, start: datetime | None, end: datetime | None, limit: int
) -> list[Article]:
    """The articles dated from start to end, both included, newest first; None leaves that end open."""
    wanted = _NEWEST.where(ARTICLES.c.space == space)
    if start is not None:
        wanted = wanted.where(ARTICLES.c.dated >= start)
    if end is not None:
        wanted = wanted.where(ARTICLES.c.dated <= end)
    rows: Sequence[sa.Row[tuple[object, ...]]] = db.execute(
        wanted.order_by(ARTICLES.c.dated.desc(), ARTICLES.c.id.desc()).limit(limit)
    ).all()
    return [_article(row) for row in rows]


def _article(row: sa.Row[tuple[object, ...]]) -> Article:
    return Article(
        space=row.space,
        id=row.id,
        version=row.version,
        name=row.name,
        title=row.title,
        text=row.text,
        dek_end=row.dek_end,
        url=row.url,
        publisher=row.publisher,
        origin=row.origin,
        author=row.author,
        published=row.published,
        published_day_only=row.published_day_only,
        language=row.language,
        seen=row.seen,
        copy_of=row.copy_of,
    )


def _passage(row: sa.Row[tuple[object, ...]]) -> Passage:
    return Passage(id=row.id, article=row.article, version=row.version, start=row.start, end=row.end)
