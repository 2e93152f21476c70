"""What every test may ask for: a data folder, an archive on both databases, and no network.

Settings of the tests themselves: NEWSDESK_TEST_POSTGRES=required turns a missing PostgreSQL server from a skip into a
failure; NEWSDESK_TEST_SEED repeats an earlier run's examples.
"""

import ipaddress
import os
import random
import shutil
import socket
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from bot.archive.archive import Archive
from tests.postgres import PostgresServer, server_program

hypothesis.settings.register_profile("newsdesk", deadline=None, print_blob=True)


_CONNECTS: deque[Any] = deque(maxlen=10_000)


class NetworkUsed(RuntimeError):
    """A test reached for the network."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of this run, and close the network."""
    hypothesis.settings.load_profile("newsdesk")
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = os.environ.get("NEWSDESK_TEST_SEED") or str(random.randrange(2**32))
    # A container often forbids it, and then every start of `newsdesk` compiles hundreds of files anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.addaudithook(_refuse_network)


def pytest_report_header(config: pytest.Config) -> str:
    """The line that lets a failed run be repeated."""
    return f"examples: NEWSDESK_TEST_SEED={config.option.hypothesis_seed}"


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo" and not _is_here(arguments[0]):
        raise NetworkUsed(f"a test asked for the address of {arguments[0]!r}")
    if event in ("socket.connect", "socket.sendto"):
        connection, address = arguments
        _CONNECTS.append(address)
        if connection.family != socket.AF_UNIX and not _is_here(address[0]):
            raise NetworkUsed(f"a test reached for {address!r}")


def _is_here(host: str | bytes | None) -> bool:
    name = host.decode(errors="replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        return False


@pytest.fixture
def connects() -> deque[Any]:
    """Every address that a socket was connected to since the test began, also where that was refused."""
    _CONNECTS.clear()
    return _CONNECTS


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A data folder that does not exist yet."""
    return tmp_path / "data"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL server for the whole session."""
    if server_program("initdb") is None or server_program("postgres") is None:
        if os.environ.get("NEWSDESK_TEST_POSTGRES") == "required":
            pytest.fail("the PostgreSQL server's programs are not installed, and NEWSDESK_TEST_POSTGRES requires them")
        pytest.skip("the PostgreSQL server's programs are not installed")
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def migrated_database(postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of an empty archive's database: the template from which each test gets its own."""
    name = postgres_server.add_database()
    Archive.open(tmp_path_factory.mktemp("template"), postgres_server.url(name)).close()
    return name


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty archive's SQLite file: the template from which each test gets its own."""
    data = tmp_path_factory.mktemp("template")
    Archive.open(data).close()
    return data / "newsdesk.db"


@pytest.fixture
def empty_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of a database in which there is nothing at all."""
    name = postgres_server.add_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, migrated_database: str) -> Iterator[str]:
    """The address of an empty archive on PostgreSQL."""
    name = postgres_server.add_database(migrated_database)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Runs the test twice: on SQLite (None), and on PostgreSQL."""
    return request.getfixturevalue("postgres_url") if request.param == "postgresql" else None


@pytest.fixture
def archive(data_dir: Path, database_url: str | None, request: pytest.FixtureRequest) -> Iterator[Archive]:
    """An empty archive, opened to write, on SQLite and on PostgreSQL."""
    if database_url is None:
        data_dir.mkdir()
        shutil.copy(request.getfixturevalue("migrated_file"), data_dir / "newsdesk.db")
    opened = Archive.open(data_dir, database_url)
    yield opened
    opened.close()
