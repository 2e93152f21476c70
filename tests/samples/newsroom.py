"""A desk that has taken articles in, and a way to ask it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.archive.archive import Archive
from bot.desk.ask import answer_question
from bot.desk.catch_up import catch_up
from bot.desk.desk import Desk
from bot.desk.take_in import take_in
from bot.index.encoder import Encoder
from bot.index.index import Index
from bot.news.article import LOCAL, Space
from bot.news.briefing import Answer, Intake

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
NOW = datetime(2025, 4, 24, 18, tzinfo=UTC)

Ask = Callable[..., Answer]


class Newsroom:
    """A desk, what it took in, and the folder it keeps everything in."""

    def __init__(self, data: Path, paths: Sequence[str], encoder: Encoder) -> None:
        self.archive = Archive.open(data)
        self.encoder = encoder
        self.desk = self.open_desk(data, LOCAL)
        self.intake: Intake = asyncio.run(self._read(paths))

    def open_desk(self, data: Path, space: Space) -> Desk:
        """A desk for the space on this newsroom's archive."""
        return Desk(archive=self.archive, index=Index.open(data / "index" / space, self.encoder), space=space)

    async def _read(self, paths: Sequence[str]) -> Intake:
        intake = await take_in(self.desk, paths, now=NOW, progress=say_nothing)
        await catch_up(self.desk, progress=say_nothing)
        return intake

    def ask(self, question: str, now: datetime = NOW) -> Answer:
        """The answer to the question, asked at that moment."""
        return self.ask_at(self.desk, question, now)

    def ask_at(self, desk: Desk, question: str, now: datetime = NOW) -> Answer:
        """The answer of this desk."""
        return asyncio.run(answer_question(desk, question, now=now, zone=ZoneInfo("UTC")))


def say_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Progress is not shown."""
