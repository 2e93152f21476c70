"""Back-tests: the last days are replayed to a watch before it is made, by the rules by which it will be told."""

from collections import defaultdict, deque
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.archive.archive import Db
from bot.archive.replay import MergedThen, PlacedThen, replay
from bot.desk.alert import is_old
from bot.desk.desk import Desk
from bot.news.article import Article, Space
from bot.news.backtest import Backtest
from bot.news.digest import Alert
from bot.news.glance import may_meet
from bot.news.match import Fate, Match
from bot.news.severity import why_severe
from bot.news.standing import Standing
from bot.news.story import StoryId, independent_publishers
from bot.news.subject import Subject
from bot.news.topic import Met, read_topic
from bot.news.watch import NewWatch, Watch, WatchId
from bot.writer.alert import write_alert
from config import defaults


async def backtest(desk: Desk, wanted: NewWatch, now: datetime) -> Backtest:
    """What the watch would have sent in the last days, had it been made before them."""
    return await desk.archive.read(_backtest, desk.space, wanted, now)


def _backtest(db: Db, space: Space, wanted: NewWatch, now: datetime) -> Backtest:
    since = now - timedelta(days=defaults.BACKTEST_DAYS)
    trial = _Trial(wanted, since)
    for one in replay(db, space, since, defaults.BACKTEST_ARTICLES):
        if isinstance(one, PlacedThen):
            trial.place(one)
        else:
            trial.merge(one)
    trial.release(now)
    return Backtest(
        topic=wanted.topic,
        since=since,
        messages=trial.messages,
        stories=len(trial.told),
        examples=tuple(write() for write in reversed(trial.examples)),
        unannounced=len(trial.silent - trial.told),
    )


class _Trial:
    """The days as the watch would have lived through them."""

    def __init__(self, wanted: NewWatch, since: datetime) -> None:
        self.messages = 0
        self.told: set[StoryId] = set()
        self.silent: set[StoryId] = set()
        self.examples: deque[partial[Alert]] = deque(maxlen=defaults.BACKTEST_EXAMPLES)
        self._standing = Standing(watch=_as_made(wanted, since))
        self._topic = read_topic(wanted.topic)
        self._articles: defaultdict[StoryId, list[Article]] = defaultdict(list)
        self._last: dict[StoryId, int] = {}
        self._held: dict[tuple[StoryId, int], Fate] = {}

    def place(self, one: PlacedThen) -> None:
        """The article comes."""
        self.release(one.at)
        self._articles[one.story].append(replace(one.article, text=""))
        if may_meet(self._topic, one.article) and (why := self._topic.meets(Subject(one.article))):
            if one.fresh and not is_old(one.article, one.at):
                self._meet(one, why)
            else:
                self.silent.add(one.story)
        for story, development in list(self._held):
            if story == one.story and self._held[story, development].state == "quiet hours" and self._is_severe(one):
                fate = self._standing.meet(story, development, one.at, is_severe=True)
                self._settle(story, development, fate)
        if one.development is not None:
            self._last[one.story] = one.development.number

    def merge(self, one: MergedThen) -> None:
        """A story goes on as another."""
        self._articles[one.into] += self._articles.pop(one.gone, [])
        self._standing.merge(one.gone, one.into, one.come_to)

    def release(self, now: datetime) -> None:
        """What was held until then is told, what is due together in one message."""
        due = {id: fate.until for id, fate in self._held.items() if fate.until is not None and fate.until <= now}
        self.messages += len(set(due.values()))
        for story, development in due:
            del self._held[story, development]
            self._standing.met[story][development] = "told"
            self.told.add(story)

    def _meet(self, one: PlacedThen, why: Met) -> None:
        standing, story = self._standing, one.story
        development = standing.hears(story, one.development, self._last.get(story, 0))
        if development is None:
            return
        change = one.development if standing.has_told(story) else None
        fate = standing.meet(story, development, one.at, is_severe=self._is_severe(one))
        match = Match(
            watch=standing.watch.id,
            story=story,
            development=development,
            article=one.article.id,
            score=1.0,
            reason=why.reason,
            found=one.at,
            fate=fate,
        )
        publishers = independent_publishers(self._articles[story])
        self.examples.append(partial(write_alert, match, one.article, change, publishers))
        self._settle(story, development, fate)

    def _settle(self, story: StoryId, development: int, fate: Fate) -> None:
        if fate.state != "told":
            self._held[story, development] = fate
            return
        self.messages += 1
        self.told.add(story)
        for held in [id for id, kept in self._held.items() if id[0] == story and kept.state == "quiet hours"]:
            del self._held[held]  # the channel has just heard of the story
            self._standing.met[story][held[1]] = "told"

    def _is_severe(self, one: PlacedThen) -> bool:
        lets = self._standing.watch.quiet_lets == "severe"
        return lets and why_severe(self._articles[one.story], one.at) is not None


def _as_made(wanted: NewWatch, since: datetime) -> Watch:
    """The watch, had it been made then."""
    return Watch(
        id=WatchId(0),
        place=wanted.place,
        topic=wanted.topic,
        topic_key=wanted.topic_key,
        zone=wanted.zone,
        cadence=wanted.cadence,
        quiet=wanted.quiet,
        quiet_lets=wanted.quiet_lets,
        an_hour=wanted.an_hour,
        ping=wanted.ping,
        made=since,
        made_by=wanted.by,
        muted_until=None,
    )
