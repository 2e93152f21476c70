"""From what a person typed to the files that are meant."""

import errno
import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import RefusedInput
from bot.news.briefing import Refusal
from bot.wire.address import is_address

TEXT = (".txt", ".text", ".md", ".markdown")
PAGE = (".html", ".htm", ".xhtml")
LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
FEED = (".xml", ".rss", ".atom", ".rdf")
OPML = (".opml",)
_IN_FOLDERS = TEXT + PAGE + LINES + FEED + OPML
_NAMED = (*_IN_FOLDERS, ".json")
_SPECIAL = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A file to read: as the person would call it, where it really is, and its size."""

    where: str
    path: Path
    bytes: int


def find_files(paths: Iterable[str]) -> Iterator[Found | Refusal]:
    """The files that the paths mean, each once: files, folders with everything below them, patterns with * ? [ ].

    Folders are read in the order of their names; in them hidden files, linked folders and files of other kinds are
    passed over. What was named and cannot be read is refused with the reason. No file is opened.
    """
    seen: set[Path] = set()
    for path in paths:
        for found in _find(path):
            if isinstance(found, Refusal):
                yield found
            elif found.path not in seen:
                seen.add(found.path)
                yield found


def open_file(found: Found) -> int:
    """A descriptor of the file, which is certainly a plain one; RefusedInput where it cannot be opened."""
    try:
        # Without O_NONBLOCK a pipe put in the file's place would wait for a writer.
        descriptor = os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise RefusedInput(found.where, explain(error)) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedInput(found.where, "is not a plain file")
    return descriptor


def explain(error: OSError) -> str:
    """Why a file or folder cannot be read, and what to do."""
    match error:
        case PermissionError():
            return "there is no right to read it; change its rights (chmod) or run as its owner"
        case FileNotFoundError():
            return "there is no such file or folder; check the spelling"
        case NotADirectoryError():
            return "a part of this path is a file, not a folder"
        case _ if error.errno == errno.ELOOP:
            return "is a link that leads back to itself"
        case _:
            return f"cannot be read ({(error.strerror or 'unknown fault').lower()})"


def printable(path: str) -> str:
    """The path with a sign for everything in it that cannot be shown: bytes that are no UTF-8, controls, bidi marks."""
    if path.isascii() and path.isprintable():
        return path
    return "".join(c if c.isprintable() else "\ufffd" for c in os.fsencode(path).decode("utf-8", "replace"))


def _find(path: str) -> Iterator[Found | Refusal]:
    if not path.strip() or "\0" in path or not _is_encodable(path):
        yield Refusal(where=repr(path), reason="is no path; give a file, a folder or a pattern such as news/*.txt")
    elif is_address(path):
        yield Refusal(
            where=printable(path), reason="web addresses are not opened; save the page as a file and add that"
        )
    elif os.path.lexists(path) or not glob.has_magic(path):
        yield from _find_named(path)
    else:
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            yield Refusal(where=printable(path), reason="nothing matches this pattern")
        for match in matches:
            yield from _find_named(match)


def _is_encodable(path: str) -> bool:
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return True


def _find_named(path: str) -> Iterator[Found | Refusal]:
    try:
        status = os.stat(path)
    except OSError as error:
        yield Refusal(where=printable(path), reason=explain(error))
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _find_below(path)
    elif not path.lower().endswith(_NAMED):
        ending = Path(path).suffix
        reason = f"{ending} files are not read" if ending else "a file without an ending is not read"
        yield Refusal(where=printable(path), reason=f"{_special(status) or reason}; these are: {' '.join(_NAMED)}")
    else:
        yield _look(path, status)


def _find_below(folder: str) -> Iterator[Found | Refusal]:
    faults: list[Refusal] = []

    def note(error: OSError) -> None:
        faults.append(Refusal(where=printable(str(error.filename or folder)), reason=explain(error)))

    for parent, folders, names in os.walk(folder, onerror=note):
        yield from faults
        faults.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(parent, name)
            if name.startswith(".") or not name.lower().endswith(_IN_FOLDERS):
                continue
            try:
                yield _look(path, os.stat(path))
            except OSError as error:
                yield Refusal(where=printable(path), reason=explain(error))
    yield from faults


def _look(path: str, status: os.stat_result) -> Found | Refusal:
    special = _special(status)
    if special:
        return Refusal(
            where=printable(path), reason=f"{special}, not a file; save what it gives to a file and add that"
        )
    return Found(where=printable(path), path=Path(path).resolve(), bytes=status.st_size)


def _special(status: os.stat_result) -> str | None:
    return next((f"is {name}" for matches, name in _SPECIAL if matches(status.st_mode)), None)
