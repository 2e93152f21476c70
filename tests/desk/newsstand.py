"""A newsstand for the tests: a site on loopback whose feeds a test prints anew, and a gatherer that reads them."""

from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape

from bot.archive.archive import Archive
from bot.archive.articles import changes_after
from bot.archive.sources import list_sources
from bot.desk.follow import Choice, Followed, SourceDesk, Wish, follow
from bot.desk.full_text import PageReader
from bot.desk.gather import Gathered, Gatherer
from bot.desk.hosts import Hosts
from bot.desk.wire import Wire
from bot.news.article import LOCAL, Article, Space
from bot.news.source import Source
from bot.wire.cages import Cages
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from tests.archive.drafts import make_text
from tests.makes import NOW
from tests.wire.web import Site, answer, serving

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of a feed; without a text it has one of its own, long enough to be no teaser."""

    n: int
    title: str = ""
    text: str | None = None
    guid: str | None = None
    link: str | None = None
    date: datetime | None = None

    def written(self, site: Site) -> str:
        text = make_text(self.n, 200) if self.text is None else self.text
        parts = [
            f"<title>{escape(self.title or f'Headline number {self.n}')}</title>",
            f"<description>{escape(text)}</description>",
            f"<guid isPermaLink='false'>{self.guid or f'id-{self.n}'}</guid>",
        ]
        link = site.address(f"/story/{self.n}") if self.link is None else self.link
        parts.append(f"<link>{escape(link)}</link>" if link else "")
        parts.append(f"<pubDate>{self.date:%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if self.date else "")
        return f"<item>{''.join(parts)}</item>"


def printed(site: Site, items: Iterable[Item], title: str = "Harbour Wire") -> bytes:
    """The feed of these items, newest first."""
    listed = "".join(item.written(site) for item in items)
    return f"<rss version='2.0'><channel><title>{title}</title>{listed}</channel></rss>".encode()


@dataclass(kw_only=True)
class Newsstand:
    """The site, what it answers by path, the gatherer that reads it, and the moment at which it does."""

    site: Site
    answers: dict[str, bytes]
    archive: Archive
    gatherer: Gatherer
    pages: PageReader
    at: datetime = NOW
    told: list[Gathered] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.at

    def prints(self, *items: Item, path: str = "/feed") -> None:
        """From now on the feed lists these."""
        self.answers[path] = answer(printed(self.site, items), "Content-Type: application/rss+xml")

    async def follow(self, path: str = "/feed", space: Space = LOCAL, **wish: object) -> Followed | Choice:
        """Follow the address in that Space."""
        typed = self.site.address(path)
        return await follow(self.desk_of(space), Wish(typed=typed, **wish))  # type: ignore[arg-type]

    def desk_of(self, space: Space = LOCAL) -> SourceDesk:
        """Where the sources of that Space are looked after."""
        return SourceDesk(archive=self.archive, gatherer=self.gatherer, space=space, clock=self.clock)

    async def reads(self, after: timedelta = HOUR) -> list[Gathered]:
        """The readings when so much time has passed."""
        self.at += after
        before = len(self.told)
        await self.gatherer.read_due(self.clock)
        return self.told[before:]

    def articles(self, space: Space = LOCAL) -> dict[str, Article]:
        """The articles that were filed, newest versions, by headline."""
        changes = self.archive.read_now(changes_after, space, 0, 10_000)
        return {change.article.title: change.article for change in changes}

    def source(self, space: Space = LOCAL) -> Source:
        """The only source of the Space."""
        (source,) = self.archive.read_now(list_sources, space)
        return source


@asynccontextmanager
async def open_newsstand(archive: Archive, cages: Cages) -> AsyncIterator[Newsstand]:
    """A newsstand that prints nothing yet."""
    answers: dict[str, bytes] = {}
    async with serving(answers) as site:
        guard = Guard([f"{site.host}:{site.port}"])
        async with Fetcher(guard) as fetcher:
            with ThreadPoolExecutor(2) as threads:
                hosts = Hosts(gap_seconds=0)
                wire = Wire(guard=guard, fetcher=fetcher, cages=cages, threads=threads, hosts=hosts)
                told: list[Gathered] = []
                yield Newsstand(
                    site=site,
                    answers=answers,
                    archive=archive,
                    gatherer=Gatherer(archive, wire, told=told.append),
                    pages=PageReader(archive, wire),
                    told=told,
                )
