"""A process that is killed while it files leaves whole batches, nothing else, and nobody has to tidy up."""

import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.archive.articles import (
    changes_after,
    count_searched,
    file_drafts,
    find_passages,
    list_publishers,
    newest_change,
)
from bot.news.article import LOCAL, Draft
from bot.news.passage import cut_passages
from tests.archive.drafts import NOW, add_words, make_draft, make_text

BATCH = 20

FILING = """
import sys
from pathlib import Path
from bot.archive.archive import Archive
from bot.archive.articles import file_drafts
from bot.news.article import LOCAL
from tests.archive.drafts import NOW
from {test} import batch

def file_and_stop(db, number):
    file_drafts(db, LOCAL, batch(number), NOW)
    print("filed", flush=True)
    if sys.argv[3] == str(number):
        sys.stdin.read()

archive = Archive.open(Path(sys.argv[1]), sys.argv[2] or None)
for number in range(int(sys.argv[4]), 1000):
    archive.write_now(file_and_stop, number)
    print("kept", flush=True)
"""


def batch(number: int) -> list[Draft]:
    """New articles, changed ones, copies and near copies."""
    drafts = [make_draft(f"n{number}-{each}", make_text(number * BATCH + each)) for each in range(BATCH - 3)]
    drafts.append(make_draft("changing", make_text(1_000_000 + number)))
    drafts.append(make_draft(f"z-copy{number}", drafts[0].text, publisher="Another Paper"))
    drafts.append(make_draft(f"near{number}", add_words(drafts[1].text, 5)))
    return drafts


@contextmanager
def filing(data: Path, url: str | None, stop_in: int | None, start: int = 0) -> Iterator[subprocess.Popen[str]]:
    script = FILING.format(test="tests.flows.test_kill_while_filing")
    command = [sys.executable, "-c", script, str(data), url or "", str(stop_in), str(start)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def check_whole_batches(archive: Archive) -> int:
    """How many batches are kept; every one of them whole."""
    changes = archive.read_now(changes_after, LOCAL, 0, 100_000)
    names = {change.article.name: change for change in changes}
    batches = sum(name.startswith("z-copy") for name in names)
    expected = {draft.name for number in range(batches) for draft in batch(number)}
    assert set(names) == expected
    assert archive.read_now(count_searched, LOCAL).articles == len(expected)
    assert archive.read_now(list_publishers, LOCAL).get("Another Paper", 0) == batches
    assert archive.read_now(newest_change, LOCAL) == batches * BATCH
    for name, change in names.items():
        cuts = [] if name.startswith("z-copy") else cut_passages(change.article.text)
        assert [(cut.start, cut.end) for cut in change.passages] == cuts
    passages = [cut.id for change in changes for cut in change.passages]
    assert len(archive.read_now(find_passages, LOCAL, passages)) == len(passages)
    if batches:
        assert (names["changing"].article.version, names["changing"].article.text) == (
            batches,
            make_text(1_000_000 + batches - 1),
        )
    return batches


@pytest.mark.parametrize("stop_in", [0, 2])
def test_a_kill_in_the_middle_of_a_batch_keeps_those_before_it_and_nothing_of_it(
    data_dir: Path, database_url: str | None, stop_in: int
) -> None:
    with filing(data_dir, database_url, stop_in) as process:
        said = [process.stdout.readline() for _ in range(2 * stop_in + 1)] if process.stdout else []
        assert said == ["filed\n", "kept\n"] * stop_in + ["filed\n"]
        process.kill()
        process.wait()
    with Archive.open(data_dir, database_url) as archive:
        assert check_whole_batches(archive) == stop_in
        filed = [archive.write_now(file_drafts, LOCAL, batch(number), NOW) for number in range(stop_in, stop_in + 2)]
        assert {one.outcome for some in filed for one in some} == {"added", "changed", "repeated"}
        assert check_whole_batches(archive) == stop_in + 2


def test_kills_at_any_moment_keep_whatever_was_said_to_be_kept(data_dir: Path, database_url: str | None) -> None:
    chosen = random.Random(9)
    kept = 0
    for _kill in range(4):
        with filing(data_dir, database_url, None, kept) as process:
            lines = chosen.randint(1, 12)
            said = [process.stdout.readline() for _ in range(lines)] if process.stdout else []
            process.kill()
            process.wait()
        with Archive.open(data_dir, database_url) as archive:
            before, kept = kept, check_whole_batches(archive)
            assert kept >= before + said.count("kept\n")


def test_a_reader_needs_nobody_to_tidy_up_after_a_kill(data_dir: Path, database_url: str | None) -> None:
    with filing(data_dir, database_url, 1) as process:
        said = [process.stdout.readline() for _ in range(3)] if process.stdout else []
        assert said == ["filed\n", "kept\n", "filed\n"]
        process.kill()
        process.wait()
    with Archive.open(data_dir, database_url, write=False) as reader:
        assert check_whole_batches(reader) == 1


def test_a_killed_first_start_leaves_a_folder_that_the_next_one_can_use(data_dir: Path) -> None:
    """The tables are made in one transaction: here it is broken off before its end."""
    data_dir.mkdir()
    script = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "db.execute('PRAGMA journal_mode=WAL'); db.execute('BEGIN IMMEDIATE'); "
        "db.execute('CREATE TABLE spaces (space TEXT)'); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", script, data_dir / "newsdesk.db"], check=False)
    assert killed.returncode == -9
    with Archive.open(data_dir) as archive:
        assert check_whole_batches(archive) == 0
