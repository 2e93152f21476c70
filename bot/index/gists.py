"""The gists that further ones are compared with: which are alike, and by what."""

from array import array
from collections.abc import Sequence
from functools import cache
from math import nan

import numpy as np
import numpy.typing as npt

from bot.index.encoder import Vector
from bot.index.ragged import Ragged, Rows
from bot.news.article import ArticleId
from bot.news.gist import Gist, key_of
from bot.news.places import ordinary_words
from bot.news.rarity import COMMON_STEMS
from bot.news.text import stems
from config import defaults

SIGNS = (
    "words",
    "words squared",
    "meaning",
    "meaning squared",
    "nearest",
    "crowd",
    "numbers apart",
    "length",
    "names shared",
    "first day apart",
    "days apart",
    "days shared",
    "dates shared",
)
"""What speaks for or against two articles telling of one event, in the order of the weights."""

_CROWD = slice(SIGNS.index("nearest"), SIGNS.index("crowd") + 1)
_DATED, _LENGTH, _FIRST_DAY, _DAYS, _HAS_MEANING = range(5)
_DAY_SECONDS = 86_400
_FREQUENCY: Vector = (1 + np.log(np.maximum(np.arange(256), 1))).astype(np.float32)


def pack_meaning(vector: Vector) -> bytes:
    """The vector as a gist keeps it."""
    return vector.astype("<f2").tobytes()


