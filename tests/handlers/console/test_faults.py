"""A fault that nobody foresaw: a ref for the reader, the details in the data folder."""

import re
from datetime import UTC, datetime
from pathlib import Path

from config import defaults
from handlers.console.faults import note_fault

MOMENT = datetime(2025, 4, 16, 14, 30, tzinfo=UTC)


def a_fault() -> ZeroDivisionError:
    """A fault with a traceback."""
    try:
        1 / 0  # noqa: B018
    except ZeroDivisionError as fault:
        return fault
    raise AssertionError


def test_the_details_are_found_under_the_ref(tmp_path: Path) -> None:
    sentence = note_fault(tmp_path, a_fault(), MOMENT)
    found = re.search(r"ref ([0-9a-f]{6})\)", sentence)
    assert found
    log = (tmp_path / "faults.log").read_text(encoding="utf-8")
    assert f"--- 2025-04-16T14:30:00+00:00 ref {found[1]}\n" in log
    assert "ZeroDivisionError" in log
    assert "\n" not in sentence


def test_later_faults_follow_until_the_file_is_large_and_begun_anew(tmp_path: Path) -> None:
    for _ in range(2):
        note_fault(tmp_path, a_fault(), MOMENT)
    file = tmp_path / "faults.log"
    assert file.read_text(encoding="utf-8").count("--- ") == 2
    file.write_bytes(b"x" * (defaults.FAULT_LOG_BYTES + 1))
    note_fault(tmp_path, a_fault(), MOMENT)
    assert file.stat().st_size < 10_000


def test_without_a_data_folder_nothing_is_written(tmp_path: Path) -> None:
    missing = tmp_path / "data"
    for folder in (missing, None):
        assert "faults.log" not in note_fault(folder, a_fault(), MOMENT)
    assert not missing.exists()
