"""Alerts: what watches meet is told, once a story and again when it changes."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.archive.archive import Db
from bot.archive.watches import newest_watch, watches_after
from bot.desk.alert_round import HasMet, Round, Written, read_known
from bot.desk.desk import Desk
from bot.desk.learn import Tastes
from bot.desk.place import Placed
from bot.desk.telling import Posters, Telling
from bot.errors import RequestError
from bot.index.watch_book import WatchBook
from bot.news.article import Article
from bot.news.subject import Subject
from bot.news.topic import read_topic
from bot.news.watch import WatchId
from config import defaults

_log = logging.getLogger(__name__)


class Alerts:
    """Raises the alerts of a Space: in the transaction that places the news, by what was worked out before it.

    The watch book is made from the archive, and caught up with it whenever it is asked.
    """

    def __init__(self, desk: Desk, posters: Posters) -> None:
        self.posters = posters
        self._desk = desk
        self._book: WatchBook[WatchId] = WatchBook()
        self._tastes = Tastes(desk.space)
        self._mark = 0
        self._met: HasMet = {}
        self._written: Written = {}
        self._rehearsed: Round | None = None

    def prepare(self, placed: Sequence[Placed], now: datetime) -> None:
        """Find out which watches the news meets, and write what will be told of it, as things stand now."""
        self._met, self._written, self._rehearsed = {}, {}, None
        self._rehearsed = self._desk.archive.read_now(self._decide, placed, now)

    def raise_alerts(self, db: Db, placed: Sequence[Placed], now: datetime) -> None:
        """Owe what the watches are to be told of it now, and keep what is held until later."""
        if found := self._decide(db, placed, now):
            found.keep(db)

    def _decide(self, db: Db, placed: Sequence[Placed], now: datetime) -> Round | None:
        """The round of what was placed; the rehearsed one where nothing has changed that it was decided from.

        None where nobody watches anything.
        """
        if self._catch_up(db):  # somebody has begun to watch something since, or said what is helpful
            self._met, self._rehearsed = {}, None
        if not len(self._book):
            return None
        met = self._meet(placed, now)
        known = read_known(db, self._desk.space, placed, met, now)
        rehearsed = self._rehearsed
        if rehearsed is not None and rehearsed.is_of(placed, known, now):
            return rehearsed
        found = Round(placed, known, Telling(self._desk.space, self.posters), self._written, now)
        found.consider(met)
        return found

    def _meet(self, placed: Sequence[Placed], now: datetime) -> HasMet:
        """Which watches each article meets that is news; what was found out in the rehearsal is not found out again."""
        met: HasMet = {}
        for one in placed:
            if one.fresh and not is_old(one.article, now):
                key = one.article.id, one.article.version
                if key not in self._met:
                    self._met[key] = self._book.match(Subject(one.article))
                met[key] = self._met[key]
        return met

    def _catch_up(self, db: Db) -> bool:
        """Whether the book was behind the archive; it is not any more."""
        newest, tastes = newest_watch(db, self._desk.space), self._tastes.changed(db)
        if newest == self._mark and not tastes:
            return False
        for watch in watches_after(db, self._desk.space, self._mark) if newest != self._mark else ():
            try:
                self._book.add(watch.id, read_topic(watch.topic))
            except RequestError as fault:  # it could be watched when it was typed
                _log.warning("a watch cannot be read", extra={"watch": watch.id, "reason": str(fault)})
        for id, topic in tastes.items():
            self._book.add(id, topic)
        self._mark = newest
        return True


def is_old(article: Article, now: datetime) -> bool:
    """Whether the article is dated so long before that it is no news."""
    return now - article.dated > timedelta(days=defaults.ALERT_OLD_DAYS)
