"""Posting with the real client against the made-up Discord: what the desk is told of each answer, and of none."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import discord
import pytest
from discord.http import Route

from bot.errors import CannotSee, MaybePosted, NotPosted, PlaceClosed, PostError, PostRefused, SpaceClosed
from handlers.discord.cards import lay_cards
from handlers.discord.forum import Post
from handlers.discord.message import is_marked
from handlers.discord.post import DiscordPoster, freeze
from handlers.discord.refusals import Refusals
from handlers.layout.elements import Layout, Paragraph, Picture, Words
from tests.fake_discord.rest import Fault
from tests.fake_discord.rig import Rig, open_rig
from tests.handlers.discord.posting import MARKER, PICTURE, TREND, open_poster, place_of, sentence

MESSAGES = "/channels/*/messages"
MAY = discord.Permissions


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with open_rig() as rig:
        yield rig


@pytest.fixture
async def poster(rig: Rig) -> AsyncIterator[DiscordPoster]:
    poster, rest = open_poster()
    yield poster
    await rest.close()


def since() -> datetime:
    return datetime.now(UTC) - timedelta(minutes=1)


async def test_a_message_is_posted_and_found_by_its_marker(rig: Rig, poster: DiscordPoster) -> None:
    for channel in ("news", "announcements"):
        place = place_of(rig, channel)
        receipt = await poster.post(place, sentence(poster), MARKER)
        [message] = rig.world.messages(channel)
        assert receipt == f"{place.channel}:{message.id}"
        assert await poster.find(place, MARKER, since()) == receipt
        assert await poster.find(place, "ANOTHERMARKER", since()) is None


async def test_nobody_is_called_and_no_address_is_previewed(rig: Rig, poster: DiscordPoster) -> None:
    await poster.post(
        place_of(rig, "news"), sentence(poster, "Hello @everyone and <@1>, see https://x.example."), MARKER
    )
    [asked] = rig.rest.requests("POST", MESSAGES)
    assert asked.body["allowed_mentions"] == {"parse": []}
    assert asked.body["flags"] & discord.MessageFlags.suppress_embeds.flag
    [message] = rig.world.messages("news")
    assert not message.mention_everyone


async def test_a_payload_is_always_the_same(poster: DiscordPoster) -> None:
    assert sentence(poster) == sentence(poster)


async def test_posting_again_with_the_marker_gives_the_first_message(rig: Rig, poster: DiscordPoster) -> None:
    first = await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
    assert await poster.post(place_of(rig, "news"), sentence(poster), MARKER) == first
    assert len(rig.world.messages("news")) == 1


async def test_what_arrived_and_was_deleted_counts_as_sent(rig: Rig, poster: DiscordPoster) -> None:
    place = place_of(rig, "news")
    await poster.post(place, sentence(poster), MARKER)
    [message] = rig.world.messages("news")
    rig.world.backend.delete_message(message.channel_id, message.id)
    assert await poster.post(place, sentence(poster), MARKER) == f"{place.channel}:0"


@pytest.mark.parametrize("kind", ["before", "after", "status", "status_after"])
async def test_what_nobody_saw_arrive_may_have_arrived(rig: Rig, poster: DiscordPoster, kind: str) -> None:
    rig.rest.faults.append(Fault(kind=kind, path=MESSAGES, status=502))  # type: ignore[arg-type]
    with pytest.raises(MaybePosted):
        await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
    assert len(rig.rest.requests("POST", MESSAGES)) == 1, "it was asked again by itself"
    is_there = kind in ("after", "status_after")
    assert bool(await poster.find(place_of(rig, "news"), MARKER, since())) == is_there


async def test_without_a_connection_nothing_was_posted(rig: Rig, poster: DiscordPoster) -> None:
    Route.BASE = "http://127.0.0.1:9/api/v10"  # nobody listens there; the rig puts it back
    with pytest.raises(NotPosted):
        await poster.post(place_of(rig, "news"), sentence(poster), MARKER)


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (400, 50035, PostRefused),
        (400, 200000, PostRefused),
        (400, 0, NotPosted),
        (401, 0, SpaceClosed),
        (403, 0, NotPosted),
        (403, 40333, PlaceClosed),
        (404, 0, NotPosted),
        (403, 50001, PlaceClosed),
        (403, 50013, PlaceClosed),
        (404, 10003, PlaceClosed),
        (400, 160005, PlaceClosed),
        (400, 20028, NotPosted),
        (403, 40004, NotPosted),
        (500, 0, MaybePosted),
        (503, 0, MaybePosted),
        (504, 0, MaybePosted),
    ],
)
async def test_each_answer_says_what_to_do(
    rig: Rig, poster: DiscordPoster, status: int, code: int, expected: type[PostError]
) -> None:
    rig.rest.faults.append(Fault(kind="status", path=MESSAGES, status=status, code=code))
    with pytest.raises(expected):
        await poster.post(place_of(rig, "news"), sentence(poster), MARKER)


@pytest.mark.parametrize("channel", ["readonly", "hidden"])
async def test_a_channel_where_the_bot_may_not_post_is_closed(rig: Rig, poster: DiscordPoster, channel: str) -> None:
    with pytest.raises(PlaceClosed):
        await poster.post(place_of(rig, channel), sentence(poster), MARKER)


async def test_a_deleted_channel_is_closed(rig: Rig, poster: DiscordPoster) -> None:
    place = place_of(rig, "news")
    rig.world.backend.delete_channel(rig.world.channel("news"))
    with pytest.raises(PlaceClosed):
        await poster.post(place, sentence(poster), MARKER)
    with pytest.raises(PlaceClosed):
        await poster.find(place, MARKER, since())


async def test_a_token_that_is_refused_is_not_tried_again(rig: Rig) -> None:
    poster, rest = open_poster("revoked")
    for channel in ("news", "general"):
        with pytest.raises(SpaceClosed):
            await poster.post(place_of(rig, channel), sentence(poster), MARKER)
    assert len(rig.rest.asked) == 1
    await rest.close()


async def test_a_limit_of_a_channel_holds_up_no_other(rig: Rig, poster: DiscordPoster) -> None:
    rig.rest.faults.append(Fault(kind="429", path=MESSAGES, retry_after=30))
    for _ in range(2):
        with pytest.raises(NotPosted) as limited:
            await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
        assert limited.value.retry_after and limited.value.retry_after > timedelta(seconds=29)
        assert not limited.value.everywhere
    assert len(rig.rest.asked) == 1, "it was asked again too early"
    await poster.post(place_of(rig, "general"), sentence(poster), MARKER)


@pytest.mark.parametrize(
    "fault", [Fault(kind="429", path=MESSAGES, scope="global"), Fault(kind="html", path=MESSAGES, status=429)]
)
async def test_a_limit_of_everything_holds_up_all(rig: Rig, poster: DiscordPoster, fault: Fault) -> None:
    rig.rest.faults.append(fault)
    for channel in ("news", "general"):
        with pytest.raises(NotPosted) as limited:
            await poster.post(place_of(rig, channel), sentence(poster), MARKER)
        assert limited.value.everywhere
        fault.retry_after = 0
    assert len(rig.rest.asked) == 1


async def test_a_channel_that_takes_no_more_for_now_is_not_asked(rig: Rig, poster: DiscordPoster) -> None:
    rig.rest.limits = [("POST", MESSAGES, 2, 60.0)]
    for number in range(2):
        await poster.post(place_of(rig, "news"), sentence(poster), f"{MARKER[:-1]}{number}")
    with pytest.raises(NotPosted):
        await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
    assert [asked.status for asked in rig.rest.asked] == [200, 200]


async def test_too_many_refusals_stop_everything_before_discord_does(rig: Rig) -> None:
    time = 0.0
    refusals = Refusals(lambda: time)
    poster, rest = open_poster(refusals=refusals)
    for _ in range(2_000):
        refusals.note(403, "user")
        refusals.note(429, "shared")
        refusals.note(404, "user")
    with pytest.raises(NotPosted) as stopped:
        await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
    assert stopped.value.everywhere
    assert not rig.rest.asked
    time = 601.0
    await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
    await rest.close()


async def test_nothing_follows_from_not_seeing_it(rig: Rig, poster: DiscordPoster) -> None:
    place = place_of(rig, "news")
    await poster.post(place, sentence(poster), MARKER)
    rig.world.forbid("news", MAY.read_message_history.flag)
    with pytest.raises(CannotSee):
        await poster.find(place, MARKER, since())


async def test_an_empty_page_of_what_was_written_is_no_proof(rig: Rig, poster: DiscordPoster) -> None:
    place = place_of(rig, "news")
    assert await poster.find(place, MARKER, since()) is None, "nothing was ever written there"
    rig.world.backend.get_channel(rig.world.channel("news")).last_message_id = 7
    with pytest.raises(CannotSee):
        await poster.find(place, MARKER, since())


async def test_a_message_is_found_behind_many_others(rig: Rig, poster: DiscordPoster) -> None:
    for number in range(150):
        rig.world.say("bob", "news", f"message {number}")
    receipt = await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
    rig.world.say("bob", "news", "one more")
    assert await poster.find(place_of(rig, "news"), MARKER, since()) == receipt


async def test_what_answers_an_earlier_post_stands_below_it(rig: Rig, poster: DiscordPoster) -> None:
    first = await poster.post(place_of(rig, "news"), sentence(poster), MARKER)
    below = place_of(rig, "news", thread=first)
    receipt = await poster.post(below, sentence(poster, "Correction."), "OTHERMARKER")
    asked = rig.rest.requests("POST", MESSAGES)[-1]
    assert asked.body["message_reference"]["message_id"] == first.partition(":")[2]
    assert await poster.find(below, "OTHERMARKER", since()) == receipt


async def test_a_thread_takes_posts_until_it_is_locked(rig: Rig, poster: DiscordPoster) -> None:
    opened = rig.world.backend.create_thread(rig.world.channel("news"), "Harbour", owner_id=rig.world.bot_id)
    place = place_of(rig, "news", thread=str(opened.id))
    receipt = await poster.post(place, sentence(poster), MARKER)
    assert receipt.startswith(f"{opened.id}:")
    assert await poster.find(place, MARKER, since()) == receipt
    rig.rest.faults.append(Fault(kind="status", path=MESSAGES, status=400, code=160005))
    with pytest.raises(PlaceClosed):
        await poster.post(place, sentence(poster), "OTHERMARKER")


async def test_a_picture_comes_with_what_it_shows(rig: Rig, poster: DiscordPoster) -> None:
    elements = (Paragraph(line=(Words(text="More of it lately."),)), Picture(trend=TREND))
    [card] = lay_cards(Layout(summary="Trend", elements=elements))
    payload = freeze(card, Post(topic="tariffs", kind="digest", zone="UTC"))
    await poster.post(place_of(rig, "news"), payload, MARKER)
    [message] = rig.world.messages("news")
    [attached] = message.attachments
    assert (attached["filename"], attached["description"]) == ("trend-1.png", TREND.in_words())
    assert attached["size"] == len(PICTURE)
    assert is_marked({"components": message.components}, MARKER)
    assert "PNG" not in payload
    assert json.loads(payload)["pictures"][0]["topic"] == "tariffs"
