"""The story book: the open stories of a Space, and to which of them articles belong."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp

import numpy as np
import numpy.typing as npt

from bot.index.encoder import Vector
from bot.index.gists import Gists
from bot.index.groups import Group, Groups, Tie
from bot.index.ragged import Rows
from bot.news.article import ArticleId
from bot.news.gist import Gist, Member
from bot.news.story import StoryId
from config import defaults, weights

Part = tuple[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Newcomer:
    """An article that is to be placed; `stays_in` is the story that it keeps, where it was placed before."""

    article: ArticleId
    seen: datetime
    gist: Gist
    stays_in: StoryId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A story that began with these articles, in their order, and the earlier one that it takes up, if any."""

    id: StoryId
    articles: tuple[ArticleId, ...]
    follows: StoryId | None


@dataclass(kw_only=True, slots=True)
class Arrangement:
    """Where articles belong: the story of each and how alike they are, the stories that began, and those that are one.

    `doubtful` are stories that held before and look like several: the parts of each, the one that began it first.
    """

    placed: dict[ArticleId, tuple[StoryId, float]] = field(default_factory=dict)
    begun: list[Begun] = field(default_factory=list)
    merged: list[tuple[StoryId, StoryId]] = field(default_factory=list)
    doubtful: list[tuple[StoryId, list[tuple[ArticleId, ...]]]] = field(default_factory=list)


