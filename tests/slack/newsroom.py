"""A desk that has read the news and talks in the fake Slack: the real line, the real library, a real archive."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.archive.seal import open_seal
from bot.desk.desk import Desk
from bot.desk.gather import Gatherer
from bot.desk.wire import open_wire
from bot.news.article import LOCAL, Space
from bot.news.polling import Pace
from bot.news.trend import Trend
from bot.wire.fetch import Fetcher
from bot.wire.guard import Guard
from handlers.slack.app import SlackLine
from handlers.slack.people import Rules
from handlers.slack.workspaces import Access
from tests.desk.fronts import Desks
from tests.desk.paper import NOW
from tests.slack.fake import FakeSlack
from tests.slack.world import APP_TOKEN, BOT_TOKEN, SECRET, TEAM

NEWS, ALICE, BOB = "C0NEWS", "U0ALICE", "U0BOB"


@dataclass(kw_only=True)
class Newsroom:
    """The desk, the line and the fake Slack."""

    slack: FakeSlack
    line: SlackLine
    desks: Desks

    async def idle(self) -> None:
        """Wait until nothing is handed in and nothing is being answered."""
        while self.slack.is_busy or self.desks.tasks.is_busy:
            await self.slack.idle()
            await self.desks.tasks.finish(20)

    def said(self, channel: str = NEWS) -> list[dict[str, Any]]:
        """What the desk has posted there."""
        return self.slack.messages(channel, bot=True)

    def whispered(self, user: str = ALICE) -> list[dict[str, Any]]:
        """What only that person was shown."""
        return [one for one in self.slack.ephemeral if one["user"] == user]


def wall_clock() -> datetime:
    """The moment, as the fake Slack has it."""
    return datetime.now(UTC)


def space_of(team: str) -> Space:
    return LOCAL if team == TEAM else Space(f"slack-{team}")


def access_to(slack: FakeSlack, **changed: Any) -> Access:
    """How the desk reaches the fake, by Socket Mode or by signed HTTP."""
    reached = Access(bot_token=BOT_TOKEN, signing_secret=SECRET, api_url=slack.api_url, pings=0.5)
    by = {"app_token": APP_TOKEN} if slack.mode == "socket" else {"listen": ("127.0.0.1", 0)}
    return replace(reached, **{**by, **changed})


@asynccontextmanager
async def open_line(
    slack: FakeSlack,
    desk: Desk,
    folder: Path,
    *,
    access: Access | None = None,
    rules: Rules | None = None,
    patience: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[Newsroom]:
    """The desk talking in that Slack; `patience` is how it waits before it posts an answer again."""
    guard = Guard(["127.0.0.1"])
    async with Fetcher(guard) as fetcher:
        with open_wire(guard, fetcher, pace=Pace()) as wire:
            desks = Desks(at_now=NOW, home=desk, folder=folder, gatherer=Gatherer(desk.archive, wire))
            line = SlackLine(
                access or access_to(slack), rules or Rules(), desks, open_seal(folder), space_of, _draw_nothing
            )
            line.voice = replace(line.voice, sleep=patience)
            await line.start()
            if slack.mode == "http":
                slack.request_url = f"http://127.0.0.1:{line.port}/slack/events"
            try:
                yield Newsroom(slack=slack, line=line, desks=desks)
            finally:
                await desks.tasks.finish(5)
                await line.stop()


def _draw_nothing(_trend: Trend) -> bytes:
    return b"PNG"
