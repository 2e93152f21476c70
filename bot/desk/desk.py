"""The desk: what every use case works with."""

from dataclasses import dataclass

from bot.archive.archive import Archive
from bot.index.index import Index
from bot.news.article import Space


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """The archive and the index of one Space."""

    archive: Archive
    index: Index
    space: Space
