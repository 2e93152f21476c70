"""Choices: what a digest is to tell, before it is written."""

from dataclasses import dataclass
from datetime import datetime

from bot.news.article import Article
from bot.news.digest import Length
from bot.news.ranking import Ranked
from bot.news.trend import Trend


@dataclass(frozen=True, kw_only=True, slots=True)
class ChosenStory:
    """A story to be told, from these articles, newest first; `said_in` is the article that says what changed."""

    ranked: Ranked
    articles: tuple[Article, ...]
    said_in: Article | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What a digest is to tell, in order; `more` stories are left out. `change` is the last placed change looked at."""

    topic: str | None
    length: Length
    start: datetime
    end: datetime
    late_since: datetime | None
    stories: tuple[ChosenStory, ...]
    ended: tuple[str, ...]
    more: int
    change: int
    trend: Trend | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing new to tell."""
        return not self.stories and not self.ended
