"""Whoever has seen change n has seen everything before it, however many file at the same time."""

import threading
from pathlib import Path

import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.articles import changes_after, count_searched, file_drafts, newest_change
from bot.archive.schema import ARTICLES
from bot.news.article import LOCAL, Space
from tests.archive.drafts import NOW, make_draft

WRITERS = 3
BATCHES = 8
BATCH = 5


def test_parallel_writers_leave_no_gap_that_a_reader_could_see(data_dir: Path, postgres_url: str) -> None:
    writers = [Archive.open(data_dir / str(number), postgres_url) for number in range(WRITERS)]
    reader = Archive.open(data_dir, postgres_url, write=False)
    threads = [threading.Thread(target=_file_batches, args=(one, f"w{n}")) for n, one in enumerate(writers)]
    for thread in threads:
        thread.start()
    seen = 0
    while seen < WRITERS * BATCHES * BATCH:
        still_filing = any(thread.is_alive() for thread in threads)
        seen, visible = reader.read_now(_newest_and_visible)
        assert visible == list(range(1, seen + 1))
        assert still_filing or seen == WRITERS * BATCHES * BATCH
    for thread in threads:
        thread.join()
    for opened in (*writers, reader):
        opened.close()


def test_two_that_file_the_first_articles_of_a_space_at_once_both_succeed(data_dir: Path, postgres_url: str) -> None:
    start = threading.Barrier(2, timeout=30)
    spaces = [Space(f"space{number}") for number in range(10)]

    def file_everywhere(archive: Archive, name: str) -> None:
        for space in spaces:
            start.wait()
            archive.write_now(file_drafts, space, [make_draft(name)], NOW)

    with Archive.open(data_dir, postgres_url) as one, Archive.open(data_dir, postgres_url) as other:
        thread = threading.Thread(target=file_everywhere, args=(other, "other"))
        thread.start()
        file_everywhere(one, "one")
        thread.join()
        assert [one.read_now(newest_change, space) for space in spaces] == [2] * len(spaces)
        assert {one.read_now(count_searched, space).articles for space in spaces} == {2}


def test_a_reader_that_follows_the_changes_misses_none(archive: Archive) -> None:
    thread = threading.Thread(target=_file_batches, args=(archive, "w", 3))
    thread.start()
    followed: list[int] = []
    while len(followed) < 3 * BATCH:
        still_filing = thread.is_alive()
        changes = archive.read_now(changes_after, LOCAL, followed[-1] if followed else 0, 7)
        followed += [change.seq for change in changes]
        assert changes or still_filing
    thread.join()
    assert followed == list(range(1, 3 * BATCH + 1))


def _file_batches(archive: Archive, name: str, batches: int = BATCHES) -> None:
    for batch in range(batches):
        drafts = [make_draft(f"{name}-{batch * BATCH + number}", publisher=name) for number in range(BATCH)]
        archive.write_now(file_drafts, LOCAL, drafts, NOW)


def _newest_and_visible(db: Db) -> tuple[int, list[int]]:
    changes = sa.select(ARTICLES.c.change).where(ARTICLES.c.space == LOCAL).order_by(ARTICLES.c.change)
    return newest_change(db, LOCAL), list(db.execute(changes).scalars())
