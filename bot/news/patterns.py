"""Patterns that readers write. The door to RE2, which no pattern can keep busy for long."""

from typing import Protocol

import re2

from bot.errors import RequestError


class Pattern(Protocol):
    """A pattern that can be looked for."""

    def search(self, text: str) -> object | None:
        """What it finds first; None where there is nothing."""


def read_pattern(text: str) -> Pattern:
    """The pattern as it was typed between its slashes; RequestError (T02) for one that is not supported."""
    options = re2.Options()
    options.log_errors = False
    try:
        compiled: Pattern = re2.compile(text, options)
    except re2.error as fault:
        raise RequestError(f"This pattern is not supported: {_reason(fault)}.", "T02") from None
    return compiled


def _reason(fault: Exception) -> str:
    told = fault.args[0] if fault.args else ""
    return told.decode() if isinstance(told, bytes) else str(told)
