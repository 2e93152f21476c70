"""A platform in a process of its own, and what stands in its channels."""

import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

from bench.commands import ROOT, CommandFailed
from bench.haste import Haste
from bench.platform.layout import Layout
from bench.platform.platform import Message
from bench.platform.server import read_message

_CONTROL_SECONDS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class PlatformProcess:
    """A running platform."""

    layout: Layout
    port: int
    pid: int

    def messages(self, since: int = 0) -> list[Message]:
        """What was accepted, without the first `since` messages."""
        return [read_message(line) for line in self._ask(f"/messages?since={since}").splitlines()]

    def counted(self) -> dict[str, Any]:
        """How many messages were accepted, how many requests are still on their way, and which troubles there were."""
        counts: dict[str, Any] = json.loads(self._ask("/counted"))
        return counts

    def _ask(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=_CONTROL_SECONDS) as answer:
            return str(answer.read().decode())


@contextmanager
def running_platform(layout: Layout, haste: Haste) -> Iterator[PlatformProcess]:
    """A platform that runs while in here, in that haste."""
    command = [sys.executable, "-m", "bench.platform"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        pickle.dump((layout, haste), process.stdin)
        process.stdin.close()
        printed = process.stdout.readline()
        if not printed:
            raise CommandFailed("the platform did not start")
        yield PlatformProcess(layout=layout, port=int(printed), pid=process.pid)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
