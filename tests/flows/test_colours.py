"""Colours on a terminal, and where they are not wanted; the desk that runs writes as the terminal wishes."""

import os
import pty
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.newsstand import Item
from tests.flows.runs import command, surroundings
from tests.flows.town import PATIENCE_SECONDS, Town, open_town, running

COLOUR = re.compile(r"\x1b\[(?:\d+;)*3\d")


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with open_town() as opened:
        opened.prints("/wire.xml", Item(n=1))
        yield opened


def on_a_terminal(data: Path, arguments: list[str], **settings: str) -> str:
    """What a terminal of 60 columns is sent by the run."""
    ours, theirs = pty.openpty()
    terminal = {"TERM": "xterm-256color", "COLUMNS": "60", "COLORTERM": ""} | settings
    process = subprocess.Popen(
        command(data, *arguments), stdin=theirs, stdout=theirs, stderr=theirs, env=surroundings(**terminal)
    )
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:
        pass  # so Linux says that nobody writes any more
    os.close(ours)
    process.wait(timeout=PATIENCE_SECONDS)
    return shown.decode().replace("\r\n", "\n")


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
