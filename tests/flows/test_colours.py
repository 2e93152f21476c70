"""Colours on a terminal, and where they are not wanted; the desk that runs writes as the terminal wishes."""

import os
import pty
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from config import defaults
from tests.desk.newsstand import Item
from tests.flows.runs import command, surroundings
from tests.flows.town import PATIENCE_SECONDS, Town, open_town, running

COLOUR = re.compile(r"\x1b\[(?:\d+;)*3\d")


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with open_town() as opened:
        opened.prints("/wire.xml", Item(n=1))
        yield opened


@contextmanager
def terminal(data: Path, arguments: list[str], **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The run on a terminal of 60 columns, and what that terminal reads from."""
    ours, theirs = pty.openpty()
    kind = {"TERM": "xterm-256color", "COLUMNS": "60", "COLORTERM": ""} | settings
    process = subprocess.Popen(
        command(data, *arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings(**kind)
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        os.close(ours)
        process.kill()
        process.wait(timeout=PATIENCE_SECONDS)


def shown_on(ours: int, until: bytes = b"") -> str:
    """What is shown, until nobody writes any more or these words came."""
    shown = b""
    try:
        while not (until and until in shown) and (piece := os.read(ours, 65536)):
            shown += piece
    except OSError:
        pass  # so Linux says that nobody writes any more
    return shown.decode().replace("\r\n", "\n")


def on_a_terminal(data: Path, arguments: list[str], **settings: str) -> str:
    """All that the run shows on a terminal."""
    with terminal(data, arguments, **settings) as (_process, ours):
        return shown_on(ours)


def plainly(shown: str) -> str:
    """Without what a terminal obeys."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", shown)


def test_the_running_desk_writes_as_the_terminal_wishes(town: Town, tmp_path: Path) -> None:
    data, address = tmp_path / "data", town.site.address("/wire.xml")
    with running(data, {**town.settings, "TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "200"}):
        added = on_a_terminal(data, ["source", "add", address], **town.settings)
        coloured = on_a_terminal(data, ["source", "check"], **town.settings)
        without = on_a_terminal(data, ["source", "check"], **town.settings, NO_COLOR="1")
        dumb = on_a_terminal(data, ["source", "check"], **town.settings, TERM="dumb")
        listed = on_a_terminal(data, ["source", "list"], **town.settings)
    here = on_a_terminal(data, ["source", "check"], **town.settings)
    assert "\x1b]8;id=" in added
    assert f"{address}\x1b\\" in added
    assert max(map(len, plainly(added).splitlines())) <= 60
    assert COLOUR.search(coloured)
    assert coloured == here
    assert not COLOUR.search(without)
    assert "\x1b" not in dumb
    assert plainly(coloured) == plainly(without) == dumb == "ok    Harbour Wire: nothing new\n"
    assert "Harbour Wire" in plainly(listed)


def test_no_colours_are_shown_where_they_are_not_wanted(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    on_a_terminal(data, ["source", "add", town.site.address("/wire.xml")], **town.settings)
    assert COLOUR.search(on_a_terminal(data, ["doctor"]))
    assert not COLOUR.search(on_a_terminal(data, ["doctor"], NO_COLOR="1"))
    assert "\x1b" not in on_a_terminal(data, ["source", "list"], TERM="dumb")


def test_a_desk_that_runs_shows_no_progress_of_its_start(town: Town, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with terminal(data, ["run"], NEWSDESK_LISTEN="off") as (process, ours):
        assert "Nothing is followed yet; Ctrl-C stops it." in shown_on(ours, until=b"a page.")
        until = monotonic() + 1.5 * defaults.PROGRESS_AFTER_SECONDS
        while monotonic() < until:
            assert town.followed(data) == []
        process.send_signal(signal.SIGINT)
        assert shown_on(ours).replace("^C", "").strip() == ""
        assert process.wait(PATIENCE_SECONDS) == 0
