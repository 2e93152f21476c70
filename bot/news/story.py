"""Stories: articles that tell of one event."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt
from typing import NewType

from bot.news.article import Article
from bot.news.lexicon import subject_stems
from config import defaults

StoryId = NewType("StoryId", int)


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """Articles about one event, newest first; with its number where it is a kept one."""

    articles: tuple[Article, ...]
    id: StoryId | None = None

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who tells it in words of their own, each house once; carriers of copies and of agency texts do not count."""
        return independent_publishers(self.articles)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptStory:
    """A story as the archive keeps it: its articles, newest first, and the earlier story that it takes up, if any.

    `first_seen` and `last_seen` are when the desk read its first and its newest article.
    """

    id: StoryId
    headline: str
    first_seen: datetime
    last_seen: datetime
    follows: StoryId | None
    articles: tuple[Article, ...]

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who tells it in words of their own, each house once."""
        return independent_publishers(self.articles)


def independent_publishers(articles: Sequence[Article]) -> tuple[str, ...]:
    """Who tells it in words of their own, each house once; carriers of copies and of agency texts do not count."""
    told: dict[str, str] = {}
    for article in articles:
        if article.copy_of is None:
            told.setdefault(article.house, article.teller)
    return tuple(told.values())


def group_stories(articles: Sequence[Article]) -> list[Story]:
    """The articles as stories: each joins the story whose articles are most like it, when they are alike enough.

    Those told by most publishers come first, then the newest. The order of the articles decides nothing.
    """
    ordered = sorted(articles, key=lambda article: (article.dated, article.name))
    profiles = _profiles(ordered)
    groups: list[list[int]] = []
    for position in range(len(ordered)):
        likeness = [max(_cosine(profiles[position], profiles[other]) for other in group) for group in groups]
        best = max(range(len(groups)), key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] >= defaults.SAME_STORY:
            groups[best].append(position)
        else:
            groups.append([position])
    stories = [Story(articles=tuple(ordered[position] for position in reversed(group))) for group in groups]
    newest = sorted(stories, key=lambda story: (story.articles[0].dated, story.articles[0].name), reverse=True)
    return sorted(newest, key=lambda story: -len(story.publishers))


def _profiles(articles: Sequence[Article]) -> list[dict[str, float]]:
    """The weighted stems of each article's headline and opening, of length 1."""
    counts = [Counter(_opening(article)) for article in articles]
    held = Counter(stem for count in counts for stem in count)
    profiles = []
    for count in counts:
        profile = {
            stem: (1 + log(number)) * log(1 + (len(articles) + 1) / held[stem]) for stem, number in count.items()
        }
        length = sqrt(sum(weight * weight for weight in profile.values())) or 1.0
        profiles.append({stem: weight / length for stem, weight in profile.items()})
    return profiles


def _opening(article: Article) -> list[str]:
    return subject_stems(f"{article.title}\n{article.title}\n{article.text[: defaults.STORY_OPENING_CHARACTERS]}")


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    smaller, larger = sorted((one, other), key=len)
    return sum(weight * larger.get(stem, 0.0) for stem, weight in smaller.items())
