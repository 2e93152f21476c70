"""Placing news: every article that was filed goes into the story of its event."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.archive.archive import Db
from bot.archive.arrivals import fresh_among
from bot.archive.articles import changes_after, find_version, newest_change
from bot.archive.counts import placed_mark
from bot.archive.placing import Batch, Merge, NewPlacement, NewStory, save_batch
from bot.archive.stories import (
    Placement,
    articles_of,
    find_placements,
    last_developments,
    last_story,
    load_open_stories,
)
from bot.desk.desk import Desk
from bot.desk.take_in import ShowProgress
from bot.index.story_book import Fit, StoryBook, pack_meaning
from bot.news.article import Article, ArticleId
from bot.news.development import Development, DevelopmentKind
from bot.news.gist import Gist, Member, make_gist, opening_of
from bot.news.story import StoryId
from config import defaults

Step = Literal["before placing", "mid placing", "after placing"]

FindDevelopment: TypeAlias = Callable[[Sequence[Article], Article], tuple[DevelopmentKind, str, str | None] | None]
"""What the article says that the ones before it, oldest first, did not: kind, sentence, and what was said before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """An article that went into a story, what it changed there, and whether it came as news.

    `told` are the articles of the story, oldest first, itself the last. `vector` is the meaning of its headline and
    opening, packed; None where there is no encoder for it.
    """

    article: Article
    story: StoryId
    told: tuple[Article, ...]
    is_new_story: bool
    development: Development | None
    fresh: bool
    vector: bytes | None


RaiseAlerts: TypeAlias = Callable[[Db, Sequence[Placed], datetime], None]
"""Whoever wants to know what was placed, within the transaction that places it."""

PrepareAlerts: TypeAlias = Callable[[Sequence[Placed], datetime], None]
"""What of that takes long and needs no transaction; called before it, on a thread."""


def _prepare_none(placed: Sequence[Placed], now: datetime) -> None:
    pass


def _raise_none(db: Db, placed: Sequence[Placed], now: datetime) -> None:
    pass


def _find_none(told: Sequence[Article], article: Article) -> None:
    return None


def _pass(_: Step) -> None:
    pass


def _show_nothing(doing: str, done: int, total: int | None = None) -> None:
    pass


