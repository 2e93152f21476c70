"""Answers made of the sources' own sentences. No model needed."""

import re
from collections.abc import Sequence

from bot.news.article import ArticleId
from bot.news.briefing import Answer, Conflict, ConflictValue, Figure, Point, Searched
from bot.news.evidence import Quote
from bot.news.findings import Findings
from bot.news.question import Clause, Question, Wanted
from bot.news.text import stems, words
from bot.news.wording import coverage
from bot.writer.citing import Citations, make_citation
from bot.writer.conflicts import FoundConflict, Settled, settle
from bot.writer.facts import Fact, gather_facts, states_same
from bot.writer.figures import FoundFigure, find_figures
from bot.writer.readable import make_readable
from config import defaults

_NUMBER = re.compile(
    r"\d|\b(?:per ?cent|half|third|quarter|dozen|hundred|thousand|million|billion|trillion)\b", re.IGNORECASE
)


def write_answer(found: Findings, quotes: Sequence[Quote], searched: Searched) -> Answer:
    """The answer from what was found and its sentences, best first, of which there is at least one."""
    with_numbers = [quote for quote in quotes[: defaults.QUOTES_READ_FOR_FIGURES] if _NUMBER.search(quote.text)]
    settled = settle(find_figures(found.question, with_numbers[: defaults.QUOTES_FOR_FIGURES]))
    facts = _told_once(_choose_facts(found, quotes, settled))
    citations = Citations()
    points = tuple(_write_point(fact, settled.figures, citations) for fact in facts)
    figures = tuple(_write_figure(figure, citations) for figure in settled.figures)
    conflicts = tuple(_write_conflict(conflict, citations) for conflict in settled.conflicts)
    dates = [citation.published for citation in citations.listed if citation.published]
    return Answer(
        question=found.question.text,
        status="answered",
        as_of=max(dates, default=None),
        points=points,
        figures=figures,
        conflicts=conflicts,
        citations=tuple(citations.listed),
        searched=searched,
        words_only=not found.closeness,
    )


def refuse(found: Findings, quotes: Sequence[Quote], searched: Searched) -> Answer:
    """The answer that makes no claim and shows the nearest coverage, one sentence an article."""
    nearest: dict[ArticleId, Quote] = {}
    for quote in quotes:
        nearest.setdefault(quote.article.copy_of or quote.article.id, quote)
    chosen = list(nearest.values())[: defaults.NEAREST_SHOWN]
    return Answer(
        question=found.question.text,
        status="nothing_found",
        as_of=None,
        points=(),
        searched=searched,
        nearest=tuple(make_citation(quote, number) for number, quote in enumerate(chosen, 1)),
        words_only=not found.closeness,
    )


def _choose_facts(found: Findings, quotes: Sequence[Quote], settled: Settled) -> list[Fact]:
    """The facts to show: the best, one behind each figure and conflict, one for each part of the question.

    Those behind a figure that stands come first, those that were superseded last. What was told before a figure changed
    its status is left to the newest telling.
    """
    standing = [figure for figure in settled.figures if not figure.superseded]
    worth_showing = [quote for quote in quotes if quote.score >= quotes[0].score - defaults.SCORE_DROP]
    worth_showing = [quote for quote in _body_before_dek(worth_showing) if not _is_outdated(quote, standing)]
    facts = gather_facts(worth_showing, limit=defaults.POINTS)
    proofs = [_newest_first(figure) for figure in settled.figures]
    proofs += [value.quotes for conflict in settled.conflicts for value in conflict.values]
    proofs += [(_best_for(part, found, quotes),) for part in found.question.clauses]
    proofs += [(quote,) for quote in _own_words(found.question, quotes)]
    for proof in proofs:
        if not any(fact.lead == quote or states_same(fact.lead, quote) for fact in facts for quote in proof):
            facts.append(Fact(quotes=[proof[0]]))
    replaced = {id(quote) for figure in settled.figures if figure.superseded for quote in figure.quotes}
    current = {id(quote) for figure in standing for quote in figure.quotes}
    facts.sort(key=lambda fact: (id(fact.lead) in replaced - current, id(fact.lead) not in current))
    if settled.figures and not found.question.clauses[1:]:
        proven = [fact for fact in facts if id(fact.lead) in replaced | current]
        beside = [fact for fact in facts if id(fact.lead) not in replaced | current]
        facts = [fact for fact in facts if fact in proven + beside[: defaults.POINTS_BESIDE_FIGURES]]
    return facts[: defaults.POINTS_AT_MOST]


