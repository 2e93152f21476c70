"""Are the files of the word index as they were written?"""

import json
import zlib
from contextlib import suppress
from pathlib import Path

_MAGIC = 1337
_PIECE = 1 << 20


def weigh(folder: Path) -> int:
    """How many bytes the files have together."""
    total = 0
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def find_unsound(folder: Path) -> str | None:
    """The name of a file that is not as tantivy wrote it, or None.

    Files of segments that the index no longer names, or does not name yet, do not count: a kill leaves such behind.
    """
    try:
        named = json.loads((folder / "meta.json").read_bytes())["segments"]
        segments = {segment["segment_id"].replace("-", "") for segment in named}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "meta.json"
    for path in sorted(folder.iterdir()):
        if path.name.split(".")[0] in segments and not _is_sound(path):
            return path.name
    return None


def _is_sound(path: Path) -> bool:
    """Whether the checksum at the end of the file is that of what stands before it.

    A file ends in a note as JSON with its checksum under "crc", the length of the note, and a fixed number.
    """
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(size - 8, 0))
            tail = file.read(8)
            length, magic = int.from_bytes(tail[:4], "little"), int.from_bytes(tail[4:], "little")
            if magic != _MAGIC or length > size - 8:
                return False
            file.seek(size - 8 - length)
            wanted = json.loads(file.read(length))["crc"]
            file.seek(0)
            found, left = 0, size - 8 - length
            while left:
                piece = file.read(min(left, _PIECE))
                found, left = zlib.crc32(piece, found), left - len(piece)
            return bool(found == wanted)
    except FileNotFoundError:
        return True  # whoever writes the index has merged it away meanwhile
    except (OSError, ValueError, KeyError, TypeError):
        return False
