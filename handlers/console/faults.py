"""Unexpected faults: a short ref for the reader, the details in a file for whoever mends them."""

import secrets
import traceback
from datetime import datetime
from pathlib import Path

from config import defaults

_FILE = "faults.log"


def note_fault(folder: Path | None, fault: BaseException, now: datetime) -> str:
    """The sentence for a fault that nobody foresaw; its details go to a file in the data folder, where there is one."""
    ref = secrets.token_hex(3)
    sentence = f"something went wrong that Newsdesk did not foresee ({type(fault).__name__}, ref {ref})"
    if folder is None or not _is_written(folder, ref, fault, now):
        return f"{sentence}; what was done before it is kept."
    return f"{sentence}; the details are in {folder / _FILE}, under that ref."


def _is_written(folder: Path, ref: str, fault: BaseException, now: datetime) -> bool:
    file = folder / _FILE
    try:
        if not folder.is_dir():
            return False
        fresh = not file.exists() or file.stat().st_size > defaults.FAULT_LOG_BYTES
        with file.open("w" if fresh else "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"--- {now.isoformat(timespec='seconds')} ref {ref}\n")
            log.writelines(traceback.format_exception(fault))
    except OSError:
        return False
    return True
