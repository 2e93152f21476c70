"""Articles, and what is quoted and found in them, each with only what a test is about."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count
from zoneinfo import ZoneInfo

from bot.news.article import LOCAL, Article, ArticleId, Passage, PassageId
from bot.news.evidence import Evidence, Quote
from bot.news.findings import Findings
from bot.news.question import Question, read_question
from bot.news.rarity import weigh
from bot.news.text import sentence_spans
from bot.news.wording import wording_of

NOW = datetime(2025, 4, 16, 9, 30, tzinfo=UTC)

_numbers = count(1)


def make_article(text: str = "The ferry was late again.", **given: object) -> Article:
    """An article with this text; every one has a number of its own."""
    number = next(_numbers)
    known: dict[str, object] = {
        "space": LOCAL,
        "id": ArticleId(number),
        "version": 1,
        "name": f"article-{number}",
        "title": "Ferry late",
        "dek_end": 0,
        "url": None,
        "publisher": "Daily Ledger",
        "origin": None,
        "author": None,
        "published": NOW,
        "published_day_only": False,
        "language": "en",
        "seen": NOW,
        "copy_of": None,
    }
    return Article(text=text, **(known | given))  # type: ignore[arg-type]


def make_quote(article: Article, words: str, score: float = 1.0) -> Quote:
    """The quote of these words, which stand in the article."""
    start = article.text.index(words)
    return Quote(article=article, start=start, end=start + len(words), score=score)


def quote_sentences(*articles: Article) -> list[Quote]:
    """Every sentence of the articles, in order."""
    return [
        Quote(article=article, start=start, end=end, score=1.0)
        for article in articles
        for start, end in sentence_spans(article.text, article.language)
    ]


def make_question(text: str, publishers: Sequence[str] = (), now: datetime = NOW) -> Question:
    """The question as read at that moment in UTC."""
    return read_question(text, now=now, zone=ZoneInfo("UTC"), publishers=publishers)


def make_passage(article: Article) -> Passage:
    """The whole article as one passage."""
    return Passage(
        id=PassageId(int(article.id)), article=article.id, version=article.version, start=0, end=len(article.text)
    )


def find_in(question: Question | str, *articles: Article) -> Findings:
    """The articles as findings for the question, each one passage, the first the best; without vectors."""
    asked = make_question(question) if isinstance(question, str) else question
    evidence = tuple(
        Evidence(passage=make_passage(article), article=article, score=-float(place))
        for place, article in enumerate(articles)
    )
    held = {stem: sum(stem in wording_of(one.text).stems for one in evidence) for stem in asked.stems}
    return Findings(
        question=asked,
        evidence=evidence,
        rarity=weigh(asked.stems, held, len(evidence)),
        absent=frozenset(stem for stem, number in held.items() if not number),
        closeness={},
        clauses=tuple(evidence for _ in asked.clauses),
    )
