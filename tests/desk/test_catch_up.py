"""Catching up: the index follows the archive through changes, kills, damage and restores."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.archive.archive import Archive
from bot.archive.articles import changes_after, newest_change
from bot.archive.filing import file_drafts
from bot.desk.catch_up import CaughtUp, catch_up, reindex
from bot.desk.desk import Desk
from bot.index.encoder import Encoder
from bot.index.index import Index
from bot.index.words import WordQuery
from bot.news.article import LOCAL, Draft, PassageId
from bot.news.text import stems
from tests.archive.drafts import NOW, make_draft
from tests.index.makes import WordyEncoder

CATCHING_UP = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.archive.archive import Archive
from bot.desk.catch_up import catch_up
from bot.desk.desk import Desk
from bot.index.index import Index
from bot.news.article import LOCAL
from config import defaults
from tests.index.makes import WordyEncoder

defaults.INDEX_BATCH_ARTICLES = defaults.EMBED_BATCH_ARTICLES = 5
data, url, times = Path(sys.argv[1]), sys.argv[2] or None, int(sys.argv[3])
told = []

def kill_at_last(doing, done, total=None):
    told.append(done)
    if len(told) == times:
        os.kill(os.getpid(), signal.SIGKILL)

desk = Desk(archive=Archive.open(data, url), index=Index.open(data / "index", WordyEncoder()), space=LOCAL)
asyncio.run(catch_up(desk, progress=kill_at_last))
"""


def say_nothing(doing: str, done: int, total: int | None = None) -> None:
    """Progress is not looked at here."""


def file(archive: Archive, *drafts: Draft) -> None:
    archive.write_now(file_drafts, LOCAL, drafts, NOW)


def follow(archive: Archive, data: Path, encoder: Encoder | None = None) -> tuple[Index, CaughtUp]:
    """The index of the archive, opened and caught up."""
    index = Index(data / "index", encoder)
    done = asyncio.run(catch_up(Desk(archive=archive, index=index, space=LOCAL), progress=say_nothing))
    return index, done


def find(index: Index, text: str) -> list[PassageId]:
    return [id for id, _ in index.search_words(WordQuery(stems=stems(text)), 1000)]


def passages_of(archive: Archive, name: str) -> set[PassageId]:
    changes = archive.read_now(changes_after, LOCAL, 0, 10_000)
    return {passage.id for change in changes if change.article.name == name for passage in change.passages}


def check_level(archive: Archive, index: Index) -> None:
    """Every passage of the archive is indexed once, by words and by meaning, and nothing else is."""
    kept = {p.id for change in archive.read_now(changes_after, LOCAL, 0, 10_000) for p in change.passages}
    newest = archive.read_now(newest_change, LOCAL)
    assert (index.seq, index.passages, set(find(index, "headline"))) == (newest, len(kept), kept)
    if index.encoder:
        assert index.seq_of_meaning == newest
        assert set(index.sentence_scores(index.encoder.encode("x"), kept | {PassageId(10**6)})) == kept


@pytest.fixture
def encoder() -> Encoder:
    return WordyEncoder()


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """An archive with thirty articles, one of them changed, one a copy."""
    drafts = [make_draft(f"n{number}") for number in range(30)]
    file(archive, *drafts)
    file(archive, make_draft("n3", "Grain prices rose again."), make_draft("copy", drafts[4].text, publisher="Other"))
    return archive


@contextmanager
def reopened(data: Path) -> Iterator[Archive]:
    archive = Archive.open(data)
    try:
        yield archive
    finally:
        archive.close()


def test_all_that_was_filed_can_be_found_and_a_second_time_there_is_nothing_to_do(
    filled: Archive, data_dir: Path, encoder: Encoder
) -> None:
    index, done = follow(filled, data_dir, encoder)
    check_level(filled, index)
    assert (done.articles, done.passages, done.rebuilt_because) == (31, index.passages, None)
    assert follow(filled, data_dir, encoder)[1] == CaughtUp(articles=0, passages=0)


def test_an_empty_archive_has_an_empty_index(archive: Archive, data_dir: Path, encoder: Encoder) -> None:
    index, done = follow(archive, data_dir, encoder)
    assert (done, find(index, "grain")) == (CaughtUp(articles=0, passages=0), [])


def test_a_changed_article_is_found_by_its_new_text_only(filled: Archive, data_dir: Path, encoder: Encoder) -> None:
    index, _ = follow(filled, data_dir, encoder)
    assert set(find(index, "grain prices")) == passages_of(filled, "n3")
    file(filled, make_draft("n3", "Steel prices fell."))
    index, done = follow(filled, data_dir, encoder)
    assert (done.articles, find(index, "grain")) == (1, [])
    assert set(find(index, "steel")) == passages_of(filled, "n3")
    check_level(filled, index)


def test_names_are_found_under_one_key_wherever_they_stand(archive: Archive, data_dir: Path) -> None:
    file(archive, make_draft("n", "Shigeru Ishiba spoke in Tokyo. Later Mr. Ishiba left for the United States."))
    index, _ = follow(archive, data_dir)
    for key in ("shigeru ishiba", "us"):
        assert len(index.search_words(WordQuery(stems=(), names=(key,)), 10)) == 1


