"""Tastes: what the readers of a watch or a digest have shown to want, learnt from what they called helpful and not.

A small logistic model over the words and names of articles. It starts from how near an article comes to the topic and
learns only what moves readers away from that, so that it knows nothing at first and no single word is ever decisive.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt
from typing import TypeAlias

from bot.news.lexicon import STOP_WORDS
from bot.news.names import forms_of
from bot.news.rarity import weigh
from bot.news.subject import Subject
from config import defaults

Traits: TypeAlias = Mapping[str, float]
"""The stems and names ("@jp") of an article, each with how much it tells; their squares add up to one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """Whether somebody called an article helpful; `margin` is how far it was beyond what the topic needs."""

    subject: Subject
    margin: float
    helpful: bool


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Taste:
    """What opinions have taught: how much each trait speaks for an article or against it, and how much all have said.

    `strictness` is how much nearer than before all articles have to come; below zero, how much less near.
    """

    opinions: int
    strictness: float
    weights: Mapping[str, float]
    shown: Mapping[str, str]

    def shift(self, subject: Subject) -> float:
        """How much nearer the article comes to what is wanted than by the topic alone; below zero, how much less."""
        weights = self.weights
        spoken = sum(weights[trait] * tells for trait, tells in traits_of(subject).items() if trait in weights)
        return spoken - self.strictness

    def words(self, most: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words and names that speak most for an article, and those that speak most against it."""
        ranked = sorted(self.weights, key=lambda trait: (-self.weights[trait], trait))
        wanted = [self.shown[trait] for trait in ranked[:most] if self.weights[trait] > 0]
        unwanted = [self.shown[trait] for trait in ranked[: -most - 1 : -1] if self.weights[trait] < 0]
        return tuple(wanted), tuple(unwanted)


def learn_taste(opinions: Sequence[Opinion]) -> Taste:
    """The taste of whoever has these opinions.

    The weights are the likeliest ones where every weight is near zero beforehand, found by going through the opinions
    again and again and giving each the pull that it still needs.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    bias = 0.0
    pulls = [0.0] * len(opinions)
    traits = [traits_of(one.subject) for one in opinions]
    for _ in range(defaults.TASTE_ROUNDS):
        for number, (one, held) in enumerate(zip(opinions, traits, strict=True)):
            side = 1 if one.helpful else -1
            margin = one.margin + bias + sum(weights[trait] * tells for trait, tells in held.items())
            change = _pull(side * margin, pulls[number]) - pulls[number]
            pulls[number] += change
            bias += side * change * defaults.TASTE_OF_ALL
            for trait, tells in held.items():
                weights[trait] += side * change * defaults.TASTE_OF_WORDS * tells
    return Taste(
        opinions=len(opinions),
        strictness=-bias,
        weights={trait: weight for trait, weight in weights.items() if weight},
        shown=_shown(one.subject for one in opinions),
    )


@lru_cache(maxsize=defaults.SUBJECTS_REMEMBERED)
def traits_of(subject: Subject) -> Traits:
    """What an article is known by: its words that say something, and the names in it."""
    held = {stem for word, stem in zip(subject.words, subject.stems, strict=True) if _says_something(word)}
    weights = weigh(held, {}, 0) | {f"@{name.key}": defaults.TASTE_OF_NAMES for name in subject.names}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {trait: weight / length for trait, weight in weights.items()}


def _pull(agreement: float, pull: float) -> float:
    """The pull at which an opinion rests, which agrees so much with what is known and pulls at it so much already."""
    own = defaults.TASTE_OF_WORDS + defaults.TASTE_OF_ALL
    found = pull
    for _ in range(6):
        share = 1 / (1 + exp(min(50.0, max(-50.0, agreement + own * (found - pull)))))
        found -= (found - share) / (1 + own * share * (1 - share))
    return min(1.0, max(0.0, found))


def _says_something(word: str) -> bool:
    return len(word) > 1 and word not in STOP_WORDS and not word[0].isdigit()


def _shown(subjects: Iterable[Subject]) -> dict[str, str]:
    """For each trait a form in which readers know it."""
    shown: dict[str, str] = {}
    for subject in subjects:
        for word, stem in zip(subject.words, subject.stems, strict=True):
            shown[stem] = min(shown.get(stem, word), word, key=lambda form: (len(form), form))
        for name in subject.names:
            known = forms_of(name.key)
            shown.setdefault(f"@{name.key}", known[0] if known else subject.text[name.start : name.end])
    return shown
