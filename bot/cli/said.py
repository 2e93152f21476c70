"""What is said to whoever sits at the terminal, and the exit statuses."""

import sys
from contextlib import suppress

from handlers.console.plain import plain
from handlers.console.streams import ReaderLeft

DONE, SOME_REFUSED, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 70, 130
"""Exit statuses."""


def put(line: str) -> None:
    """Write one line of the result; ReaderLeft when nobody reads it any more."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except BrokenPipeError as fault:
        raise ReaderLeft from fault


def say(sentence: str, status: int, *, after: str = "") -> int:
    """The status, after the sentence was said to whoever sits at the terminal."""
    with suppress(OSError):
        sys.stderr.write(f"{after}newsdesk: {plain(sentence)}\n")
    return status


def notify(sentence: str) -> None:
    """Say something to whoever sits at the terminal that is no fault."""
    say(sentence, DONE)
