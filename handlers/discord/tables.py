"""Tables: in fixed width where a phone shows them whole, else a line for each row."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from config import defaults
from handlers.discord.markdown import in_fixed_width
from handlers.layout.elements import Cites, Line, Moment, Run, Table, Words

_BETWEEN = "  "
_FIGURE = re.compile(r"[^\w\s]*\s?\d")


def in_columns(table: Table) -> list[str] | None:
    """The lines of the table, its names first; None where it is too wide, or holds what has to be pressed or read by
    the reader's own clock."""
    cells = [cell for row in table.rows for cell in row]
    if not all(_is_fixed(run) for cell in cells for run in cell):
        return None
    rows = [[in_fixed_width(cell) for cell in row] for row in table.rows]
    named = [[in_fixed_width((Words(text=name),)) for name in table.columns], *rows]
    columns = [[row[number] if number < len(row) else "" for row in named] for number in range(len(table.columns))]
    widths = [max(map(_width, column)) for column in columns]
    if sum(widths) + len(_BETWEEN) * (len(widths) - 1) > defaults.DISCORD_TABLE_WIDTH:
        return None
    set_columns = [_set(column, width) for column, width in zip(columns, widths, strict=True)]
    return [_BETWEEN.join(cells).rstrip() for cells in zip(*set_columns, strict=True)]


def in_rows(table: Table) -> tuple[tuple[Line, Line], ...]:
    """Two lines for each row: what it is about, which its first two columns say, and the others by their names."""
    return tuple((_joined(row[:2]), _joined(_named(table.columns[2:], row[2:]))) for row in table.rows)


def _named(names: Sequence[str], cells: Sequence[Line]) -> list[Line]:
    """The cells with their names; numbers of citations need none."""
    return [
        cell if all(isinstance(run, Cites) for run in cell) else (Words(text=f"{name}: "), *cell)
        for name, cell in zip(names, cells, strict=False)
    ]


def _joined(cells: Iterable[Line]) -> Line:
    line: Line = ()
    for cell in cells:
        if cell:
            line = (*line, Words(text=" · "), *cell) if line else cell
    return line


def _is_fixed(run: Run) -> bool:
    return isinstance(run, Words | Cites) or (isinstance(run, Moment) and run.day_only)


def _set(column: list[str], width: int) -> list[str]:
    """The cells of one width; figures stand one below the other at their right."""
    below = [cell for cell in column[1:] if cell]
    is_of_figures = bool(below) and all(_FIGURE.match(cell) for cell in below)
    blanks = [" " * (width - _width(cell)) for cell in column]
    return [blank + cell if is_of_figures else cell + blank for cell, blank in zip(column, blanks, strict=True)]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
