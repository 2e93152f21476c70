"""What goes wrong with Discord: nothing is answered twice, and nobody is left without a word."""

import asyncio
import logging
from pathlib import Path

import discord
import pytest

from bot.archive.archive import Archive
from bot.archive.inbox import Event, find_event, open_events, take_event
from bot.errors import ConfigError
from bot.news.article import LOCAL
from handlers.discord.app import DiscordLine, House
from handlers.discord.heard import PLATFORM
from tests.fake_discord.newsroom import NOW, RULES, Newsroom, copied, open_newsroom, text_of
from tests.fake_discord.rest import Fault
from tests.fake_discord.rig import Rig

QUESTION = "What tariffs apply to Japan?"
ORIGINAL = "/webhooks/*/messages/@original"


async def test_what_discord_repeats_is_answered_once(newsroom: Newsroom) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    rig.gateway.repeat_last("INTERACTION_CREATE")
    asked = world.say("bob", "general", f"<@{world.bot_id}> {QUESTION}")
    await newsroom.until(lambda: world.messages(asked))
    for _ in range(2):
        rig.gateway.repeat_last("MESSAGE_CREATE")
    await newsroom.answered(world.slash("bob", "readonly", "ask", question=QUESTION))
    assert len(rig.rest.requests("PATCH", ORIGINAL)) == 2
    assert len(rig.rest.requests("POST", f"/channels/{asked}/messages")) == 1


async def test_a_connection_that_broke_off_is_resumed_and_nothing_is_lost_or_told_twice(newsroom: Newsroom) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    rig.gateway.repeated_on_resume = 3
    await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    rig.gateway.drop()
    asked = world.say("bob", "general", f"<@{world.bot_id}> {QUESTION}")
    await newsroom.until(lambda: "resume" in rig.gateway.log and world.messages(asked))
    assert len(rig.rest.requests("PATCH", ORIGINAL)) == 1
    assert len(rig.gateway.identified) == 1
    assert newsroom.line.trouble() is None


async def test_a_fault_of_discord_is_got_over(newsroom: Newsroom) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    rig.rest.faults += [
        Fault(kind="status", status=503, method="PATCH", path=ORIGINAL),
        Fault(kind="after", method="PATCH", path=ORIGINAL),
    ]
    said = await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    assert "24%" in said
    assert len(world.messages("news")) == 1


async def test_an_answer_whose_arrival_was_not_told_stands_there_once(newsroom: Newsroom) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    rig.rest.faults.append(Fault(kind="status_after", status=502, method="POST", path="/channels/*/messages"))
    asked = world.say("bob", "news", f"<@{world.bot_id}> {QUESTION}")
    await newsroom.until(lambda: len(rig.rest.requests("POST", f"/channels/{asked}/messages")) == 2)
    assert len(world.messages(asked)) == 1


@pytest.mark.parametrize("scope", ["user", "shared", "global"])
async def test_a_limit_is_waited_for(newsroom: Newsroom, scope: str) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    rig.rest.faults.append(Fault(kind="429", method="PATCH", path=ORIGINAL, scope=scope))
    assert "24%" in await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))


async def test_what_comes_too_late_is_left_alone(newsroom: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    world = newsroom.rig.world
    caplog.set_level(logging.WARNING)
    asked = world.slash("bob", "news", "ask", question=QUESTION)
    world.clock.advance(4)
    await newsroom.until(lambda: "it came too late" in [getattr(one, "reason", "") for one in caplog.records])
    assert not world.backend.interactions[asked].responded
    assert world.messages("news") == []


async def test_what_another_process_has_taken_is_left_to_it(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    caplog.set_level(logging.WARNING)
    rig.rest.faults.append(Fault(kind="status", status=400, code=40060, path="/interactions/*/callback"))
    world.slash("bob", "news", "ask", question=QUESTION)
    await newsroom.until(lambda: any("somebody else" in getattr(one, "reason", "") for one in caplog.records))
    assert world.messages("news") == []


async def test_where_the_desk_may_not_write_whoever_asked_is_told_alone(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    world.forbid("readonly", discord.Permissions(send_messages=True, send_messages_in_threads=True).value)
    world.say("bob", "readonly", f"<@{world.bot_id}> {QUESTION}")
    alone = world.talk_with("bob")
    await newsroom.until(lambda: world.messages(alone))
    assert "I may not write in the channel" in text_of(world.messages(alone)[0])
    assert "24%" in await newsroom.answered(world.slash("bob", "readonly", "ask", question=QUESTION))


async def test_an_answer_that_discord_does_not_take_is_followed_by_a_word(newsroom: Newsroom) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    rig.rest.faults.append(Fault(kind="status", status=400, code=50035, method="PATCH", path=ORIGINAL))
    assert "Something went wrong" in await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))


async def test_what_nobody_foresaw_is_told_to_one_person_with_a_reference_that_the_log_holds(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    world = newsroom.rig.world
    newsroom.desks.fault = ValueError("nobody foresaw this")
    said = await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))
    assert "Something went wrong" in said
    (ref,) = {str(one.ref) for one in caplog.records if hasattr(one, "ref")}
    assert ref in said
    assert [message.flags & 1 << 6 for message in world.messages("news")] == [1 << 6]


