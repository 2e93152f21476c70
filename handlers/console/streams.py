"""Standard input and output, made ready for whatever is typed, piped or closed."""

import io
import os
import sys
from contextlib import suppress


class ReaderLeft(Exception):
    """Whoever read the output has gone: `newsdesk search … | head`."""


def make_ready() -> None:
    """Let no character stop a stream, and let a closed output be one that nobody reads."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  open until the end
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="surrogateescape" if stream is sys.stdin else "replace")


def let_go_of_output() -> None:
    """Give up what is still to be written: the interpreter would complain about it at its end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
