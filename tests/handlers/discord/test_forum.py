"""Posting in forums of the made-up Discord: a post a day on each topic."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from simcord.enums import ChannelType

from bot.errors import NotPosted, PlaceClosed
from bot.news.digest import Digest
from handlers.discord.post import DiscordPoster
from tests.fake_discord.rest import Fault
from tests.fake_discord.rig import Rig, open_rig
from tests.handlers.discord.posting import MARKER, NOW, ZONE, open_poster, place_of, sentence

OPENED = "/channels/*/threads"


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    async with open_rig() as rig:
        yield rig


@pytest.fixture
async def poster(rig: Rig) -> AsyncIterator[DiscordPoster]:
    poster, rest = open_poster()
    yield poster
    await rest.close()


def digest(poster: DiscordPoster, topic: str = "Tariffs") -> str:
    made = Digest(topic=topic, start=NOW, end=NOW, late_since=None, items=(), ended=(), more=0, citations=())
    return poster.render(made, ZONE)[0]


async def test_one_post_a_day_on_a_topic_takes_all_that_is_told(rig: Rig, poster: DiscordPoster) -> None:
    place = place_of(rig, "forum")
    receipts = [await poster.post(place, digest(poster), f"{MARKER[:-1]}{number}") for number in range(2)]
    [thread] = {receipt.partition(":")[0] for receipt in receipts}
    assert rig.world.backend.get_channel(int(thread)).name == "27 November 2026 · Tariffs"
    assert len(rig.world.messages(int(thread))) == 3, "the opening, and two digests below"
    other = await poster.post(place, digest(poster, "Steel"), MARKER)
    assert not other.startswith(thread)


async def test_what_stands_in_a_post_is_found_and_the_post_itself_after_a_restart(
    rig: Rig, poster: DiscordPoster
) -> None:
    place = place_of(rig, "forum")
    receipt = await poster.post(place, digest(poster), MARKER)
    later, rest = open_poster()
    assert await later.find(place, MARKER, NOW - timedelta(days=900)) == receipt
    assert await later.find(place, "NOBODYPOSTEDTHIS", NOW - timedelta(days=900)) is None
    again = await later.post(place, digest(later), "ONEMORE")
    assert again.partition(":")[0] == receipt.partition(":")[0]
    assert len(rig.rest.requests("POST", OPENED)) == 1
    await rest.close()


@pytest.mark.parametrize("kind", ["before", "after", "status", "status_after"])
async def test_a_post_that_nobody_saw_open_is_not_opened_twice(rig: Rig, poster: DiscordPoster, kind: str) -> None:
    rig.rest.faults.append(Fault(kind=kind, path=OPENED))  # type: ignore[arg-type]
    with pytest.raises(NotPosted):
        await poster.post(place_of(rig, "forum"), digest(poster), MARKER)
    receipt = await poster.post(place_of(rig, "forum"), digest(poster), MARKER)
    named = [channel for channel in rig.world.backend.channels.values() if channel.name == "27 November 2026 · Tariffs"]
    assert [str(channel.id) for channel in named] == [receipt.partition(":")[0]]


async def test_another_post_is_opened_where_somebody_deleted_it(rig: Rig, poster: DiscordPoster) -> None:
    first = await poster.post(place_of(rig, "forum"), digest(poster), MARKER)
    rig.world.backend.delete_channel(int(first.partition(":")[0]))
    with pytest.raises(NotPosted):
        await poster.post(place_of(rig, "forum"), digest(poster), "OTHERMARKER")
    second = await poster.post(place_of(rig, "forum"), digest(poster), "OTHERMARKER")
    assert second.partition(":")[0] != first.partition(":")[0]


async def test_a_post_has_the_tags_of_its_topic_and_its_kind(rig: Rig, poster: DiscordPoster) -> None:
    forum = rig.world.backend.get_channel(rig.world.channel("forum"))
    tags = [{"id": str(number), "name": name} for number, name in enumerate(("Sport", "tariffs", "Digest"), start=1)]
    forum.available_tags = [{**tag, "moderated": False, "emoji_id": None, "emoji_name": None} for tag in tags]
    await poster.post(place_of(rig, "forum"), digest(poster), MARKER)
    [opened] = rig.rest.requests("POST", OPENED)
    assert opened.body["applied_tags"] == ["2", "3"]
    assert opened.body["message"]["allowed_mentions"] == {"parse": []}


async def test_a_place_that_takes_no_text_at_all_is_closed(rig: Rig, poster: DiscordPoster) -> None:
    category = rig.world.backend.create_channel(rig.world.guild, "All", type=ChannelType.CATEGORY).id
    with pytest.raises(PlaceClosed):
        await poster.post(place_of(rig, category), sentence(poster), MARKER)
