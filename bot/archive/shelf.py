"""The articles of a Space that one filing may touch: read at its start, changed in memory, written at its end."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.archive.kept import Kept, portions, read_kept, start_article
from bot.archive.repeats import Look
from bot.archive.schema import ARTICLES, BANDS, IDENTITIES, SPACES
from bot.news.article import ArticleId, Draft, Space
from config import defaults


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """An identity under which an article has come; `own` is the article's first."""

    article: ArticleId
    name: str
    own: bool


@dataclass(kw_only=True, slots=True)
class Numbers:
    """The last numbers given in a Space."""

    change: int
    article: int
    passage: int


class Shelf:
    """Articles by number, identity, words and bands. No other process can file into the Space while it lives."""

    def __init__(self, db: sa.Connection, space: Space) -> None:
        self.space = space
        self.numbers = _lock_space(db, space)
        self.touched: dict[ArticleId, Kept] = {}
        self.versions: list[tuple[Kept, int, Draft, bytes]] = []
        self.named: dict[str, Identity] = {}
        self.published: Counter[str] = Counter()
        self._db = db
        self._kept: dict[ArticleId, Kept] = {}
        self._identities: dict[str, Identity] = {}
        self._names: defaultdict[ArticleId, list[str]] = defaultdict(list)
        self._equal: defaultdict[bytes, dict[ArticleId, Kept]] = defaultdict(dict)
        self._banded: defaultdict[int, list[ArticleId]] = defaultdict(list)
        self._stirred: dict[bytes, None] = {}

    def load_named(self, keys: Iterable[str]) -> None:
        """Read the articles that came under these identities."""
        for some in portions(dict.fromkeys(keys)):
            found = self._db.execute(
                sa.select(IDENTITIES.c.identity, IDENTITIES.c.article, IDENTITIES.c.name, IDENTITIES.c.own).where(
                    IDENTITIES.c.space == self.space, IDENTITIES.c.identity.in_(some)
                )
            )
            for key, article, name, own in found:
                self._identities[key] = Identity(article=article, name=name, own=own)
        self._load(identity.article for identity in self._identities.values())

    def load_alike(self, looks: Sequence[Look]) -> None:
        """Read the articles that such texts may repeat, and the names under which those came."""
        bands = sorted({band for look in looks for band in look.bands})
        for some in portions(bands, defaults.ARCHIVE_BANDS_A_STATEMENT):
            found = self._db.execute(
                sa.select(BANDS.c.band, BANDS.c.article).where(BANDS.c.space == self.space, BANDS.c.band.in_(some))
            )
            for band, article in found:
                self._banded[band].append(article)
        self._load({article for look in looks for article in self._most_alike(look)})
        prints = {look.fingerprint for look in looks} | {kept.fingerprint for kept in self._kept.values()}
        self._load(self._find(ARTICLES.c.fingerprint, prints))
        for ids in portions(self._kept):
            names = sa.select(IDENTITIES.c.article, IDENTITIES.c.name).where(
                IDENTITIES.c.space == self.space, IDENTITIES.c.article.in_(ids)
            )
            for article, name in self._db.execute(names):
                self._names[article].append(name)

    def known(self, key: str) -> tuple[Kept, bool] | None:
        """The article that came under this identity, and whether the identity is the article's own."""
        identity = self._identities.get(key)
        return (self._kept[identity.article], identity.own) if identity else None

    def names(self, kept: Kept) -> list[str]:
        """The names under which the article has come, its own first."""
        return sorted(self._names[kept.id], key=lambda name: name != kept.name)

    def equals(self, look: Look) -> list[Kept]:
        """The articles with the same words."""
        return list(self._equal[look.fingerprint].values())

    def candidates(self, look: Look) -> list[Kept]:
        """The articles that are most probably alike; of those with the same words at least one."""
        return [self._kept[article] for article in self._most_alike(look)]

    def root(self, kept: Kept) -> Kept:
        """The article that this one is a copy of; itself where it is none."""
        if kept.copy_of is None:
            return kept
        self._load([kept.copy_of])
        return self._kept[kept.copy_of]

    def copies(self, root: Kept) -> list[Kept]:
        """The articles that are copies of this one."""
        if not root.is_new:
            self._load(self._find(ARTICLES.c.copy_of, [root.id]))
        return [kept for kept in self._kept.values() if kept.copy_of == root.id]

    def add(self, draft: Draft, key: str, look: Look, now: datetime) -> Kept:
        """A new article made of the draft."""
        self.numbers.article += 1
        kept = start_article(ArticleId(self.numbers.article), draft, look, now)
        self._kept[kept.id] = kept
        self.name(kept, draft, key, own=True)
        self._note_version(kept, draft, look)
        return kept

    def revise(self, kept: Kept, draft: Draft, look: Look) -> None:
        """Make the draft the newest version of the article; the version before stays for proof."""
        self.published[kept.publisher] -= 1
        del self._equal[kept.fingerprint][kept.id]
        self._stirred[kept.fingerprint] = None
        kept.take(draft, look)
        self._note_version(kept, draft, look)

    def name(self, kept: Kept, draft: Draft, key: str, *, own: bool) -> None:
        """Note that the article came under this identity."""
        self.named[key] = self._identities[key] = Identity(article=kept.id, name=draft.name, own=own)
        self._names[kept.id].append(draft.name)

    def make_copy(self, kept: Kept, root: Kept) -> None:
        """Make the article a copy of the root; the root itself a copy of none."""
        copy_of = None if kept is root else root.id
        if kept.copy_of != copy_of:
            kept.copy_of = copy_of
            self.touched[kept.id] = kept

    def settle(self) -> None:
        """Let one article of those with the same words be searched: further ones would add nothing to what is found."""
        for fingerprint in self._stirred:
            alike = self._equal[fingerprint].values()
            first = min(alike, key=lambda kept: kept.rank, default=None)
            for kept in alike:
                if kept.searched is not (kept is first):
                    kept.searched = kept is first
                    self.touched[kept.id] = kept

    def _note_version(self, kept: Kept, draft: Draft, look: Look) -> None:
        self.versions.append((kept, kept.version, draft, look.fingerprint))
        self.published[kept.publisher] += 1
        self.touched[kept.id] = kept
        self._stirred[look.fingerprint] = None
        if not self._equal[look.fingerprint]:
            for band in look.bands:
                self._banded[band].append(kept.id)
        self._equal[look.fingerprint][kept.id] = kept

    def _load(self, ids: Iterable[ArticleId]) -> None:
        for kept in read_kept(self._db, self.space, [one for one in dict.fromkeys(ids) if one not in self._kept]):
            self._kept[kept.id] = kept
            self._equal[kept.fingerprint][kept.id] = kept

    def _find(self, column: sa.Column[object], keys: Iterable[object]) -> Iterator[ArticleId]:
        for some in portions(keys):
            found = sa.select(ARTICLES.c.id).where(ARTICLES.c.space == self.space, column.in_(some))
            yield from self._db.execute(found).scalars()

    def _most_alike(self, look: Look) -> list[ArticleId]:
        shared = Counter(article for band in look.bands for article in self._banded.get(band, ()))
        return [article for article, _bands in shared.most_common(defaults.REPEAT_CANDIDATES)]


def _lock_space(db: sa.Connection, space: Space) -> Numbers:
    """The last numbers given in the Space, whose row stays locked until the transaction ends."""
    columns = SPACES.c
    locked = (
        sa.select(columns.last_change, columns.last_article, columns.last_passage)
        .where(columns.space == space)
        .with_for_update()
    )
    row = db.execute(locked).one_or_none()
    if row is None:
        try:
            with db.begin_nested():
                db.execute(SPACES.insert().values(space=space, last_change=0, last_article=0, last_passage=0))
        except sa.exc.IntegrityError:
            # Another process made the row between the two statements.
            return _lock_space(db, space)
        return Numbers(change=0, article=0, passage=0)
    return Numbers(change=row.last_change, article=row.last_article, passage=row.last_passage)
