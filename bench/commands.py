"""Running Newsdesk's own commands, the way anybody would, and reading the JSON they print."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent


class CommandFailed(Exception):
    """A command ended in a way that no input explains: a crash, or output that is not the promised JSON."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Newsdesk:
    """The commands over one data folder. Each call is one run of the program.

    `words_only` leaves meaning out, where a figure does not depend on it and embedding would take an hour.
    """

    data: Path
    words_only: bool = False

    def add(self, *paths: Path, later: bool = False) -> Row:
        """Take the paths in, their vectors left for later if so. Returns what `add --json` prints."""
        return self._one(["add", "--json", *(["--later"] if later else []), *map(str, paths)])

    def stories(self) -> list[Row]:
        """The stories, once all that was added has its place in one; each with the names of its articles."""
        ran = self.run(["stories", "--json"])
        try:
            rows: list[Row] = json.loads(ran.stdout)
        except json.JSONDecodeError:
            raise CommandFailed(f"newsdesk stories printed no JSON: {(ran.stderr or ran.stdout)[-500:]}") from None
        return rows

    def ask(self, questions: Iterable[Row]) -> list[Row]:
        """An answer to each question, in order; a question is an object with `id`, `question` and perhaps `now`."""
        return self._many(["ask", "--json", "-"], questions)

    def search(self, queries: Iterable[Row], count: int) -> list[Row]:
        """The best passages for each query, in order; a query is an object with `id` and `query`."""
        return self._many(["search", "--json", "-k", str(count), "-"], queries)

    def brief(self, *topic: str) -> Row:
        """The brief, of the topic where one is given."""
        return self._one(["brief", "--json", *topic])

    def match(self, watches: Iterable[Row]) -> list[Row]:
        """The articles that meet each topic, in order; a watch is an object with `id` and `topic`."""
        return self._many(["match", "--json", "--watches", "-"], watches)

    def read(self, command: str, documents: Iterable[Row]) -> list[Row]:
        """What `extract`, `read-feed` or `read-opml` makes of each document, in order."""
        return self._many([command, "--json", "-"], documents)

    def start(self, words: Sequence[str]) -> subprocess.Popen[str]:
        """The program started with these words, to be talked to line by line and watched while it runs."""
        command = [sys.executable, "-m", "bot", "--data", str(self.data), *words]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=self._environment()
        )

    def run(self, words: Sequence[str], typed: str = "") -> subprocess.CompletedProcess[str]:
        """One run of the program with these words, whatever its exit status; raises CommandFailed after a traceback."""
        command = [sys.executable, "-m", "bot", "--data", str(self.data), *words]
        ran = subprocess.run(
            command, input=typed, capture_output=True, text=True, check=False, cwd=ROOT, env=self._environment()
        )
        if "Traceback (most recent call last)" in ran.stderr or ran.returncode not in (0, 1, 2):
            raise CommandFailed(f"newsdesk {' '.join(words)[:80]} ended with {ran.returncode}: {ran.stderr[-2000:]}")
        return ran

    def _one(self, words: Sequence[str]) -> Row:
        ran = self.run(words)
        try:
            row: Row = json.loads(ran.stdout)
        except json.JSONDecodeError:
            raise CommandFailed(
                f"newsdesk {' '.join(words)[:80]} printed no JSON: {(ran.stderr or ran.stdout)[-500:]}"
            ) from None
        return row

    def _many(self, words: Sequence[str], lines: Iterable[Row]) -> list[Row]:
        typed = [json.dumps(line) for line in lines]
        ran = self.run(words, "".join(line + "\n" for line in typed))
        rows: list[Row] = [json.loads(line) for line in ran.stdout.splitlines()]
        if len(rows) != len(typed):
            raise CommandFailed(f"{len(typed)} lines went in and {len(rows)} came out: {ran.stderr[-500:]}")
        return rows

    def _environment(self) -> dict[str, str]:
        """The caller's, without its Newsdesk settings: figures are those of the defaults."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_")}
        meaning = {"NEWSDESK_MEANING": "off"} if self.words_only else {}
        return kept | meaning | {"NO_COLOR": "1", "PYTHONUTF8": "1"}
