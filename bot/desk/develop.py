"""What articles change in the stories that they go into."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.archive.archive import Db
from bot.archive.articles import find_version
from bot.archive.placing import Batch
from bot.archive.stories import Placement, articles_of, last_developments
from bot.news.article import Article, ArticleId, Space
from bot.news.development import Development, DevelopmentKind
from bot.news.story import StoryId
from config import defaults

FindDevelopment: TypeAlias = Callable[[Sequence[Article], Article], tuple[DevelopmentKind, str, str | None] | None]
"""What the article says that the ones before it, oldest first, did not: kind, sentence, and what was said before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """An article that went into a story, what it changed there, and whether it came as news.

    `told` are the articles of the story, oldest first, itself the last. `vector` is the meaning of its headline and
    opening, packed; None where there is no encoder for it.
    """

    article: Article
    story: StoryId
    told: tuple[Article, ...]
    is_new_story: bool
    development: Development | None
    fresh: bool
    vector: bytes | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What stories said before, oldest first, and the number of the last development of each."""

    articles: dict[StoryId, list[Article]]
    last: dict[StoryId, int]


def read_told(db: Db, space: Space, batch: Batch, known: Mapping[ArticleId, Placement]) -> Told:
    """What the stories of the batch said before; an article that changed is there as it was."""
    into = {merge.gone: merge.into for merge in batch.merges}
    joined = {one.story for one in batch.placements} - {one.id for one in batch.stories}
    before = {}
    for one in batch.placements:
        placement = known.get(one.article.id)
        if placement is not None and (old := find_version(db, space, one.article.id, placement.version)):
            before[one.article.id] = old
    placed = {one.article.id for one in batch.placements}
    told: defaultdict[StoryId, list[Article]] = defaultdict(list)
    for story, articles in articles_of(db, space, {*joined, *into}).items():
        told[into.get(story, story)] += [before.get(a.id, a) for a in articles if a.id not in placed or a.id in before]
    for several in told.values():
        several.sort(key=lambda article: (article.dated, article.id))
    return Told(articles=told, last=last_developments(db, space, joined))


class Developing:
    """Finds what each article of a batch changes in its story, in order."""

    def __init__(self, batch: Batch, told: Told, find: FindDevelopment, now: datetime) -> None:
        self.developments: defaultdict[StoryId, list[Development]] = defaultdict(list)
        self._batch, self._told, self._find, self._now = batch, told, find, now
        self._firsts = {one.first.id: one.id for one in batch.stories}
        for one in batch.stories:
            self._note(one.id, 0, one.first.id, ("first report", one.first.title, None))

    def develop(self, fresh: frozenset[ArticleId]) -> list[Placed]:
        """Every article that was placed, with what it changed; `fresh` are those that came as news."""
        placed = []
        for one in self._batch.placements:
            said = self._told.articles.setdefault(one.story, [])
            development = self._development(one.article, one.story, said)
            self._told.articles[one.story] = [*(other for other in said if other.id != one.article.id), one.article]
            placed.append(
                Placed(
                    article=one.article,
                    story=one.story,
                    told=tuple(self._told.articles[one.story]),
                    is_new_story=self._firsts.get(one.article.id) == one.story,
                    development=development,
                    fresh=one.article.id in fresh,
                    vector=one.gist.meaning or None,
                )
            )
        return placed

    def _development(self, article: Article, story: StoryId, said: Sequence[Article]) -> Development | None:
        if self._firsts.get(article.id) == story:
            return self.developments[story][0]
        if article.copy_of is not None:
            return None
        change = self._find(said[-defaults.STORY_TOLD_ARTICLES :], article)
        return self._note(story, self._told.last.get(story, 0) + 1, article.id, change) if change else None

    def _note(
        self, story: StoryId, number: int, article: ArticleId, change: tuple[DevelopmentKind, str, str | None]
    ) -> Development:
        kind, said, was = change
        found = Development(number=number, article=article, kind=kind, said=said, was=was, found=self._now)
        self._told.last[story] = number
        self.developments[story].append(found)
        return found