def test_without_an_encoder_words_are_enough(filled: Archive, data_dir: Path, encoder: Encoder) -> None:
    index, done = follow(filled, data_dir)
    check_level(filled, index)
    assert (done.passages, index.has_meaning) == (0, False)
    index, done = follow(filled, data_dir, encoder)
    assert (done.articles, done.passages) == (0, index.passages)


def test_vectors_can_be_left_for_later(filled: Archive, data_dir: Path, encoder: Encoder) -> None:
    index = Index.open(data_dir / "index", encoder)
    desk = Desk(archive=filled, index=index, space=LOCAL)
    asyncio.run(catch_up(desk, progress=say_nothing, vectors=False))
    assert (index.seq > 0, index.seq_of_meaning) == (True, 0)
    asyncio.run(catch_up(desk, progress=say_nothing))
    check_level(filled, index)


@pytest.mark.parametrize("times", [1, 4, 8, 11])
def test_a_kill_anywhere_is_made_good_by_the_next_catch_up(
    filled: Archive, data_dir: Path, database_url: str | None, times: int, encoder: Encoder
) -> None:
    filled.close()
    command = [sys.executable, "-c", CATCHING_UP, str(data_dir), database_url or "", str(times)]
    killed = subprocess.run(command, check=False)
    assert killed.returncode == -9
    archive = Archive.open(data_dir, database_url)
    index, done = follow(archive, data_dir, encoder)
    check_level(archive, index)
    archive.close()
    assert done.rebuilt_because is None
    assert done.articles == max(31 - 5 * times, 0)
    assert (done.passages < index.passages) == (times > 7)


def test_an_index_of_another_archive_is_made_anew_and_that_is_said(tmp_path: Path, encoder: Encoder) -> None:
    for name in ("one", "other"):
        with reopened(tmp_path / name) as archive:
            file(archive, *(make_draft(f"{name}{number}") for number in range(5)))
            follow(archive, tmp_path / name, encoder)
    shutil.rmtree(tmp_path / "one" / "index")
    shutil.copytree(tmp_path / "other" / "index", tmp_path / "one" / "index")
    with reopened(tmp_path / "one") as archive:
        index, done = follow(archive, tmp_path / "one", encoder)
        check_level(archive, index)
    assert done.articles == 5
    assert done.rebuilt_because is not None and "another archive" in done.rebuilt_because


def test_an_index_that_is_ahead_of_a_restored_archive_is_made_anew(tmp_path: Path, encoder: Encoder) -> None:
    with reopened(tmp_path) as archive:
        file(archive, *(make_draft(f"n{number}") for number in range(5)))
    shutil.copy(tmp_path / "newsdesk.db", tmp_path / "backup")
    with reopened(tmp_path) as archive:
        file(archive, make_draft("later", "Grain prices rose again."))
        follow(archive, tmp_path, encoder)
    for path in tmp_path.glob("newsdesk.db*"):
        path.unlink()
    shutil.copy(tmp_path / "backup", tmp_path / "newsdesk.db")
    with reopened(tmp_path) as archive:
        file(archive, make_draft("else", "Steel prices fell."), make_draft("more", "Copper prices fell."))
        index, done = follow(archive, tmp_path, encoder)
        check_level(archive, index)
    assert (done.rebuilt_because is not None, find(index, "grain")) == (True, [])


def test_damaged_words_are_made_anew_and_the_vectors_are_kept(
    filled: Archive, data_dir: Path, encoder: Encoder
) -> None:
    follow(filled, data_dir, encoder)
    path = max((data_dir / "index" / "words").glob("*.idx"), key=lambda path: path.stat().st_size)
    path.write_bytes(bytes(20) + path.read_bytes()[20:])
    index, done = follow(filled, data_dir, encoder)
    check_level(filled, index)
    assert (done.articles, done.passages) == (31, 0)
    assert done.rebuilt_because == f"its file {path.name} is not as it was written"


def test_lost_vectors_are_made_again_without_touching_the_words(
    filled: Archive, data_dir: Path, encoder: Encoder
) -> None:
    follow(filled, data_dir, encoder)
    with (data_dir / "index" / "meaning" / "wordy" / "vectors").open("r+b") as vectors:
        vectors.truncate(1000)
    index, done = follow(filled, data_dir, encoder)
    check_level(filled, index)
    assert (done.articles, done.passages, done.rebuilt_because) == (0, index.passages, None)


def test_reindexing_makes_everything_anew(filled: Archive, data_dir: Path, encoder: Encoder) -> None:
    index, _ = follow(filled, data_dir, encoder)
    done = asyncio.run(reindex(Desk(archive=filled, index=index, space=LOCAL), progress=say_nothing))
    check_level(filled, index)
    assert (done.articles, done.passages, done.rebuilt_because) == (31, index.passages, None)


async def test_a_waiting_loop_goes_on_while_the_index_catches_up(
    filled: Archive, data_dir: Path, encoder: Encoder
) -> None:
    desk = Desk(archive=filled, index=Index.open(data_dir / "index", encoder), space=LOCAL)
    turns = 0
    work = asyncio.ensure_future(catch_up(desk, progress=say_nothing))
    while not work.done():
        turns += 1
        await asyncio.wait([work], timeout=0.001)
    assert turns > 5
    check_level(filled, desk.index)
