"""The story book: the open stories of a Space, and to which of them an article belongs."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from bot.index.encoder import Vector
from bot.news.article import ArticleId
from bot.news.gist import Gist, Member
from bot.news.story import StoryId
from config import defaults

Keys = npt.NDArray[np.uint32]


def pack_meaning(vector: Vector) -> bytes:
    """The vector as a gist keeps it."""
    return vector.astype("<f2").tobytes()


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """Where an article belongs: a story and how alike they are; None where it begins one, which may follow another."""

    story: StoryId | None
    likeness: float
    follows: StoryId | None = None


class StoryBook:
    """The stories that may still be joined, in memory. What it holds is what was last loaded and added.

    `mark` is the last change whose articles it holds, `last_story` the last number given to a story.
    """

    def __init__(self) -> None:
        self.mark = 0
        self.last_story = 0
        self.is_loaded = False
        self._members: list[Member] = []
        self._profiles: list[tuple[Keys, Vector]] = []
        self._rows: dict[ArticleId, int] = {}
        self._stories: defaultdict[StoryId, list[int]] = defaultdict(list)
        self._last_seen: dict[StoryId, datetime] = {}
        self._postings: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))

    def load(self, members: Iterable[Member], *, mark: int, last_story: int) -> None:
        """Hold these articles of open stories and nothing else."""
        self.__init__()  # type: ignore[misc]
        for member in members:
            self.add(member)
        self.mark, self.last_story, self.is_loaded = mark, last_story, True

    def forget(self) -> None:
        """Hold nothing, until it is loaded again: what was added may not have been kept."""
        self.__init__()  # type: ignore[misc]

    def __len__(self) -> int:
        return len(self._stories)

    def story_of(self, article: ArticleId) -> StoryId | None:
        """The story of the article, if it is among the open ones."""
        row = self._rows.get(article)
        return None if row is None else self._members[row].story

    def add(self, member: Member) -> None:
        """Put the article into its story, from where it was before."""
        self.remove(member.article)
        row = len(self._members)
        self._members.append(member)
        keys, times = _counted(member.gist)
        self._profiles.append((keys, times))
        for key in keys.tolist():
            self._postings[key].append(row)
        self._rows[member.article] = row
        self._stories[member.story].append(row)
        self._last_seen[member.story] = max(member.seen, self._last_seen.get(member.story, member.seen))
        self.last_story = max(self.last_story, member.story)

    def remove(self, article: ArticleId) -> None:
        """Take the article out of its story."""
        row = self._rows.pop(article, None)
        if row is not None:
            story = self._members[row].story
            self._stories[story].remove(row)
            if not self._stories[story]:
                del self._stories[story]

    def close(self, before: datetime) -> None:
        """Let go of the stories that had no new article since then."""
        for story in [story for story, seen in self._last_seen.items() if seen < before]:
            del self._last_seen[story]
            for row in self._stories.pop(story, ()):
                self._rows.pop(self._members[row].article, None)

    def place(self, gist: Gist) -> Fit:
        """Where an article with this gist belongs."""
        keys, times = _counted(gist)
        likeness = self._likeness(keys, times)
        best = max(likeness, key=lambda story: (likeness[story], -story), default=None)
        if best is None or likeness[best] < defaults.STORY_JOINS:
            return Fit(story=None, likeness=1.0)
        return Fit(story=best, likeness=likeness[best])

    def _likeness(self, keys: Keys, times: Vector) -> dict[StoryId, float]:
        rarity = self._rarity(keys)
        mine = times * rarity
        length = float(np.linalg.norm(mine)) or 1.0
        candidates = self._candidates(keys, mine)
        found: dict[StoryId, float] = {}
        for story in {self._members[row].story for row in candidates}:
            alike = []
            for row in self._stories[story]:
                its_keys, its_times = self._profiles[row]
                its = its_times * self._rarity(its_keys)
                _, here, there = np.intersect1d(keys, its_keys, assume_unique=True, return_indices=True)
                alike.append(float(mine[here] @ its[there]) / (length * (float(np.linalg.norm(its)) or 1.0)))
            nearest = sorted(alike, reverse=True)[: defaults.STORY_NEAREST]
            found[story] = sum(nearest) / len(nearest)
        return found

    def _candidates(self, keys: Keys, weights: Vector) -> Sequence[int]:
        counted: defaultdict[int, float] = defaultdict(float)
        for at in np.argsort(-weights)[: defaults.STORY_LOOKED_UP]:
            for row in self._postings.get(int(keys[at]), ()):
                if self._rows.get(self._members[row].article) == row:
                    counted[row] += float(weights[at])
        return sorted(counted, key=lambda row: (-counted[row], row))[: defaults.STORY_CANDIDATES]

    def _rarity(self, keys: Keys) -> Vector:
        held = np.array([len(self._postings.get(key, ())) for key in keys.tolist()], np.float32)
        return np.log1p((len(self._members) + 1) / np.maximum(held, 1)).astype(np.float32)


def _counted(gist: Gist) -> tuple[Keys, Vector]:
    """The stems of the gist, those of its headline twice, and the logarithm of how often each stands there."""
    keys = np.concatenate([np.array(gist.headline.keys, np.uint32), np.array(gist.opening.keys, np.uint32)])
    times = np.concatenate([2.0 * np.array(gist.headline.times, np.float32), np.array(gist.opening.times, np.float32)])
    unique, places = np.unique(keys, return_inverse=True)
    counts = np.bincount(places, weights=times, minlength=len(unique)).astype(np.float32)
    return unique, (1 + np.log(np.maximum(counts, 1))).astype(np.float32)
