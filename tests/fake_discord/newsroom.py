"""A desk that has read the samples and talks in the made-up Discord: the real line, discord.py, a real archive."""

import asyncio
import shutil
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from simcord.backend.models import Message

from bot.archive.archive import Archive
from bot.desk.catch_up import catch_up
from bot.desk.desk import Desk
from bot.desk.gather import Gatherer
from bot.desk.take_in import take_in
from bot.desk.wire import open_wire
from bot.news.article import LOCAL, Space
from bot.news.polling import Pace
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from handlers.discord.app import DiscordLine, House
from handlers.discord.people import Rules
from handlers.discord.voice import TO_ONE
from tests.desk.fronts import Desks
from tests.desk.paper import open_desk
from tests.fake_discord.rig import TOKEN, Rig
from tests.fake_discord.world import walk
from tests.wire.web import Site, answer, serving

NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)
_NO_TRUST = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # loading the system's takes longer than many a test
_CALM = 4  # rings or moments in which nothing happened
RULES = Rules(zone=ZoneInfo("UTC"))
FEED = """<rss version="2.0"><channel><title>Harbour Wire</title><item><title>Ferries run again</title>
<link>https://harbour.example/ferries</link><description>The ferries run again after the storm.</description>
<pubDate>Thu, 24 Apr 2025 08:00:00 GMT</pubDate></item></channel></rss>"""
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def read_samples(folder: Path) -> None:
    """Take the samples in, into a folder that tests can copy."""
    with Archive.open(folder) as archive:
        desk = open_desk(archive, folder)

        async def read() -> None:
            await take_in(desk, [str(SAMPLES)], now=NOW, progress=_show_nothing)
            await catch_up(desk, progress=_show_nothing)

        asyncio.run(read())


@dataclass(kw_only=True)
class Newsroom:
    """The desk, the line and the made-up Discord."""

    rig: Rig
    line: DiscordLine
    desks: Desks
    site: Site

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until it holds, and nothing is being answered any more."""
        async with asyncio.timeout(20):
            while not holds() or self.desks.tasks.is_busy:
                await self.rig.world.bell.heard()

    async def quiet(self) -> None:
        """Wait until nothing is being asked or answered any more."""
        rest = self.rig.rest
        mark, calm = -1, 0
        while calm < _CALM:
            await self.rig.world.bell.heard()
            waits = self.desks.tasks.is_busy or any(not one.status for one in rest.asked)
            calm = 0 if waits or len(rest.asked) != mark else calm + 1
            mark = len(rest.asked)

    async def answered(self, interaction: int) -> str:
        """What an interaction was answered with, as a reader sees it."""
        backend = self.rig.world.backend

        def shown() -> list[Message]:
            record = backend.interactions[interaction]
            ids = [record.message_id, *record.followup_ids]
            every = backend.messages.get(record.channel_id, {})
            return [every[id] for id in ids if id in every and not is_waiting(every[id])]

        await self.until(lambda: shown() or backend.interactions[interaction].modal)
        return "\n".join(map(text_of, shown()))


@asynccontextmanager
async def open_newsroom(rig: Rig, folder: Path, rules: Rules = RULES, home: str = "") -> AsyncIterator[Newsroom]:
    """The desk that has read what is in the folder, talking in that Discord, whose server is home unless another is."""
    with Archive.open(folder) as archive:
        async with open_line(rig, open_desk(archive, folder), folder, rules, home) as opened:
            yield opened


@asynccontextmanager
async def open_line(
    rig: Rig, desk: Desk, folder: Path, rules: Rules = RULES, home: str = "", *, publishes: bool = True
) -> AsyncIterator[Newsroom]:
    """The desk talking in that Discord."""
    server = home or str(rig.world.guild)
    async with AsyncExitStack() as closing:
        site = await closing.enter_async_context(serving({"/feed": answer(FEED, "Content-Type: application/rss+xml")}))
        guard = Guard([site.place])
        fetcher = await closing.enter_async_context(Fetcher(guard, tls=_NO_TRUST))
        gatherer = Gatherer(desk.archive, closing.enter_context(open_wire(guard, fetcher, pace=Pace())))
        desks = Desks(home=desk, folder=folder, gatherer=gatherer, at_now=NOW)
        house = House(
            fronts=desks,
            rules=rules,
            space_of=lambda id: LOCAL if id == server else Space(f"discord-{id}"),
            draw=lambda trend: b"PNG",
            publishes=publishes,
        )
        line = DiscordLine(TOKEN, house)
        await line.start()
        try:
            yield Newsroom(rig=rig, line=line, desks=desks, site=site)
        finally:
            await desks.tasks.finish(5)
            await line.stop()


def copied(template: Path, to: Path) -> Path:
    """A copy of a folder in which the samples were read."""
    shutil.copytree(template, to)
    return to


def text_of(message: Message) -> str:
    """What a message says, as Discord takes it."""
    return "\n".join([message.content, *(c["content"] for c in walk(message.components) if c["type"] == 10)]).strip()


def labels_of(message: Message) -> dict[str, str]:
    """The buttons of a message that can be pressed: their names by what stands on them."""
    return {c["label"]: c["custom_id"] for c in walk(message.components) if c["type"] == 2 and "custom_id" in c}


def is_waiting(message: Message) -> bool:
    """Whether it only says that the desk is thinking, or that what follows is for one person."""
    (said,) = TO_ONE.groups[0]
    return bool(int(message.flags) & 1 << 7) or text_of(message) == said


def _show_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Progress is not shown."""
