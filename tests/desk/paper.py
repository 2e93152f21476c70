"""Made-up articles, a desk that has read them, and ways to ask it."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.archive.archive import Archive
from bot.archive.articles import find_version
from bot.archive.filing import Filed, file_drafts
from bot.desk.ask import answer_question
from bot.desk.brief import write_brief
from bot.desk.catch_up import catch_up
from bot.desk.conversation import Conversation
from bot.desk.desk import Desk
from bot.desk.search import search_passages
from bot.index.index import Index
from bot.news.article import LOCAL, Draft, Space
from bot.news.briefing import Answer, Brief, Citation, FoundPassage

NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)
ZONE = ZoneInfo("UTC")


def piece(
    name: str,
    text: str,
    *,
    title: str | None = None,
    publisher: str = "Selby Courier",
    published: str | None = "2025-04-22T09:00",
    language: str = "en",
) -> Draft:
    """A draft with this name; `published` is in UTC, and the first sentence stands in for a missing title."""
    return Draft(
        name=name,
        identity=f"https://example.org/{name}",
        title=title or text.split(".")[0],
        text=text,
        url=f"https://example.org/{name}",
        publisher=publisher,
        published=datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None,
        language=language,
    )


def open_desk(archive: Archive, folder: Path, space: Space = LOCAL) -> Desk:
    """A desk of the space that finds by words alone."""
    return Desk(archive=archive, index=Index.open(folder / "index" / space, None), space=space)


def file(desk: Desk, drafts: Iterable[Draft], now: datetime = NOW) -> list[Filed]:
    """What became of the drafts; the index is left behind."""
    return desk.archive.write_now(file_drafts, desk.space, list(drafts), now)


def read(desk: Desk, *drafts: Draft, now: datetime = NOW) -> None:
    """The desk reads the drafts and its index catches up."""
    file(desk, drafts, now)
    bring_up(desk)


def bring_up(desk: Desk) -> None:
    """The index catches up with the archive."""
    asyncio.run(catch_up(desk, progress=say_nothing))


def ask(
    desk: Desk,
    question: str,
    *,
    now: datetime = NOW,
    zone: ZoneInfo = ZONE,
    conversation: Conversation | None = None,
) -> Answer:
    """The desk's answer."""
    return asyncio.run(answer_question(desk, question, now=now, zone=zone, conversation=conversation))


def search(desk: Desk, query: str, *, limit: int = 10, now: datetime = NOW) -> list[FoundPassage]:
    """The passages the desk finds."""
    return asyncio.run(search_passages(desk, query, limit=limit, now=now, zone=ZONE))


def brief(desk: Desk, topic: str | None = None, *, since: datetime | None = None, now: datetime = NOW) -> Brief:
    """The desk's brief."""
    return asyncio.run(write_brief(desk, topic, since=since, now=now, zone=ZONE))


def said(told: Answer | Brief) -> str:
    """All that the points say."""
    return "\n".join(point.text for point in told.points)


def cited(told: Answer | Brief, numbers: Iterable[int]) -> list[Citation]:
    """The citations with these numbers."""
    wanted = set(numbers)
    return [citation for citation in told.citations if citation.number in wanted]


def publishers(told: Answer | Brief) -> set[str]:
    """The publishers that are cited."""
    return {citation.source for citation in told.citations}


def unproved(desk: Desk, citations: Iterable[Citation]) -> list[Citation]:
    """The citations whose quote does not stand word for word in the stored version they name."""
    missing = []
    for citation in citations:
        stored = desk.archive.read_now(find_version, desk.space, citation.article_id, citation.version)
        if stored is None or citation.quote not in stored.text:
            missing.append(citation)
    return missing


def say_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Progress is not shown."""
