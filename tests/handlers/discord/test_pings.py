"""Alerts that ping a role: only where whoever made the watch may ping it, once, and never by what an article says."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.backend import serializers
from simcord.backend.models import Message

from bench.hostile_news import hostile_titles
from bot.news.digest import Alert, AlertBatch
from tests.fake_discord.judging import judge
from tests.fake_discord.newsroom import Newsroom, labels_of, text_of
from tests.fake_discord.rig import Rig
from tests.handlers.console.dispatch_makes import make_alert, make_batch
from tests.handlers.discord.alerting import ferry, open_quiet_newsroom, tell
from tests.handlers.discord.posting import MARKER, ZONE, open_poster, place_of

MESSAGES = "/channels/*/messages"
MENTION = discord.Permissions.mention_everyone.flag
SEED = 20261203


@pytest.fixture
async def newsroom(rig: Rig, migrated_file: Path, tmp_path: Path) -> AsyncIterator[Newsroom]:
    """A desk that has read nothing yet, where every member may make watches."""
    async with open_quiet_newsroom(rig, migrated_file, tmp_path) as opened:
        yield opened


async def made(newsroom: Newsroom, who: str, role: str, where: str = "news", **options: Any) -> str:
    """What somebody is told who wants a watch that pings the role."""
    return await newsroom.answered(
        newsroom.rig.world.slash(who, where, "watch add", topic="ferry", ping=role, **options)
    )


async def watched(newsroom: Newsroom, where: str = "news") -> str:
    return await newsroom.answered(newsroom.rig.world.slash("alice", where, "watch list"))


def alerts(newsroom: Newsroom, where: str = "news") -> list[Message]:
    return [one for one in newsroom.rig.world.messages(where) if "Alert: ferry" in text_of(one)]


async def test_a_role_that_anybody_may_mention_is_pinged_by_the_watch_of_any_member(newsroom: Newsroom) -> None:
    role = newsroom.rig.world.add_role("Ferries", mentionable=True)
    assert f"It is told at once; pings <@&{role}>." in await made(newsroom, "bob", role)
    await tell(newsroom, ferry())
    (alert,) = alerts(newsroom)
    assert alert.ping_role_ids == [int(role)] and text_of(alert).startswith(f"<@&{role}>")
    assert newsroom.rig.rest.requests("POST", MESSAGES)[-1].body["allowed_mentions"] == {"parse": [], "roles": [role]}


async def test_a_role_is_not_pinged_by_the_watch_of_somebody_who_may_not_mention_it(newsroom: Newsroom) -> None:
    role = newsroom.rig.world.add_role("Ferries")
    said = await made(newsroom, "bob", role)
    assert said.startswith("You may not ping **Ferries** there. Ask somebody who has **Mention") and "Roles" in said
    assert "Nothing is watched here" in await watched(newsroom)


async def test_whoever_may_mention_every_role_may_have_every_role_pinged(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    role = world.add_role("Ferries")
    world.let_mention_all("Editors")
    assert f"pings <@&{role}>" in await made(newsroom, "alice", role)
    await tell(newsroom, ferry())
    assert [alert.ping_role_ids for alert in alerts(newsroom)] == [[int(role)]]


async def test_what_the_desk_itself_may_not_ping_is_said_before_anything_is_promised(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    role = world.add_role("Ferries")
    world.let_mention_all("Editors")
    world.forbid("general", MENTION)
    refused = await made(newsroom, "alice", role, channel=str(world.channel("general")))
    assert refused.startswith("I may not ping **Ferries** there. Allow me **Mention") and "in that channel" in refused
    assert "Nothing is watched here" in await watched(newsroom, "general")


async def test_everybody_is_never_pinged_nor_is_the_role_of_a_bot(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    world.let_mention_all("Editors")
    assert "never pings everybody" in await made(newsroom, "alice", str(world.guild))
    bots = world.add_role("newsdesk")
    shown = dict(serializers.role_payload(world.backend.get_role(world.guild, int(bots))))
    of_bot = {**shown, "managed": True, "tags": {"bot_id": str(world.bot_id)}}
    world.backend.emit("GUILD_ROLE_UPDATE", {"guild_id": str(world.guild), "role": of_bot})
    assert "is the role of a bot" in await made(newsroom, "alice", bots)
    assert "Nothing is watched here" in await watched(newsroom)


async def test_what_is_said_to_the_desk_pings_by_the_same_rights(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    mentionable, other = world.add_role("Ferries", mentionable=True), world.add_role("Trains")
    for typed, told in (
        (f"watch add ferry ping <@&{other}>", "You may not ping **Trains** there"),
        (f"watch add ferry ping <@&{mentionable}> hourly", f"It is told hourly; pings <@&{mentionable}>."),
        ("watch change 1 daily", "Watch 1 is told daily."),
        (f"watch change 1 daily ping <@&{other}>", "You may not ping **Trains** there"),
        ("watch change 1 ping <@&1234567890123456789>", "There is no such role in this server."),
        (f"watch change 1 ping <@&{mentionable}>", f"Watch 1 is told at once; pings <@&{mentionable}>."),
    ):
        said = world.say("bob", "news", f"<@{world.bot_id}> {typed}")
        await newsroom.until(lambda told=told, said=said: told in _below(newsroom, said))
    assert not _pings(newsroom)


async def test_a_form_keeps_who_is_pinged_for_those_who_may_ping_it(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    role = world.add_role("Ferries")
    world.let_mention_all("Editors")
    await made(newsroom, "alice", role)
    for who, told in (("bob", "You may not ping"), ("alice", f"Watch 1 is told daily; pings <@&{role}>.")):
        shown = await newsroom.answered(world.slash(who, "general", "desk"))
        assert f"pings <@&{role}>" in shown
        await newsroom.quiet()
        panel = world.messages("general")[-1]
        await newsroom.answered(world.choose(who, "general", panel.id, "nd1:home:watch", "nd1:home:watch:1"))
        picked = world.messages("general")[-1]
        form = world.press(who, "general", picked.id, labels_of(picked)["Change…"])
        await newsroom.until(lambda form=form: world.backend.interactions[form].modal)
        assert told in await newsroom.answered(world.submit(who, "general", form, {"choice:cadence:": ["=daily"]}))
    assert not _pings(newsroom)


async def test_a_watch_without_a_role_pings_nobody_whatever_the_article_says(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    role = world.add_role("Ferries", mentionable=True)
    await newsroom.answered(world.slash("alice", "news", "watch add", topic="ferry"))
    await tell(newsroom, ferry(f"Ferry <@&{role}> @everyone to end"))
    (alert,) = alerts(newsroom)
    assert not alert.ping_role_ids and not alert.mention_everyone
    assert newsroom.rig.rest.requests("POST", MESSAGES)[-1].body["allowed_mentions"] == {"parse": []}


async def test_an_alert_goes_out_also_when_its_role_is_gone(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    role = world.add_role("Ferries", mentionable=True)
    await made(newsroom, "bob", role)
    world.backend.delete_role(world.guild, int(role))
    await tell(newsroom, ferry())
    (alert,) = alerts(newsroom)
    assert not alert.ping_role_ids


async def test_what_was_frozen_pings_once_however_often_and_by_whomever_it_is_posted(rig: Rig) -> None:
    role = rig.world.add_role("Ferries", mentionable=True)
    for _ in range(2):
        poster, rest = open_poster()
        (payload,) = poster.render(replace(make_alert(), ping=role), ZONE)
        await poster.post(place_of(rig, "news"), payload, MARKER)
        await rest.close()
    (alert,) = rig.world.messages("news")
    assert alert.ping_role_ids == [int(role)]


def test_only_the_first_message_of_a_long_batch_pings() -> None:
    alert = replace(make_alert(), publishers=("Harbour Wire",) * 60)
    batch = replace(make_batch(), alerts=tuple(replace(alert, story=n) for n in range(1, 20)), ping="71")  # type: ignore[arg-type]
    poster, _ = open_poster()
    first, *others = poster.render(batch, ZONE)
    assert others and json.loads(first)["ping"] == "71" and judge(first).calls == ("<@&71>",)
    assert not judge(first).refusals
    assert all("ping" not in json.loads(other) and not judge(other).calls for other in others)


def test_titles_that_name_the_very_role_call_nobody_in_an_alert_that_pings_it() -> None:
    poster, _ = open_poster()
    titles = [f"Ferry <@&71> {title} @everyone <@&71>" for title in hostile_titles(300, SEED)]
    for title in [*titles, "<@&71>", "\\<@&71>", "`<@&71>`", "```<@&71>```", "<@&\u200b71>"]:
        for dispatch in _hostile(title):
            first, *others = map(judge, poster.render(dispatch, ZONE))
            assert first.calls == ("<@&71>",), f"seed {SEED}: {title!r}"
            assert not first.refusals and not any(other.calls for other in others), f"seed {SEED}: {title!r}"


def _hostile(title: str) -> list[Alert | AlertBatch]:
    usual = make_alert()
    alert = replace(
        usual,
        headline=title,
        publishers=(title,),
        url=f"https://own.example/{title}",
        reason=replace(usual.reason, topic=title, words=(title,), sentence=title),
        ping="71",
    )
    batch = make_batch()
    return [alert, replace(batch, topic=title, alerts=(replace(alert, ping=None),), more=((title, None),), ping="71")]


def _every(newsroom: Newsroom) -> list[Message]:
    return [one for messages in newsroom.rig.world.backend.messages.values() for one in messages.values()]


def _pings(newsroom: Newsroom) -> list[str]:
    """What the desk has said that called a role. That a thread was opened is said by Discord itself."""
    said = [one for one in _every(newsroom) if one.author_id == newsroom.rig.world.bot_id and one.type not in (18, 21)]
    return [text_of(one) for one in said if one.ping_role_ids]


def _below(newsroom: Newsroom, said: int) -> str:
    """What the desk has said since somebody said that."""
    bot = newsroom.rig.world.bot_id
    return "\n".join(text_of(one) for one in _every(newsroom) if one.author_id == bot and one.id > said)
