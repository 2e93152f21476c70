"""Groups that grow together: those most alike first, for as long as any two are alike enough."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import log
from typing import Generic, TypeVar

from config import defaults

K = TypeVar("K", bound=Hashable)


@dataclass(slots=True)
class Tie:
    """What speaks for two groups being one: the sum over the pairs that were compared, and how many those are."""

    total: float
    pairs: int


@dataclass(slots=True)
class Group(Generic[K]):
    """What is one by now: its parts, the settled ones among them, and how many articles it has."""

    parts: list[K]
    settled: list[K]
    size: int


class Groups(Generic[K]):
    """Parts, each a group of its own at first, and what ties them.

    `compare` gives the tie of two settled parts, which is asked for only where something new lies between them.
    """

    def __init__(self, compare: Callable[[K, K], Tie]) -> None:
        self.groups: dict[int, Group[K]] = {}
        self._compare = compare
        self._ties: dict[int, dict[int, Tie]] = {}
        self._of: dict[K, int] = {}
        self._compared: set[tuple[K, K]] = set()

    def add(self, part: K, size: int = 1, *, settled: bool = False) -> None:
        """A part that is a group of its own so far; what is settled was one before."""
        number = len(self._of)
        self._of[part] = number
        self.groups[number] = Group(parts=[part], settled=[part] if settled else [], size=size)
        self._ties[number] = {}

    def __contains__(self, part: K) -> bool:
        return part in self._of

    def tie(self, one: K, other: K, tie: Tie) -> None:
        """Note what ties two parts."""
        first, second = self._of[one], self._of[other]
        self._ties[first][second] = self._ties[second][first] = tie

    def are_tied(self, one: K, other: K) -> bool:
        """Whether it is known what ties the two parts."""
        return self._of[other] in self._ties[self._of[one]]

    def in_order(self, place: Callable[[K], int]) -> list[Group[K]]:
        """The groups, each by the place of its first part."""
        return sorted(self.groups.values(), key=lambda group: min(map(place, group.parts)))

    def grow(self, bar: float) -> Iterator[tuple[Group[K], Group[K], float]]:
        """Join the two groups most alike, again and again while they are alike enough; gives each two and how alike."""
        alike = [(-self._strength(a, b), a, b) for a, ties in self._ties.items() for b in ties if a < b]
        waiting = [one for one in alike if -one[0] >= bar]
        heapify(waiting)
        number = len(self._of)
        while waiting:
            strength, a, b = heappop(waiting)
            if a not in self.groups or b not in self.groups:
                continue
            one, other = self.groups.pop(a), self.groups.pop(b)
            yield one, other, -strength
            joined = Group(one.parts + other.parts, one.settled + other.settled, one.size + other.size)
            number += 1
            self.groups[number] = joined
            for third in self._move_ties(a, b, number, bar):
                found = self._strength(number, third)
                if found >= bar:
                    heappush(waiting, (-found, third, number))

    def _strength(self, a: int, b: int) -> float:
        """The mean over all pairs, those not compared counted as least alike; the more pairs agree, the surer it is."""
        one, other, tie = self.groups[a], self.groups[b], self._ties[a][b]
        pairs = max(one.size * other.size, tie.pairs)
        return (tie.total + (pairs - tie.pairs) * defaults.STORY_LEAST_ALIKE) / pairs + defaults.STORY_SURER * log(
            pairs
        )

    def _move_ties(self, a: int, b: int, number: int, bar: float) -> list[int]:
        """Give the ties of both to the group that they became; all groups that it is tied with."""
        ties: dict[int, Tie] = {}
        for old in (a, b):
            for third, tie in self._ties.pop(old).items():
                if third in (a, b):
                    continue
                known = ties.setdefault(third, Tie(0.0, 0))
                known.total += tie.total
                known.pairs += tie.pairs
                del self._ties[third][old]
        self._ties[number] = ties
        for third, tie in ties.items():
            self._ties[third][number] = tie
            if tie.pairs and tie.total / tie.pairs >= bar - defaults.STORY_WORTH_COMPARING:
                self._compare_settled(self.groups[number], self.groups[third], tie)
        return list(ties)

    def _compare_settled(self, one: Group[K], other: Group[K], tie: Tie) -> None:
        for first in one.settled:
            for second in other.settled:
                if (first, second) not in self._compared:
                    self._compared |= {(first, second), (second, first)}
                    found = self._compare(first, second)
                    tie.total += found.total
                    tie.pairs += found.pairs
