"""Descriptions: whether an article is on a topic in plain language, and why."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from math import exp, inf
from operator import mul

from bot.news.concern import concern_signs, where_named
from bot.news.description_words import Description as Description
from bot.news.description_words import Further
from bot.news.description_words import Strand as Strand
from bot.news.description_words import read_description as read_description
from bot.news.fields import fields_heard, key_of
from bot.news.rarity import weigh
from bot.news.subject import Span, Subject
from bot.news.vocabulary import Heard, Layout, Signs, Vocabulary, loudness, signs_of
from config import defaults
from config.weights import CONCERNED, DESCRIBED

NEEDED = 0.5
"""How near an article has to come to what is described."""


class Judged:
    """Why an article is on a described topic: how near it came, how near it had to, the words and the sentence.

    `sentence` is the span in subject.text that says it best, and `words` are those that speak of the topic there. All
    is looked for when somebody asks.
    """

    needed = NEEDED

    def __init__(self, description: Description, subject: Subject, shift: float = 0.0) -> None:
        self._description = description
        self._subject = subject
        self._shift = shift

    @property
    def meaning(self) -> float:
        """See above."""
        margin = margin_of(self._description, self._subject)
        assert margin is not None, "it is on the topic"
        return nearness(margin + self._shift)

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


def judge(description: Description, subject: Subject, shift: float = 0.0) -> Judged | None:
    """Why the article is on what is described; None when it does not come near enough.

    `shift` is how much nearer it comes for another reason: by what readers like.
    """
    if shift:
        margin = margin_of(description, subject)
        is_near = margin is not None and margin + shift >= 0
    else:
        is_near = _hearing(subject).is_near(description)
    if not is_near or (description.without and _comes_near(description.without, subject)):
        return None
    return Judged(description, subject, shift)


def _comes_near(unwanted: Description, subject: Subject) -> bool:
    """Whether the article has to do with what is left out, even if it is not on that first of all."""
    margin = margin_of(unwanted, subject)
    return margin is not None and margin >= -defaults.LEFT_OUT


def nearness(margin: float) -> float:
    """The margin as a number from 0 to 1, of which NEEDED is enough."""
    return 1 / (1 + exp(-max(-50.0, min(margin, 50.0))))


def margin_of(description: Description, subject: Subject) -> float | None:
    """How far the article is beyond what is needed, below zero where it falls short; None where it lacks a part."""
    return _hearing(subject).margin(description)


def strand_signs(strand: Strand, subject: Subject) -> Signs | None:
    """What speaks for the article's being on the strand; None where nothing tells of it, or too little."""
    return _hearing(subject).signs(strand)


def strand_margin(strand: Strand, subject: Subject) -> float | None:
    """How far the article is on the strand; None where nothing tells of it, or too little."""
    return _hearing(subject).strand(strand)


def fields_told(subject: Subject) -> frozenset[str]:
    """The fields without parts of which something tells in the article."""
    return _hearing(subject).told


