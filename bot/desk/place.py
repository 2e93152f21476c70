"""Placing news: every article that was filed goes into the story of its event."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Literal, TypeAlias

from bot.archive.archive import Db
from bot.archive.arrivals import fresh_among
from bot.archive.articles import changes_after, find_articles, newest_change
from bot.archive.counts import placed_mark
from bot.archive.placing import Batch, Merge, Move, NewPlacement, NewStory, save_batch
from bot.archive.stories import Placement, find_placements, last_story, load_open_stories, told_among
from bot.desk.desk import Desk
from bot.desk.develop import Developing, FindDevelopment, read_told
from bot.desk.develop import Placed as Placed
from bot.desk.take_in import ShowProgress
from bot.index.gists import pack_meaning
from bot.index.story_book import Arrangement, Newcomer, StoryBook
from bot.news.article import Article, ArticleId
from bot.news.gist import Gist, make_gist, opening_of
from config import defaults

Step = Literal["before placing", "mid placing", "after placing"]

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
                gists = await asyncio.to_thread(self._read_gists, found, newest, progress)
                done += await self._place(found, gists, now)
                progress("placing articles into stories", self.book.mark, max(newest, self.book.mark))

    async def look_ahead(self) -> bool:
        """Do now a part of what placing would have to wait for after a start; whether there was any left."""
        async with self._turn:
            return await asyncio.to_thread(self.book.look_ahead, defaults.STORY_LOOKED_AHEAD)

    async def _place(self, found: "_Found", gists: Mapping[ArticleId, Gist], now: datetime) -> int:
        """How many were placed; the book and the archive change together, or neither does."""
        archive, space = self._desk.archive, self._desk.space
        try:
            self._passed("before placing")
            arrangement = await asyncio.to_thread(self._arrange, found, gists, now)
            apart = await archive.read(self._read_doubtful, arrangement)
            chosen = self._choose(found, gists, arrangement, apart)
            told = await archive.read(read_told, space, chosen, found.known)
            developing = Developing(chosen, told, self._find_development, now)
            placed = await asyncio.to_thread(developing.develop, found.fresh)
            chosen = replace(chosen, developments=developing.developments)
            await asyncio.to_thread(self._prepare_alerts, placed, now)
            if not await archive.write(self._save, chosen, placed, now):
                self.book.forget()
                return 0
            self._passed("after placing")
        except BaseException:
            self.book.forget()
            raise
        self.book.mark = found.to
        return len(found.articles)

    def _load(self, db: Db, now: datetime) -> None:
        since = now - timedelta(hours=defaults.STORY_REMEMBERED_HOURS)
        members = load_open_stories(db, self._desk.space, since, defaults.STORY_MEMBERS_KEPT)
        mark = placed_mark(db, self._desk.space)
        self.book.load(members, mark=mark, last_story=last_story(db, self._desk.space))

    def _read(self, db: Db, mark: int) -> "_Found":
        """The next articles: of what came as news few, so that alerts do not wait; of all else many, to be compared."""
        space = self._desk.space
        changes = changes_after(db, space, mark, defaults.STORY_BATCH_ARTICLES)
        fresh = fresh_among(db, space, [change.article.id for change in changes])
        if not fresh and len(changes) == defaults.STORY_BATCH_ARTICLES:
            changes = changes_after(db, space, mark, defaults.STORY_BATCH_ADDED)
            fresh = fresh_among(db, space, [change.article.id for change in changes])
            changes = list(takewhile(lambda change: change.article.id not in fresh, changes))
        articles = [change.article for change in changes]
        ids = {article.id for article in articles}
        known = find_placements(db, space, ids | {a.copy_of for a in articles if a.copy_of is not None})
        return _Found(
            since=mark,
            to=changes[-1].seq if changes else mark,
            articles=articles,
            known=known,
            fresh=frozenset(fresh & ids),
        )

    def _read_gists(self, found: "_Found", newest: int, progress: ShowProgress) -> dict[ArticleId, Gist]:
        """The gists of those that came or changed."""
        gists = {}
        for position, article in enumerate(found.articles):
            known = found.known.get(article.id)
            gists[article.id] = known.gist if known and known.version == article.version else self._gist(article)
            progress("reading articles for their stories", found.since + position, max(newest, found.to))
        return gists

    def _gist(self, article: Article) -> Gist:
        encoder = self._desk.index.encoder
        if encoder is None or article.language not in defaults.ENCODER_LANGUAGES:
            return make_gist(article)
        return make_gist(article, pack_meaning(encoder.encode(opening_of(article))))

    def _arrange(self, found: "_Found", gists: Mapping[ArticleId, Gist], now: datetime) -> Arrangement:
        """Where the articles belong that say something of their own; the book holds them there already."""
        self.book.close(now - timedelta(hours=defaults.STORY_REMEMBERED_HOURS))
        newcomers = []
        for article in found.articles:
            known, gist = found.known.get(article.id), gists[article.id]
            if found.is_copy(article):
                self.book.drop(article.id)
            elif known is None or known.version != article.version or self.book.story_of(article.id) is None:
                stays = known is not None and (_is_like(known.gist, gist) or self.book.is_alone(article.id))
                newcomers.append(
                    Newcomer(
                        article=article.id,
                        seen=article.seen,
                        gist=gist,
                        stays_in=known.story if known and stays else None,
                    )
                )
        return self.book.arrange(newcomers)

    def _read_doubtful(self, db: Db, arrangement: Arrangement) -> "_Apart":
        """The parts of stories that look like several and of which nobody was told."""
        told = told_among(db, self._desk.space, [story for story, _ in arrangement.doubtful])
        parts = [part for story, (_, *others) in arrangement.doubtful if story not in told for part in others]
        return _Apart(parts=parts, firsts=find_articles(db, self._desk.space, [part[0] for part in parts]))

    def _choose(
        self, found: "_Found", gists: Mapping[ArticleId, Gist], arrangement: Arrangement, apart: "_Apart"
    ) -> Batch:
        """What is to be written; stories that look like several are parted in the book as well."""
        articles = {article.id: article for article in found.articles} | apart.firsts
        begun, moves = list(arrangement.begun), []
        for part in apart.parts:
            out_of = self.book.story_of(part[0])
            one = self.book.split(part)
            begun.append(one)
            moves += [Move(article=id, out_of=out_of, into=one.id) for id in part if out_of is not None]
        placements = (
            self._placement(article, found, arrangement, gists[article.id])
            for article in found.articles
            if found.is_changed(article)
        )
        return Batch(
            since=found.since,
            to=found.to,
            stories=[NewStory(id=one.id, first=articles[one.articles[0]], follows=one.follows) for one in begun],
            placements=list(placements),
            developments={},
            merges=[Merge(gone=gone, into=into) for gone, into in arrangement.merged],
            moves=moves,
        )

    def _placement(self, article: Article, found: "_Found", arrangement: Arrangement, gist: Gist) -> NewPlacement:
        """The article in its story; a copy goes where its original is."""
        story, likeness = self.book.story_of(article.id), 1.0
        if story is not None:
            likeness = arrangement.placed[article.id][1]
        elif article.copy_of is not None:
            story = self.book.story_of(article.copy_of) or found.known[article.copy_of].story
        assert story is not None, "what is no copy was arranged"
        return NewPlacement(article=article, story=story, likeness=likeness, gist=gist)

    def _save(self, db: Db, chosen: Batch, placed: Sequence[Placed], now: datetime) -> bool:
        if not save_batch(db, self._desk.space, chosen, now):
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

    def is_changed(self, article: Article) -> bool:
        """Whether the article is new, or has another text than when it was placed."""
        known = self.known.get(article.id)
        return known is None or known.version != article.version

    def is_copy(self, article: Article) -> bool:
        """Whether it repeats an article that is placed before it, or with it."""
        first = article.copy_of
        return first is not None and (first in self.known or any(one.id == first for one in self.articles))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Apart:
    """Parts that leave their stories, and the first article of each."""

    parts: list[tuple[ArticleId, ...]]
    firsts: dict[ArticleId, Article]


def _is_like(one: Gist, other: Gist) -> bool:
    """Whether the shorter of two openings has most of its stems in the other."""
    before, after = set(one.stems), set(other.stems)
    return len(before & after) >= defaults.STORY_TEXT_MOVED * max(min(len(before), len(after)), 1)
