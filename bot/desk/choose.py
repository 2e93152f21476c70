"""Choosing what a digest tells: what is new since the last delivered one, and of it what should be told first."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.archive.archive import Db
from bot.archive.arrivals import arrived_by, stale_among
from bot.archive.articles import find_version
from bot.archive.counts import placed_mark
from bot.archive.mutes import muted_stories
from bot.archive.occurrences import covered
from bot.archive.stories import (
    developments_of,
    find_stories,
    last_developments,
    lineage_of,
    stories_changed_after,
    stories_seen_after,
)
from bot.archive.told import Lines, followed_by, heard_in
from bot.news.article import Article
from bot.news.choice import Choice, ChosenStory
from bot.news.development import Development, DevelopmentKind
from bot.news.glance import may_meet
from bot.news.ranking import Candidate, Ranked, rank_stories
from bot.news.story import KeptStory, StoryId, independent_publishers
from bot.news.subject import Subject
from bot.news.subscription import Subscription
from bot.news.topic import Topic, read_topic
from bot.news.trend import Trend
from config import defaults

Leaning: TypeAlias = Callable[[Db, Subscription, Sequence[KeptStory]], Mapping[StoryId, float]]
"""What the readers of a digest made of the like of each story, -1 to 1; stories of which nothing is known are left out.
"""

Trending: TypeAlias = Callable[[Db, Subscription, datetime], Trend | None]
"""How many stories a day there were of late on what a digest is about; None where there is nothing to see."""

_WEIGHTIEST: tuple[DevelopmentKind, ...] = ("correction", "outcome", "status", "figure", "statement")
_DIGITS = re.compile(r"[\d.,]+")


def lean_nowhere(db: Db, subscription: Subscription, stories: Sequence[KeptStory]) -> Mapping[StoryId, float]:
    """Nobody has said anything yet."""
    return {}


def no_trend(db: Db, subscription: Subscription, now: datetime) -> None:
    """Nobody has counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chooser:
    """Chooses for one subscription at one moment.

    `late_since` is when the digest was first due, where it comes late. What digests of the keys in `instead_of` told
    counts as never told: they are to be dropped.
    """

    subscription: Subscription
    now: datetime
    late_since: datetime | None = None
    instead_of: Collection[str] = ()
    leaning: Leaning = lean_nowhere
    trending: Trending = no_trend

    def choose(self, db: Db) -> Choice:
        """What the digest is to tell, all of it as of one moment."""
        space, length = self.subscription.space, self.subscription.length
        start, since = covered(db, self.subscription)
        change, touched = placed_mark(db, space), self._touched(db, start, since)
        lines = lineage_of(db, space, touched)
        touched = self._unmuted(db, touched, lines)
        heard = heard_in(db, self.subscription.place, touched, lines, self.instead_of)
        come_to = last_developments(db, space, touched)
        moved = [story for story in touched if story not in heard or come_to.get(story, 0) > heard[story]]
        stories = self._fresh(db, self._from_its_sources(db, find_stories(db, space, moved)), start)
        candidates = self._candidates(db, list(self._on_topic(stories)), heard, come_to)
        ranked, more = rank_stories(candidates, self.now, defaults.DIGEST_STORIES[length])
        return Choice(
            topic=self.subscription.topic,
            length=length,
            start=start,
            end=self.now,
            late_since=self.late_since,
            stories=tuple(self._chosen(db, one, start) for one in ranked),
            ended=self._ended(db, start),
            more=more,
            trend=self.trending(db, self.subscription, self.now) if ranked else None,
            change=change,
        )

    def _touched(self, db: Db, start: datetime, since: int | None) -> list[StoryId]:
        """The stories to which something came since the last delivered digest; before the first one, since `start`."""
        space, limit = self.subscription.space, defaults.DIGEST_LOOKED_AT
        if since is None:
            return list(stories_seen_after(db, space, start, limit=limit))
        return stories_changed_after(db, space, since, limit=limit)

    def _unmuted(self, db: Db, stories: Sequence[StoryId], lines: Lines) -> list[StoryId]:
        """Those that the channel did not mute, also under another number before they were merged."""
        place = self.subscription.place
        numbers = {number for story in stories for number in (story, *lines.get(story, ()))}
        mutes = muted_stories(db, place.space, numbers)
        muted = {story for platform, channel, story in mutes if (platform, channel) == (place.platform, place.channel)}
        return [story for story in stories if muted.isdisjoint((story, *lines.get(story, ())))]

    def _from_its_sources(self, db: Db, stories: Mapping[StoryId, KeptStory]) -> list[KeptStory]:
        """The stories as far as they came by the sources that the digest is made from."""
        if not self.subscription.sources:
            return list(stories.values())
        ids = [article.id for story in stories.values() for article in story.articles]
        came = arrived_by(db, self.subscription.space, ids, self.subscription.sources)
        cut = (replace(one, articles=tuple(a for a in one.articles if a.id in came)) for one in stories.values())
        return [story for story in cut if story.articles]

    def _fresh(self, db: Db, stories: Sequence[KeptStory], start: datetime) -> list[KeptStory]:
        """Those that are no old news: what a source's first reading listed must be of late to be told."""
        limit = start - timedelta(hours=defaults.DIGEST_OLD_HOURS)
        old = [story for story in stories if story.articles[0].dated < limit]
        stale = stale_among(db, self.subscription.space, [one.id for story in old for one in story.articles])
        return [story for story in stories if not stale or not stale.issuperset(one.id for one in story.articles)]

    def _on_topic(self, stories: Sequence[KeptStory]) -> Iterator[tuple[KeptStory, float | None]]:
        """Those that are on the topic, with how well they fit it."""
        if self.subscription.topic is None:
            yield from ((story, None) for story in stories)
            return
        topic = read_topic(self.subscription.topic)
        for story in stories:
            how_well = fit(topic, story.articles)
            if how_well:
                yield story, how_well

    def _candidates(
        self,
        db: Db,
        stories: Sequence[tuple[KeptStory, float | None]],
        heard: Mapping[StoryId, int],
        come_to: Mapping[StoryId, int],
    ) -> Iterator[Candidate]:
        known = [story.id for story, _ in stories if story.id in heard]
        developments = developments_of(db, self.subscription.space, known)
        leanings = self.leaning(db, self.subscription, [story for story, _ in stories])
        for story, fit in stories:
            told = heard.get(story.id)
            change = None if told is None else _weightiest(developments.get(story.id, ()), told, story)
            if told is None or change is not None:
                yield Candidate(
                    story=story,
                    told=told,
                    development=come_to.get(story.id, 0),
                    change=change,
                    publishers=independent_publishers(story.articles) or (story.articles[0].teller,),
                    fit=fit,
                    leaning=leanings.get(story.id, 0.0),
                )

    def _chosen(self, db: Db, ranked: Ranked, start: datetime) -> ChosenStory:
        """The story with the articles from which it is told: an update from what came since."""
        articles, change = ranked.candidate.story.articles, ranked.candidate.change
        if change is None:
            return ChosenStory(ranked=ranked, articles=articles, said_in=None)
        article = next(one for one in articles if one.id == change.article)
        said_in = self._version_saying(db, article, change.said)
        fresh = tuple(one for one in articles if one.seen > start or one.id == change.article)
        return ChosenStory(ranked=ranked, articles=fresh, said_in=said_in)

    def _version_saying(self, db: Db, article: Article, said: str) -> Article | None:
        """The article as it said so: it may have been changed since."""
        older = (
            find_version(db, self.subscription.space, article.id, version)
            for version in range(article.version - 1, 0, -1)
        )
        return next((one for one in (article, *older) if one and said in one.text), None)

    def _ended(self, db: Db, start: datetime) -> tuple[str, ...]:
        """The headlines of stories that the reader has followed and that no news has come of, for so long by now."""
        open_for = timedelta(hours=defaults.STORY_OPEN_HOURS)
        space, limit = self.subscription.space, defaults.DIGEST_LOOKED_AT
        quiet = stories_seen_after(db, space, start - open_for, self.now - open_for, limit=limit)
        followed = followed_by(db, self.subscription, quiet)
        followed = set(self._unmuted(db, list(followed), lineage_of(db, space, followed)))
        return tuple(headline for story, headline in quiet.items() if story in followed)[: defaults.DIGEST_ENDED]


def fit(topic: Topic, articles: Sequence[Article]) -> float:
    """How well the story fits the topic: entirely where the top of its newest article does, less where an older's."""
    newest = [article for article in articles if article.copy_of is None][: defaults.DIGEST_FIT_ARTICLES]
    for position, article in enumerate(newest, start=1):
        top = replace(article, text=article.text[: defaults.DIGEST_FIT_CHARACTERS])
        if may_meet(topic, top) and topic.meets(Subject(top)):
            return 1 / position
    return 0.0


def _weightiest(developments: Sequence[Development], told: int, story: KeptStory) -> Development | None:
    """What changed most since the channel was told; None where nothing did in the articles at hand.

    What was said before is what the channel was told: of a toll that rose twice, the first one.
    """
    here = {article.id for article in story.articles}
    since = [one for one in developments if one.number > told and one.article in here and one.kind in _WEIGHTIEST]
    if not since:
        return None
    most = min(since, key=lambda one: (_WEIGHTIEST.index(one.kind), -one.number))
    if most.was is None:
        return most
    unit = _DIGITS.sub("", most.was)
    alike = (one.was for one in since if one.kind == most.kind and one.was and _DIGITS.sub("", one.was) == unit)
    return replace(most, was=next(alike))
