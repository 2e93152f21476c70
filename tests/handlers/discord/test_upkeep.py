"""What becomes of servers and channels: the desk keeps up, tells whom it concerns once, and goes on elsewhere."""

from pathlib import Path

import discord

from bot.archive.archive import Db
from bot.archive.closed import list_closed
from bot.archive.notices import untold_notices
from bot.news.article import LOCAL, Space
from bot.news.source import Notice
from handlers.discord.heard import PLATFORM
from tests.fake_discord.newsroom import Newsroom, copied, open_newsroom, text_of
from tests.fake_discord.rest import Fault
from tests.fake_discord.rig import Rig

QUESTION = "What tariffs apply to Japan?"


def _closed(db: Db, space: Space = LOCAL) -> list[tuple[str, str]]:
    return [(place.channel, reason) for place, reason in list_closed(db, space)]


def closed(newsroom: Newsroom, space: Space = LOCAL) -> list[tuple[str, str]]:
    """The channels where nothing is posted, and why."""
    return newsroom.desks.archive.read_now(_closed, space)


async def test_a_deleted_channel_is_closed_and_whoever_wanted_something_there_hears_of_it_once(
    newsroom: Newsroom,
) -> None:
    world = newsroom.rig.world
    news, general = world.channel("news"), world.channel("general")
    await newsroom.answered(world.slash("alice", "news", "watch add", topic="tariffs"))
    world.backend.delete_channel(general)
    world.backend.delete_channel(news)
    await newsroom.until(lambda: closed(newsroom))
    assert closed(newsroom) == [(str(news), "the channel was deleted.")]
    (notice,) = newsroom.desks.archive.read_now(untold_notices, LOCAL)
    assert notice.to == str(world.people["alice"])
    assert await newsroom.line.tell(notice)
    assert await newsroom.line.tell(notice), "told once more, it is there once"
    (told,) = world.messages(world.talk_with("alice"))
    assert "the channel was deleted" in text_of(told)


async def test_a_channel_waits_while_the_desk_may_not_post_there(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("alice", "news", "watch add", topic="tariffs"))
    world.forbid("news", discord.Permissions.send_messages.flag)
    await newsroom.until(lambda: closed(newsroom))
    assert closed(newsroom) == [(str(world.channel("news")), "the desk lacks *Send Messages* there.")]
    world.forbid("news", 0)
    await newsroom.until(lambda: not closed(newsroom))


async def test_a_server_from_which_the_desk_is_removed_waits_until_it_is_let_in_again(
    rig: Rig, samples_read: Path, tmp_path: Path
) -> None:
    folder, server = copied(samples_read, tmp_path / "data"), str(rig.world.guild)
    async with open_newsroom(rig, folder, home="1") as newsroom:
        space = Space(f"discord-{server}")
        rig.world.backend.emit("GUILD_DELETE", {"id": server})
        await newsroom.until(lambda: closed(newsroom, space))
        assert closed(newsroom, space) == [("", "the desk was removed from the server.")]
        (notice,) = newsroom.desks.archive.read_now(untold_notices, space)
        assert notice.to is None
        assert not await newsroom.line.tell(notice), "the operator is told elsewhere"
    async with open_newsroom(rig, folder, home="1") as newsroom:
        await newsroom.until(lambda: not closed(newsroom, space))


async def test_a_notice_for_somebody_who_takes_no_messages_is_told_to_nobody(newsroom: Newsroom) -> None:
    rig, bob = newsroom.rig, str(newsroom.rig.world.people["bob"])
    dead = Notice(space=LOCAL, key="k", to=bob, sentence="A feed was given up.", made=newsroom.desks.clock())
    rig.rest.faults.append(Fault(kind="status", status=403, code=50007, path="/channels/*/messages"))
    assert not await newsroom.line.tell(dead)
    of_slack = Notice(space=LOCAL, key="k", to="U0BOB", sentence="A feed was given up.", made=newsroom.desks.clock())
    assert not await newsroom.line.tell(of_slack)


async def test_servers_are_spaces_of_their_own(rig: Rig, samples_read: Path, tmp_path: Path) -> None:
    async with open_newsroom(rig, copied(samples_read, tmp_path / "data"), home="1") as newsroom:
        said = await newsroom.answered(rig.world.slash("bob", "news", "ask", question=QUESTION))
        assert "24%" not in said


async def test_the_line_says_that_it_is_not_connected(newsroom: Newsroom) -> None:
    rig = newsroom.rig
    assert newsroom.line.trouble() is None
    assert newsroom.line.platform == newsroom.line.poster.platform == PLATFORM
    rig.gateway.forget_sessions()
    rig.gateway.drop()
    await newsroom.until(newsroom.line.trouble)
    assert "has not been connected since" in str(newsroom.line.trouble())


async def test_as_many_shards_are_opened_as_discord_asks_for(rig: Rig, samples_read: Path, tmp_path: Path) -> None:
    rig.rest.shards = 2
    async with open_newsroom(rig, copied(samples_read, tmp_path / "data")) as newsroom:
        await newsroom.until(lambda: len(rig.gateway.identified) == 2)
        assert rig.gateway.identified == [(0, 2), (1, 2)]
        assert "24%" in await newsroom.answered(rig.world.slash("bob", "news", "ask", question=QUESTION))
