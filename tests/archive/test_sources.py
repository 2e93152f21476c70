"""What Spaces follow, and the feeds that are read for them."""

from datetime import timedelta

from bot.archive.archive import Archive, Db
from bot.archive.feeds import (
    PUBLIC,
    NewFeed,
    Reading,
    add_feed,
    adopt_address,
    claim_due_feeds,
    find_feed,
    free_feeds,
    note_failure,
    note_reading,
    postpone_feed,
    stop_feed,
)
from bot.archive.sources import (
    NewSource,
    find_source,
    follow_feed,
    followers,
    list_sources,
    note_filed,
    note_sources,
    remove_source,
)
from bot.news.article import LOCAL, Space
from bot.news.source import FeedId, FollowedFeed
from config import defaults
from tests.archive.drafts import NOW

ONE = ("One", "https://one.example/feed")
TWO = ("Two", "https://two.example/feed")
OTHER = Space("other")
NEW = "https://new.example/feed"
LATER = NOW + timedelta(hours=1)


def named(*sources: tuple[str, str]) -> list[tuple[str, NewFeed]]:
    return [(name, NewFeed(scope=PUBLIC, key=address, address=address, kind="feed")) for name, address in sources]


def feed_at(archive: Archive, address: str) -> FollowedFeed:
    found = archive.read_now(find_feed, PUBLIC, address, address)
    assert found is not None
    return found


def follow(archive: Archive, space: Space, address: str) -> FeedId:
    def work(db: Db) -> FeedId:
        feed = add_feed(db, NewFeed(scope=PUBLIC, key=address, address=address, kind="feed"), NOW)
        follow_feed(db, space, feed, NewSource(name="N", by="ines"), NOW)
        return feed

    return archive.write_now(work)


def test_sources_of_a_list_are_followed_once_and_keep_their_first_name(archive: Archive) -> None:
    assert archive.write_now(note_sources, LOCAL, named(TWO, ONE, ONE), NOW) == ["Two", "One"]
    assert archive.write_now(note_sources, LOCAL, named(("Renamed", ONE[1])), LATER) == []
    assert [(one.name, one.feed.address, one.added) for one in archive.read_now(list_sources, LOCAL)] == [
        (*ONE, NOW),
        (*TWO, NOW),
    ]


def test_addresses_too_long_for_an_index_are_told_apart(archive: Archive) -> None:
    long = "https://one.example/" + "é" * 3_000
    archive.write_now(note_sources, LOCAL, named(("A", long + "a"), ("B", long + "b")), NOW)
    assert [one.feed.address for one in archive.read_now(list_sources, LOCAL)] == [long + "a", long + "b"]


def test_one_space_never_sees_the_sources_of_another(archive: Archive) -> None:
    archive.write_now(note_sources, LOCAL, named(ONE), NOW)
    assert archive.read_now(list_sources, OTHER) == []
    assert len(archive.write_now(note_sources, OTHER, named(ONE), NOW)) == 1


def test_an_address_that_two_spaces_follow_is_one_feed_until_both_have_left(archive: Archive) -> None:
    here, there = follow(archive, LOCAL, ONE[1]), follow(archive, OTHER, ONE[1])
    assert here == there
    for_whom = archive.read_now(followers, here)
    assert [source.space for source in for_whom] == [LOCAL, OTHER]
    archive.write_now(remove_source, for_whom[0])
    assert archive.read_now(find_source, LOCAL, here) is None
    assert archive.read_now(find_feed, PUBLIC, ONE[1], ONE[1]) is not None
    archive.write_now(remove_source, for_whom[1])
    assert archive.read_now(find_feed, PUBLIC, ONE[1], ONE[1]) is None


def test_a_private_address_is_a_feed_of_its_own(archive: Archive) -> None:
    public = archive.write_now(add_feed, NewFeed(scope=PUBLIC, key=ONE[1], address=ONE[1], kind="feed"), NOW)
    own = NewFeed(scope=LOCAL, key=ONE[1], address=ONE[1], kind="feed", user="u", password="p")
    private = archive.write_now(add_feed, own, NOW)
    assert public != private
    claimed = {one.feed.id: one.password for one in archive.write_now(claim_due_feeds, NOW, 10)}
    assert claimed == {public: None, private: "p"}


