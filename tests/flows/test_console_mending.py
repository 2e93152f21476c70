"""What the command does when its folder is busy, its index damaged or behind, or its database too new."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.archive.folder import open_folder
from tests.flows.runs import ARTICLE, ASK, run

QUESTION = "What is the duty on imported glass in Marlow?"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("mending")
    (place / "glass.txt").write_text(ARTICLE, encoding="utf-8")
    assert run(place / "data", ["add", str(place / "glass.txt")]).returncode == 0
    return place / "data"


@pytest.fixture
def data(filled: Path, data_dir: Path) -> Path:
    """A data folder with one article, for one test."""
    shutil.copytree(filled, data_dir)
    return data_dir


@pytest.fixture
def held(data: Path) -> Iterator[Path]:
    """The same, held by another process."""
    lock = open_folder(data)
    yield data
    lock.let_go(ended_cleanly=True)


def damage(data: Path) -> None:
    """Write over the middle of every file of the word index."""
    for file in (data / "index" / "local" / "words").iterdir():
        if file.is_file() and file.stat().st_size:
            file.write_bytes(b"\0" * file.stat().st_size)


def test_a_damaged_index_is_made_anew_and_said_so(data: Path) -> None:
    damage(data)
    done = run(data, [*ASK, QUESTION])
    assert done.returncode == 0
    assert "31 percent" in done.stdout
    assert done.stderr.startswith("newsdesk: the index was made anew from the archive: ")
    assert done.stderr.count("\n") == 1
    again = run(data, [*ASK, QUESTION])
    assert (again.stdout, again.stderr) == (done.stdout, "")


def test_a_lost_index_is_caught_up_without_a_word(data: Path) -> None:
    shutil.rmtree(data / "index")
    done = run(data, [*ASK, QUESTION])
    assert (done.returncode, done.stderr) == (0, "")
    assert "31 percent" in done.stdout


def test_only_one_process_writes_and_others_may_ask_meanwhile(held: Path) -> None:
    added = run(held, ["add", "samples"])
    assert added.returncode == 2
    assert f"another Newsdesk (pid {os.getpid()}) is using" in added.stderr
    asked = run(held, [*ASK, QUESTION])
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "31 percent" in asked.stdout


def test_a_damaged_index_in_a_busy_folder_is_explained(held: Path) -> None:
    damage(held)
    done = run(held, [*ASK, QUESTION])
    assert done.returncode == 2
    assert f"another Newsdesk (pid {os.getpid()}) is using" in done.stderr


def test_the_doctor_finds_a_damaged_index(held: Path) -> None:
    damage(held)
    done = run(held, ["doctor", "--json"])
    told = json.loads(done.stdout)
    assert (done.returncode, told["well"]) == (1, False)
    (index,) = (diagnosis for diagnosis in told["diagnoses"] if diagnosis["about"] == "index")
    assert "`newsdesk reindex` makes it anew" in index["sentence"]


def test_a_database_from_a_newer_version_is_left_alone(data: Path) -> None:
    with sqlite3.connect(data / "newsdesk.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    for arguments in ([*ASK, QUESTION], ["add", "samples"], ["reindex"]):
        done = run(data, arguments)
        assert done.returncode == 2
        assert "later version" in done.stderr or "newer" in done.stderr
        assert done.stderr.count("\n") == 1


def test_vectors_left_for_later_are_made_up(data: Path) -> None:
    done = run(data, ["reindex", "--missing"])
    assert (done.returncode, done.stdout) == (0, "0 articles and the meaning of 0 passages indexed.\n")
