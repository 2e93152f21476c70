"""The figures of a measuring run: one table for the terminal, the same for the documents."""

import operator
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.commands import ROOT

_HEADS = ("set", "figure", "ours", "floor", "wanted", "published", "", "code", "measured", "took")
_TESTS = {"≥": operator.ge, ">": operator.gt, "≤": operator.le, "=": operator.eq}


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """One figure of one set.

    `ours` is a share, or an int where something was counted. `wanted` is a sign and a number such as "≥ 0.94", or
    nothing where no mark was set. `floor` is what plain methods reach, `published` the best that was published.
    """

    set: str
    figure: str
    ours: float
    floor: str = ""
    wanted: str = ""
    published: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the mark was reached; None without one."""
        if not self.wanted:
            return None
        sign, number = self.wanted.split()
        return bool(_TESTS[sign](round(self.ours, 3), float(number)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A row of the table as it is printed and kept."""

    cells: tuple[str, ...]


def make_lines(measured: Sequence[Measured], *, code: str, day: date, seconds: float) -> list[Line]:
    """The rows for the figures of one set."""
    verdicts = {True: "met", False: "missed", None: ""}
    return [
        Line(
            cells=(
                one.set, one.figure, _number(one.ours), one.floor, one.wanted, one.published,
                verdicts[one.met], code, day.isoformat(), f"{seconds:.0f} s",
            )
        )
        for one in measured
    ]  # fmt: skip


def show_lines(console: Console, lines: Sequence[Line]) -> None:
    """Print the rows as a table, without what is the same in all."""
    shown = [n for n, head in enumerate(_HEADS) if head not in ("code", "measured", "took")]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for n in shown:
        table.add_column(_HEADS[n], justify="right" if _HEADS[n] == "ours" else "left", no_wrap=True)
    for line in lines:
        style = {"met": "green", "missed": "bold red"}.get(line.cells[6], "")
        table.add_row(*(Text(line.cells[n], style if n in (2, 6) else "") for n in shown))
    console.print(table)


def write_page(path: Path, lead: str, lines: Sequence[Line], order: Sequence[str]) -> None:
    """Write the table into the page. Rows of sets that were not measured this time stay as they were."""
    fresh = {line.cells[0] for line in lines}
    kept = [line for line in _read_page(path) if line.cells[0] not in fresh]
    rank = {name: n for n, name in enumerate(order)}
    rows = sorted([*kept, *lines], key=lambda line: rank.get(line.cells[0], len(rank)))
    table = ["| " + " | ".join(_HEADS) + " |", "|" + "---|" * len(_HEADS)]
    table += ["| " + " | ".join(line.cells) + " |" for line in rows]
    path.write_text(lead + "\n" + "\n".join(table) + "\n", encoding="utf-8")


def code_version() -> str:
    """The commit that is measured, with "+" where files differ from it; "unknown" outside a checkout."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--tags", "--dirty=+"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "unknown"
    return ran.stdout.strip() or "unknown"


def _read_page(path: Path) -> list[Line]:
    if not path.exists():
        return []
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [Line(cells=tuple(cell.strip() for cell in row[1:-1].split("|"))) for row in rows[1:]]


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"