def test_a_claimed_feed_is_nobody_elses_until_it_is_given_back_or_the_lease_ends(archive: Archive) -> None:
    feed = follow(archive, LOCAL, ONE[1])
    assert [one.feed.id for one in archive.write_now(claim_due_feeds, NOW, 10)] == [feed]
    assert archive.write_now(claim_due_feeds, NOW, 10) == []
    after = NOW + timedelta(seconds=defaults.POLL_LEASE_SECONDS)
    assert len(archive.write_now(claim_due_feeds, after, 10)) == 1
    archive.write_now(free_feeds)
    assert len(archive.write_now(claim_due_feeds, after, 10)) == 1
    archive.write_now(postpone_feed, feed, LATER)
    assert archive.write_now(claim_due_feeds, LATER - timedelta(seconds=1), 10) == []
    assert len(archive.write_now(claim_due_feeds, LATER, 10)) == 1


def test_everything_is_asked_for_while_a_follower_has_not_got_the_first_list(archive: Archive) -> None:
    follow(archive, LOCAL, ONE[1])
    (claimed,) = archive.write_now(claim_due_feeds, NOW, 1)
    assert claimed.is_first
    reading = Reading(next_read=LATER, etag='"1"', last_modified=None, body=b"b", site="https://one.example/")
    archive.write_now(note_reading, claimed.feed, reading, NOW)
    (source,) = archive.read_now(list_sources, LOCAL)
    archive.write_now(note_filed, source, first_read=NOW, last_new=NOW, skipped=0)
    (again,) = archive.write_now(claim_due_feeds, LATER, 1)
    assert (again.is_first, again.etag, again.body, again.feed.site) == (False, '"1"', b"b", "https://one.example/")
    archive.write_now(postpone_feed, again.feed.id, LATER)
    follow(archive, OTHER, ONE[1])
    (for_both,) = archive.write_now(claim_due_feeds, NOW, 1)
    assert (for_both.is_first, for_both.etag, for_both.body) == (True, None, None)


def test_failures_are_counted_until_a_reading_goes_well_and_a_stopped_feed_is_not_read(archive: Archive) -> None:
    feed = follow(archive, LOCAL, ONE[1])
    for moment in (NOW, LATER):
        known = feed_at(archive, ONE[1])
        fault = {"code": "F05", "fault": "The site has a fault (503).", "next_read": moment}
        archive.write_now(note_failure, known, now=moment, **fault)
    failed = feed_at(archive, ONE[1])
    assert (failed.failures, failed.failing_since, failed.code) == (2, NOW, "F05")
    archive.write_now(stop_feed, feed, LATER)
    assert archive.write_now(claim_due_feeds, LATER, 1) == []
    archive.write_now(note_reading, failed, Reading(next_read=LATER, etag=None, last_modified=None, body=None), LATER)
    well = feed_at(archive, ONE[1])
    assert (well.failures, well.failing_since, well.fault, well.stopped, well.last_read) == (0, None, None, None, LATER)


def test_a_permanent_redirect_is_counted_while_it_stands_and_adopted_where_nobody_is(archive: Archive) -> None:
    follow(archive, LOCAL, ONE[1])
    follow(archive, LOCAL, TWO[1])
    for moment, target in ((NOW, NEW), (LATER, NEW)):
        reading = Reading(next_read=LATER, etag=None, last_modified=None, body=None, moved_to=target)
        archive.write_now(note_reading, feed_at(archive, ONE[1]), reading, moment)
    moved = feed_at(archive, ONE[1])
    assert (moved.moved_to, moved.moved_since, moved.moved_times) == (NEW, NOW, 2)
    assert not archive.write_now(adopt_address, moved, TWO[1], TWO[1])
    assert archive.write_now(adopt_address, moved, NEW, NEW)
    assert feed_at(archive, ONE[1]).address == NEW
    assert feed_at(archive, NEW).moved_times == 0
