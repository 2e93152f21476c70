"""Developments: whether an article changes its story, or only tells it again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from bot.news.amounts import Amount, amounts_in
from bot.news.article import Article
from bot.news.development import DevelopmentKind
from bot.news.evidence import Quote
from bot.news.lexicon import subject_stems
from bot.news.names import names_in, same_name
from bot.news.text import sentence_spans, words
from bot.news.turns import Turn, is_background, is_wished, sorts_named, turns_in
from bot.writer.clauses import clauses_of
from bot.writer.conflicts import is_rounding
from bot.writer.figures import may_match, same_value
from bot.writer.measures import ALL_AMOUNTS, family_of
from bot.writer.sentences import is_sentence
from bot.writer.sightings import CHANGED, Sighting, sightings_in
from config import defaults

_TOLLS = {"deaths": "dead", "injuries": "injured", "missing": "missing", "arrests": "arrested"}
_GROWING = frozenset({"deaths", "injuries", "arrests"})
_COUNTED_FREELY = frozenset(
    {"market", "poll", "share", "score", "age", "population", "rate", "price", "growth", "jobs"}
)
_NO_FIGURES = frozenset({"time", "age", "ordinal", "duration", "score", "times"})
_FACTOR = 5  # times that a figure may be of the one it replaces without saying that it changed
_CORRECTED = re.compile(r"\W*(?:correct(?:ion|ed|s|ing)|clarification|retract(?:ion|ed|s))\b", re.I)
_CORRECTS = re.compile(
    r"\b(?:correct(?:ion|ed|s)|earlier version|misstat\w+|retract(?:ion|ed|s)|clarif\w+|erroneous\w*|incorrect\w*)\b",
    re.I,
)
_REVISED = re.compile(r"\b(?:revis(?:ed|es|ing)|correct(?:ed|s|ing)|lower(?:ed|s|ing)|cut|put down)\b", re.I)
_APART = re.compile(
    r"\b(?:in|on|by|after|over|from|for|since|within|during|aged?|with|than (?:the )?)\s+"
    r"(?:(?:at least|about|around|nearly|almost|some|the|more than|as many as)\s+)?$",
    re.I,
)
_FEARED = re.compile(r"\b(?:could|may|might|would|will|if|fear\w*|expect\w*)\b", re.I)
_OTHER_YEAR = re.compile(r"\b(?:(?:19|20)\d\d|last (?:year|month)|decades?|years? (?:ago|earlier)|since)\b", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATES = re.compile(rf"\b{_MONTH} \d{{1,2}}\b|\b\d{{1,2}} {_MONTH}\b|\b\d{{1,2}}(?::\d\d| ?[ap]\.?m\b)", re.I)
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_ENDS = (". ", "\n", "; ", ", ", ": ")
_BESIDE = 120  # characters: a clause
_PLACE_KEY = 2  # letters: the keys of countries
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Found(NamedTuple):
    """What changed: of which kind, the sentence that says so, and what was said before, where it replaces something."""

    kind: DevelopmentKind
    said: str
    was: str | None


@dataclass(frozen=True, slots=True)
class _Read:
    """What an article says that can change: its opening sentences, the amounts in them and in its headline, those with
    the stems around them, every turn it tells, those that are named at its top, and the numbers in it.
    """

    opening: tuple[Quote, ...]
    measured: tuple[Sighting, ...]
    amounts: tuple[tuple[Amount, frozenset[str]], ...]
    turns: tuple[tuple[Turn, frozenset[str]], ...]
    named: frozenset[str]
    numbers: frozenset[str]


def find_development(told: Sequence[Article], article: Article) -> Found | None:
    """How the article changes the story that the others told, oldest first; None when it only tells it again.

    Only what the headline and the first sentences say counts. Another outlet's words for what was said, a copy, and
    more colour are no development.
    """
    if not told or article.copy_of is not None:
        return None
    before = [_read(one) for one in told[-defaults.DEVELOPMENT_ARTICLES :]]
    now = _read(article)
    if not now.opening:
        return None
    return (
        _correction(article, now)
        or _toll(before, article, now)
        or _turn(told, before, article, now)
        or _amount(before, article, now)
        or _headline_amount(before, article, now)
    )


@lru_cache(maxsize=defaults.DEVELOPMENT_ARTICLES_KEPT)
def _read(article: Article) -> _Read:
    text = article.text[: defaults.DEVELOPMENT_CHARACTERS]
    spans = sentence_spans(text[: defaults.DEVELOPMENT_OPENING], article.language)
    quotes = [Quote(article=article, start=start, end=end, score=0.0) for start, end in spans]
    opening = tuple(q for q in quotes if is_sentence(q.text) or q.in_dek)[: defaults.DEVELOPMENT_SENTENCES]
    told = f"{article.title}.\n{text}"
    top = (_headline(article), *opening)
    return _Read(
        opening=opening,
        measured=tuple(s for quote in top for s in sightings_in(ALL_AMOUNTS, quote)),
        amounts=tuple(one for quote in top for one in _amounts_with_stems(quote.text)),
        turns=tuple((turn, _actors(told, turn)) for turn in turns_in(told)),
        named=sorts_named(f"{article.title}.\n{opening[0].text if opening else ''}"),
        numbers=_numbers_in(_DATES.sub(" ", told)),
    )


def _amounts_with_stems(sentence: str) -> list[tuple[Amount, frozenset[str]]]:
    amounts = amounts_in(sentence)
    around = frozenset(subject_stems(sentence)) if amounts else frozenset()
    return [(amount, around) for amount in amounts]


def _headline(article: Article) -> Quote:
    """The headline as if it were the article's only sentence."""
    return Quote(article=replace(article, text=article.title, dek_end=0), start=0, end=len(article.title), score=0.0)


