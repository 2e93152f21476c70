"""Where figures differ: an older value gives way to a newer one, and values of one time stand side by side."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Literal

from bot.news.amounts import Amount
from bot.news.evidence import Quote
from bot.writer.clauses import DENIED, IN_FORCE
from bot.writer.figures import FoundFigure, may_match, quote_order, same_value
from bot.writer.measures import family_of
from bot.writer.phrases import RULES
from bot.writer.sightings import Sighting
from config import defaults

SUPERSEDED = "superseded"

_MARKED = re.compile(
    r"\b(?:earlier|initial(?:ly)?|previous(?:ly)?|preliminary|at first|last (?:week|month|year))\b",
    re.I,
)
_ADDED = re.compile(r"\b(?:another|additional|extra|further|more|separate(?:ly)?|other)\b", re.I)
_SURVEYED = frozenset({"poll", "score", "market"})


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundValue:
    """One of the values that sources give for one thing, and the sentences that give it."""

    value: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundConflict:
    """Values of one thing that sources give differently at about the same time, newest first."""

    of: str
    values: tuple[FoundValue, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """The figures with what is superseded marked, each beside its successor, and the conflicts that remain."""

    figures: tuple[FoundFigure, ...]
    conflicts: tuple[FoundConflict, ...]


Relation = Literal["replaces", "is replaced", "conflicts"]


def settle(figures: Sequence[FoundFigure]) -> Settled:
    """What stands, what is superseded, and what sources tell differently.

    Two values meet only when they measure the same thing in the same unit, for the same places and periods. The newer
    replaces the older when it says so, when it is hours younger, or when it is of the same publisher; otherwise
    different publishers are in conflict. Times and dates are given only where one of them moved.
    """
    heirs: dict[int, int] = {}
    disputes: list[tuple[int, int]] = []
    for one, other in combinations(range(len(figures)), 2):
        relation = _relation(figures[one], figures[other])
        if relation == "conflicts":
            disputes.append((one, other))
        elif relation:
            old, new = (other, one) if relation == "replaces" else (one, other)
            if old not in heirs or _newest(figures[heirs[old]]) < _newest(figures[new]):
                heirs[old] = new
    heirs = {old: new for old, new in heirs.items() if not _leads_back(heirs, old)}
    standing = [pair for pair in disputes if not heirs.keys() & set(pair)]
    conflicts = [_conflict([figures[i] for i in group]) for group in _joined(standing)]
    conflicts += [c for f in figures if (c := _denied(f))]
    kept = _ordered(figures, heirs, {i for pair in standing for i in pair})
    return Settled(
        figures=tuple(kept[: defaults.FIGURES_AT_MOST]),
        conflicts=tuple(sorted(conflicts, key=lambda c: (c.of, c.values[0].value))),
    )


def _relation(one: FoundFigure, other: FoundFigure) -> Relation | None:
    """How the first figure stands to the second; None when they are of different things or can both be true."""
    pairs = [(a, b) for a in one.sightings for b in other.sightings if _same_thing(a, b)]
    if not pairs:
        return None
    came_from = any(a.was and same_value(a.was, b.amount) for a, b in pairs)
    became = any(b.was and same_value(b.was, a.amount) for a, b in pairs)
    if came_from and (_newest(one) > _newest(other) or not (became or _tells_change(other, one))):
        return "replaces"
    if became and (_newest(other) > _newest(one) or not (came_from or _tells_change(one, other))):
        return "is replaced"
    pairs = [(a, b) for a, b in pairs if not is_rounding(a.amount, b.amount)]
    if not pairs or any(_both_told(a, b) for a in one.sightings for b in other.sightings):
        return None
    a, b = max(pairs, key=lambda p: (quote_order(p[0].quote), quote_order(p[1].quote)))
    if _newest(one) == _newest(other):
        newer, older, relation = a, b, "replaces"
    else:
        newer, older, relation = (a, b, "replaces") if _newest(one) > _newest(other) else (b, a, "is replaced")
    timed = family_of(newer.amount.unit) == "time"
    if _replaces(newer, older, timed=timed):
        return "replaces" if relation == "replaces" else "is replaced"
    if _houses(one.sightings) & _houses(other.sightings) or _is_added(newer) or _is_added(older):
        return None
    if timed and not newer.amount.unit.startswith("time"):
        return None
    return "conflicts" if _same_day(newer, older) else None


def _tells_change(figure: FoundFigure, since: FoundFigure) -> bool:
    """Whether a statement younger than all of the other figure says that its value is a new one."""
    return any(s.replaces and s.quote.article.dated > _newest(since) for s in figure.sightings)


def _same_thing(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings give values of one thing that cannot both be true."""
    if one.measure != other.measure or one.measure in _SURVEYED or not _comparable(one.amount, other.amount):
        return False
    if one.things != other.things or not may_match(one, other):
        return False
    if one.measure not in RULES and one.periods != other.periods:  # a rule stays; an inflation rate is of its month
        return False
    loose = family_of(one.amount.unit) in ("count", "number") and one.amount.unit != "count:people"
    if (loose or not one.measure.removesuffix("change").strip()) and not (one.complete and other.complete):
        return False
    return not _statuses_differ(one, other)


