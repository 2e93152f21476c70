"""Developments: what changed in a story."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.news.article import ArticleId

DevelopmentKind = Literal["first report", "figure", "status", "outcome", "statement", "correction"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Development:
    """A material change of a story, numbered from 1; number 0 is its first report.

    `said` is the sentence of the article that says so, word for word; `was` is what was said before, where it replaces
    something ("12 dead").
    """

    number: int
    article: ArticleId
    kind: DevelopmentKind
    said: str
    was: str | None
    found: datetime
