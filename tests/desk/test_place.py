"""Articles about one event become one story, in the order in which they come, and no kill loses or doubles one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.archive.archive import Archive, Db
from bot.archive.stories import names_by_story
from bot.desk.desk import Desk
from bot.desk.place import Placed, Placer
from bot.news.article import Draft
from config import defaults
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


@pytest.fixture
def desk(archive: Archive, data_dir: Path) -> Desk:
    return open_desk(archive, data_dir)


def stories(desk: Desk) -> list[list[str]]:
    return sorted(sorted(one.names) for one in desk.archive.read_now(names_by_story, desk.space, None))


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


async def test_a_story_without_news_for_days_takes_no_further_article(desk: Desk) -> None:
    placer, later = Placer(desk), NOW + timedelta(hours=defaults.STORY_OPEN_HOURS + 1)
    file(desk, NEWS[:1])
    await placer.place(NOW)
    file(desk, NEWS[2:3], later)
    await placer.place(later)
    assert stories(desk) == [["one"], ["three"]]
