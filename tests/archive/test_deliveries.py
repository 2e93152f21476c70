"""What is owed, each once, and how it is claimed: in order, one at a time in a channel."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.archive.archive import Archive
from bot.archive.attempts import list_attempts
from bot.archive.claims import claimed_with, clock_gap, sweep_leases, take_over
from bot.archive.deliveries import (
    count_deliveries,
    drop_pending,
    find_deliveries,
    first_receipt,
    owe_delivery,
    owe_many,
)
from bot.archive.settling import settle
from bot.news.article import Space
from bot.news.delivery import DeliveryCounts
from config import defaults
from tests.archive.owing import (
    SECOND,
    TEAM,
    claim,
    make_owed,
    make_place,
    make_settlement,
    owe,
    settle_as,
    states,
)
from tests.makes import NOW

LEASE = timedelta(seconds=defaults.LEASE_SECONDS)


def test_what_is_owed_is_kept_as_it_was_owed_part_by_part(archive: Archive) -> None:
    owe(archive, make_owed(payloads=("one", "two", "three"), due=NOW + SECOND))
    parts = archive.read_now(find_deliveries, TEAM, "alert:1:1:0")
    assert [(one.part, one.parts, one.payload, one.state) for one in parts] == [
        (number, 3, text, "pending") for number, text in enumerate(("one", "two", "three"), start=1)
    ]
    assert {(one.place, one.cause, one.due, one.owed, one.attempt) for one in parts} == {
        (make_place(), "alert", NOW + SECOND, NOW, 0)
    }


def test_nothing_is_owed_twice_under_one_key_in_a_space(archive: Archive) -> None:
    assert archive.write_now(owe_delivery, make_owed(payloads=("first",)), NOW)
    assert not archive.write_now(owe_delivery, make_owed(payloads=("second",)), NOW)
    assert archive.write_now(owe_delivery, make_owed(place=make_place(space=Space("others"))), NOW)
    assert [one.payload for one in archive.read_now(find_deliveries, TEAM, "alert:1:1:0")] == ["first"]


def test_many_are_owed_at_once_and_the_new_ones_are_told(archive: Archive) -> None:
    owe(archive, make_owed("b"))
    owed = [make_owed(key, make_place(f"channel-{key}")) for key in ("a", "b", "c", "a")]
    assert archive.write_now(owe_many, TEAM, owed, NOW) == {"a", "c"}
    assert archive.write_now(owe_many, TEAM, [], NOW) == set()
    assert len(claim(archive)) == 3


def test_nothing_is_owed_to_a_place_of_another_space(archive: Archive) -> None:
    with pytest.raises(ValueError, match="another Space"):
        archive.write_now(owe_many, TEAM, [make_owed(place=make_place(space=Space("others")))], NOW)
    assert claim(archive) == []


def test_markers_differ_by_space_key_and_part_and_stay_the_same_in_an_installation(archive: Archive) -> None:
    owe(archive, make_owed("a", payloads=("one", "two")), make_owed("b"), make_owed("a", make_place(space=Space("s"))))
    found = [archive.read_now(find_deliveries, *of) for of in ((TEAM, "a"), (TEAM, "b"), (Space("s"), "a"))]
    markers = [one.marker for parts in found for one in parts]
    assert len(set(markers)) == 4
    assert all(len(marker) == 24 and marker.isalnum() for marker in markers)


def test_nothing_is_claimed_before_it_is_due(archive: Archive) -> None:
    owe(archive, make_owed(due=NOW + SECOND))
    assert claim(archive, NOW + SECOND - timedelta(microseconds=1)) == []
    (claimed,) = claim(archive, NOW + SECOND)
    assert claimed.state == "sending"
    assert (claimed.attempt, claimed.first_attempt, claimed.lease_until) == (1, NOW + SECOND, NOW + SECOND + LEASE)
    assert archive.read_now(find_deliveries, TEAM, claimed.key) == [claimed]
    assert claim(archive, NOW + SECOND) == []


def test_a_channel_gets_one_after_the_other_in_the_order_of_their_due_times(archive: Archive) -> None:
    owe(archive, make_owed("late", due=NOW), make_owed("early", due=NOW - SECOND, payloads=("one", "two")))
    owe(archive, make_owed("same time", due=NOW))
    seen = []
    for _ in range(4):
        (claimed,) = claim(archive)
        assert claim(archive) == []
        seen.append((claimed.key, claimed.part))
        assert settle_as(archive, claimed) == {(TEAM, claimed.id)}
    assert seen == [("early", 1), ("early", 2), ("late", 1), ("same time", 1)]


@pytest.mark.parametrize("state", ["sending", "unknown", "pending"])
def test_nothing_overtakes_in_a_channel_what_is_not_settled(archive: Archive, state: str) -> None:
    owe(archive, make_owed("first"), make_owed("second"))
    (first,) = claim(archive)
    if state != "sending":
        settle_as(archive, first, state, not_before=NOW + timedelta(hours=1))  # type: ignore[arg-type]
    assert claim(archive, NOW + LEASE) == []


def test_channels_do_not_wait_for_each_other(archive: Archive) -> None:
    places = [make_place(f"channel-{n}") for n in range(3)] + [make_place("channel-0", Space("others"))]
    numbers = count()
    owe(archive, *(make_owed(f"key-{next(numbers)}", place) for place in places for _ in range(2)))
    assert {one.place for one in claim(archive)} == set(places)
    assert claim(archive) == []


def test_a_claim_takes_so_many_at_most_longest_due_first(archive: Archive) -> None:
    owe(archive, *(make_owed(f"key-{n}", make_place(f"channel-{n}"), due=NOW - n * SECOND) for n in range(5)))
    assert [one.key for one in claim(archive, limit=2)] == ["key-4", "key-3"]
    assert [one.key for one in claim(archive, limit=9)] == ["key-2", "key-1", "key-0"]


def test_only_the_deliveries_of_the_platform_are_claimed(archive: Archive) -> None:
    owe(archive, make_owed(place=make_place(platform="other")))
    assert claim(archive) == []
    assert len(claim(archive, platform="other")) == 1


def test_what_was_claimed_is_found_again_by_its_token(archive: Archive) -> None:
    owe(archive, make_owed("a", make_place("a")), make_owed("b", make_place("b")))
    claimed = claim(archive, token="first", limit=1)
    assert archive.read_now(claimed_with, "first") == claimed
    assert archive.read_now(claimed_with, "second") == []


def test_what_is_sent_stays_sent_with_its_receipt(archive: Archive) -> None:
    owe(archive, make_owed())
    (claimed,) = claim(archive)
    settle_as(archive, claimed, receipt="message 7")
    (sent,) = archive.read_now(find_deliveries, TEAM, claimed.key)
    assert (sent.state, sent.receipt, sent.settled) == ("sent", "message 7", NOW + SECOND)
    assert (sent.lease_token, sent.lease_until, sent.fault) == (None, None, None)
    (attempt,) = archive.read_now(list_attempts, TEAM, sent.id)
    assert (attempt.what, attempt.outcome, attempt.began, attempt.ended) == ("post", "sent", NOW, NOW + SECOND)


def test_whoever_sends_a_further_part_finds_the_first(archive: Archive) -> None:
    owe(archive, make_owed(payloads=("one", "two")))
    (first,) = claim(archive)
    assert archive.read_now(first_receipt, TEAM, first.marker) is None
    settle_as(archive, first, receipt="message 7", channel_free=NOW)
    (second,) = claim(archive, NOW + SECOND)
    assert (second.part, archive.read_now(first_receipt, TEAM, second.marker)) == (2, "message 7")
    assert archive.read_now(first_receipt, Space("another"), second.marker) is None


def test_whoever_lost_the_lease_settles_nothing(archive: Archive) -> None:
    owe(archive, make_owed("a", make_place("a")), make_owed("b", make_place("b")))
    first, other = claim(archive)
    assert archive.write_now(sweep_leases, NOW + LEASE) == 2
    settle_as(archive, first, "pending")
    (again,) = archive.read_now(find_deliveries, TEAM, first.key)
    assert again.state == "unknown"
    looked_up = make_settlement(again, "pending", "absent")
    assert archive.write_now(settle, [looked_up]) == {(TEAM, first.id)}
    (second,) = claim(archive, NOW + LEASE, token="second")
    assert archive.write_now(settle, [make_settlement(first), looked_up, make_settlement(other)]) == set()
    assert archive.read_now(find_deliveries, TEAM, first.key) == [second]
    assert [one.outcome for one in archive.read_now(list_attempts, TEAM, first.id)] == ["unknown", "absent"]


def test_a_lease_that_ended_leaves_it_unknown_whether_it_arrived(archive: Archive) -> None:
    owe(archive, make_owed())
    (claimed,) = claim(archive)
    assert archive.write_now(sweep_leases, NOW + LEASE - SECOND) == 0
    assert archive.write_now(sweep_leases, NOW + LEASE) == 1
    (unknown,) = archive.read_now(find_deliveries, TEAM, claimed.key)
    assert (unknown.state, unknown.unknown_since, unknown.lease_token) == ("unknown", NOW + LEASE, None)
    (attempt,) = archive.read_now(list_attempts, TEAM, claimed.id)
    assert (attempt.outcome, attempt.began, attempt.fault) == ("unknown", NOW, "its lease ended")


def test_only_a_process_that_is_alone_takes_over_what_was_under_way(archive: Archive, database_url: str | None) -> None:
    owe(archive, make_owed())
    claim(archive)
    is_alone = database_url is None
    assert archive.write_now(take_over, NOW + SECOND) == is_alone
    assert states(archive) == ["unknown" if is_alone else "sending"]


def test_a_clock_that_is_not_that_of_the_database_is_seen(archive: Archive, database_url: str | None) -> None:
    gap = archive.read_now(clock_gap, datetime.now(UTC) - timedelta(hours=1))
    assert abs(gap - (timedelta(hours=1) if database_url else timedelta())) < timedelta(minutes=1)


def test_what_is_overtaken_is_dropped_only_while_nothing_of_it_was_sent(archive: Archive) -> None:
    owe(archive, make_owed("old", payloads=("one", "two")), make_owed("new"))
    assert archive.write_now(drop_pending, TEAM, "old", NOW)
    assert not archive.write_now(drop_pending, TEAM, "old", NOW)
    assert not archive.write_now(drop_pending, TEAM, "never owed", NOW)
    assert states(archive, "old") == ["dropped", "dropped"]
    assert not archive.write_now(owe_delivery, make_owed("old"), NOW)
    assert [one.key for one in claim(archive)] == ["new"]
    assert not archive.write_now(drop_pending, TEAM, "new", NOW)


def test_what_was_begun_is_not_dropped(archive: Archive) -> None:
    owe(archive, make_owed("digest", payloads=("one", "two")))
    (first,) = claim(archive)
    settle_as(archive, first)
    assert not archive.write_now(drop_pending, TEAM, "digest", NOW)
    assert states(archive, "digest") == ["sent", "pending"]


def test_deliveries_are_counted_by_how_they_stand(archive: Archive) -> None:
    owe(archive, *(make_owed(f"key-{n}", make_place(f"channel-{n}"), due=NOW - n * SECOND) for n in range(7)))
    owe(archive, make_owed("later", make_place("later"), due=NOW + SECOND))
    claimed = claim(archive, limit=6)
    for one, state in zip(claimed, ("unknown", "waiting", "held", "dead", "sent"), strict=False):
        settle_as(archive, one, state)  # type: ignore[arg-type]
    assert archive.read_now(count_deliveries, NOW) == DeliveryCounts(
        due=1, sending=1, unknown=1, waiting=1, held=1, dead=1, due_since=NOW
    )
