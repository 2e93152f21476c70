"""Taking in, from files to the archive: what is told, and what a kill or a fault leaves."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.archive.articles import count_searched
from bot.archive.sources import list_sources
from bot.desk.desk import Desk
from bot.desk.take_in import ShowProgress, take_in
from bot.index.index import Index
from bot.news.article import LOCAL
from bot.news.briefing import Intake
from config import defaults
from tests.archive.drafts import make_text
from tests.wire.take import MILL, NOW, put

ROOT = Path(__file__).parents[2]

# Takes in a file and kills itself, with no chance to tidy up, when the progress has been told so many times.
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.archive.archive import Archive
from bot.desk.desk import Desk
from bot.desk.take_in import take_in
from bot.index.index import Index
from bot.news.article import LOCAL
from tests.wire.take import NOW

data, url, path, times = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3], int(sys.argv[4])
told = []

def kill_at_last(doing, done, total=None):
    told.append(done)
    if len(told) == times:
        os.kill(os.getpid(), signal.SIGKILL)

desk = Desk(archive=Archive.open(data, url), index=Index.open(data / "index", None), space=LOCAL)
asyncio.run(take_in(desk, [path], now=NOW, progress=kill_at_last))
"""


class Told:
    """What the progress was told."""

    def __init__(self) -> None:
        self.marks: list[tuple[str, int, int | None]] = []

    def __call__(self, doing: str, done: int, total: int | None = None) -> None:
        self.marks.append((doing, done, total))


@pytest.fixture
def desk(archive: Archive, data_dir: Path) -> Desk:
    """A desk whose archive is empty."""
    return Desk(archive=archive, index=Index.open(data_dir / "index", None), space=LOCAL)


def write_lines(path: Path, numbers: Sequence[int]) -> Path:
    """A file of JSON lines with one article for each number; each number has its own words."""
    rows = ({"id": f"n-{n}", "title": f"Title {n}", "text": make_text(n)} for n in numbers)
    return put(path, "".join(json.dumps(row) + "\n" for row in rows))


async def add(desk: Desk, *paths: Path, progress: ShowProgress | None = None) -> Intake:
    """What adding the paths did."""
    return await take_in(desk, [str(path) for path in paths], now=NOW, progress=progress or Told())


async def test_the_intake_tells_what_was_added_changed_repeated_refused_and_noted(desk: Desk, tmp_path: Path) -> None:
    news = write_lines(tmp_path / "in" / "news.jsonl", [1, 2])
    put(tmp_path / "in" / "mill.txt", MILL)
    put(tmp_path / "in" / "photo.txt", b"\x89PNG\r\n\x1a\n")
    put(tmp_path / "in" / "list.opml", '<opml><outline text="Coast" xmlUrl="https://coast.example/feed"/></opml>')
    intake = await add(desk, tmp_path / "in")
    assert intake.added == ["mill.txt", "n-1", "n-2"]
    assert [(Path(r.where).name, r.reason[:22]) for r in intake.refused] == [("photo.txt", "looks like a PNG image")]
    assert intake.sources == ["Coast"]
    assert [s.feed.address for s in await desk.archive.read(list_sources, LOCAL)] == ["https://coast.example/feed"]

    rows = [{"id": "n-1", "title": "Title 1", "text": make_text(9)}, {"id": "n-3", "title": "T", "text": make_text(2)}]
    news.write_text("\n".join(map(json.dumps, rows)))
    intake = await add(desk, tmp_path / "in")
    assert (intake.added, intake.changed, intake.unchanged) == ([], ["n-1"], ["mill.txt"])
    assert [(repeat.article, repeat.of) for repeat in intake.repeated] == [("n-3", "n-2")]
    assert intake.sources == []


async def test_a_refused_line_in_the_midst_of_a_batch_costs_no_neighbour(desk: Desk, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", range(12))
    lines = path.read_text().splitlines()
    lines[6] = '{"title": "broken'
    path.write_text("\n".join(lines))
    intake = await add(desk, path)
    assert len(intake.added) == 11
    assert [refusal.where for refusal in intake.refused] == [f"{path} line 7"]


async def test_more_than_one_batch_is_filed_in_the_order_of_the_file(desk: Desk, tmp_path: Path) -> None:
    count = 2 * defaults.BATCH_ARTICLES + 7
    told = Told()
    intake = await add(desk, write_lines(tmp_path / "news.jsonl", range(count)), progress=told)
    assert intake.added == [f"n-{n}" for n in range(count)]
    assert (await desk.archive.read(count_searched, LOCAL)).articles == count
    done = [mark[1] for mark in told.marks]
    assert done == sorted(done)
    assert done[-1] == told.marks[-1][2]


async def test_adding_nothing_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert await add(desk, tmp_path / "empty") == Intake()


async def test_a_fault_on_the_way_keeps_the_batches_before_it_and_the_archive_usable(
    desk: Desk, tmp_path: Path
) -> None:
    class Interrupted(Exception):
        pass

    def interrupt(doing: str, done: int, total: int | None = None) -> None:
        raise Interrupted

    path = write_lines(tmp_path / "news.jsonl", range(defaults.BATCH_ARTICLES * 3))
    with pytest.raises(Interrupted):
        await add(desk, path, progress=interrupt)
    kept = (await desk.archive.read(count_searched, LOCAL)).articles
    assert 0 < kept < defaults.BATCH_ARTICLES * 3
    intake = await add(desk, path)
    assert (len(intake.unchanged), len(intake.added)) == (kept, defaults.BATCH_ARTICLES * 3 - kept)


@pytest.mark.parametrize("times", [1, 3])
def test_a_kill_leaves_whole_batches_and_adding_again_makes_up(
    data_dir: Path, database_url: str | None, tmp_path: Path, times: int
) -> None:
    count = defaults.BATCH_ARTICLES * 4
    path = write_lines(tmp_path / "news.jsonl", range(count))
    arguments = [str(data_dir), database_url or "", str(path), str(times)]
    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=ROOT, check=False)
    assert killed.returncode == -9

    with Archive.open(data_dir, database_url) as archive:
        kept = archive.read_now(count_searched, LOCAL).articles
        assert 0 < kept < count
        # A batch ends at a number of readings, marks of progress among them, so it may hold a few articles less.
        again = Desk(archive=archive, index=Index.open(data_dir / "index", None), space=LOCAL)
        intake = _run(again, path)
        assert (intake.unchanged, intake.added) == (
            [f"n-{n}" for n in range(kept)],
            [f"n-{n}" for n in range(kept, count)],
        )


def _run(desk: Desk, path: Path) -> Intake:
    return asyncio.run(add(desk, path))
