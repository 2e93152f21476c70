"""Descriptions: whether an article is on a topic in plain language, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import exp, inf

from bot.news.concern import Concern, concern_signs, where_named
from bot.news.description_words import Description as Description
from bot.news.description_words import Strand
from bot.news.description_words import read_description as read_description
from bot.news.fields import fields_heard
from bot.news.rarity import weigh
from bot.news.subject import Span, Subject
from bot.news.vocabulary import Heard, Layout, Signs, loudness, signs_of
from config import defaults
from config.weights import CONCERNED, DESCRIBED

NEEDED = 0.5
"""How near an article has to come to what is described."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """Why an article is on a described topic: how near it came, how near it had to, the words and the sentence.

    `sentence` is the span in subject.text that says it best, and `words` are those that speak of the topic there.
    """

    meaning: float
    needed: float
    words: tuple[str, ...]
    sentence: Span


def judge(description: Description, subject: Subject) -> Judged | None:
    """How near the article is to what is described; None when that is not near enough."""
    if description.triggers.isdisjoint(subject.marks):
        return None
    margin = margin_of(description, subject)
    if margin is None or margin < 0 or (description.without and judge(description.without, subject)):
        return None
    sentence, words = _said_best(description, subject)
    return Judged(meaning=nearness(margin), needed=NEEDED, words=words, sentence=sentence)


def nearness(margin: float) -> float:
    """The margin as a number from 0 to 1, of which NEEDED is enough."""
    return 1 / (1 + exp(-max(-50.0, min(margin, 50.0))))


def margin_of(description: Description, subject: Subject) -> float | None:
    """How far the article is beyond what is needed, below zero where it falls short; None where it lacks a part."""
    margins: list[float] = []
    for group in description.wanted:
        held = [signs for key in group if (signs := concern_signs(key, subject))]
        if not held:
            return None
        margins.append(max(_concern_margin(signs, is_beside=bool(description.ways)) for signs in held))
    if description.ways:
        ways = [margin for way in description.ways if (margin := _way_margin(way, subject)) is not None]
        if not ways:
            return None
        margins.append(max(ways))
    return min(margins)


def strand_signs(strand: Strand, subject: Subject) -> Signs | None:
    """What speaks for the article's being on the strand; None where nothing tells of it, or too little."""
    heard = strand.vocabulary.heard_in(subject.stems)
    if not any(one.tells for one in heard) or not _has_its_share(strand, heard):
        return None
    fields, layout = _heard_fields(subject)
    louder = nlargest(defaults.RIVALS, (loud for key, loud in fields if key not in strand.fields))
    return signs_of(strand.vocabulary, heard, layout, sum(louder) / defaults.RIVALS)


def _concern_margin(signs: Concern, *, is_beside: bool) -> float:
    """A name beside something else has to be less prominent: in the headline or the lead it always is enough."""
    margin = _sum(CONCERNED, signs)
    if not is_beside:
        return margin
    return max(margin + defaults.BESIDE, 0.0 if signs.is_prominent else -inf)


def _way_margin(way: Sequence[Strand], subject: Subject) -> float | None:
    margins = []
    for strand in way:
        signs = strand_signs(strand, subject)
        if signs is None:
            return None
        margins.append(_sum(DESCRIBED, signs))
    return min(margins)


def _has_its_share(strand: Strand, heard: Sequence[Heard]) -> bool:
    if len(strand.own) < 2:
        return True
    weights = weigh({stem for run in strand.own for stem in run}, {}, 0)
    held = {stem for one in heard if one.tells for stem in one.run}
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in held) >= defaults.OWN_SHARE * total


@lru_cache(maxsize=defaults.SUBJECTS_REMEMBERED)
def _heard_fields(subject: Subject) -> tuple[list[tuple[str, float]], Layout]:
    """How loudly the article speaks of each field, and its layout."""
    line_ends = [place for place, stem in enumerate(subject.stems) if stem == "\n"][:2]
    headline = line_ends[0]
    lead = min(line_ends[-1], headline + defaults.LEAD_STEMS)
    layout = Layout(headline, lead, len(subject.stems))
    return [(key, loudness(heard, layout)) for key, heard in fields_heard(subject.stems).items()], layout


def _said_best(description: Description, subject: Subject) -> tuple[Span, tuple[str, ...]]:
    """The sentence in which most of the topic stands, and the words there; a headline only where no other has as much.

    Words that tell go before their fellows, and both before nothing.
    """
    spans = [(span, 1.0) for group in description.wanted for key in group for span in where_named(key, subject)]
    for strand in {id(strand): strand for way in description.ways for strand in way}.values():
        runs = {(one.run, one.tells) for one in strand.vocabulary.heard_in(subject.stems)}
        for run, tells in runs:
            weight = 1.0 if tells else defaults.FELLOW_WEIGHT
            spans += [(span, weight) for span in subject.where(run, exact=False)]
    by_sentence: dict[int, dict[str, tuple[float, Span]]] = {}
    for span, weight in sorted(spans):
        said = by_sentence.setdefault(subject.sentence_at(span[0]), {})
        words = subject.text[span[0] : span[1]]
        said[words.lower()] = max(said.get(words.lower(), (0.0, span)), (weight, span))
    ranked = sorted(
        by_sentence,
        key=lambda number: (
            -sum(weight for weight, _ in by_sentence[number].values()),
            subject.sentences[number][0] < subject.body,
            number,
        ),
    )
    if not ranked:
        return (0, len(subject.text)), ()
    best = by_sentence[ranked[0]].values()
    heaviest = max(weight for weight, _ in best)
    shown = dict.fromkeys(subject.text[start:end] for weight, (start, end) in best if weight == heaviest)
    return subject.sentences[ranked[0]], tuple(shown)


def _sum(weights: Sequence[float], signs: Sequence[float]) -> float:
    return sum(weight * sign for weight, sign in zip(weights, signs, strict=False)) + weights[-1]
