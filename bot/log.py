"""Logging: one event a line on standard error, key=value. The door to structlog.

Every module logs through the standard library (logging.getLogger(__name__)) with a fixed phrase and its values in
`extra`: ids, counts and durations, never a question, a message or the text of an article.
"""

import logging
import sys
from typing import TextIO

import structlog

FIRST_KEYS = ["time", "level", "module", "event"]
"""What a line starts with, so that a column of lines can be read downwards."""


def start_logging(level: str, stream: TextIO | None = None) -> None:
    """Send everything from `level` (debug, info, warning, error) up to the stream; standard error by default."""
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.CallsiteParameterAdder([structlog.processors.CallsiteParameter.MODULE]),
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _as_one_line,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


_render = structlog.processors.LogfmtRenderer(key_order=FIRST_KEYS, drop_missing=True)


def _as_one_line(logger: structlog.typing.WrappedLogger, name: str, event: structlog.typing.EventDict) -> str:
    """The event as one line, whatever its values hold: no address or file name may forge a second."""
    printable = {
        key: value if isinstance(value, bool | int | float) else _escaped(value) for key, value in event.items()
    }
    return _render(logger, name, printable)


def _escaped(value: object) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(value))
