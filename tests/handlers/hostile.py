"""Answers in which strangers wrote whatever stands in them."""

from collections.abc import Iterator
from dataclasses import replace

from bench.hostile_news import OWN, hostile_titles
from bot.news.briefing import Answer
from tests.handlers.console.makes import make_answer


def hostile_answers(titles: int, seed: int) -> Iterator[Answer]:
    """Answers with figures and sources that differ, made of so many titles."""
    some = list(hostile_titles(titles, seed))
    for one, two, three in zip(some[::3], some[1::3], some[2::3], strict=True):
        usual = make_answer()
        yield replace(
            usual,
            read_as=one,
            points=tuple(replace(point, text=one) for point in usual.points),
            figures=tuple(replace(figure, value=two, of=three, status=one) for figure in usual.figures),
            conflicts=tuple(replace(conflict, of=two) for conflict in usual.conflicts),
            citations=tuple(replace(cited, title=two, source=three, url=OWN) for cited in usual.citations),
        )
