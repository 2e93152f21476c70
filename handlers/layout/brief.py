"""Briefs: the lines that matter, then the stories."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.news.briefing import Brief, BriefItem
from bot.news.saying.dispatches import told_by
from bot.news.text import clip
from config import defaults
from handlers.layout.answer import searched_line
from handlers.layout.elements import Element, Gap, Heading, Layout, Listing, Paragraph, Picture
from handlers.layout.keys import story_keys
from handlers.layout.lines import (
    aside,
    bold,
    dated,
    headline_of,
    joined,
    line,
    list_sources,
    name_of,
    said,
    say_point,
)


def lay_out_brief(brief: Brief, zone: ZoneInfo) -> Layout:
    """The brief; or that there is no news, and what was searched."""
    title = f"Briefing: {name_of(brief.topic)}" if brief.topic else "Briefing"
    body = _told(brief, zone) if brief.points or brief.stories else _no_news(brief, zone)
    first = f": {brief.points[0].text}" if brief.points else ""
    return Layout(summary=clip(f"{title}{first}", defaults.SHOWN_SUMMARY), elements=(Heading(line=line(title)), *body))


def _told(brief: Brief, zone: ZoneInfo) -> Iterator[Element]:
    if brief.points:
        yield Listing(lines=tuple(say_point(point, brief.citations) for point in brief.points))
    for item in brief.stories:
        yield Gap()
        yield from _story(item, brief)
    yield Gap()
    if brief.trend is not None:
        yield Picture(trend=brief.trend)
    yield from list_sources(brief.citations)
    as_of = line("As of ", dated(brief.as_of, brief.citations), ".") if brief.as_of else ()
    yield Paragraph(line=joined((as_of, searched_line(brief.searched, zone)), " "), weight="small")


def _story(item: BriefItem, brief: Brief) -> Iterator[Element]:
    yield said(bold(headline_of(item.headline)))
    if item.publishers:
        yield aside(clip(told_by(item.publishers), defaults.SHOWN_PUBLISHERS))
    if item.points:
        yield Paragraph(line=joined((say_point(point, brief.citations) for point in item.points), " "))
    if item.story is not None:
        yield story_keys(item.story)


def _no_news(brief: Brief, zone: ZoneInfo) -> Iterator[Element]:
    yield said("No news found.")
    yield Paragraph(line=searched_line(brief.searched, zone), weight="small")
