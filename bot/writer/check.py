"""The last look before anything is shown: what its citations do not carry is left out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.news.article import ArticleId
from bot.news.briefing import Answer, Citation, Point

_BRACKETS = re.compile(r" \[[^\]]*\]")


def keep_supported(answer: Answer, texts: Mapping[tuple[ArticleId, int], str]) -> Answer:
    """The answer without what its citations do not carry; texts are the stored texts by article and version.

    A citation holds when its quote stands word for word in the stored text. A point holds when its words, without names
    added in brackets, stand in a quote that holds; a figure or a value when one of its citations holds. An answer that
    loses its last point has found nothing.
    """
    held = held_citations(answer.citations, texts)
    points = tuple(point for point in (keep_carried(point, held) for point in answer.points) if point)
    figures = tuple(
        replace(figure, citations=kept)
        for figure in answer.figures
        if (kept := tuple(number for number in figure.citations if number in held))
    )
    conflicts = tuple(
        conflict
        for conflict in answer.conflicts
        if all(set(value.citations) <= held.keys() for value in conflict.values)
    )
    if not points:
        return replace(answer, status="nothing_found", as_of=None, points=(), figures=(), conflicts=(), citations=())
    return replace(answer, points=points, figures=figures, conflicts=conflicts, citations=tuple(held.values()))


def held_citations(citations: Iterable[Citation], texts: Mapping[tuple[ArticleId, int], str]) -> dict[int, Citation]:
    """Those whose quote stands word for word in the stored text, by number."""
    return {c.number: c for c in citations if c.quote in texts.get((c.article_id, c.version), "")}


def keep_carried(point: Point, held: Mapping[int, Citation]) -> Point | None:
    """The point with those of its citations that hold; None where none of them carries its words."""
    citations = tuple(number for number in point.citations if number in held)
    words = {_squeezed(point.text), _squeezed(_BRACKETS.sub("", point.text))} - {""}
    carried = any(said in _squeezed(held[number].quote) for number in citations for said in words)
    return replace(point, citations=citations) if carried else None


def _squeezed(text: str) -> str:
    return " ".join(text.split())
