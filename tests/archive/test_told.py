"""What digests told: what a channel has heard of, whatever became of the digest and of the story."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.deliveries import drop_pending
from bot.archive.schema_due import STORIES
from bot.archive.stories import lineage_of
from bot.archive.subscriptions import add_subscription
from bot.archive.told import followed_by, heard_in, note_told_stories, told_by, told_in
from bot.news.article import Space
from bot.news.delivery import State
from bot.news.digest import DigestItem, Ranking
from bot.news.place import Place
from bot.news.story import StoryId
from bot.news.subscription import NewSubscription, Subscription
from tests.archive.owing import TEAM, claim, make_owed, make_place, owe, settle_as
from tests.desk.editing import daily
from tests.makes import NOW

HERE = make_place()


def subscribe(archive: Archive, place: Place = HERE, topic: str = "ferries") -> Subscription:
    new = NewSubscription(place=place, schedule=daily(), topic=topic)
    return archive.write_now(add_subscription, new, NOW)


def item(story: int, development: int = 0, score: float = 1.5) -> DigestItem:
    return DigestItem(
        story=StoryId(story),
        development=development,
        kind="new",
        headline="Ferry late",
        change=None,
        points=(),
        publishers=("Selby Courier",),
        url=None,
        ranking=Ranking(score=score, parts={"publishers": score}),
    )


def tell(archive: Archive, subscription: Subscription, key: str, *items: DigestItem, state: State = "sent") -> None:
    """A digest of that key tells the stories, and this becomes of it."""
    archive.write_now(note_told_stories, subscription, key, items, NOW)
    owe(archive, make_owed(key, subscription.place))
    if state == "dropped":
        assert archive.write_now(drop_pending, subscription.space, key, NOW)
    elif state != "pending":
        (delivery,) = claim(archive, token=key)
        if state != "sending":
            settle_as(archive, delivery, state)


def heard(archive: Archive, *stories: int, place: Place = HERE, but: tuple[str, ...] = ()) -> dict[int, int]:
    wanted = list(map(StoryId, stories))
    return dict(archive.read_now(heard_in, place, wanted, archive.read_now(lineage_of, place.space, wanted), but))


@pytest.mark.parametrize("state", ["pending", "sending", "unknown", "held", "sent"])
def test_what_is_or_may_be_posted_counts_as_told(archive: Archive, state: State) -> None:
    tell(archive, subscribe(archive), "digest:1", item(7, 2), state=state)
    assert heard(archive, 7, 8) == {7: 2}


@pytest.mark.parametrize("state", ["dropped", "dead"])
def test_what_was_never_posted_does_not(archive: Archive, state: State) -> None:
    tell(archive, subscribe(archive), "digest:1", item(7, 2), state=state)
    assert heard(archive, 7) == {}


def test_what_is_to_be_dropped_can_be_left_out(archive: Archive) -> None:
    subscription = subscribe(archive)
    tell(archive, subscription, "digest:1", item(7, 1))
    tell(archive, subscription, "digest:2", item(7, 3), state="pending")
    assert heard(archive, 7) == {7: 3}
    assert heard(archive, 7, but=("digest:2",)) == {7: 1}


def test_a_channel_has_heard_what_any_of_its_digests_told_and_no_other_has(archive: Archive) -> None:
    tell(archive, subscribe(archive), "digest:1", item(7, 1))
    tell(archive, subscribe(archive, topic="harbours"), "digest:2", item(8))
    tell(archive, subscribe(archive, make_place("harbour")), "digest:3", item(9))
    tell(archive, subscribe(archive, replace(HERE, space=Space("others"))), "digest:4", item(10))
    assert heard(archive, 7, 8, 9, 10) == {7: 1, 8: 0}


def test_who_heard_of_a_merged_story_has_heard_of_the_one_it_lives_on_in(archive: Archive) -> None:
    make_stories(archive, {7: None, 8: (7, 4)})
    tell(archive, subscribe(archive), "digest:1", item(8, 1))
    assert heard(archive, 7) == {7: 4}
    tell(archive, subscribe(archive, topic="harbours"), "digest:2", item(7, 6))
    assert heard(archive, 7) == {7: 6}


def test_what_was_told_more_than_once_is_followed_by_that_digest_alone(archive: Archive) -> None:
    mine, other = subscribe(archive), subscribe(archive, topic="harbours")
    tell(archive, mine, "digest:1", item(7), item(8))
    tell(archive, other, "digest:2", item(8, 1))
    tell(archive, mine, "digest:3", item(7, 1))
    tell(archive, mine, "digest:4", item(9), state="dropped")
    assert archive.read_now(followed_by, mine, map(StoryId, (7, 8, 9))) == {7}


def test_where_a_story_stood_and_why_is_kept(archive: Archive) -> None:
    tell(archive, subscribe(archive), "digest:1", item(8, score=2.25), item(7, 1))
    first, second = archive.read_now(told_by, TEAM, "digest:1")
    assert (first.story, first.position, first.ranking) == (8, 1, Ranking(score=2.25, parts={"publishers": 2.25}))
    assert (second.story, second.position, second.development) == (7, 2, 1)
    assert archive.read_now(told_in, HERE, StoryId(7)) == [second]
    assert archive.read_now(told_by, Space("others"), "digest:1") == []


def make_stories(archive: Archive, merged: dict[int, tuple[int, int] | None]) -> None:
    """Stories of these numbers, some of them merged into another, which had come so far by then."""

    def work(db: Db) -> None:
        for number, into in merged.items():
            row = {"space": TEAM, "id": number, "headline": "", "first_seen": NOW, "last_seen": NOW, "change": 1}
            merge = {"merged_into": into[0], "merged_at": into[1]} if into else {}
            db.execute(sa.insert(STORIES).values(row | merge))

    archive.write_now(work)