class StoryBook:
    """The stories that may still be joined, in memory. What it holds is what was last loaded and arranged.

    `mark` is the last change whose articles it holds, `last_story` the last number given to a story.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Hold nothing, until it is loaded again: what was arranged may not have been kept."""
        self.mark = 0
        self.last_story = StoryId(0)
        self.is_loaded = False
        self._gists = Gists()
        self._story_of: dict[ArticleId, StoryId] = {}
        self._articles: defaultdict[StoryId, list[ArticleId]] = defaultdict(list)
        self._last_seen: dict[StoryId, datetime] = {}

    def load(self, members: Iterable[Member], *, mark: int, last_story: StoryId) -> None:
        """Hold these articles of open stories and nothing else."""
        self.forget()
        for member in members:
            self._gists.add(member.article, member.gist)
            self._put(member.article, member.story, member.seen)
        self.mark, self.last_story, self.is_loaded = mark, last_story, True

    def __len__(self) -> int:
        return len(self._articles)

    def story_of(self, article: ArticleId) -> StoryId | None:
        """The story of the article, if it is among the open ones."""
        return self._story_of.get(article)

    def is_alone(self, article: ArticleId) -> bool:
        """Whether the article is the only one of its story."""
        story = self._story_of.get(article)
        return story is not None and len(self._articles[story]) == 1

    def drop(self, article: ArticleId) -> None:
        """Compare nothing with the article any more."""
        self._take_out(article)
        self._gists.remove(article)

    def close(self, before: datetime) -> None:
        """Let go of the stories that had no new article since then."""
        for story in [story for story, seen in self._last_seen.items() if seen < before]:
            for article in self._articles.pop(story):
                self._gists.remove(article)
                del self._story_of[article]
            del self._last_seen[story]
        self._gists.tidy()

    def look_ahead(self, count: int) -> bool:
        """Look now at what is near to so many articles, as when others come near; whether any was left."""
        return self._gists.look_ahead(count)

    def arrange(self, newcomers: Sequence[Newcomer]) -> Arrangement:
        """Put the articles where they belong, all of them looked at together."""
        since = self._gists.next_row
        for one in newcomers:
            self._take_out(one.article)
            self._gists.add(one.article, one.gist)
        around = {one.article: self._gists.look_around(self._gists.row_of[one.article], since) for one in newcomers}
        found = Arrangement()
        for one in newcomers:
            if one.stays_in is not None:
                self._put(one.article, one.stays_in, one.seen)
                found.placed[one.article] = (one.stays_in, 1.0)
        self._settle([one for one in newcomers if one.stays_in is None], around, found)
        begun = {one.id for one in found.begun}
        for story in dict.fromkeys(story for story, _ in found.placed.values() if story not in begun):
            parts = self._look_apart(story)
            if len(parts) > 1:
                found.doubtful.append((story, parts))
        return found

    def split(self, articles: Sequence[ArticleId]) -> Begun:
        """Let these articles of one story be a story of their own."""
        before = self._story_of[articles[0]]
        seen = self._last_seen[before]
        story = self._next_story()
        for article in articles:
            self._articles[before].remove(article)
            self._put(article, story, seen)
        return Begun(id=story, articles=tuple(articles), follows=None)

    def _settle(self, newcomers: Sequence[Newcomer], around: Mapping[ArticleId, Rows], found: Arrangement) -> None:
        """Let new articles and open stories grow together."""
        groups: Groups[Part] = Groups(self._compare_stories)
        for one in newcomers:
            groups.add(("article", one.article))
        for one in newcomers:
            self._tie(groups, one, around[one.article][: defaults.STORY_COMPARED])
        for article, (story, _) in found.placed.items():
            self._tie_again(groups, story, around[article][: defaults.STORY_COMPARED_AGAIN])
        likeness: dict[Part, float] = {}
        for first, second, strength in groups.grow(defaults.STORY_JOINS):
            smaller = first if first.size < second.size else second
            likeness |= {part: _share(strength) for part in smaller.parts if part not in likeness}
        order = {one.article: position for position, one in enumerate(newcomers)}
        begun: list[tuple[StoryId, list[ArticleId]]] = []
        for group in groups.in_order(lambda part: order.get(ArticleId(part[1]), -1) if part[0] == "article" else -1):
            articles = sorted((ArticleId(id) for kind, id in group.parts if kind == "article"), key=order.__getitem__)
            united = self._unite(group, found)
            story = self._next_story() if united is None else united
            if united is None:
                begun.append((story, articles))
            for article in articles:
                self._put(article, story, newcomers[order[article]].seen)
                found.placed[article] = (story, likeness.get(("article", article), 1.0))
        for story, articles in begun:
            follows = self._find_earlier(story, articles[0], around[articles[0]])
            found.begun.append(Begun(id=story, articles=tuple(articles), follows=follows))

    def _tie(self, groups: Groups[Part], one: Newcomer, near: Rows) -> None:
        """Note what ties a new article to the new ones near it, and to the open stories of the others."""
        article, row, new = one.article, self._gists.row_of[one.article], []
        since = one.seen - timedelta(hours=defaults.STORY_OPEN_HOURS)
        stories: dict[StoryId, None] = {}
        for other in near.tolist():
            its_story = self._story_of.get(self._gists.articles[other])
            if its_story is not None:
                if self._last_seen[its_story] >= since:
                    stories[its_story] = None
            elif not groups.are_tied(("article", article), ("article", self._gists.articles[other])):
                new.append(other)
        for other, weight in zip(new, self._weigh(row, np.array(new, np.int64)).tolist(), strict=True):
            groups.tie(("article", article), ("article", self._gists.articles[other]), Tie(weight, 1))
        for story, tie in zip(stories, self._compare_all(row, list(stories)), strict=True):
            part: Part = ("story", story)
            if part not in groups:
                groups.add(part, tie.pairs, settled=True)
            groups.tie(("article", article), part, tie)

    def _tie_again(self, groups: Groups[Part], story: StoryId, near: Rows) -> None:
        """Note what ties a story of which an article has changed to those of the ones near it."""
        part: Part = ("story", story)
        for other in near.tolist():
            its_story = self._story_of.get(self._gists.articles[other])
            if its_story in (None, story):
                continue
            other_part: Part = ("story", its_story)
            for one in (part, other_part):
                if one not in groups:
                    groups.add(one, len(self._rows_of(StoryId(one[1]))), settled=True)
            if not groups.are_tied(part, other_part):
                groups.tie(part, other_part, self._compare_stories(part, other_part))

    def _compare_stories(self, one: Part, other: Part) -> Tie:
        """What ties two stories that held before."""
        ties = [
            tie
            for row in self._rows_of(StoryId(one[1])).tolist()
            for tie in self._compare_all(row, [StoryId(other[1])])
        ]
        return Tie(sum(tie.total for tie in ties), sum(tie.pairs for tie in ties))

    def _compare_all(self, row: int, stories: Sequence[StoryId]) -> list[Tie]:
        """What ties an article to each of the stories, as those articles say that are not too far away in time."""
        if not stories:
            return []
        several = [self._rows_of(story) for story in stories]
        rows, ends = np.concatenate(several), np.cumsum([len(one) for one in several])[:-1]
        far = self._gists.days_between(row, rows) * 24 > defaults.STORY_OPEN_HOURS
        weighed = self._weigh(row, rows)
        return [_tie_of(*one) for one in zip(np.split(weighed, ends), np.split(far, ends), strict=True)]

    def _unite(self, group: Group[Part], found: Arrangement) -> StoryId | None:
        """The story in which the stories of the group go on, the oldest of them; None when there is none."""
        stories = sorted(StoryId(number) for _, number in group.settled)
        for gone in stories[1:]:
            for article in self._articles.pop(gone):
                self._put(article, stories[0], self._last_seen[gone])
            del self._last_seen[gone]
            found.merged.append((gone, stories[0]))
        return stories[0] if stories else None

    def _look_apart(self, story: StoryId) -> list[tuple[ArticleId, ...]]:
        """The parts into which a story falls, the one that began it first; one part when it holds together."""
        articles = self._articles[story]
        if not 2 < len(articles) <= defaults.STORY_LOOKED_APART:
            return [tuple(articles)]
        rows = np.array([self._gists.row_of[article] for article in articles])
        groups: Groups[int] = Groups(lambda one, other: Tie(0.0, 0))
        for position in range(len(rows)):
            groups.add(position)
        for position in range(1, len(rows)):
            for other, weight in enumerate(self._weigh(rows[position], rows[:position]).tolist()):
                groups.tie(position, other, Tie(weight, 1))
        for _ in groups.grow(defaults.STORY_JOINS - defaults.STORY_HOLDS):
            pass
        return [tuple(articles[at] for at in sorted(group.parts)) for group in groups.in_order(lambda at: at)]

    def _find_earlier(self, story: StoryId, article: ArticleId, near: Rows) -> StoryId | None:
        """The earlier story of the same affair that is most like the article which began this one."""
        row = self._gists.row_of[article]
        weights_of: defaultdict[StoryId, list[float]] = defaultdict(list)
        for other, weight in zip(near.tolist(), self._weigh(row, near, timed=False).tolist(), strict=True):
            its_story = self._story_of[self._gists.articles[other]]
            if its_story != story and self._gists.is_before(other, row):
                weights_of[its_story].append(weight)
        likely = {one: sum(several) / len(several) for one, several in weights_of.items()}
        best = max(likely, key=lambda one: (likely[one], one), default=None)
        return best if best is not None and likely[best] >= defaults.STORY_FOLLOWS else None

    def _weigh(self, row: int, rows: Rows, *, timed: bool = True) -> Vector:
        """What speaks for the row and each of the others telling of one event; nothing when they lie too far apart."""
        self._gists.look_at(np.array([row]))
        signs = self._gists.signs(row, rows)
        weighed = self._weigh_signs(signs, row, rows, timed)
        # What is near to an article only ever speaks against it, so that few of the others have to look around.
        likely = np.flatnonzero(weighed > defaults.STORY_LOOKED_AROUND)
        if len(likely):
            near = rows[likely]
            self._gists.look_at(near)
            weighed[likely] = self._weigh_signs(self._gists.with_crowd(signs[likely], row, near), row, near, timed)
        return weighed

    def _weigh_signs(self, signs: Vector, row: int, rows: Rows, timed: bool) -> Vector:
        *with_meaning, always = weights.STORY
        *by_words, always_by_words = weights.STORY_BY_WORDS
        weighed = np.where(
            self._gists.know_meaning(row, rows),
            signs @ np.array(with_meaning, np.float32) + always,
            signs @ np.array(by_words, np.float32) + always_by_words,
        )
        if timed:
            days = self._gists.days_between(row, rows)
            weighed += np.where(np.isnan(days), 0, defaults.STORY_SAME_DAY - defaults.STORY_DAY_APART * days)
            weighed[days * 24 > defaults.STORY_OPEN_HOURS] = defaults.STORY_LEAST_ALIKE
        return np.clip(weighed, defaults.STORY_LEAST_ALIKE, defaults.STORY_MOST_ALIKE).astype(np.float32)

    def _rows_of(self, story: StoryId) -> Rows:
        """The rows of the newest articles of the story."""
        newest = self._articles[story][-defaults.STORY_MEMBERS_COMPARED :]
        return np.array([self._gists.row_of[article] for article in newest], np.int64)

    def _next_story(self) -> StoryId:
        self.last_story = StoryId(self.last_story + 1)
        return self.last_story

    def _put(self, article: ArticleId, story: StoryId, seen: datetime) -> None:
        self._story_of[article] = story
        self._articles[story].append(article)
        self._last_seen[story] = max(seen, self._last_seen.get(story, seen))

    def _take_out(self, article: ArticleId) -> None:
        story = self._story_of.pop(article, None)
        if story is not None:
            self._articles[story].remove(article)
            if not self._articles[story]:
                del self._articles[story], self._last_seen[story]


def _tie_of(weighed: Vector, far: npt.NDArray[np.bool_]) -> Tie:
    told = weighed if far.all() else weighed[~far]
    return Tie(float(told.mean()) * len(weighed), len(weighed))


def _share(strength: float) -> float:
    """The strength as a likeness from 0 to 1."""
    return 1 / (1 + exp(-strength))
