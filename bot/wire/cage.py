"""Parsing of hostile formats in a process of its own, with limits on time and memory."""

import json
import select
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.errors import RefusedInput
from bot.wire.parsed import Entry, Fault, Feed, FeedLink, Page
from config import defaults

_ROOT = Path(__file__).resolve().parents[2]
_PIECE = 1 << 20
_TOO_COMPLEX = "too complex to read safely; save the text of the article as a .txt file and add that"


class Cage:
    """Reads pages and feeds in one other process, which is started when first needed and replaced when it dies.

    Every method raises RefusedInput where the input cannot be read within the limits. Use it as a context; the
    process ends with it, or with this one.
    """

    def __init__(
        self,
        cpu_seconds: int = defaults.CAGE_CPU_SECONDS,
        wall_seconds: float = defaults.CAGE_WALL_SECONDS,
        resident_bytes: int = defaults.CAGE_RESIDENT_BYTES,
    ) -> None:
        self._wall_seconds = wall_seconds
        self._granted = {"cpu_seconds": cpu_seconds, "resident_bytes": resident_bytes}
        self._child: subprocess.Popen[bytes] | None = None

    def read_page(self, data: bytes, where: str, address: str | None = None, *, charset: str | None = None) -> Page:
        """The article of the page."""
        return Page(**self._ask("page", data, where, address=address, charset=charset))

    def read_feed(
        self,
        data: bytes,
        where: str,
        address: str | None = None,
        *,
        charset: str | None = None,
        known: Iterable[str] = (),
    ) -> Feed:
        """The feed, without the entries whose digests are known."""
        found = self._ask("feed", data, where, address=address, charset=charset, known=list(known))
        return Feed(
            **{
                **found,
                "entries": tuple(Entry(**entry) for entry in found["entries"]),
                "unread": tuple(found["unread"]),
                "faults": tuple(Fault(**fault) for fault in found["faults"]),
            }
        )

    def find_feeds(self, data: bytes, where: str, address: str | None = None) -> list[FeedLink]:
        """The feeds that the page links to, the likeliest first."""
        found = self._ask("links", data, where, address=address)
        return [FeedLink(**link) for link in found["links"]]

    def to_plain(self, markup: str, where: str) -> str:
        """The words of a piece of HTML, one block a line."""
        return str(self._ask("markup", markup.encode("utf-8", "replace"), where)["text"])

    @property
    def pid(self) -> int | None:
        """The number of the other process; None while there is none."""
        return self._child.pid if self._child else None

    def close(self) -> None:
        """End the other process."""
        if self._child:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, task: str, data: bytes, where: str, **more: object) -> dict[str, Any]:
        if len(data) > defaults.PAGE_BYTES:
            megabytes = defaults.PAGE_BYTES // 1_000_000
            raise RefusedInput(where, f"is larger than {megabytes} MB, the most for a page or feed", "F12")
        child = self._child = self._child or self._start()
        request = {"task": task, "bytes": len(data), **self._granted, **more}
        try:
            assert child.stdin
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.write(data)
            child.stdin.flush()
            answer = json.loads(self._read_line(child))
        except (OSError, ValueError):
            self.close()
            reason = "the feed is too complex to read safely" if task == "feed" else _TOO_COMPLEX
            raise RefusedInput(where, reason, "F15") from None
        if answer["is_worn"]:  # what a large page has taken is not given back otherwise
            self.close()
        if "refused" in answer:
            raise RefusedInput(where, answer["refused"], answer["code"])
        return dict(answer["found"])

    def _start(self) -> subprocess.Popen[bytes]:
        # An environment of its own: what parses strangers' pages has no use for this one's secrets.
        environment = {
            "PYTHONPATH": str(_ROOT),
            "LC_ALL": "C.UTF-8",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "bot.wire.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
        )

    def _read_line(self, child: subprocess.Popen[bytes]) -> bytes:
        """The answer; TimeoutError, an OSError, when it does not come in time, and a cut one when the process died."""
        assert child.stdout
        answer = bytearray()
        deadline = time.monotonic() + self._wall_seconds
        while not answer.endswith(b"\n"):
            if not select.select([child.stdout], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            piece = child.stdout.read1(_PIECE)  # type: ignore[attr-defined]
            if not piece:
                break
            answer += piece
        return bytes(answer)
