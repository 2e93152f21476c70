"""The fixtures keep the promises that other tests build on."""

import socket
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db


def test_each_test_gets_an_empty_archive_that_takes_writes(archive: Archive) -> None:
    def keep(db: Db) -> None:
        db.execute(sa.text("CREATE TABLE left_by_a_test (n integer)"))

    archive.write_now(keep)
    archive.write_now(lambda db: db.execute(sa.text("DROP TABLE left_by_a_test")))


def test_an_archive_can_be_opened_where_there_is_nothing(data_dir: Path, empty_postgres_url: str) -> None:
    Archive.open(data_dir, empty_postgres_url).close()


def test_a_test_that_reaches_for_the_network_fails() -> None:
    with pytest.raises(RuntimeError, match="reached for"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(RuntimeError, match=r"asked for the address of 'example\.org'"):
        socket.getaddrinfo("example.org", 80)


def test_loopback_stays_open_for_the_tests_own_servers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as visitor:
        assert visitor.getpeername() == server.getsockname()
