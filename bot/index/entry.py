"""What the index takes in: an article with its passages, and the mark of how far it has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.news.article import ArticleId, PassageId

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A change of the archive: everything up to it is indexed.

    `article` in `version` is what the change brought, and `digest` tells that version from any other text, so that an
    index can be told from one of another archive, or of this archive before it was restored from a backup.
    """

    seq: int
    article: ArticleId
    version: int
    digest: int


NOTHING = Mark(seq=0, article=ArticleId(0), version=0, digest=0)
"""The mark before the first change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A passage with its words, and the keys of the people, places and organisations in it."""

    id: PassageId
    text: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An article as it is to be found from now on, in place of whatever was indexed of it before.

    Without cuts it can no longer be found. `published` is None where the source did not say.
    """

    mark: Mark
    title: str
    publisher: str
    published: datetime | None
    language: str
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Embedded:
    """An article's passages with the vectors of their sentences, one row a sentence, in the place of its earlier ones.

    Without passages the article can no longer be found by meaning.
    """

    mark: Mark
    passages: "tuple[tuple[PassageId, npt.NDArray[np.float32]], ...]"
