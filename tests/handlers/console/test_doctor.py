"""What the doctor says of the data folder, the web and the sources, and how its diagnoses look."""

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.archive.archive import Archive, Db
from bot.archive.feeds import NewFeed, note_failure, stop_feed
from bot.archive.sources import list_sources, note_sources
from bot.news.article import LOCAL
from bot.news.diagnosis import Diagnosis, Health, is_well
from bot.schedule import Workers
from bot.wire.guard import Guard
from handlers.console.as_json import diagnoses_line
from handlers.console.counter import Counter
from handlers.console.doctor import (
    judge_parser,
    look_at_desk,
    look_at_folder,
    look_at_sources,
    look_at_web,
    show_diagnoses,
)
from handlers.console.source_desk import Order, Out
from tests.handlers.console.makes import make_sheet
from tests.makes import NOW

_NOBODY = 65_534
OK = Diagnosis(health=Health.OK, about="data folder", sentence="it can be read and written.")
WARN = Diagnosis(health=Health.WARN, about="disk", sentence="0.3 GB free.")
BAD = Diagnosis(
    health=Health.BAD, about="archive", sentence="the database is damaged; put back a copy from before, then try again."
)


def marks_of(folder: Path) -> dict[str, Health]:
    """The mark of each thing looked at."""
    return {diagnosis.about: diagnosis.health for diagnosis in look_at_folder(folder)}


def test_a_folder_that_does_not_exist_yet_is_in_order(tmp_path: Path) -> None:
    assert marks_of(tmp_path / "a" / "b")["data folder"] is Health.OK
    assert not (tmp_path / "a").exists()


def test_a_folder_that_can_be_written_is_in_order(tmp_path: Path) -> None:
    assert marks_of(tmp_path)["data folder"] is Health.OK


def test_a_file_in_place_of_the_folder_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("")
    assert marks_of(file) == {"data folder": Health.BAD}


@contextmanager
def without_special_rights() -> Iterator[None]:
    """As a user who may not write everywhere, also where the tests run as the superuser."""
    if os.geteuid() != 0:
        yield
        return
    os.setresuid(_NOBODY, _NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def test_a_folder_without_rights_is_bad() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        with without_special_rights():
            assert marks_of(Path(folder))["data folder"] is Health.BAD


def test_a_folder_in_a_closed_one_is_bad(tmp_path: Path) -> None:
    folder = tmp_path / "closed" / "data"
    folder.mkdir(parents=True)
    folder.parent.chmod(0)
    try:
        with without_special_rights():
            assert marks_of(folder) == {"data folder": Health.BAD}
    finally:
        folder.parent.chmod(0o700)


@pytest.mark.parametrize(
    ("version", "health"),
    [((2, 4, 1), Health.OK), ((2, 10, 0), Health.OK), ((2, 4, 0), Health.BAD), ((2, 2, 10), Health.BAD)],
)
def test_an_xml_parser_that_lets_entities_grow_is_bad(version: tuple[int, ...], health: Health) -> None:
    diagnosis = judge_parser(version)
    assert (diagnosis.health, ".".join(map(str, version)) in diagnosis.sentence) == (health, True)


def test_the_places_that_the_operator_opens_are_told() -> None:
    assert look_at_web(Guard()).sentence == "the public internet is read only."
    told = look_at_web(Guard(["wiki.example:8081", "10.1.0.0/16"])).sentence
    assert told == "the public internet is read, and what NEWSDESK_ALLOW opens: wiki.example:8081, 10.1.0.0/16."


def follow(db: Db, *names: str) -> None:
    """Sources of these names; what is called failing fails, what is called dead was given up."""
    for name in names:
        address = f"https://{name}.example/feed"
        note_sources(db, LOCAL, [(name, NewFeed(scope="public", key=address, address=address, kind="feed"))], NOW, None)
    for source in list_sources(db, LOCAL):
        if source.name != "well":
            note_failure(db, source.feed, code="F03", fault="No feed there.", next_read=NOW, now=NOW)
        if source.name.startswith("dead"):
            stop_feed(db, source.feed.id, NOW)


@pytest.mark.parametrize(
    ("names", "health", "told"),
    [
        ([], Health.OK, "nothing is followed."),
        (["well"], Health.OK, "1 source followed."),
        (["well", "failing"], Health.WARN, "2 sources followed, 1 failing; `newsdesk source list` says why."),
        (["dead", "dead2"], Health.WARN, "2 sources followed, 2 given up; `newsdesk source list` says why."),
        (
            ["failing", "dead", "well"],
            Health.WARN,
            "3 sources followed, 1 failing and 1 given up; `newsdesk source list` says why.",
        ),
    ],
)
def test_sources_that_cannot_be_read_are_counted(archive: Archive, names: list[str], health: Health, told: str) -> None:
    archive.write_now(follow, *names)
    diagnosis = look_at_sources(archive)
    assert (diagnosis.health, diagnosis.sentence) == (health, told)


async def test_a_desk_that_runs_is_told_with_its_process(tmp_path: Path) -> None:
    async def refuse(_order: Order, _out: Out) -> int:
        return 1

    workers = Workers()
    counter = Counter(tmp_path, refuse, workers)
    await counter.open()
    found = await asyncio.to_thread(look_at_desk, tmp_path, is_needed=True)
    counter.close()
    await workers.finish(5)
    assert (found.health, f"(pid {os.getpid()})" in found.sentence) == (Health.OK, True)


@pytest.mark.parametrize(("is_needed", "health"), [(True, Health.WARN), (False, Health.OK)])
def test_a_desk_that_does_not_run_is_missed_where_something_is_followed(
    tmp_path: Path, is_needed: bool, health: Health
) -> None:
    for folder in (tmp_path, tmp_path / "missing", tmp_path / ("long " * 40)):
        found = look_at_desk(folder, is_needed=is_needed)
        assert (found.health, found.sentence.startswith("not running")) == (health, True)


@pytest.mark.parametrize(
    ("diagnoses", "well", "verdict"),
    [
        ([OK], True, "In order."),
        ([OK, WARN], True, "In order, 1 to look at."),
        ([OK, WARN, BAD], False, "1 bad, 1 to look at."),
    ],
)
@pytest.mark.parametrize("width", [40, 80])
def test_diagnoses_end_in_a_verdict(diagnoses: list[Diagnosis], well: bool, verdict: str, width: int) -> None:
    sheet, file = make_sheet(width)
    show_diagnoses(sheet, diagnoses)
    *shown, last = file.getvalue().splitlines()
    assert last == verdict
    assert sum(line.startswith(("ok ", "warn ", "bad ")) for line in shown) == len(diagnoses)
    assert max(map(len, shown)) <= width
    assert is_well(diagnoses) is well


def test_diagnoses_can_be_read_by_programs() -> None:
    assert json.loads(diagnoses_line([OK, BAD])) == {
        "well": False,
        "diagnoses": [
            {"health": "ok", "about": OK.about, "sentence": OK.sentence},
            {"health": "bad", "about": BAD.about, "sentence": BAD.sentence},
        ],
    }