def _saying(now: _Read, amount: Amount) -> str | None:
    """The first sentence that has the amount which the headline has."""
    printed = _numbers_in(amount.text)
    return next((quote.text for quote in now.opening if printed and printed <= _numbers_in(quote.text)), None)


def _correction(article: Article, now: _Read) -> Found | None:
    """The sentence in which an outlet takes back what it said."""
    if not _CORRECTED.match(article.title):
        return None
    says = next((quote for quote in now.opening if _CORRECTS.search(quote.text)), now.opening[0])
    return Found("correction", says.text, None)


def _toll(before: Sequence[_Read], article: Article, now: _Read) -> Found | None:
    """A number of dead, injured, missing or arrested that is not the one told; they only grow, unless revised."""
    for seen in (s for s in now.measured if s.measure in _TOLLS and _is_own_count(s)):
        said = seen.quote.text if seen.quote in now.opening else _saying(now, seen.amount)
        number = seen.amount.number
        earlier = [s for read in before for s in read.measured if s.measure == seen.measure and _is_own_count(s)]
        if said is None or number is None or any(s.amount.number == number for s in earlier):
            continue
        revised = _REVISED.search(said) is not None
        if not earlier:
            if not revised and _is_prominent(article, now, seen) and not _mentioned(before, seen.amount):
                return Found("figure", said, None)
            continue
        newest = max(earlier, key=lambda s: (s.quote.article.dated, s.amount.number or 0))
        last = max(earlier, key=lambda s: s.amount.number or 0) if seen.measure in _GROWING else newest
        if article.dated < newest.quote.article.dated or is_rounding(seen.amount, last.amount):
            continue
        more = number > (last.amount.number or 0)
        if (more or revised or seen.measure not in _GROWING) and not _mentioned(before, seen.amount):
            kind: DevelopmentKind = "figure" if more or seen.measure not in _GROWING else "correction"
            return Found(kind, said, f"{_digits(last.amount)} {_TOLLS[seen.measure]}")
    return None


def _turn(told: Sequence[Article], before: Sequence[_Read], article: Article, now: _Read) -> Found | None:
    """A verdict, deal, pause or their like that the headline or the first sentence tells and nobody told before."""
    in_headline = {turn.name for turn in turns_in(article.title) if _is_news(article.title, turn)}
    found = [
        (quote.text, turn)
        for position, quote in enumerate(now.opening)
        for turn in turns_in(quote.text)
        if turn.name in in_headline or (not position and _leads(quote.text, turn))
    ]
    known = [turn for read in before for turn in read.turns]
    state = next((turn.name for read in reversed(before) for turn, _ in read.turns if turn.kind == "status"), None)
    own_states = {turn.name for turn, _ in now.turns if turn.kind == "status"}
    for said, turn in found:
        actors = _actors(said, turn)
        was_told = any(other.sort == turn.sort and _may_be_same(who, actors) for other, who in known)
        if not was_told and not any(turn.sort in read.named for read in before):
            return Found(turn.kind, said, state if turn.kind == "status" else None)
        if turn.kind == "status" and state not in (None, *own_states) and article.dated >= told[-1].dated:
            return Found(turn.kind, said, state)
    return None


def _amount(before: Sequence[_Read], article: Article, now: _Read) -> Found | None:
    """A sum, a rate or a share that replaces the one told for the same thing, or that the headline names as news."""
    headline = amounts_in(article.title)
    for seen in now.measured:
        if (
            seen.quote not in now.opening
            or seen.measure in _TOLLS
            or seen.measure.partition(" ")[0] in _COUNTED_FREELY
            or not seen.measure
        ):
            continue
        if _mentioned(before, seen.amount):
            continue
        alike = [s for read in before for s in read.measured if _is_of_same(seen, s)]
        if any(same_value(seen.amount, s.amount) or is_rounding(seen.amount, s.amount) for s in alike):
            continue
        stands_in_headline = any(same_value(seen.amount, amount) for amount in headline)
        if not alike:
            if stands_in_headline and not any(s.measure == seen.measure for read in before for s in read.measured):
                return Found("figure", seen.quote.text, None)
            continue
        newest = max(alike, key=lambda s: s.quote.article.dated)
        came_from = seen.was is not None and any(same_value(seen.was, s.amount) for s in alike)
        younger = article.dated > newest.quote.article.dated
        if younger and (came_from or seen.replaces or stands_in_headline):
            return Found("figure", seen.quote.text, newest.amount.text)
    return None


