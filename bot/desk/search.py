"""Searching: the passages for a query, best first."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.articles import list_publishers
from bot.desk.desk import Desk
from bot.desk.find import find_evidence
from bot.news.briefing import FoundPassage
from bot.news.evidence import Evidence
from bot.news.question import read_question


async def search_passages(desk: Desk, text: str, *, limit: int, now: datetime, zone: ZoneInfo) -> list[FoundPassage]:
    """The passages that fit the query best, at most limit; RequestError for a query without words."""
    return await desk.archive.read(_search, desk, text, limit, now, zone)


def _search(db: Db, desk: Desk, text: str, limit: int, now: datetime, zone: ZoneInfo) -> list[FoundPassage]:
    question = read_question(text, now=now, zone=zone, publishers=list_publishers(db, desk.space))
    return [_found(one) for one in find_evidence(db, desk, question).evidence[:limit]]


def _found(evidence: Evidence) -> FoundPassage:
    article = evidence.article
    return FoundPassage(
        article=article.name,
        source=article.publisher,
        title=article.headline,
        url=article.url,
        published=article.published,
        published_day_only=article.published_day_only,
        text=evidence.text,
        score=evidence.score,
    )
