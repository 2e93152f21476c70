"""The command with its archive on a server, and its index in the data folder."""

import os
from pathlib import Path

import pytest

from bot.archive.folder import open_folder
from tests.flows.runs import ARTICLE, ASK, run


def test_articles_go_to_the_server_and_answers_come_from_it(
    tmp_path: Path, data_dir: Path, empty_postgres_url: str
) -> None:
    (tmp_path / "glass.txt").write_text(ARTICLE, encoding="utf-8")
    settings = {"NEWSDESK_DATABASE_URL": empty_postgres_url}
    before = run(data_dir, ["ask", "who?"], **settings)
    assert before.returncode in (1, 2)
    assert "othing has been added yet" in before.stderr
    added = run(data_dir, ["add", str(tmp_path / "glass.txt")], **settings)
    assert (added.returncode, added.stderr) == (0, "")
    asked = run(data_dir, [*ASK, "What is the duty on imported glass in Marlow?"], **settings)
    assert (asked.returncode, asked.stderr) == (0, "")
    assert "31 percent" in asked.stdout
    assert not (data_dir / "newsdesk.db").exists()
    told = run(data_dir, ["doctor"], **settings)
    assert told.returncode == 0
    assert "PostgreSQL" in told.stdout
    assert empty_postgres_url not in told.stdout


def test_two_processes_never_write_one_index(data_dir: Path, empty_postgres_url: str) -> None:
    lock = open_folder(data_dir)
    try:
        done = run(data_dir, ["add", "samples"], NEWSDESK_DATABASE_URL=empty_postgres_url)
    finally:
        lock.let_go(ended_cleanly=True)
    assert done.returncode == 2
    assert f"another Newsdesk (pid {os.getpid()}) is using" in done.stderr


@pytest.mark.parametrize(
    "url", ["postgresql://someone:hunter2secret@127.0.0.1:1/news", "mysql://someone:hunter2secret@127.0.0.1/news"]
)
def test_a_server_that_cannot_be_used_is_named_without_its_password(data_dir: Path, url: str) -> None:
    for arguments in (["ask", "who?"], ["doctor"]):
        done = run(data_dir, arguments, NEWSDESK_DATABASE_URL=url)
        assert done.returncode in (1, 2)
        assert "hunter2" not in done.stdout + done.stderr
