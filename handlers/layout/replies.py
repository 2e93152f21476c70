"""Replies: what whoever asked for something is shown."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk.follow import Choice, Followed
from bot.desk.replies import Checked, Reply
from bot.desk.sources import Imported
from bot.news.briefing import Brief
from bot.news.reply import Answered, Exported, Overview, Proof, SourcesListed, WatchWanted
from bot.news.text import clip
from config import defaults
from handlers.layout.answer import lay_out_answer, lay_out_proof
from handlers.layout.brief import lay_out_brief
from handlers.layout.due import about_due
from handlers.layout.elements import Element, Heading, Layout, Line, Link, Paragraph, Words
from handlers.layout.lines import said, spoken
from handlers.layout.overview import overview_elements
from handlers.layout.sources import about_sources


def lay_out_reply(reply: Reply, now: datetime, zone: ZoneInfo) -> Layout:
    """Whatever a request or a button is answered with; days are those of the zone."""
    match reply:
        case Answered():
            return lay_out_answer(reply.answer, reply.number, zone)
        case Proof():
            return lay_out_proof(reply.answer)
        case Brief():
            return lay_out_brief(reply, zone)
        case Overview():
            return _laid(overview_elements(reply, now))
        case WatchWanted():
            return _laid([said(*spoken(f"`watch add {reply.topic}` tells this channel of what comes."))])
        case Followed() | Choice() | SourcesListed() | Checked() | Imported() | Exported():
            return _laid(about_sources(reply))
        case _:
            return _laid(about_due(reply, now))


def _laid(elements: Iterable[Element]) -> Layout:
    """The elements, and the first of their words as what is said of them."""
    every = tuple(elements)
    lines = (element.line for element in every if isinstance(element, Heading | Paragraph))
    return Layout(summary=clip(_words(next(lines, ())), defaults.SHOWN_SUMMARY), elements=every)


def _words(line: Line) -> str:
    return "".join(run.text for run in line if isinstance(run, Words | Link))
