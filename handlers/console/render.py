"""Answers, briefs and found passages on a sheet."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time

from rich.cells import cell_len
from rich.text import Text

from bot.news.briefing import Answer, Brief, Citation, Conflict, Figure, FoundPassage, Point, Searched
from bot.news.saying.answers import NO_ANSWER, NOTHING_KEPT, answered_from, reservations, say_searched
from bot.news.saying.counting import counted
from bot.news.text import clip
from config import defaults
from handlers.console.plain import plain
from handlers.console.sheet import BOLD, CHANGED, DIM, GLUE, MARK, Sheet, marked, marks

_INSERTED = re.compile(r"\s*\[[^\]]*\]")
_ADD = GLUE.join(("`newsdesk", "add", "PATH`"))
_OPENING = ('"', "“", "«", "„", "「")
_SOURCE_INDENT = 4  # columns; as wide as "[1] "
_VALUE_WIDTH = 12  # columns; a wider value stands on a line of its own in a narrow terminal


def show_answer(sheet: Sheet, answer: Answer) -> None:
    """Where the answer comes from, its points, figures, conflicts and sources; or what was searched instead."""
    if answer.read_as:
        sheet.write(Text(f"(reading this as: {plain(answer.read_as)})", DIM))
    if answer.status == "nothing_found":
        _show_nothing_found(sheet, answer)
        return
    sheet.write(_status(sheet, answer))
    for point in answer.points:
        sheet.print(Text())
        show_point(sheet, point, answer.citations)
    if answer.figures:
        _show_figures(sheet, answer.figures, answer.citations)
    for conflict in answer.conflicts:
        _show_conflict(sheet, conflict, answer.citations)
    show_sources(sheet, answer.citations, [point.text for point in answer.points])


def show_brief(sheet: Sheet, brief: Brief) -> None:
    """The lines that matter, the stories with their publishers, then the sources."""
    title = f"Briefing: {plain(brief.topic)}" if brief.topic else "Briefing"
    sheet.write(Text(title, BOLD))
    if not brief.points and not brief.stories:
        sheet.write(Text(f"No news found. {_searched(sheet, brief.searched)}"))
        sheet.write(Text(_how_to_go_on(brief.searched, "ask for a longer time with --since"), DIM))
        return
    as_of = f"As of {_day_of(sheet, brief.as_of, brief.citations)}. " if brief.as_of else ""
    sheet.write(Text(f"{as_of}{_searched(sheet, brief.searched)}", DIM))
    for number, point in enumerate(brief.points, start=1):
        sheet.print(Text())
        show_point(sheet, point, brief.citations, lead=Text(f"{number}. ", BOLD))
    if brief.stories:
        sheet.heading("Stories")
    for number, story in enumerate(brief.stories):
        if number:
            sheet.print(Text())
        sheet.write(Text(plain(story.headline) or "(no title)", BOLD), indent=2)
        if story.publishers:
            sheet.write(Text(", ".join(map(plain, story.publishers)), DIM), indent=2)
        for point in story.points:
            show_point(sheet, point, brief.citations, indent=4)
    if brief.trend is not None:
        sheet.print(Text())
        sheet.write(Text(plain(brief.trend.in_words()), DIM))
    told = [point.text for point in brief.points] + [point.text for story in brief.stories for point in story.points]
    show_sources(sheet, brief.citations, told)


def show_passages(sheet: Sheet, query: str, passages: Sequence[FoundPassage]) -> None:
    """The passages, best first, each with its publisher, date and link."""
    if not passages:
        sheet.write(Text(f"No passage found for “{plain(query)}”."))
        sheet.write(Text(f"To go on: use other words, or add articles with {_ADD}.", DIM))
        return
    width = len(str(len(passages))) + 2
    for number, passage in enumerate(passages, start=1):
        if number > 1:
            sheet.print(Text())
        lead = Text(f"{number}.".ljust(width), MARK)
        sheet.write(Text(plain(passage.title) or "(no title)", BOLD), lead=lead)
        date = sheet.date(passage.published, day_only=passage.published_day_only)
        sheet.write(Text(f"{plain(passage.source)}{GLUE}· {date}", DIM), indent=width)
        sheet.write_link(passage.url, indent=width)
        sheet.write(Text(clip(plain(passage.text), defaults.SHOWN_PASSAGE)), indent=width)


def show_publishers(sheet: Sheet, publishers: dict[str, int]) -> None:
    """The publishers whose articles are kept, the largest first."""
    if not publishers:
        sheet.write(Text(f"Nothing has been added yet: add articles with {_ADD}."))
        return
    by_size = sorted(publishers.items(), key=lambda item: (-item[1], item[0]))
    total = f"{counted(sum(publishers.values()), 'article')} from {counted(len(publishers), 'source')}"
    sheet.write(Text(total, BOLD))
    digits = max(len(f"{count:,}") for count in publishers.values())
    rows = [[Text(f"{count:,}".rjust(digits), MARK), Text(plain(name) or "(no name)")] for name, count in by_size]
    sheet.write_columns(rows, stretch=1, indent=2)


def _status(sheet: Sheet, answer: Answer) -> Text:
    as_of = [f"as of {_day_of(sheet, answer.as_of, answer.citations)}"] if answer.as_of else []
    return Text(" · ".join([answered_from(answer), *as_of, *reservations(answer)]), DIM)


def show_point(
    sheet: Sheet, point: Point, citations: Sequence[Citation], *, indent: int = 0, lead: Text | None = None
) -> None:
    """The statement with the numbers of its proof, and how it stands in time."""
    text = marked(point.text, point.citations)
    if point.superseded:
        when = _said(sheet, point, citations)
        text = Text.assemble((f"Superseded{when}: ", CHANGED), text)
    elif point.as_of:
        text = Text.assemble((f"As of {_day_of(sheet, point.as_of, citations)}: ", BOLD), text)
    sheet.write(text, indent=indent, lead=lead)


def _said(sheet: Sheet, point: Point, citations: Iterable[Citation]) -> str:
    dated = [c for c in citations if c.number in point.citations and c.published]
    if not dated:
        return ""
    newest = max(dated, key=lambda c: c.published.timestamp() if c.published else 0)
    return f" (said {_published_day(sheet, newest)})"


def _show_figures(sheet: Sheet, figures: Sequence[Figure], citations: Sequence[Citation]) -> None:
    sheet.heading("Figures")
    rows = []
    for figure in figures:
        as_of = f"as of {_day_of(sheet, figure.as_of, citations)}" if figure.as_of else ""
        status = Text(plain(figure.status or ""), CHANGED if figure.status == "superseded" else "")
        cells = [
            Text(plain(figure.value), BOLD),
            Text(plain(figure.of)),
            status,
            Text(as_of),
            marks(sorted(figure.citations)),
        ]
        rows.append(cells)
    if sheet.is_narrow:
        _write_stacked(sheet, rows)
        return
    kept = [i for i in range(len(rows[0])) if any(row[i].plain for row in rows)]
    sheet.write_columns([[row[i] for i in kept] for row in rows], stretch=1, indent=2)


def _show_conflict(sheet: Sheet, conflict: Conflict, citations: Sequence[Citation]) -> None:
    sheet.heading(f"Sources differ on {plain(conflict.of)}")
    rows = []
    for value in conflict.values:
        said = [c for c in citations if c.number in value.citations]
        who = "; ".join(f"{plain(c.source)}, {_published_day(sheet, c)}" for c in said)
        rows.append([Text(plain(value.value), BOLD), Text(who), marks(sorted(value.citations))])
    if sheet.is_narrow:
        _write_stacked(sheet, rows)
    else:
        sheet.write_columns(rows, stretch=1, indent=2)


def _write_stacked(sheet: Sheet, rows: Sequence[Sequence[Text]]) -> None:
    width = max(cell_len(row[0].plain) for row in rows) + 2
    for value, *others, numbers in rows:
        told = Text(", ").join([cell for cell in others if cell.plain]) + Text(GLUE) + numbers
        if width <= _VALUE_WIDTH:
            sheet.write(told, lead=value + Text(" " * (width - cell_len(value.plain))))
        else:
            sheet.write(value)
            sheet.write(told, indent=2)


def _show_nothing_found(sheet: Sheet, answer: Answer) -> None:
    sheet.write(Text(NO_ANSWER, BOLD))
    sheet.write(Text(_searched(sheet, answer.searched)))
    if answer.nearest:
        sheet.heading("Nearest coverage")
        for citation in answer.nearest:
            _show_source(sheet, [citation])
            _show_quote(sheet, citation)
    sheet.print(Text())
    sheet.write(Text(_how_to_go_on(answer.searched, "ask in other words"), DIM))


def _how_to_go_on(searched: Searched, otherwise: str) -> str:
    if not searched.articles:
        return f"To go on: add articles with {_ADD}."
    return f"To go on: {otherwise}, or add sources that cover it with {_ADD}."


def _searched(sheet: Sheet, searched: Searched) -> str:
    if not searched.articles:
        return NOTHING_KEPT
    text = say_searched(searched)
    if searched.start and searched.end:
        text += f", {_span(_edge(sheet, searched.start), _edge(sheet, searched.end))}"
    return text + "."


def _edge(sheet: Sheet, moment: datetime) -> str:
    """The day of the oldest or newest article; midnight in UTC is how a day without a time of day is kept."""
    return sheet.day(moment, day_only=moment.astimezone(UTC).time() == time())


def _span(first: str, last: str) -> str:
    """Two dates as a span, without what both have: 2 to 17 April 2025."""
    if first == last:
        return first
    early, late = first.split(GLUE), last.split(GLUE)
    while early and early[-1] == late[-1] and len(early) > 1:
        early.pop()
        late.pop()
    return f"{GLUE.join(early)} to {last}"


def show_sources(sheet: Sheet, citations: Sequence[Citation], told: Sequence[str]) -> None:
    """Each article once, with the numbers of all its citations and the quoted words that no point says already."""
    if not citations:
        return
    sheet.heading("Sources")
    spoken = [_squeezed(text) for text in told]
    by_article: dict[tuple[int, int], list[Citation]] = {}
    for citation in citations:
        by_article.setdefault((citation.article_id, citation.version), []).append(citation)
    for cited in by_article.values():
        _show_source(sheet, cited)
        for citation in cited:
            quoted = _squeezed(citation.quote)
            if not any(quoted in text for text in spoken):
                _show_quote(sheet, citation, lead=marks([citation.number]) + Text(" ") if len(cited) > 1 else None)


def _show_source(sheet: Sheet, cited: Sequence[Citation]) -> None:
    """The article that these citations quote: their numbers, publisher, headline, date and link."""
    first = cited[0]
    numbers = marks([citation.number for citation in cited])
    source, title = plain(first.source) or "(unknown source)", plain(first.title) or "(no title)"
    date = sheet.date(first.published, day_only=first.published_day_only)
    text = Text.assemble(numbers, " ", (source, BOLD), f"{GLUE}· {title}{GLUE}· {date}")
    sheet.write(text, hang=_SOURCE_INDENT)
    sheet.write_link(first.url, indent=_SOURCE_INDENT)


def _show_quote(sheet: Sheet, citation: Citation, *, lead: Text | None = None) -> None:
    quote = plain(citation.quote)
    # Speech that a sentence opens with has its own marks.
    text = Text(quote if quote.startswith(_OPENING) else f"“{quote}”", DIM)
    sheet.write(text, indent=_SOURCE_INDENT, lead=lead)


def _squeezed(text: str) -> str:
    """The words as the source wrote them: without names put in brackets, one space between words."""
    return plain(_INSERTED.sub("", text))


def _published_day(sheet: Sheet, citation: Citation) -> str:
    if citation.published is None:
        return "undated"
    return sheet.day(citation.published, day_only=citation.published_day_only)


def _day_of(sheet: Sheet, moment: datetime, citations: Iterable[Citation]) -> str:
    """The date of a moment that came from a citation; a day without a time of day belongs to no zone."""
    day_only = any(c.published == moment and c.published_day_only for c in citations)
    return sheet.day(moment, day_only=day_only)
