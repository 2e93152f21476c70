"""A week of digests: no story comes back unless something new was said of it, and whatever was new is told."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.news.digest import Digest, DigestItem
from tests.desk.editing import Newsroom, daily
from tests.desk.week import MONDAY, WEEK, Told


@pytest.mark.parametrize("every_hours", [24, 12])
def test_in_a_week_no_story_comes_back_without_a_new_fact_and_none_is_lost(
    archive: Archive, data_dir: Path, every_hours: int
) -> None:
    room = Newsroom.open(archive, data_dir)
    room.at = MONDAY
    step = timedelta(hours=every_hours)
    room.subscribe(daily(*((MONDAY + n * step).time() for n in range(24 // every_hours))))
    told: set[str] = set()
    due = MONDAY + step
    while due <= MONDAY + timedelta(days=7):
        came = [one for one in WEEK if due - step <= one.at < due]
        for one in came:
            room.at = one.at
            room.news(one.title, one.text, one.publisher)
        shown = {_story_of(item): item for one in room.morning(due) if isinstance(one, Digest) for item in one.items}
        assert set(shown) == {one.story for one in came if one.is_new or one.story not in told}
        for story, item in shown.items():
            assert (item.kind, item.change is not None) == (("update", True) if story in told else ("new", False))
            if item.change:
                assert item.change.text.split(" [")[0] in _new_texts(came, story)
        told |= set(shown)
        due += step
    assert told == {one.story for one in WEEK}


def _story_of(item: DigestItem) -> str:
    return next(one.story for one in WEEK if one.title == item.headline)


def _new_texts(came: list[Told], story: str) -> str:
    return " ".join(one.text for one in came if one.story == story and one.is_new)