def _comparable(one: Amount, other: Amount) -> bool:
    if one.unit == other.unit:
        return True
    zoneless = {one.unit, other.unit} & {"time"}
    return (
        bool(zoneless) and family_of(one.unit) == family_of(other.unit) == "time" and "time:" in one.unit + other.unit
    )


def _statuses_differ(one: Sighting, other: Sighting) -> bool:
    """Whether one is in force beside another that is not: such rules stand beside each other."""
    return (
        one.status != other.status and IN_FORCE in (one.status, other.status) and None not in (one.status, other.status)
    )


def is_rounding(one: Amount, other: Amount) -> bool:
    """Whether the values differ by rounding only, or one is a range that holds the other."""
    if one.number is None or other.number is None:
        return False
    low, high = sorted([(one.number, one.upper or one.number), (other.number, other.upper or other.number)])
    if (one.upper or other.upper) and high[0] <= low[1]:
        return True
    apart = abs(one.number - other.number)
    share = defaults.ROUGH_SHARE if one.rough or other.rough else defaults.ROUNDED_SHARE
    if apart > max(abs(one.number), abs(other.number)) * Decimal(share):
        return False
    return one.rough or other.rough or any(apart * 2 <= _grain(amount) for amount in (one, other))


def _grain(amount: Amount) -> Decimal:
    """The smallest step that the printed number can show: 0.1 for "33.3%", 100 million for "$1.2 billion"."""
    printed = re.search(r"[\d,]*\d(?:\.(\d+))?", amount.text)
    if printed is None or not amount.number:
        return Decimal(0)
    plain = Decimal(printed.group().replace(",", ""))
    scale = amount.number / plain if plain else Decimal(1)
    decimals = len(printed.group(1) or "")
    return abs(scale) / Decimal(10) ** decimals


def _both_told(one: Sighting, other: Sighting) -> bool:
    """Whether one article gives both values: then they are of different things, or it explains them itself."""
    if one.quote.article.id == other.quote.article.id:
        return one.quote.article.version == other.quote.article.version
    return _mentions(one, other.amount) or _mentions(other, one.amount)


def _mentions(sighting: Sighting, amount: Amount) -> bool:
    number = re.match(r"[\W\d]*\d", amount.text)
    if number is None:
        return False
    return re.search(rf"(?<![\w.,]){re.escape(number.group())}(?![\w.,]?\d)", sighting.quote.article.text) is not None