def _headline_amount(before: Sequence[_Read], article: Article, now: _Read) -> Found | None:
    """An amount in the headline that stands where another was told in the same unit and the same words."""
    for amount in amounts_in(article.title):
        said = _saying(now, amount)
        is_figure = family_of(amount.unit) not in _NO_FIGURES and amount.unit != "count:people"
        if said is None or not is_figure or _mentioned(before, amount):
            continue
        own = frozenset(subject_stems(f"{article.title} {said}"))
        alike = [one for read in before for one, stems in read.amounts if _may_replace(amount, one, said, own, stems)]
        if alike and not any(same_value(amount, one) or is_rounding(amount, one) for one in alike):
            return Found("figure", said, alike[-1].text)
    return None


def _may_replace(new: Amount, old: Amount, said: str, own: frozenset[str], stems: frozenset[str]) -> bool:
    """Whether the amounts are given of one thing, by unit, words around them, and size."""
    if new.number is None or not old.number:
        return False
    grows = CHANGED.search(said) is not None
    counted = grows and new.unit == "number" and old.unit.startswith("count:") and old.unit[len("count:") :] in own
    if new.unit != old.unit and not counted:
        return False
    near = abs(new.number) <= _FACTOR * abs(old.number) and abs(old.number) <= _FACTOR * abs(new.number)
    return (grows or near) and 3 * len(own & stems) >= min(len(own), len(stems))


def _is_of_same(one: Sighting, other: Sighting) -> bool:
    """Whether two amounts are given for one thing."""
    if one.measure != other.measure or one.amount.unit != other.amount.unit or not may_match(one, other):
        return False
    shared = one.things & other.things
    return one.things == other.things or len(shared) * 2 >= min(len(one.things), len(other.things)) > 0


def _is_own_count(seen: Sighting) -> bool:
    """Whether the number counts people whom it befell: not "in 3 attacks", "could rise to 50" or "310 in 1976"."""
    family = seen.amount.unit.partition(":")[0]
    lead = seen.quote.text[: seen.amount.start]
    apart = _APART.search(lead) or _FEARED.search(lead) or _OTHER_YEAR.search(seen.quote.text)
    is_age = lead.endswith(", ") and seen.quote.text[seen.amount.end : seen.amount.end + 1] in (",", ".")
    return not is_age and family in ("count", "number") and not apart


def _is_prominent(article: Article, now: _Read, seen: Sighting) -> bool:
    """Whether the number is told first: in the headline, or as the news of the first sentence."""
    in_headline = any(amount.number == seen.amount.number for amount in amounts_in(article.title))
    return in_headline or (seen.quote == now.opening[0] and not is_background(seen.quote.text, seen.amount.start))


def _mentioned(before: Iterable[_Read], amount: Amount) -> bool:
    """Whether a number as printed stands anywhere in what was told."""
    printed = _numbers_in(amount.text)
    return bool(printed) and any(printed <= read.numbers for read in before)


def _numbers_in(text: str) -> frozenset[str]:
    """The numbers in digits that the text has, those up to twelve in words as well."""
    digits = {number.replace(",", "") for number in _NUMERAL.findall(text)}
    return frozenset(digits | {str(_SMALL.index(word)) for word in words(text) if word in _SMALL})


def _digits(amount: Amount) -> str:
    return f"{amount.number:,f}" if amount.number is not None else amount.text


def _is_news(headline: str, turn: Turn) -> bool:
    return not is_background(headline, turn.start) and not is_wished(headline, turn.start)


def _leads(sentence: str, turn: Turn) -> bool:
    """Whether the turn is what the sentence tells first: in its first clause, after a few words."""
    before = sentence[: turn.start]
    few = len(before.split()) <= defaults.DEVELOPMENT_LEAD_WORDS
    return few and len(clauses_of(f"{before}.")) <= 1 and not is_background(sentence, turn.start)


def _actors(text: str, turn: Turn) -> frozenset[str]:
    """The people and organisations named in the clause before the turn: who did it or whom it befell."""
    start = max(text.rfind(end, 0, turn.start) + len(end) for end in _ENDS)
    names = names_in(text[max(start, turn.start - _BESIDE) : turn.start])
    return frozenset(name.key for name in names if len(name.key) > _PLACE_KEY)


def _may_be_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two turns can be the same one: of nobody named, or of somebody whom both name."""
    return not one or not other or any(same_name(a, b) for a in one for b in other)
