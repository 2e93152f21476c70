"""Rows that are written together are kept just as those that are written one by one."""

import pytest
import sqlalchemy as sa

from bot.archive.archive import Archive, Db
from bot.archive.rows import insert_rows
from bot.archive.schema_due import MATCHES
from tests.makes import NOW


def _row(watch: int, **given: object) -> dict[str, object]:
    row = {"space": "local", "watch": watch, "story": 1, "development": 0, "article": 7, "score": 0.1, "found": NOW}
    return row | {"why": 'it\'s "100 %" :so ?', "state": "told", "until": None, "key": f"alert:{watch}"} | given


def _kept(db: Db) -> list[dict[str, object]]:
    return [dict(row._mapping) for row in db.execute(sa.select(MATCHES).order_by(MATCHES.c.watch))]


def test_rows_written_together_are_as_those_written_one_by_one(archive: Archive) -> None:
    together = [_row(watch, until=NOW if watch % 2 else None) for watch in range(1, 1_200)]
    alone = [row | {"space": "other"} for row in together[:3]]
    archive.write_now(insert_rows, MATCHES, together)
    for row in alone:
        archive.write_now(lambda db, row=row: db.execute(MATCHES.insert().values(row)))
    kept = archive.read_now(_kept)
    assert [row for row in kept if row["space"] == "local"] == together
    assert [row for row in kept if row["space"] == "other"] == alone


def test_no_rows_are_written_without_a_statement(archive: Archive) -> None:
    archive.write_now(insert_rows, MATCHES, [])
    assert archive.read_now(_kept) == []


def test_of_rows_one_of_which_is_refused_none_is_kept(archive: Archive) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        archive.write_now(insert_rows, MATCHES, [_row(1), _row(2), _row(1)])
    assert archive.read_now(_kept) == []
