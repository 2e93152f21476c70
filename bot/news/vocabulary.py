"""Vocabularies: the words that speak of something, and where an article has them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple, TypeAlias

from config import defaults

Run: TypeAlias = tuple[str, ...]
"""Stems of words that stand side by side."""


class Heard(NamedTuple):
    """A run that an article has: stems[place] is its first word. `tells` is False for a mere fellow."""

    place: int
    run: Run
    tells: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where headline and lead of an article end, and the article, counted in stems."""

    headline: int
    lead: int
    end: int


class Vocabulary:
    """The runs that tell of something by themselves, their fellows, and the runs that mislead.

    Fellows go with what tells, and mean something else as often. What misleads holds one of the others and means
    something else: "palm oil" is no oil.
    """

    def __init__(self, telling: Iterable[Run], fellows: Iterable[Run] = (), misleading: Iterable[Run] = ()) -> None:
        self.telling = frozenset(telling)
        self.fellows = frozenset(fellows) - self.telling
        self.misleading = frozenset(misleading) - self.telling - self.fellows
        self._by_first: dict[str, list[Run]] = {}
        for run in sorted(self.telling | self.fellows | self.misleading, key=lambda run: (-len(run), run)):
            self._by_first.setdefault(run[0], []).append(run)

    def with_runs(self, telling: Iterable[Run], fellows: Iterable[Run]) -> "Vocabulary":
        """The vocabulary with further runs."""
        return Vocabulary(self.telling.union(telling), self.fellows.union(fellows), self.misleading)

    def heard_in(self, stems: Sequence[str], places: Mapping[str, Sequence[int]]) -> list[Heard]:
        """What stands there, in order, the longest run at each place, none inside another.

        `places` are those of each stem.
        """
        found: list[Heard] = []
        free = 0
        for place in sorted(place for first in places.keys() & self._by_first.keys() for place in places[first]):
            if place < free:
                continue
            for run in self._by_first[stems[place]]:
                if len(run) == 1 or tuple(stems[place : place + len(run)]) == run:
                    free = place + len(run)
                    if run not in self.misleading:
                        found.append(Heard(place, run, run in self.telling))
                    break
        return found


class Signs(NamedTuple):
    """What speaks for an article's being about something, in the order of config.weights.DESCRIBED.

    How many runs that tell, and fellows, are in the headline, the lead and the whole; how dense they are; how loud
    beside what else it speaks of; and how many runs there are that could have told, which speaks against.
    """

    telling_in_headline: float
    fellows_in_headline: float
    telling_in_lead: float
    fellows_in_lead: float
    telling: float
    fellows: float
    density: float
    beside_rivals: float
    could_tell: float


def signs_of(heard: Sequence[Heard], layout: Layout, rivals: float, could_tell: int) -> Signs:
    """What speaks for the article's being about what was heard in it.

    `rivals` is how loudly it speaks of the rest, and `could_tell` how many runs could have told.
    """
    headline, lead = layout.headline, layout.lead
    kinds: tuple[set[Run], ...] = (set(), set(), set(), set(), set(), set())
    telling = 0
    for place, run, tells in heard:
        telling += tells
        if place < headline:
            kinds[tells].add(run)
        elif place < lead:
            kinds[2 + tells].add(run)
        kinds[4 + tells].add(run)
    most = defaults.HEARD_MOST
    weight = telling + defaults.FELLOW_WEIGHT * (len(heard) - telling)
    return Signs(
        telling_in_headline=min(len(kinds[1]), most),
        fellows_in_headline=min(len(kinds[0]), most),
        telling_in_lead=min(len(kinds[3]), most),
        fellows_in_lead=min(len(kinds[2]), most),
        telling=log(1 + len(kinds[5])),
        fellows=log(1 + len(kinds[4])),
        density=min(weight / max(layout.end, defaults.SHORT_STEMS), defaults.HEARD_DENSE),
        beside_rivals=log((1 + loudness(heard, layout)) / (1 + rivals)),
        could_tell=log(min(could_tell, defaults.COULD_TELL_MOST)),
    )


def loudness(heard: Iterable[Heard], layout: Layout) -> float:
    """How loudly the article speaks of what was heard: louder in the headline and the lead, less with every repeat."""
    headline, lead = layout.headline, layout.lead
    in_headline, in_lead, fellow = defaults.HEADLINE_WEIGHT, defaults.LEAD_WEIGHT, defaults.FELLOW_WEIGHT
    total = 0.0
    said: dict[Run, int] = {}
    for place, run, tells in heard:
        weight = in_headline if place < headline else in_lead if place < lead else 1.0
        before = said.get(run, 0)
        total += (weight if tells else weight * fellow) / (1 + before / 2)
        said[run] = before + 1
    return total
