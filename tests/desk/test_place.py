"""Articles about one event become one story, as they come or all at once, and no kill loses or doubles one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.archive.archive import Archive, Db
from bot.archive.schema_due import PLACEMENTS
from bot.archive.stories import find_stories, lineage_of, names_by_story, stories_since, survivor_of
from bot.archive.subscriptions import add_subscription
from bot.archive.told import heard_in, note_told_stories
from bot.desk.desk import Desk
from bot.desk.place import Placed, Placer, Step
from bot.news.article import Draft
from bot.news.story import KeptStory, StoryId
from bot.news.subscription import NewSubscription
from config import defaults
from tests.archive.test_told import item
from tests.desk.editing import HERE, daily
from tests.desk.paper import NOW, file, open_desk, piece

QUAKE = "An earthquake of magnitude 6.1 shook the port of Marlow on Monday, and the harbour wall broke in two places."
QUAKE_TOO = "The harbour wall of Marlow broke in two places when an earthquake of magnitude 6.1 shook the port."
OTHER_QUAKE = "Villages in the hills above Tarn were cut off after an earthquake of magnitude 5.2 on Thursday night."
GLASS = "The customs office raised its duty on glass to 31 percent, and makers of bottles asked for more time."

NEWS: Sequence[Draft] = (
    piece("one", QUAKE, publisher="Selby Courier"),
    piece("two", GLASS, publisher="Selby Courier"),
    piece("three", QUAKE_TOO, publisher="Harbour Wire"),
    piece("four", OTHER_QUAKE, publisher="Harbour Wire"),
)

MARLOW = piece(
    "marlow",
    "An earthquake of magnitude 6.1 shook the port of Marlow on Monday morning. The harbour wall broke in two places "
    "and forty fishing boats sank, the mayor said.",
    title="Earthquake shakes Marlow",
    publisher="Selby Courier",
)
MARLOW_TOO = piece(
    "marlow-too",
    "Forty fishing boats sank in the port of Marlow when an earthquake of magnitude 6.1 broke the harbour wall in two "
    "places on Monday, its mayor said.",
    title="Harbour wall breaks in Marlow earthquake",
    publisher="Harbour Wire",
)
MARLOW_AGAIN = piece(
    "marlow-again",
    "Divers looked for forty fishing boats that sank in the port of Marlow, where an earthquake of magnitude 6.1 broke "
    "the harbour wall in two places on Monday.",
    title="Divers look for boats sunk by Marlow earthquake",
    publisher="Torv Post",
)
TARN = piece(
    "tarn",
    "Villages in the hills above Tarn were cut off after an earthquake of magnitude 5.2 on Monday evening. Landslides "
    "blocked both mountain roads, and helicopters brought tents.",
    title="Villages cut off by earthquake near Tarn",
    publisher="Selby Courier",
)
TARN_TOO = piece(
    "tarn-too",
    "Helicopters brought tents to the hills above Tarn, where landslides blocked both mountain roads after an "
    "earthquake of magnitude 5.2 on Monday.",
    title="Helicopters bring tents after Tarn earthquake",
    publisher="Harbour Wire",
)
QUAKES = [["marlow", "marlow-too"], ["tarn", "tarn-too"]]

MILL = piece(
    "mill",
    "A fire broke out at the Torv paper mill on Monday morning, the fire brigade said. Flames rose from the roof of "
    "the mill, and workers left through the yard.",
    title="Fire at the Torv paper mill",
)
MOTORWAY = piece(
    "motorway",
    "The Holm motorway was closed in both directions on Monday because of thick smoke. Drivers waited for three hours, "
    "and police sent lorries over the old bridge.",
    title="Smoke closes the Holm motorway",
)
BOTH = piece(
    "both",
    "A fire at the Torv paper mill sent thick smoke over the Holm motorway on Monday, which police closed in both "
    "directions. The fire brigade said flames rose from the roof of the mill; drivers waited for three hours.",
    title="Fire at Torv paper mill closes Holm motorway",
    publisher="Harbour Wire",
)
STRIKE = piece(
    "strike",
    "No trams ran in Farley on Monday after drivers walked out over pay. The union of tram drivers asked for six "
    "percent more.",
    title="Tram drivers in Farley go on strike",
)
STRIKE_AGAIN = piece(
    "strike-again",
    "Tram drivers in Farley walked out over pay again on Monday, and no trams ran. The union said talks on six percent "
    "more had failed.",
    title="Farley tram drivers strike again",
    published="2025-04-29T09:00",
)


@pytest.fixture
def desk(archive: Archive, data_dir: Path) -> Desk:
    return open_desk(archive, data_dir)


def stories(desk: Desk) -> list[list[str]]:
    return sorted(sorted(one.names) for one in desk.archive.read_now(names_by_story, desk.space, None))


def shown(desk: Desk) -> list[KeptStory]:
    return desk.archive.read_now(stories_since, desk.space, None, limit=99)


def story_with(desk: Desk, name: str) -> StoryId:
    """The story in which the article is."""
    return next(one.id for one in desk.archive.read_now(names_by_story, desk.space, None) if name in one.names)


def tell(desk: Desk, story: int) -> None:
    """A digest has told the channel of the story."""

    def work(db: Db) -> None:
        subscription = add_subscription(db, NewSubscription(place=HERE, schedule=daily(), topic=""), NOW)
        note_told_stories(db, subscription, "digest:1", [item(story)], NOW)

    desk.archive.write_now(work)


async def test_one_event_is_one_story_and_look_alike_events_stay_apart(desk: Desk) -> None:
    file(desk, NEWS)
    assert await Placer(desk).place(NOW) == 4
    assert stories(desk) == [["four"], ["one", "three"], ["two"]]
    assert await Placer(desk).place(NOW) == 0


async def test_one_by_one_and_after_a_restart_the_stories_are_the_same(desk: Desk) -> None:
    for draft in NEWS:
        file(desk, [draft])
        await Placer(desk).place(NOW)
    assert stories(desk) == [["four"], ["one", "three"], ["two"]]


class _End(BaseException):
    """Stands for the end of the process."""


async def test_a_batch_that_was_not_committed_leaves_no_trace_and_is_placed_again(desk: Desk) -> None:
    def end(db: Db, placed: Sequence[Placed], now: datetime) -> None:
        raise _End

    file(desk, NEWS)
    ending = Placer(desk, raise_alerts=end)
    with pytest.raises(_End):
        await ending.place(NOW)
    assert stories(desk) == []
    assert not ending.book.is_loaded
    await Placer(desk).place(NOW)
    assert stories(desk) == [["four"], ["one", "three"], ["two"]]


async def test_two_earthquakes_in_different_places_on_one_day_are_two_stories(desk: Desk) -> None:
    file(desk, [MARLOW, TARN, MARLOW_TOO, TARN_TOO])
    await Placer(desk).place(NOW)
    assert stories(desk) == QUAKES


async def test_look_alike_events_stay_apart_also_when_they_are_told_one_by_one(desk: Desk) -> None:
    placer = Placer(desk)
    for draft in (MARLOW, TARN, MARLOW_TOO, TARN_TOO):
        file(desk, [draft])
        await placer.place(NOW)
    assert stories(desk) == QUAKES


async def test_syndicated_copies_belong_to_the_story_and_count_as_one_publisher(desk: Desk) -> None:
    copies = [
        piece(f"copy-{n}", MARLOW.text, title=MARLOW.title, publisher=publisher)
        for n, publisher in enumerate(("Torv Post", "Daily Ledger"))
    ]
    file(desk, [MARLOW, *copies, MARLOW_TOO])
    await Placer(desk).place(NOW)
    (story,) = shown(desk)
    assert len(story.articles) == 4
    assert len(story.publishers) == 2
    assert "Harbour Wire" in story.publishers


async def test_whoever_was_told_of_a_story_that_is_merged_was_told_of_the_one_it_lives_on_in(desk: Desk) -> None:
    placer = Placer(desk)
    for draft in (MILL, MOTORWAY):
        file(desk, [draft])
        await placer.place(NOW)
    assert stories(desk) == [["mill"], ["motorway"]]
    gone = story_with(desk, "motorway")
    tell(desk, gone)
    file(desk, [BOTH])
    await placer.place(NOW)
    assert stories(desk) == [["both", "mill", "motorway"]]
    into = desk.archive.read_now(survivor_of, desk.space, gone)
    assert into != gone
    assert desk.archive.read_now(find_stories, desk.space, [gone]) == {}
    lineage = desk.archive.read_now(lineage_of, desk.space, [into])
    assert desk.archive.read_now(heard_in, HERE, [into], lineage) == {into: 0}


async def test_a_story_that_takes_up_one_that_has_closed_says_which_it_follows(desk: Desk) -> None:
    placer, later = Placer(desk), NOW + timedelta(hours=defaults.STORY_OPEN_HOURS + 24)
    file(desk, [STRIKE, MILL])
    await placer.place(NOW)
    file(desk, [STRIKE_AGAIN, MARLOW], later)
    await placer.place(later)
    follows = {story.articles[0].name: story.follows for story in shown(desk)}
    before = story_with(desk, "strike")
    assert follows == {"strike": None, "mill": None, "strike-again": before, "marlow": None}


@pytest.mark.parametrize("step", ["before placing", "mid placing", "after placing"])
async def test_a_batch_that_is_ended_at_any_step_and_repeated_gives_the_same_stories(desk: Desk, step: Step) -> None:
    def passed(at: Step) -> None:
        if at == step:
            raise _End

    file(desk, [MILL, MARLOW, MOTORWAY])
    await Placer(desk).place(NOW)
    file(desk, [BOTH, TARN, MARLOW_TOO, TARN_TOO])
    with pytest.raises(_End):
        await Placer(desk, passed=passed).place(NOW)
    placer = Placer(desk)
    await placer.place(NOW)
    assert await placer.place(NOW) == 0
    assert stories(desk) == [["both", "mill", "motorway"], *QUAKES]


@pytest.mark.parametrize("is_told", [False, True])
async def test_what_does_not_belong_together_is_parted_unless_anybody_was_told_of_it(desk: Desk, is_told: bool) -> None:
    file(desk, [MARLOW, MARLOW_TOO, TARN])
    await Placer(desk).place(NOW)
    wrong, right = story_with(desk, "tarn"), story_with(desk, "marlow")
    taken_for_one = PLACEMENTS.update().where(PLACEMENTS.c.story == wrong).values(story=right)
    desk.archive.write_now(lambda db: db.execute(taken_for_one))
    if is_told:
        tell(desk, right)
    file(desk, [MARLOW_AGAIN])
    await Placer(desk).place(NOW)
    quake = ["marlow", "marlow-again", "marlow-too"]
    assert stories(desk) == ([[*quake, "tarn"]] if is_told else [quake, ["tarn"]])


async def test_a_story_without_news_for_days_takes_no_further_article(desk: Desk) -> None:
    placer, later = Placer(desk), NOW + timedelta(hours=defaults.STORY_OPEN_HOURS + 1)
    file(desk, NEWS[:1])
    await placer.place(NOW)
    file(desk, NEWS[2:3], later)
    await placer.place(later)
    assert stories(desk) == [["one"], ["three"]]
