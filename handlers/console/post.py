"""The terminal as a platform: what is posted there is noted in a journal, and shown by `newsdesk run`."""

import asyncio
import json
import os
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from errno import ENOSPC
from io import StringIO
from pathlib import Path
from typing import IO, ClassVar
from zoneinfo import ZoneInfo

from bot.desk.wire import Clock
from bot.errors import CannotSee, MaybePosted, NotPosted
from bot.news.digest import Dispatch
from bot.news.place import Place
from handlers.console.dispatch_sheet import show_dispatch
from handlers.console.sheet import open_sheet

_NAME = "posts.jsonl"


class ConsolePoster:
    """Posts in the terminal of the running desk. What stands in the journal counts as posted.

    The journal is a file in the data folder with a line for every post, so that nothing is shown twice after a kill.
    """

    platform: ClassVar[str] = "console"
    repost_seconds: ClassVar[float] = 0.0
    channel_seconds: ClassVar[float] = 0.0
    posts_a_second: ClassVar[float] = 100.0

    def __init__(self, data: Path, out: IO[str], clock: Clock, *, width: int | None = None) -> None:
        self._journal = data / _NAME
        self._out, self._clock = out, clock
        self._width = open_sheet(out, ZoneInfo("UTC"), width=width).console.width

    def render(self, dispatch: Dispatch, zone: ZoneInfo) -> tuple[str, ...]:
        """It as plain text, set for the width that the terminal has."""
        file = StringIO()
        show_dispatch(open_sheet(file, zone, width=self._width), dispatch)
        return (file.getvalue(),)

    async def post(self, place: Place, payload: str, marker: str) -> str:
        """See Poster."""
        line = {"marker": marker, "place": asdict(place), "at": self._clock().isoformat(), "text": payload}
        await asyncio.to_thread(self._note, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        with suppress(OSError, ValueError):  # nobody reads along any more
            self._out.write(f"{payload}\n")
            self._out.flush()
        return marker

    async def find(self, place: Place, marker: str, since: datetime) -> str | None:
        """See Poster."""
        return marker if await asyncio.to_thread(self._holds, place, marker) else None

    def _note(self, line: bytes) -> None:
        """Add the line so that it stays; one that was torn before it stays a line of its own."""
        try:
            journal = os.open(self._journal, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as fault:
            raise NotPosted(f"{self._journal} cannot be written ({fault.strerror}).") from fault
        try:
            end = os.lseek(journal, 0, os.SEEK_END)
            is_torn = end > 0 and os.pread(journal, 1, end - 1) != b"\n"
            whole = b"\n" + line if is_torn else line
            if os.write(journal, whole) < len(whole):
                raise OSError(ENOSPC, os.strerror(ENOSPC))
            os.fsync(journal)
        except OSError as fault:
            raise MaybePosted(f"{self._journal} may lack a line ({fault.strerror}).") from fault
        finally:
            os.close(journal)

    def _holds(self, place: Place, marker: str) -> bool:
        try:
            with self._journal.open("rb") as journal:
                return any(_is_of(line, place, marker) for line in journal if marker.encode() in line)
        except FileNotFoundError:
            return False
        except OSError as fault:
            raise CannotSee(f"{self._journal} cannot be read ({fault.strerror}).") from fault


def _is_of(line: bytes, place: Place, marker: str) -> bool:
    """Whether the line is whole and notes that post."""
    try:
        noted = json.loads(line)
    except ValueError:
        return False
    return isinstance(noted, dict) and (noted.get("marker"), noted.get("place")) == (marker, asdict(place))
