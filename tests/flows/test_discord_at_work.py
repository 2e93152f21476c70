"""The whole desk at work with Discord: what `newsdesk run` wires together, against the made-up Discord."""

import asyncio
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.errors import ConfigError
from bot.running import run_desk
from config.settings import Settings
from tests.desk.paper import open_desk
from tests.fake_discord.newsroom import NOW, read_samples, text_of
from tests.fake_discord.rig import TOKEN, Rig, open_rig
from tests.flows.runs import run

QUESTION = "What tariffs apply to Japan?"


def _settings(folder: Path, rig: Rig, token: str = TOKEN) -> Settings:
    return Settings(data_dir=folder, discord_token=token, home=f"discord:{rig.world.guild}", meaning="off")


async def test_the_desk_answers_in_discord_from_what_it_has_read(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    await asyncio.to_thread(read_samples, folder)
    async with open_rig() as rig:
        with Archive.open(folder) as archive:
            ready = asyncio.Event()
            work = run_desk(_settings(folder, rig), open_desk(archive, folder), {}, lambda: NOW, lambda *_: ready.set())
            running = asyncio.create_task(work)
            async with asyncio.timeout(30):
                await ready.wait()
                rig.world.slash("bob", "news", "ask", question=QUESTION)
                while not (said := rig.world.messages("news")) or "24%" not in text_of(said[0]):
                    await rig.world.bell.heard()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


def test_the_link_is_not_made_without_a_token(tmp_path: Path) -> None:
    told = run(tmp_path / "data", ["discord", "invite"])
    assert told.returncode == 2
    assert "NEWSDESK_DISCORD_TOKEN is missing; docs/discord.md says where it stands." in told.stderr


async def test_the_desk_does_not_start_with_a_wrong_token(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with open_rig() as rig:
        with Archive.open(folder) as archive:
            settings = _settings(folder, rig, "wrong")
            with pytest.raises(ConfigError, match="does not take this bot token"):
                await run_desk(settings, open_desk(archive, folder), {}, lambda: NOW, lambda _: None)