def _replaces(newer: Sighting, older: Sighting, *, timed: bool) -> bool:
    gap = newer.quote.article.dated - older.quote.article.dated
    if gap <= timedelta(0):
        return False
    day_only = newer.quote.article.published_day_only or older.quote.article.published_day_only
    told = newer.replaces and not _MARKED.search(newer.quote.text)
    if told or timed:
        return told
    if newer.quote.article.house == older.quote.article.house:
        return True
    return gap >= timedelta(hours=24 if day_only else defaults.REPLACED_AFTER_HOURS)


def _same_day(one: Sighting, other: Sighting) -> bool:
    return abs(one.quote.article.dated - other.quote.article.dated) < timedelta(hours=24)


def _is_added(sighting: Sighting) -> bool:
    lead = sighting.quote.text[max(0, sighting.amount.start - 24) : sighting.amount.end + 24]
    return _ADDED.search(lead) is not None


def _houses(sightings: Iterable[Sighting]) -> set[str]:
    return {s.quote.article.house for s in sightings}


def _newest(figure: FoundFigure) -> datetime:
    return max(s.quote.article.dated for s in figure.sightings)


def _joined(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The figures of each dispute together."""
    groups: list[set[int]] = []
    for pair in pairs:
        alike = [g for g in groups if g & set(pair)]
        groups = [g for g in groups if g not in alike] + [set(pair).union(*alike)]
    return [sorted(g) for g in groups]


def _conflict(figures: Sequence[FoundFigure]) -> FoundConflict:
    newest_first = sorted(sorted(figures, key=lambda f: f.value), key=_newest, reverse=True)
    return FoundConflict(
        of=newest_first[0].of, values=tuple(FoundValue(value=f.value, quotes=f.quotes) for f in newest_first)
    )


def _denied(figure: FoundFigure) -> FoundConflict | None:
    """A value that one publisher reports while another reports its denial within the day."""
    denials = [s for s in figure.sightings if s.status == DENIED]
    claims = [
        s
        for s in figure.sightings
        if s.status not in (None, DENIED)
        and any(_same_day(s, d) and s.quote.article.house != d.quote.article.house for d in denials)
    ]
    if not claims:
        return None
    sides = [(f"{figure.value}, {claims[0].status}", claims), (f"{figure.value}, {DENIED}", denials)]
    sides.sort(key=lambda side: max(quote_order(s.quote) for s in side[1]), reverse=True)
    return FoundConflict(
        of=figure.of, values=tuple(FoundValue(value=v, quotes=tuple(s.quote for s in held)) for v, held in sides)
    )


def _leads_back(heirs: Mapping[int, int], start: int) -> bool:
    """Whether following the heirs from here comes back here: then nothing can be said about which is newest."""
    at = heirs[start]
    for _ in heirs:
        if at == start:
            return True
        if at not in heirs:
            return False
        at = heirs[at]
    return False


def _ordered(figures: Sequence[FoundFigure], heirs: Mapping[int, int], disputed: set[int]) -> list[FoundFigure]:
    """The figures that stand, each followed by those it replaced, newest of them first."""
    kept: list[FoundFigure] = []
    for i, figure in enumerate(figures):
        inherits = i in heirs.values()
        timed = family_of(figure.sightings[0].amount.unit) == "time"
        if i in heirs or (timed and not inherits and i not in disputed):
            continue
        kept.append(replace(figure, as_of=_newest(figure)) if inherits else figure)
        kept += _replaced_by(i, figures, heirs)
    return kept


def _replaced_by(heir: int, figures: Sequence[FoundFigure], heirs: Mapping[int, int]) -> list[FoundFigure]:
    """The figures that this one replaced, with those they had replaced themselves, newest first."""
    old = sorted((i for i, new in heirs.items() if new == heir), key=lambda i: figures[i].value)
    found: list[FoundFigure] = []
    for i in sorted(old, key=lambda i: _newest(figures[i]), reverse=True):
        found.append(replace(figures[i], superseded=True, status=SUPERSEDED, as_of=None))
        found += _replaced_by(i, figures, heirs)
    return found
