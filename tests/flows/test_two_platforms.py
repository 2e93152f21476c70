"""Slack and Discord in one process, on one archive: each answers, whatever becomes of the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.desk.desk import Desk
from bot.errors import ConfigError
from bot.news.article import LOCAL
from handlers.discord.app import DiscordLine, House
from tests.desk import stories
from tests.desk.paper import open_desk, read
from tests.fake_discord import newsroom as on_discord
from tests.fake_discord.rig import Rig, open_rig
from tests.slack import newsroom as on_slack
from tests.slack.fake import FakeSlack

QUESTION = "What rate did the Bank of Norrland set?"
ANSWER = "cut its key interest rate to 3.25%"


@pytest.fixture
def desk(tmp_path: Path, migrated_file: Path) -> Iterator[Desk]:
    """A desk that has read the news."""
    (tmp_path / "newsdesk.db").write_bytes(migrated_file.read_bytes())
    with Archive.open(tmp_path) as archive:
        opened = open_desk(archive, tmp_path)
        read(opened, *stories.NEWS)
        yield opened


async def _ask_on_slack(room: on_slack.Newsroom, slack: FakeSlack) -> str:
    await slack.say(on_slack.NEWS, on_slack.ALICE, f"<@U0BOT> {QUESTION}")
    await room.idle()
    return str(room.said()[-1])


async def _ask_on_discord(room: on_discord.Newsroom, rig: Rig) -> str:
    return await room.answered(rig.world.slash("bob", "news", "ask", question=QUESTION))


async def test_both_answer_from_one_archive(desk: Desk, tmp_path: Path) -> None:
    async with (
        FakeSlack() as slack,
        open_rig() as rig,
        on_slack.open_line(slack, desk, tmp_path) as there,
        on_discord.open_line(rig, desk, tmp_path) as here,
    ):
        assert ANSWER in await _ask_on_discord(here, rig)
        assert ANSWER in await _ask_on_slack(there, slack)
        rig.gateway.refuses_with = 4004
        await rig.gateway.close(4004)
        await here.until(here.line.trouble)
        assert ANSWER in await _ask_on_slack(there, slack)


async def test_a_wrong_token_of_discord_leaves_slack_alone(desk: Desk, tmp_path: Path) -> None:
    async with FakeSlack() as slack, open_rig(), on_slack.open_line(slack, desk, tmp_path) as there:
        house = House(fronts=there.desks, rules=on_discord.RULES, space_of=lambda _: LOCAL, draw=lambda _: b"")
        with pytest.raises(ConfigError):
            await DiscordLine("wrong", house).start()
        assert ANSWER in await _ask_on_slack(there, slack)
