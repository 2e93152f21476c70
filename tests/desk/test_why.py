"""Why an article did or did not reach a channel: one case for every step at which it can stop."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.archive.archive import Archive, Db
from bot.archive.closed import close_place
from bot.archive.deliveries import drop_pending
from bot.archive.feeds import PUBLIC, NewFeed, add_feed
from bot.archive.filing import file_drafts
from bot.archive.mutes import mute_story
from bot.archive.sources import NewSource, follow_feed
from bot.archive.watches import mute_watch
from bot.desk.why import why
from bot.news.article import LOCAL, Space
from bot.news.quiet import QuietHours
from bot.news.source import FeedId
from bot.news.story import StoryId
from bot.news.verdict import Verdict
from tests.desk.editing import HERE, UTC_ZONE, Newsroom, next_morning
from tests.desk.happenings import event
from tests.desk.lookout import Lookout
from tests.desk.paper import open_desk, piece
from tests.watching import ON_SQLITE, make_place

HOUR = timedelta(hours=1)
PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2025, 4, 16, 12, tzinfo=UTC)
LINK = event(0).url or ""
TITLE = event(0).title


@pytest.fixture
def lookout(archive: Archive, tmp_path: Path) -> Lookout:
    return Lookout.open(archive, tmp_path, at=NOON)


async def ask(lookout: Lookout, link: str = LINK, channel: str = "harbour", space: Space = LOCAL) -> Verdict:
    return await why(lookout.desk, make_place(channel, space), link, lookout.at, PARIS)


async def the_only(lookout: Lookout, link: str = LINK) -> tuple[str, str]:
    (finding,) = (await ask(lookout, link)).findings
    return finding.step, finding.sentence


def follow(lookout: Lookout, address: str = "https://example.org/feed") -> None:
    """The Space follows the feed, which nobody has read, and by which everything comes from now on."""

    def work(db: Db) -> FeedId:
        feed = add_feed(db, NewFeed(scope=PUBLIC, key=address, address=address, kind="feed"), lookout.at)
        follow_feed(db, LOCAL, feed, NewSource(name="Harbour Wire"), lookout.at)
        return feed

    lookout.feed = lookout.desk.archive.write_now(work)


@ON_SQLITE
async def test_not_fetched_and_no_source_would_have_it(lookout: Lookout) -> None:
    assert await the_only(lookout) == (
        "not fetched",
        "It was not read: nothing that is followed here is of example.org. `source add example.org` follows it.",
    )


async def test_not_fetched_and_the_source_that_would_have_it(lookout: Lookout) -> None:
    follow(lookout)
    assert await the_only(lookout) == (
        "not fetched",
        "It was not read. “Harbour Wire” is of that site and was not read yet.",
    )


@ON_SQLITE
async def test_not_an_article_at_all(lookout: Lookout) -> None:
    assert await the_only(lookout, "the ferry") == (
        "not fetched",
        "There is no article of that name: the ferry. Give its link.",
    )


@ON_SQLITE
async def test_anothers_article_is_not_there(archive: Archive, tmp_path: Path, lookout: Lookout) -> None:
    other = Lookout.open(archive, tmp_path / "other", Space("other"), at=NOON)
    await other.news(event(0))
    assert (await ask(lookout)).step == "not fetched"


@ON_SQLITE
async def test_not_placed_yet(lookout: Lookout) -> None:
    lookout.file(event(0))
    assert await the_only(lookout) == (
        "not placed",
        "It was read on 16 April 2025 at 14:00 and is not sorted into a story yet; ask again soon.",
    )


async def test_a_copy_of_what_was_sent(lookout: Lookout) -> None:
    watch = lookout.watch("mayor")
    first = event(0)
    await lookout.news(first)
    copied = piece("copied", first.text, title=first.title, publisher="Copy Daily", published=None)
    await lookout.news(copied, after=HOUR)
    verdict = await ask(lookout, copied.url or "")
    assert (verdict.step, verdict.headline) == ("copy", TITLE)
    assert verdict.findings[0].sentence == f"It is a copy of “{TITLE}” (Paper 0), which counts instead."
    assert verdict.findings[1].sentence.startswith(f"Watch {watch.id} (“mayor”) told it;")


@ON_SQLITE
async def test_nobody_watches_here(lookout: Lookout) -> None:
    await lookout.news(event(0))
    assert await the_only(lookout) == ("no watch", "This channel has no watch.")


async def test_from_a_first_reading(lookout: Lookout) -> None:
    follow(lookout)
    lookout.watch("mayor")
    await lookout.news(event(0), fresh=False)
    assert await the_only(lookout) == (
        "first reading",
        "It came with the first reading of “Harbour Wire”, which announces nothing.",
    )


@ON_SQLITE
async def test_added_by_hand(lookout: Lookout) -> None:
    lookout.watch("mayor")
    lookout.desk.archive.write_now(file_drafts, LOCAL, [event(0)], NOON)
    await lookout.placer.place(NOON)
    assert await the_only(lookout) == ("first reading", "It was added by hand, which announces nothing.")


@ON_SQLITE
async def test_old_when_it_came(lookout: Lookout) -> None:
    lookout.watch("mayor")
    await lookout.news(piece("event-0", event(0).text, title=TITLE, published="2025-04-12T09:00"))
    assert await the_only(lookout) == (
        "old",
        "It is dated 12 April 2025 at 11:00 and came on 16 April 2025 at 14:00: "
        "what is older than 3 days raises no alert.",
    )


@ON_SQLITE
async def test_before_the_watch_was_made(lookout: Lookout) -> None:
    await lookout.news(event(0))
    lookout.at += HOUR
    watch = lookout.watch("mayor")
    assert await the_only(lookout) == (
        "made later",
        f"Watch {watch.id} (“mayor”) was made on 16 April 2025 at 15:00, after it had come.",
    )


@pytest.mark.parametrize(
    ("topic", "because"),
    [
        ("ferry", "it lacks this: ferry"),
        ("mayor AND (ferry OR trams)", "it has nothing of this: ferry or trams"),
        ("mayor -cracks", "it has what must not be there: cracks"),
        ('mayor "steel ferry"', "it has no “steel ferry”"),
    ],
)
@ON_SQLITE
async def test_filtered_by_a_part_of_the_rule(lookout: Lookout, topic: str, because: str) -> None:
    watch = lookout.watch(topic)
    await lookout.news(event(0))
    assert await the_only(lookout) == ("filtered", f"Watch {watch.id} (“{topic}”) is not met by it: {because}.")


@ON_SQLITE
async def test_below_the_threshold_of_a_description(lookout: Lookout) -> None:
    topic = "foreign trade: tariffs, duties, trade disputes"
    watch = lookout.watch(topic)
    await lookout.news(event(0))
    assert await the_only(lookout) == (
        "below the threshold",
        f"Watch {watch.id} (“{topic}”) finds it too far off: it comes to 0.00, and 0.50 is needed.",
    )


@ON_SQLITE
async def test_the_watch_was_muted(lookout: Lookout) -> None:
    watch = lookout.watch("mayor")
    lookout.desk.archive.write_now(mute_watch, watch, NOON + HOUR)
    await lookout.news(event(0))
    assert await the_only(lookout) == (
        "muted",
        f"Watch {watch.id} (“mayor”) met it on 16 April 2025 at 14:00, when it was muted.",
    )


@ON_SQLITE
async def test_the_story_was_muted(lookout: Lookout) -> None:
    watch = lookout.watch("mayor")
    lookout.desk.archive.write_now(mute_story, watch.place, StoryId(1), "ada", NOON)
    await lookout.news(event(0))
    assert await the_only(lookout) == (
        "story muted",
        f"Watch {watch.id} (“mayor”) met it, but its story was muted in this channel.",
    )


@ON_SQLITE
async def test_it_waits_for_the_end_of_quiet_hours(lookout: Lookout) -> None:
    watch = lookout.watch("mayor", zone=PARIS, quiet=QuietHours(start=time(13), end=time(17)))
    await lookout.news(event(0))
    assert await the_only(lookout) == (
        "quiet hours",
        f"Watch {watch.id} (“mayor”) holds it over its quiet hours, 13:00 to 17:00, until 16 April 2025 at 17:00.",
    )


@ON_SQLITE
async def test_held_for_the_hourly_batch(lookout: Lookout) -> None:
    watch = lookout.watch("mayor", zone=PARIS, cadence="hourly")
    await lookout.news(event(0))
    assert await the_only(lookout) == (
        "for the batch",
        f"Watch {watch.id} (“mayor”) holds it for its next message, on 16 April 2025 at 15:00.",
    )


@ON_SQLITE
async def test_beyond_the_most_of_an_hour_and_then_named(lookout: Lookout) -> None:
    watch = lookout.watch("mayor", an_hour=1)
    await lookout.news(event(1))
    await lookout.news(event(0))
    assert await the_only(lookout) == (
        "too many",
        f"Watch {watch.id} (“mayor”) had told 1 alerts in that hour, the most, and names it in a summary on "
        "16 April 2025 at 15:00.",
    )
    await lookout.release(NOON + HOUR)
    await lookout.post()
    assert await the_only(lookout) == (
        "named",
        f"Watch {watch.id} (“mayor”) named it in a summary, sent on 16 April 2025 at 15:00.",
    )


@ON_SQLITE
async def test_queued_then_sent(lookout: Lookout) -> None:
    watch = lookout.watch("mayor")
    await lookout.news(event(0))
    told = f"Watch {watch.id} (“mayor”) told it"
    assert await the_only(lookout) == ("queued", f"{told}; the alert is queued and due on 16 April 2025 at 14:00.")
    await lookout.post(after=timedelta(minutes=2))
    assert await the_only(lookout) == ("sent", f"{told}, sent on 16 April 2025 at 14:02.")


@ON_SQLITE
async def test_waiting_for_a_closed_place(lookout: Lookout) -> None:
    watch = lookout.watch("mayor")
    await lookout.news(event(0))
    lookout.desk.archive.write_now(close_place, watch.place, "The channel was archived.", NOON)
    step, sentence = await the_only(lookout)
    assert (step, sentence.partition("; ")[2]) == ("queued", "the alert waits, since nothing can be posted here now.")


@ON_SQLITE
async def test_it_was_never_posted_at_all(lookout: Lookout) -> None:
    lookout.watch("mayor")
    await lookout.news(event(0))
    lookout.desk.archive.write_now(drop_pending, LOCAL, lookout.owed()[0].key, NOON)
    assert (await the_only(lookout))[0] == "not posted"


def test_told_in_a_digest(archive: Archive, data_dir: Path) -> None:
    room = Newsroom.open(archive, data_dir)
    subscription = room.subscribe()
    room.news(TITLE, event(0).text)
    told = f"Digest {subscription.id} told its story, as number 1"
    desk, link = open_desk(archive, data_dir), "https://example.org/piece-1"

    def finding() -> tuple[str, str]:
        (found,) = asyncio.run(why(desk, HERE, link, room.at, UTC_ZONE)).findings
        return found.step, found.sentence

    assert finding() == ("no watch", "This channel has no watch, and no digest has told it yet.")
    room.prepare(next_morning(room.at) - timedelta(minutes=1))
    assert finding() == ("queued", f"{told}; the digest is queued and due on 17 April 2025 at 08:00.")
    room.morning(room.at + timedelta(minutes=1))
    assert finding() == ("sent", f"{told}, sent on 17 April 2025 at 08:00.")


async def test_told_before_by_another_article_of_the_story(lookout: Lookout) -> None:
    watch = lookout.watch("smoke")
    one = piece(
        "one",
        "Smoke rose over a paint factory in Corby late on Wednesday.",
        title="Smoke over Corby factory",
        publisher="One",
        published=None,
    )
    two = piece(
        "two",
        "Late on Wednesday a paint factory in Corby filled with smoke.",
        title="Corby factory full of smoke",
        publisher="Two",
        published=None,
    )
    await lookout.news(one)
    await lookout.post()
    await lookout.news(two, after=HOUR)
    assert await the_only(lookout, two.url or "") == (
        "told before",
        f"Watch {watch.id} (“smoke”) met its story before, by “Smoke over Corby factory” (One), and this changes "
        f"nothing in it. Of that: Watch {watch.id} (“smoke”) told it, sent on 16 April 2025 at 14:00.",
    )


@ON_SQLITE
async def test_what_came_farthest_decides(lookout: Lookout) -> None:
    lookout.watch("ferry")
    lookout.watch("mayor")
    lookout.watch("mayor OR bridge", cadence="daily")
    await lookout.news(event(0))
    await lookout.post()
    verdict = await ask(lookout)
    assert [finding.step for finding in verdict.findings] == ["sent", "for the batch", "filtered"]
    assert (await ask(lookout, channel="elsewhere")).step == "no watch"


async def test_a_link_is_known_however_it_is_written(lookout: Lookout) -> None:
    await lookout.news(event(0))
    for link in (LINK, f"  {LINK}/ ", f"{LINK}?utm_source=x", LINK.replace("https", "http")):
        assert (await ask(lookout, link)).headline == TITLE
