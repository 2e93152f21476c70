"""What a running desk tells those who watch machines."""

from datetime import timedelta

import aiohttp
import pytest

from bot.archive.archive import Archive
from bot.archive.feeds import PUBLIC, NewFeed
from bot.archive.sources import note_sources
from bot.desk.gather import Gathered
from bot.desk.pulse import Pulse, take_pulse
from bot.errors import ConfigError
from bot.health import HealthServer, Tally
from bot.news.article import LOCAL
from bot.news.source import FeedId
from tests.makes import NOW

FEED = NewFeed(
    scope=PUBLIC, key="https://one.example/feed?token=s3cret", address="https://one.example/feed", kind="feed"
)


def pulse_of(archive: Archive, after: timedelta, ended: dict[str, timedelta]) -> Pulse:
    now = NOW + after
    return archive.read_now(take_pulse, {LOCAL: 0}, {name: now - ago for name, ago in ended.items()}, now)


def test_nothing_is_stuck_while_everything_ends_in_time(archive: Archive) -> None:
    archive.write_now(note_sources, LOCAL, [("One", FEED)], NOW)
    pulse = pulse_of(archive, timedelta(minutes=10), {"gathering": timedelta(seconds=2)})
    assert (pulse.feeds.followed, pulse.feeds.due, pulse.stuck) == (1, 1, ())


def test_what_is_stuck_is_told_with_its_moment(archive: Archive) -> None:
    archive.write_now(note_sources, LOCAL, [("One", FEED)], NOW)
    stuck = pulse_of(archive, timedelta(minutes=31), {"indexing": timedelta(minutes=4)}).stuck
    assert [one.what for one in stuck] == ["indexing", "feeds"]
    assert stuck[0].sentence == "Indexing has not ended well since 2025-04-16 09:57 UTC."
    assert (stuck[1].since, "1 feed is due" in stuck[1].sentence) == (NOW, True)


@pytest.mark.parametrize(("minutes", "status", "well"), [(1, 200, True), (60, 503, False)])
async def test_health_and_metrics_are_answered(archive: Archive, minutes: int, status: int, well: bool) -> None:
    archive.write_now(note_sources, LOCAL, [("One", FEED)], NOW)
    tally = Tally()
    tally.count(Gathered(feed=FeedId(1), outcome="filed", added=3, fetch_seconds=0.2, store_seconds=0.04))
    tally.count(Gathered(feed=FeedId(1), outcome="failed", code="F05"))

    async def take() -> Pulse:
        return pulse_of(archive, timedelta(minutes=minutes), {})

    server = HealthServer(take, tally)
    port = await server.start("127.0.0.1", 0)
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
            async with client.get("/healthz") as answer:
                told = await answer.json()
                assert (answer.status, told["well"], bool(told["stuck"])) == (status, well, not well)
            async with client.get("/metrics") as answer:
                metrics = await answer.text()
        with pytest.raises(ConfigError, match=f"NEWSDESK_LISTEN: port {port} of 127.0.0.1 cannot be used"):
            await HealthServer(take, Tally()).start("127.0.0.1", port)
    finally:
        await server.stop()
    for line in ('newsdesk_readings_total{outcome="filed"} 1.0', 'newsdesk_articles_total{what="added"} 3.0',
                 'newsdesk_faults_total{code="F05"} 1.0', "newsdesk_feeds 1.0", "newsdesk_feeds_due 1.0"):  # fmt: skip
        assert line in metrics
    assert "one.example" not in metrics
