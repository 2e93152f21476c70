"""Alerts: what watches meet is told, once a story and again when it changes."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.matches import count_told, matches_held_over, met_before, met_by, save_matches, settle_matches
from bot.archive.mutes import muted_stories
from bot.archive.stories import developments_of, last_developments, lineage_of
from bot.archive.watches import find_watches, newest_watch, watches_after
from bot.desk.desk import Desk
from bot.desk.learn import Tastes
from bot.desk.place import Placed
from bot.desk.telling import Posters, Telling
from bot.errors import RequestError
from bot.index.watch_book import WatchBook
from bot.news.article import Article, ArticleId
from bot.news.briefing import Citation
from bot.news.delivery import Owed
from bot.news.development import Development
from bot.news.digest import Reason
from bot.news.match import Fate, Match, hour_start
from bot.news.place import Place
from bot.news.severity import why_severe
from bot.news.standing import Standing
from bot.news.story import StoryId, independent_publishers
from bot.news.subject import Subject
from bot.news.topic import Met, read_topic
from bot.news.watch import WatchId
from bot.writer.alert import write_alert
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
        self._met: dict[tuple[ArticleId, int], list[tuple[WatchId, Met]]] = {}
        self._written: dict[_Draft, _Written] = {}

    def prepare(self, placed: Sequence[Placed], now: datetime) -> None:
        """Find out which watches the news meets, and write what will be told of it, as things stand now."""
        self._met, self._written = {}, {}
        self._desk.archive.read_now(self._rehearse, placed, now)

    def raise_alerts(self, db: Db, placed: Sequence[Placed], now: datetime) -> None:
        """Owe what the watches are to be told of it now, and keep what is held until later."""
        self._play(db, placed, now).keep()

    def _rehearse(self, db: Db, placed: Sequence[Placed], now: datetime) -> None:
        self._play(db, placed, now)

    def _play(self, db: Db, placed: Sequence[Placed], now: datetime) -> "_Round":
        """The round of what was placed. What was found out in the rehearsal is not found out again."""
        if self._catch_up(db):  # somebody has begun to watch something since, or said what is helpful
            self._met = {}
        met = {}
        for one in placed:
            if one.fresh and not is_old(one.article, now):
                key = one.article.id, one.article.version
                if key not in self._met:
                    self._met[key] = self._book.match(subject_of(one))
                met[one.article.id] = self._met[key]
        in_round = _Round(db, Telling(self._desk.space, self.posters), self._written, now)
        if len(self._book):
            in_round.consider(placed, met)
        return in_round

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


class _Draft(NamedTuple):
    """All that an alert is written from."""

    watch: WatchId
    place: Place
    zone: ZoneInfo
    story: StoryId
    development: int
    article: ArticleId
    version: int
    reason: Reason
    change: Development | None
    publishers: tuple[str, ...]
    ping: str | None


_Written: TypeAlias = tuple[tuple[str, ...], tuple[Citation, ...]]
"""An alert as the platform takes it, and what it cites."""


class _Round:
    """One batch of what was placed, and the watches that it may concern, as they stand in the archive now."""

    def __init__(self, db: Db, telling: Telling, written: dict[_Draft, _Written], now: datetime) -> None:
        self._db, self._space, self._now = db, telling.space, now
        self._telling, self._written = telling, written
        self._standings: dict[WatchId, Standing] = {}
        self._met_by: set[tuple[WatchId, ArticleId]] = set()
        self._muted: set[tuple[str, str, StoryId]] = set()
        self._matches: list[Match] = []
        self._keys: dict[tuple[WatchId, StoryId], str] = {}
        self._released: dict[tuple[WatchId, StoryId, int], tuple[Match, Fate]] = {}
        self._severe: dict[ArticleId, bool] = {}
        self._told_by: dict[ArticleId, tuple[str, ...]] = {}

    def consider(self, placed: Sequence[Placed], met: Mapping[ArticleId, Sequence[tuple[WatchId, Met]]]) -> None:
        """Decide what becomes of what the watches met, and write what is told; nothing is kept."""
        db, space = self._db, self._space
        stories = {one.story for one in placed}
        held = matches_held_over(db, space, stories)
        self._muted = muted_stories(db, space, stories)
        self._standings = self._read_standings({id for some in met.values() for id, _ in some}, held, stories)
        # A new text may bring an article into another story: whoever heard of it is not told of that one as well.
        self._met_by = met_by(db, space, [one.article.id for one in placed if one.article.version > 1])
        last = _last_before(placed, last_developments(db, space, stories))
        for one in placed:
            for id, why in met.get(one.article.id, ()):
                if standing := self._standings.get(id):
                    self._meet(standing, one, why, last[one.story])
            for match in held:
                if match.story == one.story:
                    self._release(match, one)
            if one.development is not None:
                last[one.story] = one.development.number

    def keep(self) -> None:
        """Keep all of it, in the transaction."""
        save_matches(self._db, self._space, self._matches)
        settle_matches(self._db, self._space, list(self._released.values()))
        self._telling.keep(self._db, self._now)

    def _read_standings(
        self, watches: set[WatchId], held: Sequence[Match], stories: set[StoryId]
    ) -> dict[WatchId, Standing]:
        db, space = self._db, self._space
        found = find_watches(db, space, watches | {match.watch for match in held})
        hours: defaultdict[datetime, list[WatchId]] = defaultdict(list)
        for watch in found.values():
            hours[hour_start(watch.zone, self._now)].append(watch.id)
        told = count_told(db, space, hours)
        standings = {
            id: Standing(watch=watch, told={hour_start(watch.zone, self._now): told.get(id, 0)})
            for id, watch in found.items()
        }
        lineage = lineage_of(db, space, stories)
        merged = {gone: (story, come) for story, all_gone in lineage.items() for gone, come in all_gone.items()}
        for (watch_id, story), met in met_before(db, space, stories | merged.keys()).items():
            if watch_id in standings:
                lives_on, come = merged.get(story, (story, None))
                known = standings[watch_id].met.setdefault(lives_on, {})
                known |= met if come is None else {come: "told" if {"told", "named"} & {*met.values()} else "muted"}
        return standings

    def _meet(self, standing: Standing, one: Placed, why: Met, last: int) -> None:
        if (standing.watch.id, one.article.id) in self._met_by:
            standing.met.setdefault(one.story, {last: "told"})
        number = standing.hears(one.story, one.development, last)
        if number is None:
            return
        is_update = standing.has_told(one.story)
        fate = self._fate(standing, one, number)
        match = Match(
            watch=standing.watch.id,
            story=one.story,
            development=number,
            article=one.article.id,
            score=why.judged.meaning if why.judged else 1.0,
            reason=reason_of(why),
            found=self._now,
            fate=fate,
        )
        self._matches.append(match)
        if fate.state == "told":
            self._tell(match, one, one.article, one.development if is_update else None)

    def _release(self, match: Match, one: Placed) -> None:
        """Tell in the quiet hours what was held over them, once its story has become severe."""
        standing, id = self._standings.get(match.watch), (match.watch, match.story, match.development)
        if standing is None or id in self._released:
            return
        if key := self._keys.get((match.watch, match.story)):
            self._released[id] = match, Fate(state="told", key=key)  # the channel has just heard of the story
        elif standing.watch.quiet_lets == "severe" and self._is_severe(one):
            is_update = standing.has_told(match.story)
            fate = self._fate(standing, one, match.development)
            self._released[id] = match, fate
            if fate.state == "told":
                told = next((article for article in one.told if article.id == match.article), one.article)
                known = developments_of(self._db, self._space, [match.story]).get(match.story, ())
                change = next((change for change in known if change.number == match.development), None)
                self._tell(replace(match, fate=fate), one, told, change if is_update else None)

    def _fate(self, standing: Standing, one: Placed, development: int) -> Fate:
        place = standing.watch.place
        fate = standing.meet(
            one.story,
            development,
            self._now,
            is_severe=standing.watch.quiet_lets == "severe" and self._is_severe(one),
            is_muted=(place.platform, place.channel, one.story) in self._muted,
        )
        if fate.state != "told":
            return fate
        if not self._telling.can_reach(place):  # until somebody posts there again
            return Fate(state="for the batch", until=self._now)
        return Fate(state="told", key=f"alert:{standing.watch.id}:{one.story}:{development}")

    def _tell(self, match: Match, one: Placed, article: Article, change: Development | None) -> None:
        watch, key = self._standings[match.watch].watch, match.fate.key
        assert key is not None, "it is told"
        draft = _Draft(
            watch=watch.id,
            place=watch.place,
            zone=watch.zone,
            story=match.story,
            development=match.development,
            article=article.id,
            version=article.version,
            reason=match.reason,
            change=change,
            publishers=self._publishers(one),
            ping=watch.ping,
        )
        if draft not in self._written:
            alert = replace(write_alert(match, article, change, draft.publishers), ping=watch.ping)
            self._written[draft] = self._telling.render(alert, watch.place, watch.zone), alert.citations
        payloads, citations = self._written[draft]
        self._telling.owe(Owed(place=watch.place, cause="alert", key=key, payloads=payloads, due=self._now), citations)
        self._keys[match.watch, match.story] = key

    def _publishers(self, one: Placed) -> tuple[str, ...]:
        """Who tells the story, once for all watches that hear of it."""
        if one.article.id not in self._told_by:
            self._told_by[one.article.id] = independent_publishers(one.told)
        return self._told_by[one.article.id]

    def _is_severe(self, one: Placed) -> bool:
        if one.article.id not in self._severe:
            self._severe[one.article.id] = why_severe(one.told, self._now) is not None
        return self._severe[one.article.id]


def is_old(article: Article, now: datetime) -> bool:
    """Whether the article is dated so long before that it is no news."""
    return now - article.dated > timedelta(days=defaults.ALERT_OLD_DAYS)


def subject_of(one: Placed) -> Subject:
    """The article in the form in which watches are matched with it."""
    return Subject(one.article)


def reason_of(why: Met) -> Reason:
    """Why a watch met an article, as it is kept and told."""
    start, end = why.sentence
    return Reason(
        topic=why.topic.text,
        words=why.words,
        meaning=why.judged.meaning if why.judged else None,
        needed=why.judged.needed if why.judged else None,
        sentence=why.subject.text[start:end],
    )


def _last_before(placed: Sequence[Placed], last: Mapping[StoryId, int]) -> dict[StoryId, int]:
    """How far each story had come before any of it was placed, given how far they have come now."""
    before = {one.story: last.get(one.story, 0) for one in placed}
    for one in reversed(placed):
        if one.development is not None:
            before[one.story] = max(one.development.number - 1, 0)
    return before
