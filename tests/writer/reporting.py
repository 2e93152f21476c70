"""Short articles, the sentences quoted from them, and questions about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.news.article import LOCAL, Article, ArticleId
from bot.news.evidence import Quote
from bot.news.question import Question, read_question
from bot.news.text import sentence_spans
from bot.writer.conflicts import Settled, settle
from bot.writer.figures import FoundFigure, find_figures

NOW = datetime(2025, 5, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Report:
    """What one publisher wrote at one time."""

    publisher: str
    text: str
    day: int = 10
    hour: int = 12
    title: str = ""


def ask(text: str) -> Question:
    """The question as read on the first of May 2025 in UTC."""
    return read_question(text, now=NOW, zone=ZoneInfo("UTC"), publishers=())


def quote_all(reports: Sequence[Report]) -> list[Quote]:
    """Every sentence of the reports as a quote, the first report's first."""
    quotes = []
    for number, report in enumerate(sorted(reports, key=repr), 1):
        article = Article(
            space=LOCAL,
            id=ArticleId(number),
            version=1,
            name=f"report-{number}",
            title=report.title,
            text=report.text,
            dek_end=0,
            url=None,
            publisher=report.publisher,
            origin=None,
            author=None,
            published=datetime(2025, 4, report.day, report.hour, tzinfo=UTC),
            published_day_only=False,
            language="en",
            seen=NOW,
            copy_of=None,
        )
        quotes += [Quote(article=article, start=a, end=b, score=1.0) for a, b in sentence_spans(report.text)]
    order = {repr(report): place for place, report in enumerate(reports)}
    names = {f"report-{n}": order[repr(r)] for n, r in enumerate(sorted(reports, key=repr), 1)}
    return sorted(quotes, key=lambda quote: names[quote.article.name])


def figures(question: str, *texts: str) -> list[FoundFigure]:
    """The figures for the question in the texts, each of its own publisher."""
    reports = [Report(f"Paper {n}", text) for n, text in enumerate(texts)]
    return find_figures(ask(question), quote_all(reports))


def told(question: str, *texts: str) -> set[tuple[str, str, str | None]]:
    """Value, phrase and status of each figure."""
    return {(f.value, f.of, f.status) for f in figures(question, *texts)}


def values(question: str, *texts: str) -> set[str]:
    """The values of the figures."""
    return {f.value for f in figures(question, *texts)}


def settled(question: str, *reports: Report) -> Settled:
    """What stands and what conflicts in the reports."""
    return settle(find_figures(ask(question), quote_all(reports)))


def standing(result: Settled) -> list[str]:
    """The values that stand, in order."""
    return [f.value for f in result.figures if not f.superseded]


def replaced(result: Settled) -> list[str]:
    """The values that were superseded, in order."""
    return [f.value for f in result.figures if f.superseded]


def disputed(result: Settled) -> list[list[str]]:
    """The values of each conflict, newest first."""
    return [[value.value for value in conflict.values] for conflict in result.conflicts]
