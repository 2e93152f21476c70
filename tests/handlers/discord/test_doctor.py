"""Setting the desk up in Discord: the links that let it in, and what the doctor finds."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.errors import ConfigError
from bot.news.diagnosis import Diagnosis, Health
from handlers.discord.doctor import examine_discord, find_application
from handlers.discord.invite import person_link, server_link
from tests.fake_discord.rest import Fault
from tests.fake_discord.rig import TOKEN, Rig


def places(rig: Rig, *channels: str, pings: Sequence[str] = ()) -> dict[str, set[str]]:
    """Channels in which something comes, and in each the roles that are pinged there."""
    return {str(rig.world.channel(name)): set(pings) for name in channels}


def told(found: list[Diagnosis], health: Health) -> str:
    return " ".join(one.sentence for one in found if one.health is health)


async def test_the_links_ask_for_the_least_rights(rig: Rig) -> None:
    application = await find_application(TOKEN)
    asked = parse_qs(urlsplit(server_link(application)).query)
    assert asked["client_id"] == [str(rig.world.backend.application_id)]
    assert asked["scope"] == ["bot applications.commands"]
    granted = {name for name, value in discord.Permissions(int(asked["permissions"][0])) if value}
    assert granted == {
        "read_messages", "send_messages", "send_messages_in_threads", "create_public_threads", "embed_links",
        "attach_files", "read_message_history",
    }  # fmt: skip
    assert "permissions" not in parse_qs(urlsplit(person_link(application)).query)


async def test_the_links_are_not_made_with_a_wrong_token(rig: Rig) -> None:
    with pytest.raises(ConfigError, match="does not take this bot token"):
        await find_application("wrong")


async def test_a_desk_that_may_post_where_something_comes_is_found_well(rig: Rig) -> None:
    found = await examine_discord(TOKEN, lambda _: places(rig, "news", "forum"))
    assert {one.health for one in found} == {Health.OK}
    assert "Newsroom" in told(found, Health.OK)


async def test_what_the_desk_lacks_in_a_channel_is_named_with_what_to_do(rig: Rig) -> None:
    rig.world.backend.delete_channel(rig.world.channel("general"))
    rig.world.forbid("news", discord.Permissions(read_message_history=True, attach_files=True).value)
    found = await examine_discord(TOKEN, lambda _: places(rig, "news", "readonly", "hidden", "general"))
    warned = told(found, Health.WARN)
    assert "in #news *Read Message History*, *Attach Files*" in warned
    assert "in #readonly *Send Messages*" in warned and "View Channel" in warned and "the channel is gone" in warned


async def test_a_role_that_the_desk_may_not_ping_any_more_is_named_with_what_to_do(rig: Rig) -> None:
    ferries, tides = rig.world.add_role("Ferries"), rig.world.add_role("Tides", mentionable=True)
    rig.world.forbid("news", discord.Permissions.mention_everyone.flag)
    found = await examine_discord(TOKEN, lambda _: places(rig, "news", pings=[ferries, tides, "4711"]))
    warned = told(found, Health.WARN)
    assert "without the ping of" in warned and "Ferries in #news" in warned and "a role that is gone in #news" in warned
    assert "Tides" not in warned and "let anyone mention it" in warned
    well = await examine_discord(TOKEN, lambda _: places(rig, "news", pings=[tides]))
    assert {one.health for one in well} == {Health.OK}


async def test_a_wrong_token_or_no_answer_is_said_in_a_sentence(rig: Rig) -> None:
    assert "does not take this bot token" in told(await examine_discord("wrong", lambda _: {}), Health.BAD)
    rig.rest.faults.append(Fault(kind="status", status=503, path="/users/@me"))
    assert "cannot be reached" in told(await examine_discord(TOKEN, lambda _: {}), Health.BAD)


async def test_a_desk_in_no_server_is_told_how_it_is_let_in(rig: Rig) -> None:
    rig.world.backend.remove_guild(rig.world.guild)
    rig.rest.identifies_left = 7
    warned = told(await examine_discord(TOKEN, lambda _: {}), Health.WARN)
    assert "oauth2/authorize" in warned and "only 7 times more" in warned
