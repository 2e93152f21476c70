"""Descriptions: whether an article is on a topic in plain language, and why."""

from collections.abc import Hashable, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from math import exp, inf

from bot.news.concern import concern_signs, where_named
from bot.news.description_words import Description as Description
from bot.news.description_words import Further, Strand
from bot.news.description_words import read_description as read_description
from bot.news.fields import fields_heard
from bot.news.rarity import weigh
from bot.news.subject import Span, Subject
from bot.news.vocabulary import Heard, Layout, Signs, loudness, signs_of
from config import defaults
from config.weights import CONCERNED, DESCRIBED

NEEDED = 0.5
"""How near an article has to come to what is described."""


class Judged:
    """Why an article is on a described topic: how near it came, how near it had to, the words and the sentence.

    `sentence` is the span in subject.text that says it best, and `words` are those that speak of the topic there; both
    are looked for when somebody asks.
    """

    needed = NEEDED

    def __init__(self, description: Description, subject: Subject, margin: float) -> None:
        self.meaning = nearness(margin)
        self._description = description
        self._subject = subject

    @property
    def words(self) -> tuple[str, ...]:
        """See above."""
        return self._said[1]

    @property
    def sentence(self) -> Span:
        """See above."""
        return self._said[0]

    @cached_property
    def _said(self) -> tuple[Span, tuple[str, ...]]:
        return _said_best(self._description, self._subject)


def judge(description: Description, subject: Subject) -> Judged | None:
    """How near the article is to what is described; None when that is not near enough."""
    if any(clause.isdisjoint(subject.marks) for clause in description.clauses):
        return None
    margin = margin_of(description, subject)
    if margin is None or margin < 0 or (description.without and judge(description.without, subject)):
        return None
    return Judged(description, subject, margin)


def nearness(margin: float) -> float:
    """The margin as a number from 0 to 1, of which NEEDED is enough."""
    return 1 / (1 + exp(-max(-50.0, min(margin, 50.0))))


def margin_of(description: Description, subject: Subject) -> float | None:
    """How far the article is beyond what is needed, below zero where it falls short; None where it lacks a part."""
    margins: list[float] = []
    for group in description.wanted:
        is_beside = bool(description.ways)
        held = [margin for key in group if (margin := _concern_margin(key, subject, is_beside)) is not None]
        if not held:
            return None
        margins.append(max(held))
    if description.ways:
        ways = [margin for way in description.ways if (margin := _way_margin(way, subject)) is not None]
        if not ways:
            return None
        margins.append(max(ways))
    return min(margins)


def strand_signs(strand: Strand, subject: Subject) -> Signs | None:
    """What speaks for the article's being on the strand; None where nothing tells of it, or too little."""
    heard = _heard(strand, subject)
    if not any(one.tells for one in heard) or not _has_its_share(strand, heard):
        return None
    fields, layout = _heard_fields(subject)
    louder = islice((loud for loud, key in fields if key not in strand.fields), defaults.RIVALS)
    return signs_of(heard, layout, sum(louder) / defaults.RIVALS, strand.could_tell)


def _heard(strand: Strand, subject: Subject) -> list[Heard]:
    held = _held(strand, subject)
    telling, fellows = ([one.run for one in held if one.tells is tells] for tells in (True, False))
    vocabulary = strand.known.with_runs(telling, fellows) if held else strand.known
    return vocabulary.heard_in(subject.stems, subject.places)


def _held(strand: Strand, subject: Subject) -> tuple[Further, ...]:
    """What the article may have of the strand's further runs; it surely has none of the others."""
    return tuple(one for one in strand.further if one.marks <= subject.marks)


def _concern_margin(key: str, subject: Subject, is_beside: bool) -> float | None:
    """A name beside something else has to be less prominent: in the headline or the lead it always is enough."""
    known = _remembered(subject)
    if (key, is_beside) not in known:
        signs = concern_signs(key, subject)
        margin = _sum(CONCERNED, signs) if signs else None
        if signs and margin is not None and is_beside:
            margin = max(margin + defaults.BESIDE, 0.0 if signs.is_prominent else -inf)
        known[key, is_beside] = margin
    return known[key, is_beside]


def _way_margin(way: Sequence[Strand], subject: Subject) -> float | None:
    margins = []
    for strand in way:
        margin = _strand_margin(strand, subject)
        if margin is None:
            return None
        margins.append(margin)
    return min(margins)


def _strand_margin(strand: Strand, subject: Subject) -> float | None:
    """How far the article is on the strand; the same for all strands of which it has the same."""
    known = _remembered(subject)
    same = (strand.known, _held(strand, subject), strand.own, strand.could_tell)
    if same not in known:
        signs = strand_signs(strand, subject)
        known[same] = _sum(DESCRIBED, signs) if signs else None
    return known[same]


def _has_its_share(strand: Strand, heard: Sequence[Heard]) -> bool:
    if len(strand.own) < 2:
        return True
    weights = weigh({stem for run in strand.own for stem in run}, {}, 0)
    held = {stem for one in heard if one.tells for stem in one.run}
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in held) >= defaults.OWN_SHARE * total


@lru_cache(maxsize=defaults.SUBJECTS_REMEMBERED)
def _remembered(subject: Subject) -> dict[Hashable, float | None]:
    """The margins of the article that are known, by what they are of."""
    return {}


@lru_cache(maxsize=defaults.SUBJECTS_REMEMBERED)
def _heard_fields(subject: Subject) -> tuple[list[tuple[float, str]], Layout]:
    """How loudly the article speaks of each field, the loudest first, and its layout."""
    headline, *ends = subject.places["\n"][:2]
    lead = min(ends[-1] if ends else headline, headline + defaults.LEAD_STEMS)
    layout = Layout(headline, lead, len(subject.stems))
    heard = fields_heard(subject.stems, subject.places)
    return sorted(((loudness(some, layout), key) for key, some in heard.items()), reverse=True), layout


def _said_best(description: Description, subject: Subject) -> tuple[Span, tuple[str, ...]]:
    """The sentence in which most of the topic stands, and the words there; a headline only where no other has as much.

    Words that tell go before their fellows, and both before nothing.
    """
    spans = [(span, 1.0) for group in description.wanted for key in group for span in where_named(key, subject)]
    for strand in {id(strand): strand for way in description.ways for strand in way}.values():
        runs = {(one.run, one.tells) for one in _heard(strand, subject)}
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
