import io
import logging
from collections.abc import Iterator

import pytest

from bot.log import start_logging


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(level: str = "info") -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    start_logging(level, stream)
    return logging.getLogger("bot.test"), stream


def test_an_event_is_one_line_with_its_values() -> None:
    log, stream = logged()
    log.info("articles filed", extra={"added": 3, "space": "local", "seconds": 0.25})
    line = stream.getvalue()
    assert line.startswith("time=20")
    assert line.endswith(' level=info module=test_log event="articles filed" added=3 space=local seconds=0.25\n')


def test_a_value_cannot_forge_a_second_line() -> None:
    log, stream = logged()
    log.warning("source refused", extra={"source": "a.txt\nlevel=error event=forged\x1b[31m\u2028"})
    assert len(stream.getvalue().splitlines()) == 1
    assert "\x1b" not in stream.getvalue()


def test_a_failure_keeps_its_traceback_on_the_line() -> None:
    log, stream = logged()
    try:
        raise ValueError("broken")
    except ValueError:
        log.exception("answer failed", extra={"ref": "k3"})
    assert len(stream.getvalue().splitlines()) == 1
    assert "ValueError: broken" in stream.getvalue()


def test_less_than_the_level_asked_for_is_not_written() -> None:
    log, stream = logged("warning")
    log.info("articles filed")
    assert stream.getvalue() == ""
