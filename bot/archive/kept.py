"""An article as a filing sees and changes it, and how articles are read for that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa

from bot.archive.repeats import Look, look_at
from bot.archive.schema import ARTICLES, VERSIONS
from bot.news.article import ArticleId, Draft, Space
from bot.news.text import clip
from config import defaults

K = TypeVar("K")

_COLUMNS = (
    *(ARTICLES.c[name] for name in ("id", "name", "version", "seen", "fingerprint", "copy_of", "searched")),
    *(VERSIONS.c[name] for name in ("title", "text", "url", "publisher", "origin", "author", "published")),
    VERSIONS.c.language,
)


@dataclass(kw_only=True, slots=True)
class Kept:
    """An article in memory. `searched`: its passages and bands are to be kept; `cut`: those of `cut` are kept now."""

    id: ArticleId
    name: str
    version: int
    seen: datetime
    fingerprint: bytes
    copy_of: ArticleId | None
    searched: bool
    title: str
    text: str
    url: str | None
    publisher: str
    origin: str | None
    author: str | None
    published: datetime | None
    language: str
    is_new: bool = False
    cut_version: int | None = None
    cut_look: Look | None = None
    seen_as: Look | None = None

    @property
    def dated(self) -> datetime:
        """When it says it was published, if it does; never later than it was first seen."""
        return min(self.published or self.seen, self.seen)

    @property
    def rank(self) -> tuple[object, ...]:
        """Smallest for the one of several alike that the others are copies of: the oldest, then the best described.

        It depends on the articles only, so that the order of filing decides nothing.
        """
        return (self.dated, self.url is None, self.publisher == defaults.UNKNOWN_PUBLISHER, self.name, self.id)

    @property
    def look(self) -> Look:
        """What its newest text is recognised by."""
        if self.seen_as is None:
            self.seen_as = look_at(self.title, self.text, self.published)
        return self.seen_as

    @property
    def needs_cutting(self) -> bool:
        """Must the passages and bands of its newest text be written?"""
        return self.searched and self.cut_version != self.version

    @property
    def has_stale_cut(self) -> bool:
        """Are passages and bands kept that should not be?"""
        return self.cut_version is not None and (not self.searched or self.cut_version != self.version)

    def take(self, draft: Draft, look: Look) -> None:
        """Make the draft its newest version."""
        if self.cut_version is not None and self.cut_look is None:
            self.cut_look = self.look
        self.version += 1
        self.seen_as, self.fingerprint = look, look.fingerprint
        self.name, self.title, self.text = draft.name, draft.title, draft.text
        self.url, self.author, self.published = draft.url, draft.author, draft.published
        self.language = draft.language
        self.publisher, self.origin = publisher_of(draft), draft.origin


def publisher_of(draft: Draft) -> str:
    """The publisher that the draft names, short enough to be a key."""
    return clip(draft.publisher or "", defaults.NAME_CHARACTERS) or defaults.UNKNOWN_PUBLISHER


def start_article(article: ArticleId, draft: Draft, look: Look, now: datetime) -> Kept:
    """A new article with the draft as its first version."""
    kept = Kept(
        id=article,
        name=draft.name,
        version=0,
        seen=now,
        fingerprint=look.fingerprint,
        copy_of=None,
        searched=False,
        title=draft.title,
        text=draft.text,
        url=draft.url,
        publisher=defaults.UNKNOWN_PUBLISHER,
        origin=draft.origin,
        author=draft.author,
        published=draft.published,
        language=draft.language,
        is_new=True,
    )
    kept.take(draft, look)
    return kept


def read_kept(db: sa.Connection, space: Space, ids: Iterable[ArticleId]) -> Iterator[Kept]:
    """The articles with these numbers, with their newest text."""
    joined = ARTICLES.join(
        VERSIONS,
        sa.and_(
            VERSIONS.c.space == ARTICLES.c.space,
            VERSIONS.c.article == ARTICLES.c.id,
            VERSIONS.c.version == ARTICLES.c.version,
        ),
    )
    for some in portions(ids):
        rows = db.execute(
            sa.select(*_COLUMNS).select_from(joined).where(ARTICLES.c.space == space, ARTICLES.c.id.in_(some))
        )
        for row in rows:
            kept = Kept(**row._mapping)
            kept.cut_version = kept.version if kept.searched else None
            yield kept


def portions(keys: Iterable[K], size: int = defaults.ARCHIVE_KEYS_A_STATEMENT) -> Iterator[Sequence[K]]:
    """The keys in portions that fit into one statement."""
    rest = iter(keys)
    while some := list(islice(rest, size)):
        yield some