def _newest_first(figure: FoundFigure) -> Sequence[Quote]:
    """The quotes behind the figure, best first; where it changed in time, the newest first."""
    if figure.as_of is None:
        return figure.quotes
    return sorted(figure.quotes, key=lambda quote: quote.article.dated, reverse=True)


def _told_once(facts: Sequence[Fact]) -> list[Fact]:
    """The facts without those whose sentence another one already shows beside its own."""
    kept: list[tuple[Fact, Quote]] = []
    for fact in facts:
        shown = make_readable(fact.lead).quote
        if not any(_is_within(fact.lead, wider) for _, wider in kept):
            kept = [(other, wider) for other, wider in kept if not _is_within(other.lead, shown)]
            kept.append((fact, shown))
    return [fact for fact, _ in kept]


def _is_within(quote: Quote, wider: Quote) -> bool:
    return quote.article.id == wider.article.id and wider.start <= quote.start and quote.end <= wider.end


def _best_for(part: Clause, found: Findings, quotes: Sequence[Quote]) -> Quote:
    """The quote that covers most of a part of the question."""
    wanted = {stem: found.rarity[stem] for stem in part.stems}
    return max(quotes, key=lambda quote: (coverage(wanted, frozenset(stems(quote.text))), quote.score))


def _own_words(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """For a question about what was said, the best sentence that opens with the words of somebody it names."""
    if question.wanted is not Wanted.SAID:
        return []
    asked = {name.rsplit(" ", 1)[-1] for name in question.names}
    for quote in quotes[: defaults.QUOTES_WEIGHED]:
        if quote.text.startswith(("“", '"')) and asked & set(words(quote.text)):
            return [quote]
    return []


def _is_outdated(quote: Quote, figures: Sequence[FoundFigure]) -> bool:
    """Whether everything that the quote has of the figures was told anew since."""
    behind = [figure for figure in figures if quote in figure.quotes]
    return bool(behind) and all(figure.as_of and quote.article.dated < figure.as_of for figure in behind)


def _body_before_dek(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes without the bullets above an article that only sum up a sentence of its body."""
    bodies = [quote for quote in quotes if not quote.in_dek]
    return [
        quote for quote in quotes if not quote.in_dek or not any(body.article.id == quote.article.id for body in bodies)
    ]


def _write_point(fact: Fact, figures: Sequence[FoundFigure], citations: Citations) -> Point:
    shown = make_readable(fact.lead)
    behind = [figure for figure in figures if fact.lead in figure.quotes]
    newest = [figure.as_of for figure in behind if figure.as_of and not figure.superseded]
    return Point(
        text=shown.text,
        citations=citations.cite_all([shown.quote, *fact.quotes[1:]]),
        as_of=max(newest, default=None),
        superseded=bool(behind) and all(figure.superseded for figure in behind),
    )


def _write_figure(figure: FoundFigure, citations: Citations) -> Figure:
    return Figure(
        value=figure.value,
        of=figure.of,
        status="superseded" if figure.superseded else figure.status,
        citations=citations.cite_all(_newest_first(figure)[: defaults.CITATIONS_A_POINT]),
        as_of=figure.as_of,
    )


def _write_conflict(conflict: FoundConflict, citations: Citations) -> Conflict:
    return Conflict(
        of=conflict.of,
        values=tuple(
            ConflictValue(value=value.value, citations=citations.cite_all(value.quotes)) for value in conflict.values
        ),
    )
