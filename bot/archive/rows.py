"""Rows that are written together, with no more ado than they need."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from config import defaults

_Prepare = Callable[[Any], Any]


def insert_rows(db: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows, which have values for the same columns.

    The statement is made once and the driver gets the values of all rows together. Executed by itself, an insertion
    takes longer to look at each row than the database does to keep it.
    """
    if not rows:
        return
    names = tuple(rows[0])
    statement, prepared = _insertion(table, names, db.dialect)
    columns = [
        [row[name] for row in rows] if prepare is None else [prepare(row[name]) for row in rows]
        for name, prepare in prepared
    ]
    values = zip(*columns, strict=True)
    if db.dialect.positional:
        db.exec_driver_sql(statement, list(values))
    else:
        db.exec_driver_sql(statement, [dict(zip(names, row, strict=True)) for row in values])


@lru_cache(maxsize=defaults.ARCHIVE_INSERTIONS_KEPT)
def _insertion(
    table: sa.Table, names: tuple[str, ...], dialect: sa.Dialect
) -> tuple[str, list[tuple[str, _Prepare | None]]]:
    """The statement in the words of the database, and for each of its values the column, and what prepares it."""
    compiled = table.insert().compile(dialect=dialect, column_keys=names)
    order = compiled.positiontup or names
    types = {name: table.c[name].type.dialect_impl(dialect) for name in names}
    return str(compiled), [(name, types[name].bind_processor(dialect)) for name in order]
