"""Matching: which of the stored articles meet topics, whether somebody watches these or not."""

from collections.abc import Sequence

from bot.archive.articles import articles_after, names_of
from bot.desk.desk import Desk
from bot.desk.take_in import ShowProgress
from bot.index.watch_book import WatchBook
from bot.news.article import ArticleId
from bot.news.subject import Subject
from bot.news.topic import Topic
from config import defaults


async def match_topics(desk: Desk, topics: Sequence[Topic], progress: ShowProgress) -> list[tuple[str, ...]]:
    """For each topic the names of the articles that meet it: all names of each, in the order in which they came."""
    book = WatchBook[int]()
    for number, topic in enumerate(topics):
        book.add(number, topic)
    found: list[list[str]] = [[] for _ in topics]
    done, last = 0, ArticleId(0)
    while articles := await desk.archive.read(articles_after, desk.space, last, defaults.MATCHED_AT_ONCE):
        met = [(article.id, number) for article in articles for number, _ in book.match(Subject(article))]
        names = await desk.archive.read(names_of, desk.space, {id for id, _ in met})
        for id, number in met:
            found[number] += names[id]
        done, last = done + len(articles), articles[-1].id
        progress("matching articles", done)
    return [tuple(names) for names in found]
