"""A round of alerts: what becomes of it that watches met some news."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from bot.archive.archive import Db
from bot.archive.matches import count_told, matches_held_over, met_before, met_by, save_matches, settle_matches
from bot.archive.mutes import muted_stories
from bot.archive.stories import developments_of, last_developments, lineage_of
from bot.archive.watches import find_watches
from bot.desk.place import Placed
from bot.desk.telling import Telling
from bot.news.article import Article, ArticleId, Space
from bot.news.briefing import Citation
from bot.news.delivery import Owed
from bot.news.development import Development
from bot.news.digest import Reason
from bot.news.match import Fate, Match, MatchState, hour_start
from bot.news.place import Place
from bot.news.severity import why_severe
from bot.news.standing import Standing
from bot.news.story import StoryId, independent_publishers
from bot.news.topic import Met
from bot.news.watch import Watch, WatchId
from bot.writer.alert import write_alert

HasMet: TypeAlias = dict[tuple[ArticleId, int], Sequence[tuple[WatchId, Met]]]
"""Which watches met which version of an article, each with why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What the archive says of the watches that some news may concern; from the same the same is decided.

    `told` is how much each has told this hour, `met` what became of the stories that it met before, by those merged
    into one of these too (`lineage`), and `met_by` the articles by which it did. `held` is what was held in quiet
    hours, `changes` what changed in the stories of that, and `last` how far each story had come before the news.
    """

    watches: Mapping[WatchId, Watch]
    told: Mapping[WatchId, int]
    met: Mapping[tuple[WatchId, StoryId], Mapping[int, MatchState]]
    lineage: Mapping[StoryId, Mapping[StoryId, int]]
    met_by: Set[tuple[WatchId, ArticleId]]
    held: Sequence[Match]
    changes: Mapping[StoryId, Sequence[Development]]
    muted: Set[tuple[str, str, StoryId]]
    last: Mapping[StoryId, int]


def read_known(db: Db, space: Space, placed: Sequence[Placed], met: HasMet, now: datetime) -> Known:
    """What is known of the watches that the news meets, and of those that hold something of its stories."""
    stories = {one.story for one in placed}
    held = matches_held_over(db, space, stories)
    watches = find_watches(db, space, {id for some in met.values() for id, _ in some} | {one.watch for one in held})
    hours: defaultdict[datetime, list[WatchId]] = defaultdict(list)
    for watch in watches.values():
        hours[hour_start(watch.zone, now)].append(watch.id)
    lineage = lineage_of(db, space, stories)
    return Known(
        watches=watches,
        told=count_told(db, space, hours),
        met=met_before(db, space, stories.union(*lineage.values())),
        lineage=lineage,
        # A new text may bring an article into another story: whoever heard of it is not told of that one as well.
        met_by=met_by(db, space, [one.article.id for one in placed if one.article.version > 1]),
        held=held,
        changes=developments_of(db, space, {one.story for one in held}),
        muted=muted_stories(db, space, stories),
        last=_last_before(placed, last_developments(db, space, stories)),
    )


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


Written: TypeAlias = dict[_Draft, tuple[tuple[str, ...], tuple[Citation, ...]]]
"""Alerts as their platforms take them, and what they cite."""


class Round:
    """One batch of what was placed, and what becomes of it, as things stand in the archive."""

    def __init__(
        self, placed: Sequence[Placed], known: Known, telling: Telling, written: Written, now: datetime
    ) -> None:
        self._placed, self._known, self._now = placed, known, now
        self._telling, self._written = telling, written
        self._standings = _standings(known, now)
        self._matches: list[Match] = []
        self._keys: dict[tuple[WatchId, StoryId], str] = {}
        self._released: dict[tuple[WatchId, StoryId, int], tuple[Match, Fate]] = {}
        self._severe: dict[ArticleId, bool] = {}
        self._told_by: dict[ArticleId, tuple[str, ...]] = {}

    def is_of(self, placed: Sequence[Placed], known: Known, now: datetime) -> bool:
        """Whether it is what would be decided of this."""
        return placed is self._placed and now == self._now and known == self._known

    def consider(self, met: HasMet) -> None:
        """Decide what becomes of what the watches met, and write what is told; nothing is kept."""
        last = dict(self._known.last)
        for one in self._placed:
            for id, why in met.get((one.article.id, one.article.version), ()):
                if standing := self._standings.get(id):
                    self._meet(standing, one, why, last[one.story])
            for match in self._known.held:
                if match.story == one.story:
                    self._release(match, one)
            if one.development is not None:
                last[one.story] = one.development.number

    def keep(self, db: Db) -> None:
        """Keep all of it, in the transaction."""
        save_matches(db, self._telling.space, self._matches)
        settle_matches(db, self._telling.space, list(self._released.values()))
        self._telling.keep(db, self._now)

    def _meet(self, standing: Standing, one: Placed, why: Met, last: int) -> None:
        if (standing.watch.id, one.article.id) in self._known.met_by:
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
            reason=why.reason,
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
                known = self._known.changes.get(match.story, ())
                change = next((change for change in known if change.number == match.development), None)
                self._tell(replace(match, fate=fate), one, told, change if is_update else None)

    def _fate(self, standing: Standing, one: Placed, development: int) -> Fate:
        place = standing.watch.place
        fate = standing.meet(
            one.story,
            development,
            self._now,
            is_severe=standing.watch.quiet_lets == "severe" and self._is_severe(one),
            is_muted=(place.platform, place.channel, one.story) in self._known.muted,
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


def _standings(known: Known, now: datetime) -> dict[WatchId, Standing]:
    """Where each of the watches stands. Who met a story that was merged has met the one in which it lives on."""
    standings = {
        id: Standing(watch=watch, told={hour_start(watch.zone, now): known.told.get(id, 0)})
        for id, watch in known.watches.items()
    }
    for (id, story), met in known.met.items():
        if id in standings:
            standings[id].met[story] = dict(met)
    for standing in standings.values():
        for story, all_gone in known.lineage.items():
            for gone, come_to in all_gone.items():
                standing.merge(gone, story, come_to)
    return standings


def _last_before(placed: Sequence[Placed], last: Mapping[StoryId, int]) -> dict[StoryId, int]:
    """How far each story had come before any of it was placed, given how far they have come now."""
    before = {one.story: last.get(one.story, 0) for one in placed}
    for one in reversed(placed):
        if one.development is not None:
            before[one.story] = max(one.development.number - 1, 0)
    return before
