"""Full text: where a feed gives only a teaser, the page behind it is read."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.archive.archive import Archive, Db
from bot.archive.arrivals import articles_named
from bot.archive.articles import file_drafts, find_articles
from bot.archive.corrections import find_corrections
from bot.archive.entries import OwedPage, claim_owed_pages, settle_page
from bot.archive.sources import followers
from bot.desk.wire import Clock, Tasks, Wire
from bot.errors import SourceError
from bot.news.article import Article, Draft
from bot.news.houses import house_of
from bot.wire.address import host_of
from bot.wire.cage import Cage
from bot.wire.drafts import Provenance, draft_page
from bot.wire.fetch import Fetched
from config import defaults

_log = logging.getLogger(__name__)


class PageReader:
    """Reads the pages that are owed, a few at once and one at a time of each host."""

    def __init__(self, archive: Archive, wire: Wire) -> None:
        self._archive, self._wire = archive, wire
        self._running: set[asyncio.Task[None]] = set()

    async def read_owed(self, clock: Clock) -> None:
        """Read every page that is owed now."""
        async with asyncio.TaskGroup() as group:
            await self.begin_owed(clock, group)
            while self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                await self.begin_owed(clock, group)

    async def begin_owed(self, clock: Clock, group: Tasks) -> None:
        """Begin to read pages that are owed, in the group, as many as may be read at once."""
        free = defaults.PAGES_AT_ONCE - len(self._running)
        if free <= 0:
            return
        for owed in await self._archive.write(claim_owed_pages, clock(), free):
            task = group.create_task(self._read(owed, clock))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _read(self, owed: OwedPage, clock: Clock) -> None:
        wait = self._wire.hosts.queue(host_of(owed.page))
        if wait is None:
            return  # its lease ends when the queue will be shorter
        await asyncio.sleep(wait)
        try:
            draft = await self._read_page(owed.page, clock())
        except SourceError as fault:
            _log.info("page not read", extra={"feed": owed.feed, "code": fault.code, "tries": owed.tries + 1})
            await self._archive.write(_try_again, owed, fault, clock())
        else:
            await self._archive.write(_file_page, owed, draft, clock())

    async def _read_page(self, address: str, now: datetime) -> Draft | None:
        """The page's article; None where something stands before it: a wall to pay at, a question, a login."""
        answer = await self._wire.fetcher.fetch(address, now=now)
        if not isinstance(answer, Fetched):
            return None

        def parse(cage: Cage) -> Draft | None:
            page = cage.read_page(answer.data, "", answer.address, charset=answer.charset)
            return None if page.barrier else draft_page(page, Provenance(where="the page", spot=address), now)

        return await self._wire.in_cage(parse)


def _file_page(db: Db, owed: OwedPage, draft: Draft | None, now: datetime) -> None:
    """One transaction: the full text as a new version in every Space that wants it, and that the page was read."""
    if draft is None:
        settle_page(db, owed, read=None, next_try=None)
        return
    for source in followers(db, owed.feed):
        named = articles_named(db, source.space, [owed.key])
        if source.full_text == "never" or owed.key not in named:
            continue
        article = find_articles(db, source.space, named.values())[named[owed.key]]
        if len(draft.text) > len(article.text) or owed.was_read:
            fuller = _complete(article, draft, owed)
            filed = file_drafts(db, source.space, [fuller], now)
            if not fuller.completes:
                find_corrections(db, source.space, [one.article for one in filed if one.outcome == "changed"], now)
    settle_page(db, owed, read=now, next_try=None)


def _complete(article: Article, page: Draft, owed: OwedPage) -> Draft:
    """The article with the page's text; what the feed said of it stays, and the page fills what it did not say."""
    unknown = article.publisher == defaults.UNKNOWN_PUBLISHER
    return replace(
        page,
        name=article.name,
        identity=owed.key,
        title=article.title,
        url=article.url,
        publisher=page.publisher if unknown else article.publisher,
        origin=article.origin or (page.origin if house_of(page.origin or "") != article.house else None),
        author=article.author or page.author,
        published=article.published or page.published,
        published_day_only=article.published_day_only if article.published else page.published_day_only,
        completes=not owed.was_read,
    )


def _try_again(db: Db, owed: OwedPage, fault: SourceError, now: datetime) -> None:
    """Try the page again later, and give it up after some tries: then the teaser stays."""
    tries = owed.tries + 1
    hopeless = fault.is_gone or tries >= defaults.FULL_TEXT_TRIES
    wait = max(timedelta(minutes=defaults.FULL_TEXT_RETRY_MINUTES) * 4**owed.tries, fault.retry_after or timedelta())
    settle_page(db, owed, read=None, next_try=None if hopeless else now + wait)
