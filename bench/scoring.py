"""Reading test material, and scoring with the programs that come with it."""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.commands import CommandFailed, Row

_SHORTEST_SENTENCE = 5  # words


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """A folder of test sets with its scoring programs, and where our results for it are written."""

    folder: Path
    results: Path

    def rows(self, name: str) -> list[Row]:
        """The objects of a JSON lines file of the material, plain or gzipped."""
        path = self.folder / name
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]

    def write(self, name: str, rows: Iterable[Row]) -> Path:
        """Keep the rows as a JSON lines file among the results. Returns its path."""
        path = self.results / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def score(self, program: str, *words: str | Path) -> str:
        """What the scoring program prints."""
        command = [sys.executable, str(self.folder / "scoring" / program), *map(str, words)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise CommandFailed(f"{program}: {ran.stderr[-1000:]}")
        return ran.stdout

    def scores(self, program: str, *words: str | Path) -> list[Row]:
        """The objects that the scoring program prints, one a group."""
        return [json.loads(line) for line in self.score(program, *words).splitlines() if line.startswith("{")]


def naive_sentences(text: str) -> list[str]:
    """The sentences of a text by a plain rule: a stop, white space, a capital; pieces under five words are none.

    The rule gives the lead-3 figures that are published for such texts: without its last part, bylines and dates that
    stand before the first sentence would count as sentences.
    """
    pieces = re.split(r"(?<=[.!?])[\"”’']?\s+(?=[A-Z\"“‘'])", " ".join(text.split()))
    return [piece.strip() for piece in pieces if len(piece.split()) >= _SHORTEST_SENTENCE]
