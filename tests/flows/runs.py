"""Runs of the command, as a person or a program makes them."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ARTICLE = """Harbour duty rises to 31 percent

By Ines Vance | Harbour Wire
April 16, 2025

The port of Marlow raised its duty on imported glass to 31 percent on Wednesday.

Glass makers welcomed the step. “We waited three years,” said Orla Quint, who leads the guild of glass makers.
"""
LATER = "2025-04-18T12:00Z"
ASK = ("ask", "--now", LATER)


def command(data: Path, *arguments: str) -> list[str]:
    """How the command is called on that data folder."""
    return [sys.executable, "-m", "bot", "--data", str(data), *arguments]


def surroundings(**settings: str) -> dict[str, str]:
    """The environment of a run: words alone, for the encoder is not the subject here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_")}
    return kept | {"NEWSDESK_MEANING": "off", "COLUMNS": "80", "PYTHONWARNINGS": "error"} | settings


def run(
    data: Path, arguments: Sequence[str], *, piped: str | bytes = b"", **settings: str
) -> subprocess.CompletedProcess[str]:
    """The finished run. No run may show a traceback or a colour, whatever it was given."""
    given = piped.encode() if isinstance(piped, str) else piped
    done = subprocess.run(
        command(data, *arguments),
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
        env=surroundings(**settings),
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in out + err
    assert "\x1b" not in out + err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)
