"""Drafts, articles and passages: what comes in, what is kept, what is found."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.news.houses import house_of

Space = NewType("Space", str)
ArticleId = NewType("ArticleId", int)
PassageId = NewType("PassageId", int)

LOCAL = Space("local")

_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An article as the wire hands it in, cleaned but not yet filed.

    `name` is what citations call the article: the id the importer gave, else the file's name, else the address.
    `identity` is what makes it the same article when it comes again: the given id, the canonical address or the full
    path. `aliases` are further ones, such as the id in a feed, by which only an article that is like it is recognised.
    `completes` says that the text is a fuller one of what was filed before, not a correction of it.
    `text` is plain, NFC, paragraphs separated by one newline; the dek bullets, where there are any, are its first
    paragraphs and `dek_end` is the offset where the body begins (0 without a dek). `publisher` is who carries it,
    `origin` who wrote it where that is somebody else, such as a news agency.
    `published` is the source's claim, aware UTC; `published_day_only` says that no time of day was given.
    """

    name: str
    identity: str
    title: str
    text: str
    dek_end: int = 0
    url: str | None = None
    publisher: str | None = None
    origin: str | None = None
    author: str | None = None
    published: datetime | None = None
    published_day_only: bool = False
    language: str = "en"
    aliases: tuple[str, ...] = ()
    completes: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One piece from one publisher, as filed: the newest version unless it was read for proof.

    `version` counts from 1. `seen` is when this desk first read the article and orders everything; `published` is the
    source's claim and may be missing or wrong. `origin` is who wrote it where that is not the publisher. `copy_of`
    names the article that this one repeats.
    """

    space: Space
    id: ArticleId
    version: int
    name: str
    title: str
    text: str
    dek_end: int
    url: str | None
    publisher: str
    origin: str | None
    author: str | None
    published: datetime | None
    published_day_only: bool
    language: str
    seen: datetime
    copy_of: ArticleId | None

    @property
    def headline(self) -> str:
        """The title as readers are shown it: an address in it would become a link to somewhere else."""
        return _ADDRESS.sub("…", self.title)

    @property
    def dated(self) -> datetime:
        """When the article says it was published, if it does; never later than it was first seen."""
        return min(self.published or self.seen, self.seen)

    @property
    def teller(self) -> str:
        """Whose words it is: who wrote it, else who carries it."""
        return self.origin or self.publisher

    @property
    def house(self) -> str:
        """What all names of its teller have in common, to be compared and not shown."""
        return house_of(self.teller)


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A cut of an article at sentence ends: article.text[start:end] is its text."""

    id: PassageId
    article: ArticleId
    version: int
    start: int
    end: int
