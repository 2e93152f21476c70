import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.articles import changes_after, count_searched, file_drafts, newest_change
from bot.archive.schema import REVISION
from bot.errors import ArchiveBusy, ArchiveError, ArchiveFull, ArchiveTooNew, RequestError
from bot.news.article import LOCAL
from tests.archive.drafts import NOW, make_draft

NOBODY = 65_534


def file_one(archive: Archive, name: str = "one") -> None:
    archive.write_now(file_drafts, LOCAL, [make_draft(name)], NOW)


def count(archive: Archive) -> int:
    return archive.read_now(count_searched, LOCAL).articles


def ask(db: Db, question: str) -> object:
    return db.exec_driver_sql(question).scalar_one()


def test_what_was_written_is_there_when_the_archive_is_opened_again(
    archive: Archive, data_dir: Path, database_url: str | None
) -> None:
    file_one(archive)
    archive.close()
    with Archive.open(data_dir, database_url) as again:
        assert count(again) == 1


def test_a_write_that_raises_leaves_nothing_behind(archive: Archive) -> None:
    def file_and_fail(db: Db) -> None:
        file_drafts(db, LOCAL, [make_draft("one")], NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        archive.write_now(file_and_fail)
    assert (count(archive), archive.read_now(newest_change, LOCAL)) == (0, 0)
    file_one(archive)
    assert archive.read_now(newest_change, LOCAL) == 1


async def test_reads_and_writes_run_on_the_archives_own_threads(archive: Archive) -> None:
    def where(_db: Db) -> str:
        return threading.current_thread().name

    assert (await archive.read(where)).startswith("archive-read")
    assert (await archive.write(where)).startswith("archive-write")
    assert archive.read_now(where) == archive.write_now(where) == threading.current_thread().name


async def test_a_read_goes_on_while_a_write_is_under_way(archive: Archive) -> None:
    read_done = threading.Event()

    def write(db: Db) -> bool:
        file_drafts(db, LOCAL, [make_draft("one")], NOW)
        return read_done.wait(30)

    def read(db: Db) -> int:
        return count_searched(db, LOCAL).articles

    writing = asyncio.create_task(archive.write(write))
    assert await archive.read(read) == 0
    read_done.set()
    assert await writing
    assert await archive.read(read) == 1


async def test_several_reads_run_at_the_same_time(archive: Archive) -> None:
    meeting = threading.Barrier(3, timeout=30)

    def meet(_db: Db) -> int:
        return meeting.wait()

    assert sorted(await asyncio.gather(*(archive.read(meet) for _ in range(3)))) == [0, 1, 2]


async def test_everything_in_one_read_is_of_one_moment(archive: Archive) -> None:
    begun, written = threading.Event(), threading.Event()

    def read_twice(db: Db) -> tuple[int, int]:
        before = count_searched(db, LOCAL).articles
        begun.set()
        assert written.wait(30)
        return before, count_searched(db, LOCAL).articles

    reading = asyncio.create_task(archive.read(read_twice))
    await asyncio.to_thread(begun.wait, 30)
    await archive.write(file_drafts, LOCAL, [make_draft("one")], NOW)
    written.set()
    assert await reading == (0, 0)


async def test_a_write_whose_caller_gives_up_is_still_done_whole(archive: Archive) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def write(db: Db) -> None:
        begun.set()
        assert go_on.wait(30)
        file_drafts(db, LOCAL, [make_draft("one"), make_draft("two")], NOW)

    writing = asyncio.create_task(archive.write(write))
    await asyncio.to_thread(begun.wait, 30)
    writing.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await archive.write(count_searched, LOCAL) == archive.read_now(count_searched, LOCAL)
    assert count(archive) == 2


def test_an_archive_opened_to_read_needs_no_lock_and_changes_nothing(
    archive: Archive, data_dir: Path, database_url: str | None
) -> None:
    file_one(archive)
    with Archive.open(data_dir, database_url, write=False) as reader:
        assert count(reader) == 1
        file_one(archive, "two")
        assert count(reader) == 2
        with pytest.raises(ArchiveError, match="opened only to be read"):
            file_one(reader)
        with pytest.raises((ArchiveError, sa.exc.DBAPIError)):
            reader.read_now(file_drafts, LOCAL, [make_draft("three")], NOW)
    assert count(archive) == 2


def test_reading_before_anything_was_added_says_so(data_dir: Path) -> None:
    with pytest.raises(RequestError, match=r"^Nothing has been added yet: .*newsdesk add"):
        Archive.open(data_dir, write=False)
    assert not data_dir.exists()


def test_reading_an_empty_database_on_a_server_says_so(data_dir: Path, empty_postgres_url: str) -> None:
    with pytest.raises(RequestError, match=r"^Nothing has been added yet"):
        Archive.open(data_dir, empty_postgres_url, write=False)
    Archive.open(data_dir, empty_postgres_url).close()
    with Archive.open(data_dir, empty_postgres_url, write=False) as reader:
        assert count(reader) == 0


def test_the_data_folder_is_made_for_its_owner_only(data_dir: Path) -> None:
    with Archive.open(data_dir / "deep" / "er") as archive:
        assert count(archive) == 0
    assert (data_dir / "deep" / "er").stat().st_mode & 0o777 == 0o700


def test_an_archive_of_a_later_newsdesk_is_left_alone(
    archive: Archive, data_dir: Path, database_url: str | None
) -> None:
    archive.write_now(lambda db: db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    archive.close()
    for write in (True, False):
        with pytest.raises(ArchiveTooNew, match=f"form 9999; this one knows {REVISION}.*install"):
            Archive.open(data_dir, database_url, write=write)


def test_an_archive_of_an_earlier_newsdesk_is_not_read_before_it_is_brought_up_to_date(
    archive: Archive, data_dir: Path, database_url: str | None
) -> None:
    archive.write_now(lambda db: db.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'"))
    archive.close()
    with pytest.raises(ArchiveError, match=f"from an earlier Newsdesk .form 0000; this one needs {REVISION}"):
        Archive.open(data_dir, database_url, write=False)


def test_opening_a_present_archive_loads_no_migration_library(archive: Archive, data_dir: Path) -> None:
    archive.close()
    script = "import sys; from pathlib import Path; from bot.archive.archive import Archive; "
    script += "Archive.open(Path(sys.argv[1])).close(); print('alembic' in sys.modules)"
    Archive.open(data_dir).close()
    assert subprocess.check_output([sys.executable, "-c", script, data_dir], text=True).strip() == "False"


def test_sqlite_keeps_what_was_committed_and_readers_cannot_write(data_dir: Path) -> None:
    settings = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only", "wal_autocheckpoint")
    with Archive.open(data_dir) as archive:
        writer = [archive.write_now(ask, f"PRAGMA {setting}") for setting in settings]
        reader = [archive.read_now(ask, f"PRAGMA {setting}") for setting in settings]
    assert writer == ["wal", 2, 1, 5000, 0, 1000]
    assert reader == ["wal", 2, 1, 5000, 1, 0]


def test_postgresql_gives_up_what_takes_too_long_and_keeps_what_was_committed(
    data_dir: Path, postgres_url: str
) -> None:
    settings = ("synchronous_commit", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    with Archive.open(data_dir, postgres_url) as archive:
        for run in (archive.write_now, archive.read_now):
            assert [run(ask, f"SHOW {setting}") for setting in settings] == ["on", "15s", "3s", "30s"]
        assert archive.warnings() == []


def test_the_doctor_is_told_of_a_sqlite_that_has_the_log_fault(data_dir: Path) -> None:
    with Archive.open(data_dir) as archive:
        assert bool(archive.warnings()) is (sqlite3.sqlite_version_info < (3, 51, 3))
        assert all(sqlite3.sqlite_version in warning for warning in archive.warnings())


def test_a_second_newsdesk_on_the_same_folder_is_told_who_is_there(data_dir: Path) -> None:
    with _other_process(data_dir) as other:
        with pytest.raises(ArchiveBusy, match=rf"^another Newsdesk \(pid {other.pid}\) is using .*data; .*--data"):
            Archive.open(data_dir)
        with Archive.open(data_dir, write=False) as reader:
            assert count(reader) == 0
    Archive.open(data_dir).close()


def test_a_folder_is_free_again_after_its_holder_was_killed(data_dir: Path) -> None:
    with _other_process(data_dir) as other:
        other.kill()
        other.wait()
    assert (data_dir / "lock").read_text() == f"{other.pid}\n"
    Archive.open(data_dir).close()
    assert (data_dir / "lock").read_text() == ""


def test_a_damaged_database_is_found_after_an_unclean_stop(data_dir: Path) -> None:
    with Archive.open(data_dir) as archive:
        archive.write_now(file_drafts, LOCAL, [make_draft(f"n{number}") for number in range(200)], NOW)
    file = data_dir / "newsdesk.db"
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"\xff" * 8_192 + whole[len(whole) // 2 + 8_192 :])
    (data_dir / "lock").write_text("41\n")
    for _again in range(2):
        with pytest.raises(ArchiveError, match=r"newsdesk\.db is damaged: put back a copy"):
            Archive.open(data_dir)


def test_a_file_that_is_no_database_is_called_damaged(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "newsdesk.db").write_text("Not a database at all. " * 100)
    for write in (True, False):
        with pytest.raises(ArchiveError, match=r"newsdesk\.db is damaged"):
            Archive.open(data_dir, write=write)


def test_a_full_disk_is_said_and_nothing_is_half_written(data_dir: Path) -> None:
    with Archive.open(data_dir) as archive:
        file_one(archive)
        pages = archive.write_now(ask, "PRAGMA page_count")
        archive.write_now(ask, f"PRAGMA max_page_count = {pages}")
        many = [make_draft(f"n{number}") for number in range(200)]
        with pytest.raises(ArchiveFull, match=r"disk that holds .* is full \([\d,]+ bytes free\); nothing was half"):
            archive.write_now(file_drafts, LOCAL, many, NOW)
        assert (count(archive), archive.read_now(newest_change, LOCAL)) == (1, 1)
        assert archive.read_now(ask, "PRAGMA integrity_check") == "ok"
        archive.write_now(ask, "PRAGMA max_page_count = 1000000")
        archive.write_now(file_drafts, LOCAL, many, NOW)
        assert [change.seq for change in archive.read_now(changes_after, LOCAL, 0, 999)] == list(range(1, 202))


@pytest.mark.parametrize("write", [True, False])
def test_a_folder_that_may_not_be_used_is_said(data_dir: Path, write: bool) -> None:
    Archive.open(data_dir).close()
    data_dir.chmod(0o500)
    (data_dir / "newsdesk.db").chmod(0)
    with _without_rights(), pytest.raises(ArchiveError, match=rf"cannot (write to|read) .*{data_dir.name}"):
        Archive.open(data_dir, write=write)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with (
        _without_rights(),
        pytest.raises(ArchiveError, match=r"cannot write to the data folder .*\(permission denied\)"),
    ):
        Archive.open(tmp_path / "new")
    tmp_path.chmod(0o700)


def test_a_file_in_the_place_of_the_folder_is_said(data_dir: Path) -> None:
    data_dir.write_text("")
    with pytest.raises(ArchiveError, match="is not a folder; name a folder"):
        Archive.open(data_dir)


def test_another_program_that_holds_the_database_is_waited_for_and_then_named(data_dir: Path) -> None:
    with Archive.open(data_dir) as archive:
        archive.write_now(lambda db: db.exec_driver_sql("PRAGMA busy_timeout = 1"))
        other = sqlite3.connect(data_dir / "newsdesk.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveBusy, match="another program is holding the database"):
            file_one(archive)
        other.close()
        file_one(archive)


def test_a_copied_archive_works_in_its_new_folder(data_dir: Path, tmp_path: Path) -> None:
    with Archive.open(data_dir) as archive:
        file_one(archive)
    shutil.copytree(data_dir, tmp_path / "with space and ?#%41")
    with Archive.open(tmp_path / "with space and ?#%41") as archive:
        assert count(archive) == 1
        assert [path.name for path in tmp_path.glob("with space*")] == ["with space and ?#%41"]


@contextmanager
def _other_process(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the archive open to write."""
    script = (
        "import sys; from pathlib import Path; from bot.archive.archive import Archive\n"
        "archive = Archive.open(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read(); archive.close()"
    )
    command = [sys.executable, "-c", script, str(data)]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin is not None and other.stdout is not None
    try:
        assert other.stdout.readline() == "open\n"
        yield other
    finally:
        other.stdin.close()
        other.wait()
        other.stdout.close()


@contextmanager
def _without_rights() -> Iterator[None]:
    """Run as a user who owns nothing, where the tests run as root, whom nothing is forbidden."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