async def test_what_was_open_at_the_end_is_answered_by_the_next_process_once(
    rig: Rig, samples_read: Path, tmp_path: Path
) -> None:
    folder = copied(samples_read, tmp_path / "data")
    async with open_newsroom(rig, folder) as before:
        asked = rig.world.say("bob", "news", f"<@{rig.world.bot_id}> {QUESTION}")
        await before.until(lambda: rig.world.messages(asked))
        kept = before.desks.archive.read_now(find_event, LOCAL, PLATFORM, str(asked))
    assert kept is not None
    with Archive.open(folder) as archive:
        archive.write_now(take_event, _renamed(kept, "1"))
        other = kept.body.replace(f'"id": "{asked}"', '"id": "77"').replace(f'"root": "{asked}"', '"root": ""')
        archive.write_now(take_event, _renamed(kept, "2", other))
    async with open_newsroom(rig, folder) as after:
        await after.until(lambda: not after.desks.archive.read_now(open_events, PLATFORM, 10))
    assert len(rig.world.messages(asked)) == 1, "what was answered before is not answered again"
    assert "24%" in text_of(rig.world.messages("news")[-1]), "what was not, is"


async def test_a_wrong_token_is_said_in_a_sentence(rig: Rig, samples_read: Path, tmp_path: Path) -> None:
    async with open_newsroom(rig, copied(samples_read, tmp_path / "data")) as newsroom:
        house = House(fronts=newsroom.desks, rules=RULES, space_of=lambda _: LOCAL, draw=lambda _: b"")
        with pytest.raises(ConfigError, match="Discord does not take this bot token"):
            await DiscordLine("wrong", house).start()


@pytest.mark.parametrize(("code", "sentence"), [(4014, "needs none that are privileged"), (4004, "does not take")])
async def test_what_discord_never_takes_is_said_in_a_sentence(
    rig: Rig, samples_read: Path, tmp_path: Path, code: int, sentence: str
) -> None:
    rig.gateway.refuses_with = code
    with pytest.raises(ConfigError, match=sentence):
        async with open_newsroom(rig, copied(samples_read, tmp_path / "data")):
            pass


async def test_discord_that_is_down_at_first_is_tried_again(rig: Rig, samples_read: Path, tmp_path: Path) -> None:
    rig.rest.faults.append(Fault(kind="status", status=503, path="/users/@me"))
    async with open_newsroom(rig, copied(samples_read, tmp_path / "data")) as newsroom:
        assert newsroom.line.trouble() is None
        assert "24%" in await newsroom.answered(rig.world.slash("bob", "news", "ask", question=QUESTION))


async def test_a_token_that_is_taken_back_is_said_and_not_tried_any_more(newsroom: Newsroom) -> None:
    rig = newsroom.rig
    rig.gateway.refuses_with = 4004
    rig.gateway.forget_sessions()
    await rig.gateway.close(4004)
    await newsroom.until(lambda: "does not take this bot token" in str(newsroom.line.trouble()))


async def test_a_session_that_is_over_is_begun_anew_and_counted(newsroom: Newsroom) -> None:
    rig, world = newsroom.rig, newsroom.rig.world
    rig.gateway.forget_sessions()
    rig.gateway.ask_to_reconnect()
    async with asyncio.timeout(15):
        await newsroom.until(lambda: len(rig.gateway.identified) == 2)
    assert "24%" in await newsroom.answered(world.slash("bob", "news", "ask", question=QUESTION))


def _renamed(event: Event, id: str, body: str = "") -> Event:
    return Event(space=event.space, platform=PLATFORM, event=id, body=body or event.body, received=NOW, reply=None)
