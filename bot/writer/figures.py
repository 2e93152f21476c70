"""The figures that answer a question: each a value with what it is of, its status, and the sentences that carry it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.news.amounts import Amount
from bot.news.evidence import Quote
from bot.news.question import Question
from bot.writer.measures import asked_amounts
from bot.writer.sightings import Sighting, sightings_in

_PERCENT = re.compile(r"\s*(?:%|percent\b|per cent\b|pct\b|pc\b|percentage\b)", re.I)
_SPELLED = re.compile(r"[A-Za-z]+(?:[ -][a-z]+)?%$")


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundFigure:
    """A value for one thing, and the sentences that give it.

    `value` is as printed ("25%", "$1.2 billion"), `of` what it is of and for whom, in the sources' words. `status` is
    None, "in force", "paused", "proposed", "expected", "denied" or "superseded". `as_of` is set where a newer
    statement changed the status or replaced another value. `quotes` has one sentence an article, best first.
    """

    value: str
    of: str
    status: str | None
    quotes: tuple[Quote, ...]
    as_of: datetime | None
    superseded: bool
    sightings: tuple[Sighting, ...]


def find_figures(question: Question, quotes: Sequence[Quote]) -> list[FoundFigure]:
    """The figures in the quotes that answer the question, best first; none where it does not ask for amounts.

    The same value of the same thing from several sentences is one figure. The order of the quotes changes nothing.
    """
    asked = asked_amounts(question)
    if asked is None:
        return []
    seen = [s for quote in sorted(quotes, key=quote_order) for s in sightings_in(asked, quote)]
    closest = max((s.closeness for s in seen), default=0)
    if asked.about and closest:
        seen = [s for s in seen if s.closeness]
    figures = [_figure(group) for group in _groups(seen)]
    return sorted(figures, key=_rank)


def quote_order(quote: Quote) -> tuple[datetime, str, str, int]:
    """Oldest first, then by publisher, article and place: an order that does not depend on how quotes arrived."""
    return quote.article.dated, quote.article.publisher, quote.article.name, quote.start


def same_value(one: Amount, other: Amount) -> bool:
    """Whether two amounts say the same number of the same unit."""
    if one.number is None or other.number is None:
        return one.unit == other.unit and one.text.replace("–", "-") == other.text.replace("–", "-")
    return one.unit == other.unit and one.number == other.number and one.upper == other.upper


def printed(amount: Amount) -> str:
    """The amount as a table shows it: "25%" for "25 percent" and "ten percent", else the source's spelling."""
    if amount.unit != "%":
        return amount.text
    text = _PERCENT.sub("%", amount.text)
    return f"{amount.number:f}%" if _SPELLED.fullmatch(text) else text


def _rank(figure: FoundFigure) -> tuple[float, tuple[datetime, str, str, int], int]:
    best = min(figure.sightings, key=lambda s: (-s.quote.score, quote_order(s.quote), s.amount.start))
    return -best.quote.score, quote_order(best.quote), best.amount.start


def _groups(sightings: Sequence[Sighting]) -> list[list[Sighting]]:
    """The sightings of one value of one thing together."""
    groups: list[list[Sighting]] = []
    for sighting in sightings:
        alike = [g for g in groups if any(_is_same(sighting, other) for other in g)]
        merged = [s for g in alike for s in g] + [sighting]
        groups = [g for g in groups if not any(g is a for a in alike)] + [merged]
    return _with_unspecific(groups)


def _is_same(one: Sighting, other: Sighting) -> bool:
    if one.measure != other.measure or not same_value(one.amount, other.amount) or not may_match(one, other):
        return False
    shared = one.things & other.things
    return one.things == other.things or len(shared) * 2 >= min(len(one.things), len(other.things)) > 0


def may_match(one: Sighting, other: Sighting) -> bool:
    """Whether nothing in the places and periods named says that two amounts are of different things."""
    return _compatible(one.places, other.places) and _compatible(one.periods, other.periods)


def _compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


def _with_unspecific(groups: list[list[Sighting]]) -> list[list[Sighting]]:
    """The groups, one that names no thing of its own joined to the only other one of its value."""
    for vague in [g for g in groups if not any(s.things for s in g)]:
        others = [
            g
            for g in groups
            if g is not vague
            and g[0].measure == vague[0].measure
            and same_value(g[0].amount, vague[0].amount)
            and not _share_sentence(g, vague)
        ]
        if len(others) == 1 and all(may_match(a, b) for a in vague for b in others[0]):
            groups = [g for g in groups if g is not vague and g is not others[0]] + [[*others[0], *vague]]
    return groups


def _share_sentence(one: Iterable[Sighting], other: Iterable[Sighting]) -> bool:
    held = {(s.quote.article.id, s.quote.start) for s in one}
    return any((s.quote.article.id, s.quote.start) in held for s in other)


def _figure(group: Sequence[Sighting]) -> FoundFigure:
    newest_first = sorted(group, key=lambda s: quote_order(s.quote), reverse=True)
    told = [s for s in newest_first if s.status]
    changed = len({s.status for s in told}) > 1
    clearest = min(newest_first, key=lambda s: (s.amount.rough, not s.amount.text[0].isdigit(), -_fullness(s.of), s.of))
    quotes: dict[int, Quote] = {}
    for sighting in sorted(newest_first, key=lambda s: -s.quote.score):
        quotes.setdefault(sighting.quote.article.id, sighting.quote)
    return FoundFigure(
        value=printed(clearest.amount),
        of=max(newest_first, key=lambda s: (_fullness(s.of), s.of)).of,
        status=told[0].status if told else None,
        quotes=tuple(quotes.values()),
        as_of=told[0].quote.article.dated if changed else None,
        superseded=False,
        sightings=tuple(newest_first),
    )


def _fullness(phrase: str) -> int:
    """How much a phrase says: its words, up to as many as are quickly read."""
    return min(len(phrase.split()), 5)