class Placer:
    """Places the news of one Space, in the order of its changes. Only one may write to the Space at a time.

    A kill at any moment loses nothing and places nothing twice. `passed` hears of every step, where tests let a process
    end.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        prepare_alerts: PrepareAlerts = _prepare_none,
        raise_alerts: RaiseAlerts = _raise_none,
        find_development: FindDevelopment = _find_none,
        passed: Callable[[Step], None] = _pass,
    ) -> None:
        self.book = StoryBook()
        self._desk = desk
        self._prepare_alerts, self._raise_alerts = prepare_alerts, raise_alerts
        self._find_development = find_development
        self._passed = passed
        self._turn = asyncio.Lock()

    async def place(self, now: datetime, progress: ShowProgress = _show_nothing) -> int:
        """How many changed articles were placed; cheap where there are none."""
        archive, space, done = self._desk.archive, self._desk.space, 0
        async with self._turn:
            newest = await archive.read(newest_change, space)
            while True:
                mark = await archive.read(placed_mark, space)
                if mark >= newest and not done:
                    return 0
                if not self.book.is_loaded or self.book.mark != mark:
                    await archive.read(self._load, now)
                found = await archive.read(self._read, self.book.mark)
                if not found.articles:
                    return done
                done += await self._place(found, now)
                progress("placing articles into stories", self.book.mark, max(newest, self.book.mark))

    async def _place(self, found: "_Found", now: datetime) -> int:
        """How many were placed; the book and the archive change together, or neither does."""
        gists = await asyncio.to_thread(lambda: [self._gist(article) for article in found.articles])
        try:
            self._passed("before placing")
            chosen = await asyncio.to_thread(self._choose, found, gists, now)
            told = await self._desk.archive.read(self._read_told, chosen)
            placed = await asyncio.to_thread(self._develop, chosen, told, now)
            await asyncio.to_thread(self._prepare_alerts, placed, now)
            if not await self._desk.archive.write(self._save, chosen, placed, now):
                self.book.forget()
                return 0
            self._passed("after placing")
        except BaseException:
            self.book.forget()
            raise
        self.book.mark = found.to
        return len(found.articles)

    def _load(self, db: Db, now: datetime) -> None:
        since = now - timedelta(hours=defaults.STORY_OPEN_HOURS)
        members = load_open_stories(db, self._desk.space, since, defaults.STORY_MEMBERS_KEPT)
        mark = placed_mark(db, self._desk.space)
        self.book.load(members, mark=mark, last_story=last_story(db, self._desk.space))

    def _read(self, db: Db, mark: int) -> "_Found":
        space = self._desk.space
        changes = changes_after(db, space, mark, defaults.STORY_BATCH_ARTICLES)
        articles = [change.article for change in changes]
        ids = {article.id for article in articles}
        known = find_placements(db, space, ids | {a.copy_of for a in articles if a.copy_of is not None})
        return _Found(
            since=mark,
            to=changes[-1].seq if changes else mark,
            articles=articles,
            known=known,
            fresh=frozenset(fresh_among(db, space, ids)),
        )

    def _gist(self, article: Article) -> Gist:
        encoder = self._desk.index.encoder
        if encoder is None or article.language not in defaults.ENCODER_LANGUAGES:
            return make_gist(article)
        return make_gist(article, pack_meaning(encoder.encode(opening_of(article))))

    def _choose(self, found: "_Found", gists: Sequence[Gist], now: datetime) -> "_Chosen":
        """To which story each article goes; the book holds them there already."""
        self.book.close(now - timedelta(hours=defaults.STORY_OPEN_HOURS))
        chosen = _Chosen(found=found, first_story=self.book.last_story + 1)
        for article, gist in zip(found.articles, gists, strict=True):
            known = found.known.get(article.id)
            if known is not None and known.version == article.version:
                continue
            if known is not None and _is_like(known.gist, gist):
                fit = Fit(story=known.story, likeness=known.likeness)
            else:
                fit = self._fit(article, gist, chosen)
            story = fit.story or StoryId(self.book.last_story + 1)
            if fit.story is None:
                chosen.stories.append(NewStory(id=story, first=article, follows=fit.follows))
            self.book.add(Member(story=story, article=article.id, seen=article.seen, gist=gist))
            chosen.placements.append(NewPlacement(article=article, story=story, likeness=fit.likeness, gist=gist))
        return chosen

    def _fit(self, article: Article, gist: Gist, chosen: "_Chosen") -> Fit:
        """Where the article belongs; a copy goes where its original is."""
        if article.copy_of is not None:
            known = chosen.found.known.get(article.copy_of)
            story = self.book.story_of(article.copy_of) or (known.story if known else None)
            if story is not None:
                return Fit(story=story, likeness=1.0)
        self.book.remove(article.id)
        return self.book.place(gist)

    def _read_told(self, db: Db, chosen: "_Chosen") -> "_Told":
        space = self._desk.space
        new = {one.id for one in chosen.stories}
        joined = {one.story for one in chosen.placements} - new
        before = {}
        for one in chosen.placements:
            known = chosen.found.known.get(one.article.id)
            if known is not None and (old := find_version(db, space, one.article.id, known.version)):
                before[one.article.id] = old
        placed = {one.article.id for one in chosen.placements}
        articles = {
            story: [before.get(a.id, a) for a in reversed(told) if a.id not in placed or a.id in before]
            for story, told in articles_of(db, space, joined).items()
        }
        return _Told(articles=articles, last=last_developments(db, space, joined))

    def _develop(self, chosen: "_Chosen", told: "_Told", now: datetime) -> list[Placed]:
        """What each article changes in its story, in order."""
        firsts = {one.first.id for one in chosen.stories}
        placed = []
        for one in chosen.placements:
            article, said = one.article, told.articles.setdefault(one.story, [])
            development = None
            if article.id in firsts:
                development = Development(
                    number=0, article=article.id, kind="first report", said=article.title, was=None, found=now
                )
            elif article.copy_of is None:
                change = self._find_development(said[-defaults.STORY_TOLD_ARTICLES :], article)
                if change is not None:
                    kind, words, was = change
                    number = told.last.get(one.story, 0) + 1
                    development = Development(
                        number=number, article=article.id, kind=kind, said=words, was=was, found=now
                    )
            if development is not None:
                told.last[one.story] = development.number
                chosen.developments[one.story].append(development)
            told.articles[one.story] = [*(other for other in said if other.id != article.id), article]
            placed.append(
                Placed(
                    article=article,
                    story=one.story,
                    told=tuple(told.articles[one.story]),
                    is_new_story=article.id in firsts,
                    development=development,
                    fresh=article.id in chosen.found.fresh,
                    vector=one.gist.meaning or None,
                )
            )
        return placed

    def _save(self, db: Db, chosen: "_Chosen", placed: Sequence[Placed], now: datetime) -> bool:
        if not save_batch(db, self._desk.space, chosen.batch(), now):
            return False
        self._raise_alerts(db, placed, now)
        self._passed("mid placing")
        return True


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    """The changed articles after `since`, where they and their originals were placed before, and which came as news."""

    since: int
    to: int
    articles: Sequence[Article]
    known: Mapping[ArticleId, Placement]
    fresh: frozenset[ArticleId]


@dataclass(kw_only=True, slots=True)
class _Chosen:
    """What is to be written of them."""

    found: _Found
    first_story: int
    stories: list[NewStory] = field(default_factory=list)
    placements: list[NewPlacement] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    developments: defaultdict[StoryId, list[Development]] = field(default_factory=lambda: defaultdict(list))

    def batch(self) -> Batch:
        return Batch(
            since=self.found.since,
            to=self.found.to,
            first_story=self.first_story,
            stories=self.stories,
            placements=self.placements,
            developments=self.developments,
            merges=self.merges,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """What the stories said before, oldest first, and the number of the last development of each."""

    articles: dict[StoryId, list[Article]]
    last: dict[StoryId, int]


def _is_like(one: Gist, other: Gist) -> bool:
    """Whether the openings have most of their stems in common."""
    before, after = set(one.opening.keys) | set(one.headline.keys), set(other.opening.keys) | set(other.headline.keys)
    return len(before & after) >= defaults.STORY_TEXT_MOVED * max(len(before), len(after), 1)
