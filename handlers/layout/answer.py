"""Answers: the direct answer first, then what carries it."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.news.briefing import Answer, Citation, Conflict, Figure, Searched
from bot.news.reply import AnswerId
from bot.news.saying.answers import NO_ANSWER, NOTHING_KEPT, answered_from, reservations, say_searched
from bot.news.text import clip
from config import defaults
from handlers.layout.elements import Cites, Element, Gap, Layout, Line, Listing, Paragraph, Table
from handlers.layout.keys import answer_keys
from handlers.layout.lines import (
    aside,
    bold,
    by_article,
    dated,
    day_in,
    joined,
    line,
    list_sources,
    name_of,
    published,
    said,
    say_point,
    section,
    source_line,
)

_OPENING = ('"', "“", "«", "„", "「")


def lay_out_answer(answer: Answer, number: AnswerId, zone: ZoneInfo) -> Layout:
    """The answer, complete in itself; or what was searched and what comes nearest."""
    is_found = answer.status == "answered"
    body = _found(answer, zone) if is_found else _not_found(answer, zone)
    return Layout(
        summary=clip(answer.points[0].text if is_found else NO_ANSWER, defaults.SHOWN_SUMMARY),
        elements=(*_read_as(answer), *body, *answer_keys(number, has_sources=bool(answer.citations))),
    )


def lay_out_proof(answer: Answer) -> Layout:
    """Every quotation of the answer word for word, each below the article in which it stands."""
    elements: list[Element] = []
    for cited in by_article(answer.citations or answer.nearest):
        elements += [
            *([Gap()] if elements else []),
            Paragraph(line=source_line(cited[0])),
            *(said(_quoted(one.quote), Cites(numbers=(one.number,))) for one in cited),
        ]
    return Layout(summary="Sources", elements=tuple(elements) or (said("There are no sources to show."),))


def searched_line(searched: Searched, zone: ZoneInfo) -> Line:
    """What was looked through: articles, sources, dates."""
    if not searched.articles:
        return line(NOTHING_KEPT)
    if not searched.start or not searched.end:
        return line(say_searched(searched), ".")
    first, last = day_in(searched.start, zone), day_in(searched.end, zone)
    return line(say_searched(searched), ", ", first, *((" to ", last) if first != last else ()), ".")


def _read_as(answer: Answer) -> Iterator[Element]:
    if answer.read_as:
        yield aside(f"Reading this as: {clip(answer.read_as, defaults.SHOWN_SENTENCE)}")


def _found(answer: Answer, zone: ZoneInfo) -> Iterator[Element]:
    first, *others = (say_point(point, answer.citations) for point in answer.points)
    yield Paragraph(line=first)
    if others:
        yield Listing(lines=tuple(others))
    if answer.figures:
        yield section("Figures")
        yield _table(answer.figures, zone)
    for conflict in answer.conflicts:
        yield section(f"Sources differ on {name_of(conflict.of)}")
        yield Listing(lines=_side_by_side(conflict, answer.citations))
    yield Gap()
    yield from list_sources(answer.citations)
    yield Paragraph(line=_standing(answer), weight="small")


def _standing(answer: Answer) -> Line:
    """From how many sources the answer is, how new they are, and what to bear in mind."""
    as_of = line("as of ", dated(answer.as_of, answer.citations)) if answer.as_of else ()
    return joined((line(answered_from(answer)), as_of, *map(line, reservations(answer))), " · ")


def _table(figures: Sequence[Figure], zone: ZoneInfo) -> Table:
    """The figures; without a column for their standing where none has any."""
    standings = [_figure_standing(figure, zone) for figure in figures]
    has_standing = any(standings)
    return Table(
        columns=("Value", "Of what", *(("Status",) if has_standing else ()), "Sources"),
        rows=tuple(
            (
                line(bold(name_of(figure.value))),
                line(clip(figure.of, defaults.SHOWN_HEADLINE)),
                *((standing,) if has_standing else ()),
                line(Cites(numbers=tuple(sorted(figure.citations)))),
            )
            for figure, standing in zip(figures, standings, strict=True)
        ),
    )


def _figure_standing(figure: Figure, zone: ZoneInfo) -> Line:
    as_of = line("as of ", day_in(figure.as_of, zone)) if figure.as_of else ()
    return joined((line(figure.status or ""), as_of), ", ")


def _side_by_side(conflict: Conflict, citations: Sequence[Citation]) -> tuple[Line, ...]:
    """Each value with those who give it, and when they did."""
    lines = []
    for value in conflict.values:
        tellers = [
            line(name_of(one.source), ", ", published(one)) for one in citations if one.number in value.citations
        ]
        numbers = Cites(numbers=tuple(sorted(value.citations)))
        lines.append(line(bold(name_of(value.value)), ": ", *joined(tellers, "; "), numbers))
    return tuple(lines)


def _not_found(answer: Answer, zone: ZoneInfo) -> Iterator[Element]:
    yield said(bold(NO_ANSWER))
    yield Paragraph(line=searched_line(answer.searched, zone))
    if answer.nearest:
        yield section("Nearest coverage")
    for citation in answer.nearest:
        yield Paragraph(line=source_line(citation))
        yield aside(_quoted(clip(citation.quote, defaults.SHOWN_SENTENCE)))


def _quoted(quote: str) -> str:
    """The words in quotation marks; speech that a sentence opens with has its own."""
    return quote if quote.startswith(_OPENING) else f"“{quote}”"
