"""What a start of the command reads: no reader waits for what somebody else needs."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.runs import ARTICLE, run, surroundings

PLATFORMS = {"slack_bolt", "slack_sdk", "discord"}
RUNNING = PLATFORMS | {"apscheduler", "prometheus_client", "aiohttp", "bot.running", "bot.lines"}
DESK = RUNNING | {"sqlalchemy", "numpy", "tantivy", "onnxruntime", "pydantic_settings", "rich", "bot.app"}
PARSERS = {"lxml", "trafilatura", "feedparser"}

_START = """
import sys
from bot.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def read_by(data: Path, *arguments: str) -> set[str]:
    """The modules that this start of the command has read by its end."""
    words = [sys.executable, "-c", _START, "--data", str(data), *arguments]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, env=surroundings())
    return set(done.stderr.splitlines()[-1].split())


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one article, which has its place in a story."""
    place = tmp_path_factory.mktemp("starts")
    (place / "glass.txt").write_text(ARTICLE, encoding="utf-8")
    assert run(place / "data", ["add", str(place / "glass.txt")]).returncode == 0
    assert run(place / "data", ["stories"]).returncode == 0
    return place / "data"


@pytest.mark.parametrize("arguments", [(), ("--help",), ("--version",), ("aks", "who?"), ("--jsno",)])
def test_whoever_looks_for_a_command_waits_for_none(data: Path, arguments: tuple[str, ...]) -> None:
    read = read_by(data, *arguments)
    assert "bot.cli.main" in read
    assert read & (DESK | PARSERS) == set()


@pytest.mark.parametrize(
    "arguments", [("ask", "who?"), ("search", "glass"), ("brief",), ("stories",), ("sources",), ("check",)]
)
def test_a_question_waits_for_nothing_that_only_a_running_desk_needs(data: Path, arguments: tuple[str, ...]) -> None:
    read = read_by(data, *arguments)
    assert "bot.app" in read
    assert read & (RUNNING | PARSERS | {"alembic", "onnxruntime", "numpy"}) == set()  # words alone, without an encoder


def test_what_is_added_waits_for_no_platform(data: Path) -> None:
    assert read_by(data, "add", str(data.with_name("glass.txt"))) & (RUNNING | {"numpy"}) == set()


def test_orders_wait_for_no_platform_and_no_clockwork(data: Path) -> None:
    for order in (("digest", "list"), ("watch", "list"), ("source", "list")):
        assert read_by(data, *order) & (PLATFORMS | {"apscheduler", "prometheus_client", "bot.running"}) == set()


def test_documents_are_read_without_a_desk(data: Path) -> None:
    read = read_by(data, "extract", str(data.with_name("glass.txt")))
    assert read & (RUNNING | PARSERS | {"sqlalchemy", "tantivy", "bot.app"}) == set()