class _Hearing:
    """An article being heard for one description after the other; what several ask for is worked out once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._concerns: dict[tuple[str, bool], float | None] = {}
        self._strands: dict[Hashable, float | None] = {}

    def is_near(self, description: Description) -> bool:
        """Whether the margin is not below zero, found with the least that has to be known."""
        is_beside = bool(description.ways)
        for group in description.wanted:
            if not any((margin := self._concern(key, is_beside)) is not None and margin >= 0 for key in group):
                return False
        for way in description.ways:
            for strand in way:
                margin = self.strand(strand)
                if margin is None or margin < 0:
                    break
            else:
                return True
        return not description.ways

    def margin(self, description: Description) -> float | None:
        margin = inf
        for group in description.wanted:
            is_beside = bool(description.ways)
            held = [one for key in group if (one := self._concern(key, is_beside)) is not None]
            if not held:
                return None
            margin = min(margin, max(held))
        if description.ways:
            ways = [one for way in description.ways if (one := self._way(way)) is not None]
            if not ways:
                return None
            margin = min(margin, max(ways))
        return margin

    def strand(self, strand: Strand) -> float | None:
        """How far the article is on the strand; the same for all strands of which it has the same."""
        held = self._held(strand)
        if not held and not strand.known.telling:
            return None
        same = (strand.known, held, strand.own, strand.could_tell)
        if same not in self._strands:
            signs = self.signs(strand)
            self._strands[same] = _sum(DESCRIBED, signs) if signs else None
        return self._strands[same]

    def signs(self, strand: Strand) -> Signs | None:
        heard = self.heard(strand)
        if not any(one.tells for one in heard) or not _has_its_share(strand, heard):
            return None
        fields, layout = self._fields
        louder = islice((loud for loud, key in fields if key not in strand.fields), defaults.RIVALS)
        return signs_of(heard, layout, sum(louder) / defaults.RIVALS, strand.could_tell)

    def heard(self, strand: Strand) -> Sequence[Heard]:
        held = self._held(strand)
        if not held and (key := key_of(strand.known)) and key in self._by_field:
            return self._by_field[key]
        vocabulary = _with_further(strand.known, held) if held else strand.known
        return vocabulary.heard_in(self._subject.stems, self._subject.places)

    def _concern(self, key: str, is_beside: bool) -> float | None:
        """A name beside something else has to be less prominent: in the headline or the lead it always is enough."""
        if (key, is_beside) not in self._concerns:
            signs = concern_signs(key, self._subject)
            margin = _sum(CONCERNED, signs) if signs else None
            if signs and margin is not None and is_beside:
                margin = max(margin + defaults.BESIDE, 0.0 if signs.is_prominent else -inf)
            self._concerns[key, is_beside] = margin
        return self._concerns[key, is_beside]

    def _way(self, way: Sequence[Strand]) -> float | None:
        least = inf
        for strand in way:
            margin = self.strand(strand)
            if margin is None:
                return None
            least = min(least, margin)
        return least

    def _held(self, strand: Strand) -> tuple[Further, ...]:
        """What the article may have of the strand's further runs; it surely has none of the others."""
        has = self._subject.runs.issuperset
        return tuple([one for one in strand.further if has(one.terms)])

    @cached_property
    def told(self) -> frozenset[str]:
        return frozenset(key for key, heard in self._by_field.items() if any(one.tells for one in heard))

    @cached_property
    def _by_field(self) -> Mapping[str, Sequence[Heard]]:
        return fields_heard(self._subject.stems, self._subject.places)

    @cached_property
    def _fields(self) -> tuple[list[tuple[float, str]], Layout]:
        """How loudly the article speaks of each field, the loudest first, and its layout."""
        headline, *ends = self._subject.places["\n"][:2]
        lead = min(ends[-1] if ends else headline, headline + defaults.LEAD_STEMS)
        layout = Layout(headline, lead, len(self._subject.stems))
        return sorted(((loudness(some, layout), key) for key, some in self._by_field.items()), reverse=True), layout


@lru_cache(maxsize=defaults.VOCABULARIES_REMEMBERED)
def _with_further(known: Vocabulary, further: Sequence[Further]) -> Vocabulary:
    return known.with_runs(*([one.run for one in further if one.tells is tells] for tells in (True, False)))


@lru_cache(maxsize=defaults.SUBJECTS_REMEMBERED)
def _hearing(subject: Subject) -> _Hearing:
    return _Hearing(subject)


def _has_its_share(strand: Strand, heard: Sequence[Heard]) -> bool:
    if len(strand.own) < 2:
        return True
    weights = weigh({stem for run in strand.own for stem in run}, {}, 0)
    held = {stem for one in heard if one.tells for stem in one.run}
    total = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in held) >= defaults.OWN_SHARE * total


def _said_best(description: Description, subject: Subject) -> tuple[Span, tuple[str, ...]]:
    """The sentence in which most of the topic stands, and the words there; a headline only where no other has as much.

    Words that tell go before their fellows, and both before nothing.
    """
    spans = [(span, 1.0) for group in description.wanted for key in group for span in where_named(key, subject)]
    for strand in {id(strand): strand for way in description.ways for strand in way}.values():
        runs = {(one.run, one.tells) for one in _hearing(subject).heard(strand)}
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
    weighed: float = sum(map(mul, weights, signs))
    return weighed + weights[-1]