class Gists:
    """Gists by article, each in a row of many arrays.

    A stem weighs by how rare it is in ordinary news and among these gists. How near its nearest ones are is kept for
    every gist once it was asked for, because likeness means little where everything is alike.
    """

    def __init__(self) -> None:
        self.articles: list[ArticleId] = []
        self.row_of: dict[ArticleId, int] = {}
        self._stems, self._times = Ragged("i4"), Ragged("u1")
        self._names, self._numbers, self._dates = Ragged("u4"), Ragged("u4"), Ragged("u2")
        self._slots: dict[int, int] = {}
        self._held: list[array[int]] = []
        self._shares = np.zeros(1024, np.float32)
        self._counts = np.zeros(1024, np.int32)
        self._rarity: Vector = np.zeros(1024, np.float32)
        self._is_changed = False
        self._meanings: npt.NDArray[np.float16] = np.zeros((0, 0), np.float16)
        self._near = np.zeros((0, defaults.STORY_NEIGHBOURS), np.float32)
        self._few: npt.NDArray[np.float64] = np.zeros((0, 5))
        self._lives, self._looked = np.zeros(0, bool), np.zeros(0, bool)

    def __len__(self) -> int:
        return len(self.row_of)

    @property
    def next_row(self) -> int:
        """The row that the next gist gets; those of all others are before it."""
        return len(self.articles)

    def add(self, article: ArticleId, gist: Gist) -> int:
        """The row in which the article is from now on, compared with nothing yet."""
        self.remove(article)
        row = len(self.articles)
        self._make_room(row, len(gist.meaning) // 2)
        slots = self._slots_of(gist.stems)
        self._stems.append(slots)
        self._times.append(np.frombuffer(gist.times, np.uint8))
        self._names.append(np.frombuffer(gist.names, np.uint32))
        self._numbers.append(np.frombuffer(gist.numbers, np.uint32))
        self._dates.append(np.frombuffer(gist.dates, np.uint16))
        if gist.meaning:
            self._meanings[row] = np.frombuffer(gist.meaning, "<f2")
        first = gist.days[0] if gist.days else -1
        length = np.log1p(sum(gist.times))
        dated = nan if gist.dated is None else gist.dated.timestamp()
        self._few[row] = (dated, length, first, sum(1 << day for day in gist.days), bool(gist.meaning))
        self._enter(row, article, slots)
        return row

    def remove(self, article: ArticleId) -> None:
        """Compare nothing with the article any more."""
        row = self.row_of.pop(article, None)
        if row is not None:
            self._lives[row] = False
            self._counts[self._stems.of(row)] -= 1
            self._is_changed = True

    def tidy(self) -> None:
        """Give the room of what was removed back, once it is more than half."""
        gone = len(self.articles) - len(self.row_of)
        if gone <= max(len(self.row_of), defaults.STORY_CANDIDATES):
            return
        kept = np.flatnonzero(self._lives[: len(self.articles)])
        articles = [self.articles[row] for row in kept.tolist()]
        parts = (self._stems, self._times, self._names, self._numbers, self._dates)
        self._stems, self._times, self._names, self._numbers, self._dates = (part.only(kept) for part in parts)
        self._meanings, self._near, self._few = self._meanings[kept], self._near[kept], self._few[kept]
        self._looked = self._looked[kept]
        self._lives = np.zeros(len(kept), bool)
        self._held = [array("I") for _ in self._held]
        self._counts[:] = 0
        self.articles, self.row_of = [], {}
        for row, article in enumerate(articles):
            self._enter(row, article, self._stems.of(row))

    def look_around(self, row: int, since: int) -> Rows:
        """The rows most like this one, the most alike first.

        How near they are is noted for it, and for those of them before `since`; later ones look around themselves.
        """
        found, likeness = self._look(row)
        further = (found < since) & self._looked[found] & (likeness > self._near[found, -1])
        rows, values = found[further], likeness[further]
        lists = np.concatenate([self._near[rows], values[:, None]], axis=1)
        self._near[rows] = -np.sort(-lists, axis=1)[:, :-1]
        return found

    def look_ahead(self, count: int) -> bool:
        """Let so many look around that have not done so yet; whether there were any."""
        unknown = np.flatnonzero(self._lives & ~self._looked)[:count]
        self.look_at(unknown)
        return bool(len(unknown))

    def look_at(self, rows: Rows) -> None:
        """Let those of the rows look around that have not done so yet."""
        for row in rows[~self._looked[rows]].tolist():
            self._look(row)

    def with_crowd(self, signs: Vector, row: int, rows: Rows) -> Vector:
        """The signs of the row and the others with how near others are to those, which have looked around by now."""
        whole = signs.copy()
        whole[:, _CROWD] = self._crowd(row, rows, self._near[rows])
        return whole

    def signs(self, row: int, rows: Rows) -> Vector:
        """What speaks for and against the row and each of the others telling of one event, a line each.

        The row has looked around; what is near to the others is left out (see with_crowd).
        """
        few, mine = self._few[rows], self._few[row]
        near = self._crowd(row, rows, np.zeros_like(self._near[rows]))
        words, meaning = self._words_alike(row, rows), self._meaning_alike(row, rows)
        has_numbers = (self._numbers.sizes(rows) > 0) & bool(len(self._numbers.of(row)))
        shared_numbers = self._numbers.count_shared(row, rows)
        names = np.log1p(self._names.count_shared(row, rows))
        one_day = ~(self.days_between(row, rows) > 1)  # where dates lie apart, weekdays say no more than they do
        days, own = few[:, _DAYS].astype(np.int64), int(mine[_DAYS])
        shared_days = np.where(one_day, np.bitwise_count(days & own), 0)
        both_days = (days > 0) & (own > 0) & one_day
        first_apart = both_days & (few[:, _FIRST_DAY] != mine[_FIRST_DAY])
        dates = np.minimum(self._dates.count_shared(row, rows), 2)
        lines = (
            words, words**2, meaning, meaning**2, near[:, 0], near[:, 1],
            has_numbers & (shared_numbers == 0), few[:, _LENGTH] + mine[_LENGTH], names,
            first_apart, both_days & (shared_days == 0), np.minimum(shared_days, 2), dates,
        )  # fmt: skip
        return np.stack([np.asarray(line, np.float32) for line in lines], axis=1)

    def days_between(self, row: int, rows: Rows) -> Vector:
        """How many days lie between the row and each of the others; NaN where one of them is undated."""
        days: Vector = (np.abs(self._few[rows, _DATED] - self._few[row, _DATED]) / _DAY_SECONDS).astype(np.float32)
        return days

    def is_before(self, one: int, other: int) -> bool:
        """Whether the one is dated before the other; False where one of them is undated."""
        return bool(self._few[one, _DATED] < self._few[other, _DATED])

    def know_meaning(self, row: int, rows: Rows) -> npt.NDArray[np.bool_]:
        """Whether the row and each of the others have a meaning to be compared by."""
        known: npt.NDArray[np.bool_] = (self._few[rows, _HAS_MEANING] > 0) & bool(self._few[row, _HAS_MEANING])
        return known

    def _enter(self, row: int, article: ArticleId, slots: npt.NDArray[np.int32]) -> None:
        """Let the row be found by its stems."""
        for slot in slots.tolist():
            self._held[slot].append(row)
        self._counts[slots] += 1
        self._is_changed = True
        self._lives[row] = True
        self.articles.append(article)
        self.row_of[article] = row

    def _look(self, row: int) -> tuple[Rows, Vector]:
        """The rows most like this one and how alike they are, which is noted for it."""
        found = self._look_up(row)
        likeness = self._likeness(row, found)
        order = np.argsort(-likeness, kind="stable")[: 2 * defaults.STORY_NEIGHBOURS]
        found, likeness = found[order], likeness[order]
        nearest = likeness[: defaults.STORY_NEIGHBOURS]
        self._near[row] = 0
        self._near[row, : len(nearest)] = nearest
        self._looked[row] = True
        return found, likeness

    def _likeness(self, row: int, rows: Rows) -> Vector:
        words = self._words_alike(row, rows)
        both = (words + self._meaning_alike(row, rows)) / 2
        return np.where(self.know_meaning(row, rows), both, words * defaults.STORY_WORDS_ALONE).astype(np.float32)

    def _words_alike(self, row: int, rows: Rows) -> Vector:
        """The cosine of the weighted stems."""
        owners, slots = self._stems.read(rows)
        weights = self._weights(slots, self._times.read(rows)[1])
        own_slots = self._stems.of(row)
        own = self._weights(own_slots, self._times.of(row))
        spread = np.zeros(len(self._held), np.float32)
        spread[own_slots] = own
        products = np.bincount(owners, spread[slots] * weights, len(rows))
        lengths = np.sqrt(np.bincount(owners, weights * weights, len(rows))) * (float(np.linalg.norm(own)) or 1.0)
        alike: Vector = (products / np.maximum(lengths, 1e-9)).astype(np.float32)
        return alike

    def _meaning_alike(self, row: int, rows: Rows) -> Vector:
        if not self._meanings.shape[1]:
            return np.zeros(len(rows), np.float32)
        alike: Vector = self._meanings[rows].astype(np.float32) @ self._meanings[row].astype(np.float32)
        return alike

    def _crowd(self, row: int, rows: Rows, near_to: Vector) -> Vector:
        """How near others are to the row and to each of the others together, given what is near to those."""
        return self._nearness(rows, near_to) + self._nearness(np.array([row]), self._near[[row]])

    def _nearness(self, rows: Rows, near_to: Vector) -> Vector:
        """How near the two nearest are to each row, and how near the usual number of nearest ones, given which are."""
        share = defaults.STORY_USUAL_ARTICLES / (len(self) + defaults.STORY_USUAL_ARTICLES)
        undated = np.isnan(self._few[rows, _DATED])
        usual = np.where(undated, defaults.STORY_NEAR_UNDATED, defaults.STORY_NEAR_DATED)
        least = defaults.STORY_NEAR_LEAST + share * (usual - defaults.STORY_NEAR_LEAST)
        near = np.maximum(near_to, least[:, None])
        return np.stack([near[:, :2].mean(axis=1), near.mean(axis=1)], axis=1)

    def _look_up(self, row: int) -> Rows:
        """The rows that share most of the rarest stems of this one."""
        slots = self._stems.of(row)
        weights = self._weights(slots, self._times.of(row))
        rarest = np.argsort(-weights, kind="stable")[: defaults.STORY_LOOKED_UP]
        held = [np.frombuffer(self._held[slot], np.uint32) for slot in slots[rarest].tolist()]
        sizes = np.array([len(rows) for rows in held], np.int64)
        few = int(np.searchsorted(np.cumsum(sizes), defaults.STORY_LOOKED_THROUGH, side="right"))
        if not few:
            return np.zeros(0, np.int64)
        shared = np.repeat(weights[rarest[:few]], sizes[:few])
        scores = np.bincount(np.concatenate(held[:few]), shared, len(self.articles))
        scores[row] = 0
        found = np.flatnonzero((scores > 0) & self._lives[: len(scores)])
        if len(found) > defaults.STORY_CANDIDATES:
            best = np.argpartition(-scores[found], defaults.STORY_CANDIDATES)[: defaults.STORY_CANDIDATES]
            found = found[best]
        return found

    def _weights(self, slots: npt.NDArray[np.int32], times: npt.NDArray[np.uint8]) -> Vector:
        """How much each stem of an article tells, from how often it stands there and how few others have it."""
        if self._is_changed:
            held = self._counts + defaults.STORY_PRIOR_ARTICLES * self._shares
            self._rarity = np.log((len(self) + defaults.STORY_PRIOR_ARTICLES + 1) / (held + 0.5)).astype(np.float32)
            self._is_changed = False
        weights: Vector = _FREQUENCY[times] * self._rarity[slots]
        return weights

    def _slots_of(self, keys: Sequence[int]) -> npt.NDArray[np.int32]:
        """The slots of the stems with these keys."""
        for key in keys:
            if key not in self._slots:
                slot = self._slots[key] = len(self._held)
                self._held.append(array("I"))
                if slot == len(self._counts):
                    self._counts = np.concatenate([self._counts, np.zeros_like(self._counts)])
                    self._shares = np.concatenate([self._shares, np.zeros_like(self._shares)])
                self._shares[slot] = _usual_share(key)
        return np.array([self._slots[key] for key in keys], np.int32)

    def _make_room(self, row: int, size: int) -> None:
        if row == len(self._lives):
            more = max(row, 256)
            self._lives = np.concatenate([self._lives, np.zeros(more, bool)])
            self._looked = np.concatenate([self._looked, np.zeros(more, bool)])
            self._few = np.concatenate([self._few, np.zeros((more, 5))])
            self._near = np.concatenate([self._near, np.zeros((more, self._near.shape[1]), np.float32)])
        width = max(size, self._meanings.shape[1])
        if self._meanings.shape != (len(self._lives), width):
            grown = np.zeros((len(self._lives), width), np.float16)
            grown[: self._meanings.shape[0], : self._meanings.shape[1]] = self._meanings
            self._meanings = grown


@cache
def _ordinary_keys() -> tuple[frozenset[int], frozenset[int]]:
    """The keys of everyday stems, and of those of other ordinary words."""
    ordinary = {stem for word in ordinary_words() for stem in stems(word)}
    return frozenset(map(key_of, COMMON_STEMS)), frozenset(map(key_of, ordinary))


def _usual_share(key: int) -> float:
    """The share of articles of ordinary news that hold the stem with this key."""
    everyday, ordinary = _ordinary_keys()
    if key in everyday:
        return defaults.STORY_SHARE_EVERYDAY
    return defaults.STORY_SHARE_ORDINARY if key in ordinary else defaults.STORY_SHARE_OTHER
