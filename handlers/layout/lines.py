"""Lines put together from words, links and moments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from bot.news.briefing import Citation, Point
from bot.news.saying.footnotes import without_footnotes
from bot.news.text import clip
from config import defaults
from handlers.layout.elements import Cites, Line, Link, Listing, Moment, Paragraph, Run, Words
from handlers.layout.harmless import harmless

_SET_OFF = re.compile(r"(`[^`]+`|\*[^\s*](?:[^*]*[^\s*])?\*)")


def line(*parts: str | Run) -> Line:
    """The parts one after the other; strings are plain words, and empty ones are left out."""
    return tuple(Words(text=part) if isinstance(part, str) else part for part in parts if part)


def joined(lines: Iterable[Line], between: str) -> Line:
    """The lines as one, with those words between them; empty ones are left out."""
    runs: list[Run] = []
    for one in filter(None, lines):
        runs += [*([Words(text=between)] if runs else []), *one]
    return tuple(runs)


def spoken(sentence: str) -> Line:
    """A sentence of the desk's own, in which `what can be typed` and *what is meant* are set off."""
    return tuple(_set_off(part) for part in _SET_OFF.split(clip(sentence, defaults.SHOWN_SENTENCE)) if part)


def bold(text: str) -> Words:
    """Words that are seen first."""
    return Words(text=text, look="bold")


def quiet(text: str) -> Words:
    """Words that are seen last."""
    return Words(text=text, look="quiet")


def said(*parts: str | Run) -> Paragraph:
    """A paragraph of these."""
    return Paragraph(line=line(*parts))


def aside(*parts: str | Run) -> Paragraph:
    """A small paragraph of these, which qualifies the rest."""
    return Paragraph(line=line(*parts), weight="small")


def section(title: str) -> Paragraph:
    """The name of a part of a message."""
    return said(bold(title))


def listed(
    lines: Sequence[Line], numbers: Sequence[int] = (), *, most: int = defaults.SHOWN_LISTED
) -> Iterator[Listing | Paragraph]:
    """The lines as a list, with their numbers where they have some; of a very long one, how many more there are."""
    yield Listing(lines=tuple(lines[:most]), numbers=tuple(numbers[:most]))
    if len(lines) > most:
        yield aside(f"And {len(lines) - most:,} more.")


def headline_of(title: str) -> str:
    """The headline, cut at a word where it is far too long."""
    return clip(title, defaults.SHOWN_HEADLINE) or "(no title)"


def headline(title: str, url: str | None) -> Run:
    """The headline, which leads to the article where there is a link."""
    shown = headline_of(title)
    return Link(text=shown, url=url) if url else bold(shown)


def name_of(name: str) -> str:
    """The name of a publisher, source or topic, cut where it is far too long."""
    return clip(name, defaults.SHOWN_NAME)


def day_in(moment: datetime, zone: ZoneInfo) -> Moment:
    """The day on which the moment falls there; midnight in UTC is how a day without a time of day is kept."""
    local = moment if moment.astimezone(UTC).time() == time() else moment.astimezone(zone)
    return Moment(at=datetime(local.year, local.month, local.day, tzinfo=UTC), day_only=True)


def published(citation: Citation) -> Run:
    """When the article is from."""
    if citation.published is None:
        return Words(text="undated")
    return Moment(at=citation.published, day_only=citation.published_day_only)


def dated(as_of: datetime, citations: Iterable[Citation]) -> Moment:
    """The moment, as a day where the articles of that date gave no time of day."""
    of_then = [citation.published_day_only for citation in citations if citation.published == as_of]
    return Moment(at=as_of, day_only=bool(of_then) and all(of_then))


def say_point(point: Point, citations: Sequence[Citation]) -> Line:
    """The statement, how it stands in time, and the numbers of its proof."""
    lead: tuple[str | Run, ...] = ()
    if point.superseded:
        lead = (bold("Superseded"), *_when_said(point, citations), ": ")
    elif point.as_of:
        lead = (bold("As of "), dated(point.as_of, citations), ": ")
    return line(*lead, *statement(point))


def statement(point: Point) -> Line:
    """The statement and the numbers of its proof, and nothing else."""
    text = without_footnotes(clip(harmless(point.text), defaults.SHOWN_SENTENCE))
    return line(text, Cites(numbers=point.citations))


def by_article(citations: Iterable[Citation]) -> list[list[Citation]]:
    """The citations of each article together, in the order of their first numbers."""
    found: dict[tuple[int, int], list[Citation]] = {}
    for citation in citations:
        found.setdefault((citation.article_id, citation.version), []).append(citation)
    return list(found.values())


def source_line(citation: Citation) -> Line:
    """Who said it, where, and when: publisher · headline · date."""
    publisher = name_of(citation.source) or "(unknown source)"
    return line(bold(publisher), " · ", headline(citation.title, citation.url), " · ", published(citation))


def list_sources(citations: Sequence[Citation]) -> tuple[Paragraph | Listing, ...]:
    """Each article once, by the first number under which it is cited; nothing where nothing is."""
    if not citations:
        return ()
    articles = by_article(citations)
    lines = tuple(line(*source_line(cited[0]), *_also(cited[1:])) for cited in articles)
    return section("Sources"), Listing(lines=lines, numbers=tuple(cited[0].number for cited in articles))


def _set_off(part: str) -> Words:
    if _SET_OFF.fullmatch(part):
        return Words(text=part[1:-1], look="code" if part.startswith("`") else "bold")
    return Words(text=part)


def _also(cited: Sequence[Citation]) -> Line:
    return line(" · also", Cites(numbers=tuple(one.number for one in cited))) if cited else ()


def _when_said(point: Point, citations: Iterable[Citation]) -> Line:
    dates = [one.published for one in citations if one.number in point.citations and one.published]
    return line(" (said ", dated(max(dates), citations), ")") if dates else ()
