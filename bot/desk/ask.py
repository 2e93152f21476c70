"""Answering a question from the archive."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.articles import articles_between, count_searched, list_publishers
from bot.desk.conversation import Conversation, resolve
from bot.desk.desk import Desk
from bot.desk.find import find_evidence
from bot.desk.late import articles_of_late
from bot.news.article import Article
from bot.news.briefing import Answer, Searched
from bot.news.findings import Findings
from bot.news.question import Question, Wanted, read_question
from bot.news.story import group_stories
from bot.writer.brief import write_news
from bot.writer.check import keep_supported
from bot.writer.grounds import weigh_grounds
from bot.writer.quote import refuse, write_answer
from bot.writer.sentences import rank_sentences
from config import defaults


async def answer_question(
    desk: Desk, text: str, *, now: datetime, zone: ZoneInfo, conversation: Conversation | None = None
) -> Answer:
    """The answer, every sentence with its proof, or what was searched when the articles hold none.

    Times in the question are read relative to now in the zone. With a conversation, a follow-up is read in its light.
    RequestError when there is no question in the text or it is too long.
    """
    return await desk.archive.read(_answer, desk, text, now, zone, conversation)


def _answer(db: Db, desk: Desk, text: str, now: datetime, zone: ZoneInfo, conversation: Conversation | None) -> Answer:
    asked = " ".join(text.split())
    publishers = list_publishers(db, desk.space)
    read_as = resolve(asked, conversation, publishers=publishers, now=now, zone=zone) if conversation else asked
    question = read_question(read_as, now=now, zone=zone, publishers=publishers)
    searched = count_searched(db, desk.space)
    news = _news_asked_for(db, desk, question) if question.is_open else []
    if news:
        answer, articles = write_news(question, group_stories(news), searched), news
    else:
        found = find_evidence(db, desk, question)
        answer, articles = _write(found, searched), [one.article for one in found.evidence]
    texts = {(article.id, article.version): article.text for article in articles}
    return replace(keep_supported(answer, texts), question=asked, read_as=read_as if read_as != asked else None)


def _news_asked_for(db: Db, desk: Desk, question: Question) -> list[Article]:
    """The articles of the time and the publishers that a question names which asks for nothing else."""
    if question.windows:
        start, end = question.windows[0].start, question.windows[0].end
        told = articles_between(db, desk.space, start, min(end or question.now, question.now), defaults.BRIEF_ARTICLES)
    elif question.publishers or question.about_now or question.wanted is Wanted.BACKGROUND:
        told = articles_of_late(db, desk, None, question.now)
    else:
        return []
    return [article for article in told if not question.publishers or article.publisher in question.publishers]


def _write(found: Findings, searched: Searched) -> Answer:
    """An answer where there are grounds for one, in the words of the publishers asked about; else a refusal."""
    told = found.told_by_those_named()
    quotes = rank_sentences(told)
    if quotes and weigh_grounds(told, quotes).enough:
        return write_answer(told, quotes, searched)
    return refuse(found, rank_sentences(found), searched)
