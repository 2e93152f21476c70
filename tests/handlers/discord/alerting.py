"""A desk in the made-up Discord that has read nothing yet, and news that comes to it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.archive.archive import Archive, Db
from bot.archive.arrivals import note_arrivals
from bot.archive.filing import file_drafts
from bot.desk.consequences import open_placer
from bot.desk.deliver import Deliverer
from bot.desk.outbox import Outbox
from bot.news.article import LOCAL, Draft
from bot.news.source import FeedId
from handlers.discord.people import Rules
from tests.desk.paper import open_desk, piece
from tests.fake_discord.newsroom import NOW, Newsroom, open_line
from tests.fake_discord.rig import Rig

OF_MEMBERS = Rules(channels_by="members", zone=ZoneInfo("UTC"))
_FERRY = "The ferry between Selby and Holm Island will stop running on 3 May, the harbour board said on Wednesday."


@asynccontextmanager
async def open_quiet_newsroom(
    rig: Rig, migrated_file: Path, folder: Path, *, publishes: bool = True
) -> AsyncIterator[Newsroom]:
    """Every member may make watches there."""
    shutil.copy(migrated_file, folder / "newsdesk.db")
    with Archive.open(folder) as archive:
        async with open_line(rig, open_desk(archive, folder), folder, OF_MEMBERS, publishes=publishes) as opened:
            yield opened


def ferry(title: str = "Ferry to Holm Island to end on 3 May", name: str = "ferry") -> Draft:
    """News of a ferry."""
    return piece(name, _FERRY, title=title, published="2025-04-24T09:00")


async def tell(newsroom: Newsroom, *drafts: Draft) -> None:
    """The drafts come as news, and what is owed for them is posted."""
    desk, posters = newsroom.desks.home, {"discord": newsroom.line.poster}

    def keep(db: Db) -> None:
        filed = file_drafts(db, LOCAL, drafts, NOW)
        note_arrivals(db, LOCAL, FeedId(1), [one.article for one in filed], fresh=True, now=NOW)

    await desk.archive.write(keep)
    await open_placer(desk, posters).place(NOW)
    async with asyncio.TaskGroup() as tasks:
        deliverer = Deliverer(Outbox(archive=desk.archive, posters=posters, tasks=tasks, clock=lambda: NOW))
        await deliverer.deliver_due()
        await deliverer.stop()
