"""Every fault of a database that someone can mend has its sentence, and none of them tells the password."""

import socket
import sqlite3
import threading
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.engines import read_address, refuse_old_postgresql
from bot.archive.faults import Whereabouts, explain
from bot.archive.feeds import PUBLIC, NewFeed
from bot.archive.sources import list_sources, note_sources
from bot.errors import ArchiveBusy, ArchiveError, ArchiveFull
from bot.news.article import Space
from tests.archive.drafts import NOW

ADDRESS = "postgresql://reporter:s3cret@db.example:5433/news"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('FATAL:  password authentication failed for user "reporter"', "refused the password"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "refused the login"),
        ('FATAL:  role "reporter" does not exist', "refused the login"),
        ('FATAL:  database "news" does not exist', "has no database named news; create it"),
        ('FATAL:  permission denied for database "news"', "lacks a right"),
        ("connection refused", "cannot reach"),
    ],
)
def test_a_refused_connection_names_host_and_user_but_never_the_password(said: str, expected: str) -> None:
    sentence = str(_explain(psycopg.OperationalError(f"connection failed: {said}")))
    assert expected in sentence
    assert "PostgreSQL at db.example:5433 as user reporter" in sentence
    assert "s3cret" not in sentence


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (psycopg.errors.InsufficientPrivilege(), ArchiveError),
        (psycopg.errors.QueryCanceled(), ArchiveError),
        (psycopg.errors.AdminShutdown(), ArchiveError),
        (psycopg.errors.DiskFull(), ArchiveFull),
        (psycopg.errors.LockNotAvailable(), ArchiveBusy),
        (psycopg.errors.DeadlockDetected(), ArchiveBusy),
    ],
)
def test_each_fault_of_the_server_has_its_kind(fault: psycopg.Error, kind: type[ArchiveError]) -> None:
    assert type(_explain(fault)) is kind


@pytest.mark.parametrize(
    ("said", "kind", "expected"),
    [
        ("database or disk is full", ArchiveFull, "is full ("),
        ("database is locked", ArchiveBusy, "another program is holding"),
        ("database disk image is malformed", ArchiveError, "newsdesk.db is damaged"),
        ("attempt to write a readonly database", ArchiveError, "cannot open or change the database in /srv/news"),
        ("unable to open database file", ArchiveError, "cannot open or change the database in /srv/news"),
        ("disk I/O error", ArchiveError, "reports a fault; nothing was half-written"),
    ],
)
def test_each_fault_of_sqlite_has_its_sentence(said: str, kind: type[ArchiveError], expected: str) -> None:
    wrapped = sa.exc.OperationalError("SELECT 1", None, sqlite3.OperationalError(said))
    sentence = explain(wrapped, Whereabouts(data=Path("/srv/news"), url=None))
    assert type(sentence) is kind
    assert expected in str(sentence)


def test_a_fault_of_ours_is_not_explained_away() -> None:
    assert _explain(psycopg.errors.UndefinedTable()) is None
    assert _explain(psycopg.errors.UniqueViolation()) is None


@pytest.mark.parametrize("address", ["mysql://root:s3cret@db/news", "s3cret", "sqlite:///s3cret"])
def test_an_address_of_another_kind_is_refused_without_repeating_it(data_dir: Path, address: str) -> None:
    with pytest.raises(ArchiveError, match="NEWSDESK_DATABASE_URL is not the address of a PostgreSQL") as refused:
        Archive.open(data_dir, address)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("start", ["postgresql://", "postgres://", "postgresql+psycopg://"])
def test_every_spelling_of_a_postgresql_address_is_read(start: str) -> None:
    assert read_address(f"{start}a@b/c").drivername == "postgresql+psycopg"


@pytest.mark.parametrize("write", [True, False])
def test_a_server_that_is_not_there_is_named(data_dir: Path, write: bool) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(
        ArchiveError, match=rf"cannot reach PostgreSQL at 127\.0\.0\.1:{port} as user reporter"
    ) as refused:
        Archive.open(data_dir, f"postgresql://reporter:s3cret@127.0.0.1:{port}/news", write=write)
    assert "s3cret" not in str(refused.value)


def test_a_database_or_user_that_is_not_there_is_named(data_dir: Path, postgres_url: str) -> None:
    address = sa.make_url(postgres_url)
    for wrong, expected in (
        (address.set(database="nowhere"), "has no database named nowhere"),
        (address.set(username="nobody_here"), "as user nobody_here refused the login"),
    ):
        with pytest.raises(ArchiveError, match=expected):
            Archive.open(data_dir, wrong.render_as_string(hide_password=False))


def test_a_server_that_is_too_old_is_refused(data_dir: Path, postgres_url: str) -> None:
    with Archive.open(data_dir, postgres_url) as archive:
        archive.read_now(refuse_old_postgresql, "the server")
        with pytest.raises(ArchiveError, match=r"the server is release \d+; Newsdesk needs PostgreSQL 99 or later"):
            archive.read_now(refuse_old_postgresql, "the server", 99)


def feed_of(space: Space) -> NewFeed:
    return NewFeed(scope=PUBLIC, key=space, address=f"https://{space}.example", kind="feed")


def test_two_transactions_that_stand_in_each_others_way_are_both_done(data_dir: Path, postgres_url: str) -> None:
    """Each waits for a row of the other: the server ends one of them, which is then run again."""
    both_have_one = threading.Barrier(2, timeout=30)
    runs: list[str] = []

    def note_in_both(db: Db, first: Space, second: Space) -> None:
        runs.append(first)
        note_sources(db, first, [("One", feed_of(first))], NOW)
        if len(runs) <= 2:
            both_have_one.wait()
        note_sources(db, second, [("One", feed_of(second))], NOW)

    with Archive.open(data_dir, postgres_url) as one, Archive.open(data_dir, postgres_url) as other:
        thread = threading.Thread(target=other.write_now, args=(note_in_both, Space("B"), Space("A")))
        thread.start()
        one.write_now(note_in_both, Space("A"), Space("B"))
        thread.join()
        assert len(runs) >= 3
        assert [len(one.read_now(list_sources, Space(name))) for name in "AB"] == [1, 1]


def _explain(fault: psycopg.Error) -> ArchiveError | None:
    wrapped = sa.exc.OperationalError("SELECT 1", None, fault)
    return explain(wrapped, Whereabouts(data=Path("/srv/news"), url=read_address(ADDRESS)))
