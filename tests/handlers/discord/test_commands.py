"""Commands in Discord: digests, watches, sources and the desk, with the rights that they need."""

import json
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import discord
import pytest

from handlers.discord.people import Rules
from tests.fake_discord.newsroom import Newsroom, copied, labels_of, open_newsroom, text_of
from tests.fake_discord.rig import Rig

ONE_PERSON = 1 << 6


def listed(newsroom: Newsroom) -> tuple[str, bytes]:
    """A list of one source, as feed readers write them."""
    outline = f'<outline type="rss" text="Harbour Wire" xmlUrl="{newsroom.site.address()}"/>'
    return "feeds.opml", f'<opml version="2.0"><body>{outline}</body></opml>'.encode()


async def test_a_digest_is_added_listed_previewed_paused_resumed_and_removed(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    made = await newsroom.answered(
        world.slash(
            "alice", "news", "digest add", when="weekdays 8:30", topic="tariffs", length="short", zone="Europe/Berlin"
        )
    )
    assert "tariffs" in made and "08:30" in made and "Berlin" in made
    for act, said in (("preview", "tariff"), ("pause", "pause"), ("resume", "<t:"), ("remove", "no more|removed")):
        told = await newsroom.answered(world.slash("alice", "news", f"digest {act}", number="1"))
        assert re.search(said, told.lower()), (act, told)
    assert "No digests come here" in await newsroom.answered(world.slash("bob", "news", "digest list"))
    assert world.messages("news")[-1].flags & ONE_PERSON


async def test_a_digest_comes_to_the_channel_that_was_chosen(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    made = await newsroom.answered(
        world.slash("alice", "news", "digest add", when="daily 7:00", channel=str(world.channel("forum")))
    )
    assert "every day at 07:00" in made
    assert "every day at 07:00" in await newsroom.answered(world.slash("bob", "news", "desk"))
    assert "No digests come here" in await newsroom.answered(world.slash("bob", "news", "digest list"))


async def test_a_thread_is_a_channel_of_its_own(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    thread = world.backend.create_thread(world.channel("news"), "Mergers", world.people["alice"]).id
    await newsroom.answered(world.slash("alice", thread, "watch add", topic="mergers"))
    assert "mergers" in await newsroom.answered(world.slash("bob", thread, "watch list"))
    assert "mergers" not in await newsroom.answered(world.slash("bob", "news", "watch list"))
    assert "mergers" in await newsroom.answered(world.slash("bob", "news", "desk"))


async def test_rights_are_those_in_the_channel_that_was_chosen(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    for name, lacks in (("readonly", "I cannot post here yet"), ("hidden", "I cannot see what you have chosen")):
        chosen = world.slash("alice", "news", "digest add", when="daily 7:00", channel=str(world.channel(name)))
        assert lacks in await newsroom.answered(chosen)


async def test_a_watch_is_tested_added_listed_muted_and_removed(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    tested = await newsroom.answered(world.slash("bob", "news", "watch test", topic="tariffs on Japan"))
    assert "japan" in tested.lower()
    made = await newsroom.answered(
        world.slash("alice", "news", "watch add", topic='"interest rates"', pace="hourly", quiet="22:00-07:00")
    )
    assert "interest rates" in made
    assert "interest rates" in await newsroom.answered(world.slash("bob", "news", "watch list"))
    for act, options in (("mute", {"duration": "3 days"}), ("unmute", {}), ("remove", {})):
        assert await newsroom.answered(world.slash("alice", "news", f"watch {act}", number="1", **options))
    assert "interest rates" not in await newsroom.answered(world.slash("bob", "news", "watch list"))


async def test_what_a_form_would_forget_is_not_taken_without_what_is_needed(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    for typed, options in (("watch add", {"pace": "hourly"}), ("digest add", {"topic": "tariffs", "length": "short"})):
        refused = await newsroom.answered(world.slash("alice", "news", typed, **options))
        assert f"{typed} needs" in refused.replace("`", "")
        assert "for example" in refused


async def test_forms_ask_for_what_a_command_left_out(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    for typed, filled, said in (
        (
            "digest add",
            {
                "text:times:": "mondays 9:00",
                "text:topic:about": "tariffs",
                "channel:channel:": str(world.channel("news")),
            },
            "tariffs",
        ),
        ("watch add", {"text:topic:": "tariffs", "channel:channel:": str(world.channel("general"))}, "tariffs"),
        ("source add", {"text:address:": newsroom.site.address()}, "Harbour Wire"),
    ):
        form = world.slash("alice", "news", typed)
        await newsroom.until(lambda form=form: world.backend.interactions[form].modal)
        assert said in await newsroom.answered(world.submit("alice", "news", form, filled))


async def test_what_was_asked_can_be_watched_by_a_button(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("bob", "news", "ask", question="What tariffs apply to Japan?"))
    (answer,) = world.messages("news")
    form = world.press("alice", "news", answer.id, labels_of(answer)["Watch this"])
    await newsroom.until(lambda: world.backend.interactions[form].modal)
    assert "Japan" in json.dumps(world.backend.interactions[form].modal)
    filled = {"channel:channel:": str(world.channel("news"))}
    assert "Japan" in await newsroom.answered(world.submit("alice", "news", form, filled))


async def test_sources_are_listed_imported_checked_exported_and_removed(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    imported = await newsroom.answered(world.slash("alice", "news", "source import", file=listed(newsroom)))
    assert "Harbour Wire" in imported or "1" in imported
    assert "Harbour Wire" in await newsroom.answered(world.slash("bob", "news", "source list"))
    assert await newsroom.answered(world.slash("alice", "news", "source check", name="Harbour Wire"))
    exported = world.slash("bob", "news", "source export")
    assert "list of what is followed" in await newsroom.answered(exported)
    (file,) = world.messages("news")[-1].attachments
    assert file["filename"] == "sources.opml"
    assert "Harbour Wire" in await newsroom.answered(world.slash("alice", "news", "source remove", name="Harbour Wire"))


async def test_why_and_desk_answer_one_person(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    assert await newsroom.answered(world.slash("bob", "news", "why", link="https://example.org/nothing"))
    desk = await newsroom.answered(world.slash("bob", "news", "desk"))
    assert "Digests" in desk and "Watches" in desk and "Sources" in desk
    assert all(message.flags & ONE_PERSON for message in world.messages("news"))


async def test_a_panel_below_the_desk_changes_what_is_chosen_there(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("alice", "news", "digest add", when="daily 8:00", topic="tariffs"))
    await newsroom.answered(world.slash("alice", "news", "watch add", topic="mergers"))
    await newsroom.answered(world.slash("alice", "general", "desk"))
    await newsroom.quiet()
    panel = world.messages("general")[-1]
    assert {"New digest", "New watch", "New source", "Ask"} == set(labels_of(panel)) and panel.flags & ONE_PERSON
    form = world.press("alice", "general", panel.id, labels_of(panel)["New watch"])
    await newsroom.until(lambda: world.backend.interactions[form].modal)
    for kind, number, label, said in (("digest", 1, "Pause", "pause"), ("watch", 2, "Mute for 3 days", "mute")):
        chosen = f"nd1:home:{kind}:{number}"
        await newsroom.answered(world.choose("alice", "general", panel.id, f"nd1:home:{kind}", chosen))
        picked = world.messages("general")[-1]
        told = await newsroom.answered(world.press("alice", "general", picked.id, labels_of(picked)[label]))
        assert said in told.lower()
        refused = await newsroom.answered(world.press("bob", "general", picked.id, labels_of(picked)["Remove"]))
        assert "Only members with" in refused
        form = world.press("alice", "general", picked.id, labels_of(picked)["Change…"])
        await newsroom.until(lambda form=form: world.backend.interactions[form].modal)
        filled = {"choice:length:": ["=short"]} if kind == "digest" else {"choice:cadence:": ["=daily"]}
        told = await newsroom.answered(world.submit("alice", "general", form, filled))
        assert ("tariffs, short." if kind == "digest" else "Watch 2 is told daily") in told


async def test_the_desk_shows_only_channels_that_whoever_asks_may_see(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    secret = world.add_channel("secret", seen_by="alice")
    await newsroom.answered(world.slash("alice", secret, "watch add", topic="mergers"))
    assert "mergers" in await newsroom.answered(world.slash("alice", "news", "desk"))
    assert "mergers" not in await newsroom.answered(world.slash("bob", "news", "desk"))


@pytest.mark.parametrize(
    ("who", "may"), [("alice", True), ("carol", True), ("bob", False)], ids=["manages", "has the role", "has neither"]
)
async def test_rights_come_from_managing_the_server_or_a_role(
    rig: Rig, samples_read: Path, tmp_path: Path, who: str, may: bool
) -> None:
    rules = Rules(role="desk", zone=ZoneInfo("UTC"))
    async with open_newsroom(rig, copied(samples_read, tmp_path / "data"), rules) as newsroom:
        for typed, options in (("watch add", {"topic": "tariffs"}), ("digest add", {"when": "daily 8:00"})):
            said = await newsroom.answered(rig.world.slash(who, "news", typed, **options))
            assert ("Only members with **Manage Server** or the role" not in said) == may, said
            assert bool(rig.world.messages("news")[-1].flags & ONE_PERSON) == (not may)


async def test_members_may_change_channels_where_the_settings_say_so_and_sources_all_the_same_not(
    rig: Rig, samples_read: Path, tmp_path: Path
) -> None:
    rules = Rules(channels_by="members", zone=ZoneInfo("UTC"))
    async with open_newsroom(rig, copied(samples_read, tmp_path / "data"), rules) as newsroom:
        assert "tariffs" in await newsroom.answered(rig.world.slash("bob", "news", "watch add", topic="tariffs"))
        said = await newsroom.answered(rig.world.slash("bob", "news", "source remove", name="Harbour Wire"))
        assert "Only members with" in said


async def test_what_the_desk_lacks_in_a_channel_is_said_before_anything_is_promised(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    said = await newsroom.answered(world.slash("alice", "readonly", "digest add", when="daily 8:00"))
    assert "I cannot post here yet" in said and "Send Messages" in said
    world.forbid("general", discord.Permissions.read_message_history.flag)
    said = await newsroom.answered(world.slash("alice", "general", "digest add", when="daily 8:00"))
    assert "Read Message History" in said


async def test_a_command_that_cannot_be_carried_out_says_why_to_one_person(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    said = await newsroom.answered(world.slash("alice", "news", "digest add", when="whenever it suits"))
    assert said
    assert [message.flags & ONE_PERSON for message in world.messages("news")] == [ONE_PERSON]


@pytest.mark.parametrize("name", ["nd0:mute:7", "ndp1:0:typed:watch remove 1"], ids=["earlier", "made up"])
async def test_a_button_that_the_desk_does_not_know_is_out_of_date_and_does_nothing(
    newsroom: Newsroom, name: str
) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("alice", "general", "watch add", topic="mergers"))
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Press", "custom_id": name}]}
    old = world.backend.create_message(world.channel("general"), world.bot_id, "Old news", components=[row])
    world.press("alice", "general", old.id, name)
    await newsroom.until(lambda: "out of date" in text_of(world.messages("general")[-1]))
    assert "mergers" in await newsroom.answered(world.slash("alice", "general", "watch list"))


@pytest.mark.parametrize(
    ("typed", "option", "begun", "found"),
    [
        ("digest add", "zone", "berl", "Europe/Berlin"),
        ("digest add", "when", "fridays at noon", "fridays at noon"),
        ("digest pause", "number", "tar", "1"),
        ("watch mute", "number", "rat", "2"),
        ("brief", "topic", "inter", "interest rates"),
        ("source remove", "name", "harb", "Harbour Wire"),
    ],
)
async def test_options_are_completed_while_they_are_typed(
    newsroom: Newsroom, typed: str, option: str, begun: str, found: str
) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("alice", "news", "digest add", when="daily 8:00", topic="tariffs"))
    await newsroom.answered(world.slash("alice", "news", "watch add", topic="interest rates"))
    await newsroom.answered(world.slash("alice", "news", "source import", file=listed(newsroom)))
    asked = world.begin_typing("bob", "news", typed, option, begun)
    await newsroom.until(lambda: world.backend.interactions[asked].autocomplete_choices is not None)
    choices = world.backend.interactions[asked].autocomplete_choices or []
    assert found in [choice["value"] for choice in choices]


async def test_commands_are_made_known_once_as_long_as_they_are_the_same(
    rig: Rig, samples_read: Path, tmp_path: Path
) -> None:
    folder = copied(samples_read, tmp_path / "data")
    for _ in range(2):
        async with open_newsroom(rig, folder):
            pass
    (made_known,) = rig.rest.requests("PUT", "/applications/*/commands")
    by_anybody = {one["name"] for one in made_known.body if 1 in one["integration_types"]}
    assert by_anybody == {"ask", "brief", "Background on this"}
    assert all(one["contexts"] == [0] for one in made_known.body if one["name"] in ("digest", "watch", "source"))
