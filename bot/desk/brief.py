"""Writing a brief: what happened, on a topic or in all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.articles import count_searched, list_publishers
from bot.archive.stories import story_of
from bot.desk.desk import Desk
from bot.desk.find import find_evidence
from bot.desk.late import articles_of_late
from bot.desk.trend import Trends
from bot.news.article import Article
from bot.news.briefing import Brief
from bot.news.question import read_question
from bot.news.story import Story, group_stories
from bot.news.text import stems
from bot.news.wording import coverage, wording_of
from bot.writer.brief import write_stories
from config import defaults


async def write_brief(desk: Desk, topic: str | None, *, since: datetime | None, now: datetime, zone: ZoneInfo) -> Brief:
    """The lines that matter and the stories, on the topic or in all.

    Without a topic it covers the days before the newest article; since sets another beginning. A brief without stories
    means that there is no news of it. RequestError for a topic without words.
    """
    return await desk.archive.read(_write, desk, topic, since, now, zone)


def _write(db: Db, desk: Desk, topic: str | None, since: datetime | None, now: datetime, zone: ZoneInfo) -> Brief:
    searched = count_searched(db, desk.space)
    if topic is None:
        stories = _numbered(db, desk, group_stories(articles_of_late(db, desk, since, now)))
        trend = Trends().of_topic(db, desk.space, None, now, zone)
        return replace(write_stories(None, stories, searched), trend=trend)
    on_topic = _on_topic(db, desk, topic, now, zone)
    articles = [article for article in on_topic if since is None or article.dated >= since]
    return write_stories(topic, _numbered(db, desk, group_stories(articles)), searched)


def _numbered(db: Db, desk: Desk, stories: Sequence[Story]) -> list[Story]:
    """The stories; those that a brief tells with the number of the kept story that their newest article is of."""
    told = [replace(one, id=story_of(db, desk.space, one.articles[0].id)) for one in stories[: defaults.BRIEF_STORIES]]
    return [*told, *stories[defaults.BRIEF_STORIES :]]


def _on_topic(db: Db, desk: Desk, topic: str, now: datetime, zone: ZoneInfo) -> list[Article]:
    """The articles that speak of most of the topic, the best first."""
    question = read_question(topic, now=now, zone=zone, publishers=list_publishers(db, desk.space))
    found = find_evidence(db, desk, question)
    wanted = {stem: found.rarity[stem] for stem in question.stems}
    articles = {}
    for one in found.evidence:
        held = wording_of(one.text, one.article.language).stems | frozenset(stems(one.article.title))
        # A topic whose words all weigh nothing is a name that the archive has in another form.
        if not any(wanted.values()) or coverage(wanted, held) >= defaults.TOPIC_COVERED:
            articles[one.article.id] = one.article
    return list(articles.values())
