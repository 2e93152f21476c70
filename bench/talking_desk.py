"""The desk that `bench.talking` talks with, in a process of its own: python -m bench.talking_desk FOLDER SLACK."""

import asyncio
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGTERM

from bench.making import open_desk, open_encoder
from bot.archive.seal import open_seal
from bot.desk.desk import Desk
from bot.desk.gather import Gatherer
from bot.desk.spaces import Ground, Spaces
from bot.desk.wire import open_wire
from bot.index.index import Index
from bot.news.article import LOCAL
from bot.news.polling import Pace
from bot.schedule import Workers
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from bot.writer.trend import draw_trend
from config import defaults
from handlers.slack.app import SlackLine
from handlers.slack.people import Rules
from handlers.slack.workspaces import Access
from tests.slack.world import APP_TOKEN, BOT_TOKEN


def main() -> None:
    """Talk until somebody ends this process."""
    folder, slack = Path(sys.argv[1]), sys.argv[2]
    sys.setswitchinterval(defaults.SWITCH_SECONDS)  # as a desk that runs does
    with ExitStack() as closing:
        desk = closing.enter_context(open_desk(folder, write=True, encoder=open_encoder(folder)))
        asyncio.run(_talk(desk, folder, slack))


async def _talk(desk: Desk, folder: Path, slack: str) -> None:
    stop, tasks, guard = asyncio.Event(), Workers(), Guard(())
    asyncio.get_running_loop().add_signal_handler(SIGTERM, stop.set)
    async with Fetcher(guard) as fetcher:
        with open_wire(guard, fetcher, pace=Pace()) as wire:
            ground = Ground(
                archive=desk.archive,
                gatherer=Gatherer(desk.archive, wire),
                posters={},
                clock=lambda: datetime.now(UTC),
                tasks=tasks,
                open_index=lambda space: Index(folder / "index" / space, None),
            )
            access = Access(bot_token=BOT_TOKEN, app_token=APP_TOKEN, api_url=slack)
            line = SlackLine(access, Rules(), Spaces(ground, desk), open_seal(folder), lambda team: LOCAL, draw_trend)
            await line.start()
            await stop.wait()
            await tasks.finish(30)
            await line.stop()


if __name__ == "__main__":
    main()
