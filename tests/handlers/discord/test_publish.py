"""Digests and alerts in channels of announcements are published; where they cannot be, they stay posted."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.archive.deliveries import find_deliveries
from bot.desk.answering import Answering
from bot.news.article import LOCAL
from bot.news.digest import Digest, Dispatch, PlainNotice
from bot.schedule import Workers
from handlers.discord.post import DiscordPoster
from handlers.discord.publish import Publishing
from handlers.discord.refusals import Refusals
from handlers.discord.rest import Rest
from tests.fake_discord.newsroom import Newsroom
from tests.fake_discord.rest import Fault
from tests.fake_discord.rig import TOKEN, Rig
from tests.handlers.console.dispatch_makes import make_alert, make_correction
from tests.handlers.discord.alerting import ferry, open_quiet_newsroom, tell
from tests.handlers.discord.posting import MARKER, NOW, PICTURE, ZONE, place_of

CROSSPOST = "/channels/*/messages/*/crosspost"
PUBLISHED = 1 << 1  # flag of a message
DIGEST = Digest(topic="tariffs", start=NOW, end=NOW, late_since=None, items=(), ended=(), more=0, citations=())


@pytest.fixture
async def newsroom(rig: Rig, migrated_file: Path, tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with open_quiet_newsroom(rig, migrated_file, tmp_path) as opened:
        yield opened


async def post(newsroom: Newsroom, channel: str, dispatch: Dispatch = DIGEST) -> int:
    """The flags of what is posted, once nothing more is done about it."""
    poster, rig = newsroom.line.poster, newsroom.rig
    (payload,) = poster.render(dispatch, ZONE)
    await poster.post(place_of(rig, channel), payload, MARKER)
    await newsroom.quiet()
    (message,) = rig.world.messages(channel)
    return int(message.flags)


@pytest.mark.parametrize("dispatch", [DIGEST, make_alert()], ids=["digest", "alert"])
async def test_what_is_told_in_a_channel_of_announcements_is_published_once(
    newsroom: Newsroom, dispatch: Dispatch
) -> None:
    assert await post(newsroom, "announcements", dispatch) & PUBLISHED
    (asked,) = newsroom.rig.rest.requests("POST", CROSSPOST)
    assert asked.status == 200
    assert await post(newsroom, "announcements", dispatch) & PUBLISHED, "posted again, it is the same message"


async def test_nothing_is_published_elsewhere_and_nobody_is_asked_about_it(newsroom: Newsroom) -> None:
    before = len(newsroom.rig.rest.asked)
    assert not await post(newsroom, "news") & PUBLISHED
    assert len(newsroom.rig.rest.asked) == before + 1


@pytest.mark.parametrize("dispatch", [PlainNotice(sentence="Nothing new."), make_correction()], ids=["notice", "fixed"])
async def test_only_digests_and_alerts_are_published(newsroom: Newsroom, dispatch: Dispatch) -> None:
    assert not await post(newsroom, "announcements", dispatch) & PUBLISHED


async def test_answers_are_not_published(newsroom: Newsroom) -> None:
    world = newsroom.rig.world
    await newsroom.answered(world.slash("bob", "announcements", "ask", question="What is new?"))
    await newsroom.quiet()
    assert not newsroom.rig.rest.requests("POST", CROSSPOST)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(kind="429", path=CROSSPOST, retry_after=3_000),
        Fault(kind="status", path=CROSSPOST, status=403, code=50013),
        Fault(kind="status", path=CROSSPOST, status=500),
        Fault(kind="before", path=CROSSPOST),
    ],
    ids=["too many", "no right", "broken", "silent"],
)
async def test_what_cannot_be_published_is_sent_once_and_settled_and_that_is_noted(
    newsroom: Newsroom, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    world, rest = newsroom.rig.world, newsroom.rig.rest
    await newsroom.answered(world.slash("alice", "announcements", "watch add", topic="ferry"))
    rest.faults.append(fault)
    await tell(newsroom, ferry())
    await newsroom.until(lambda: "a post is not published" in caplog.messages)
    posted = [asked for asked in rest.requests("POST", "/channels/*/messages") if asked.status == 200]
    assert len(posted) == len(rest.requests("POST", CROSSPOST)) == 1
    (delivery,) = newsroom.desks.home.archive.read_now(find_deliveries, LOCAL, "alert:1:1:0")
    assert (delivery.state, delivery.attempt) == ("sent", 1)
    assert [one.levelno for one in caplog.records if one.msg == "a post is not published"] == [logging.INFO]


async def test_where_a_channel_takes_no_more_for_an_hour_it_is_not_asked_again_and_goes_on_being_told(
    newsroom: Newsroom,
) -> None:
    poster, rig = newsroom.line.poster, newsroom.rig
    rig.rest.limits = [("POST", CROSSPOST, 1, 3_600.0)]
    (payload,) = poster.render(DIGEST, ZONE)
    for number in range(3):
        await poster.post(place_of(rig, "announcements"), payload, f"{MARKER[:-1]}{number}")
        await newsroom.quiet()
    assert [bool(message.flags & PUBLISHED) for message in rig.world.messages("announcements")] == [True, False, False]
    assert [asked.status for asked in rig.rest.requests("POST", CROSSPOST)] == [200]


async def test_what_somebody_has_published_before_is_no_trouble(
    newsroom: Newsroom, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    newsroom.rig.rest.faults.append(Fault(kind="status", path=CROSSPOST, status=400, code=40033))
    await post(newsroom, "announcements")
    assert "a post is not published" not in caplog.messages


async def test_where_publishing_is_switched_off_nothing_is_published(
    rig: Rig, migrated_file: Path, tmp_path: Path
) -> None:
    async with open_quiet_newsroom(rig, migrated_file, tmp_path, publishes=False) as newsroom:
        assert not await post(newsroom, "announcements") & PUBLISHED


@pytest.mark.parametrize(("channel", "is_published"), [("announcements", True), ("news", False)])
async def test_where_discord_has_not_shown_the_channel_yet_it_is_asked(
    rig: Rig, channel: str, is_published: bool
) -> None:
    rest, workers = Rest(TOKEN, Refusals()), Workers()
    publishing = Publishing(rest, Answering(workers), lambda _: None)
    poster = DiscordPoster(rest, draw=lambda trend: PICTURE, clock=lambda: NOW, publish=publishing.begin)
    (payload,) = poster.render(DIGEST, ZONE)
    await poster.post(place_of(rig, channel), payload, MARKER)
    await workers.finish(5)
    await rest.close()
    assert bool(rig.world.messages(channel)[0].flags & PUBLISHED) is is_published
    assert len(rig.rest.requests("POST", CROSSPOST)) == is_published
