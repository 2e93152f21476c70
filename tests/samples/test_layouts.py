"""What a reader is shown of real answers and briefs, on the samples."""

import asyncio
from zoneinfo import ZoneInfo

import pytest

from bot.desk.brief import write_brief
from bot.news.briefing import Citation
from bot.news.reply import AnswerId
from handlers.layout.answer import lay_out_answer, lay_out_proof
from handlers.layout.brief import lay_out_brief
from handlers.layout.elements import Cites, Element, Layout, Line, Link, Listing, Moment, Paragraph, Table
from tests.handlers.layout.shown import lines_of
from tests.samples.newsroom import NOW, Newsroom
from tests.samples.test_promises import QUESTIONS

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_shows_every_point_and_figure_with_numbers_that_lead_to_publisher_headline_date_and_link(
    newsroom: Newsroom, question: str
) -> None:
    answer = newsroom.ask(question)
    layout = lay_out_answer(answer, AnswerId(1), BERLIN)
    shown = "\n".join(lines_of(layout))
    assert all(point.text in shown for point in answer.points)
    assert all(figure.value in shown and figure.of in shown for figure in answer.figures)
    assert _numbers(layout) <= {citation.number for citation in answer.citations}
    assert all(_is_shown(citation, layout) for citation in answer.citations)
    proof = "\n".join(lines_of(lay_out_proof(answer)))
    assert all(citation.quote in proof for citation in answer.citations)


def test_a_brief_shows_every_line_and_story_with_its_publishers_and_sources(newsroom: Newsroom) -> None:
    brief = asyncio.run(write_brief(newsroom.desk, None, since=None, now=NOW, zone=BERLIN))
    layout = lay_out_brief(brief, BERLIN)
    shown = "\n".join(lines_of(layout))
    assert all(point.text in shown for point in brief.points) and len(brief.points) == 3
    assert all(item.headline in shown and ", ".join(item.publishers) in shown for item in brief.stories)
    assert all(_is_shown(citation, layout) for citation in brief.citations)


def _is_shown(citation: Citation, layout: Layout) -> bool:
    """Whether a line has its publisher, headline, link and date."""
    moment = citation.published and Moment(at=citation.published, day_only=citation.published_day_only)
    return any(
        citation.source in (getattr(run, "text", "") for run in line)
        and (citation.url is None or Link(text=citation.title, url=citation.url) in line)
        and (moment is None or moment in line)
        for element in layout.elements
        for line in _lines(element)
    )


def _numbers(layout: Layout) -> set[int]:
    lines = [line for element in layout.elements for line in _lines(element)]
    return {number for line in lines for run in line if isinstance(run, Cites) for number in run.numbers}


def _lines(element: Element) -> list[Line]:
    match element:
        case Paragraph():
            return [element.line]
        case Listing():
            return list(element.lines)
        case Table():
            return [cell for row in element.rows for cell in row]
    return []
