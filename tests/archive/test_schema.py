"""The tables in code are the tables that the migrations make, and every key begins with the Space."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import bot.archive
from bot.archive.archive import Archive, Db
from bot.archive.schema import METADATA, REVISION
from bot.archive.schema_chat import CHAT_TABLES
from bot.archive.schema_due import DUE_TABLES


def test_the_migrations_make_exactly_the_tables_of_the_code(archive: Archive) -> None:
    def compare(db: Db) -> list[Any]:
        return compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), METADATA)

    assert archive.read_now(compare) == []


def test_the_keys_that_the_migrations_make_are_those_of_the_code(archive: Archive) -> None:
    """What the comparison above leaves out."""

    def keys(db: Db) -> dict[str, list[str]]:
        found = sa.inspect(db)
        return {table: found.get_pk_constraint(table)["constrained_columns"] for table in METADATA.tables}

    assert archive.read_now(keys) == {
        name: [column.name for column in table.primary_key] for name, table in METADATA.tables.items()
    }


SHARED = {"feeds", "entries", "keepsakes", "begun"}
"""What is there once for all Spaces. Nothing in it belongs to one, but the private feeds that name theirs as scope."""

TICKED = {
    "sources": "feed",
    "subscriptions": "next_due",
    "occurrences": "state",
    "matches": "until",
    "corrections": "settled",
    "deliveries": "platform",
    "inbox": "state",
    "answers": "answered",
}
"""What a tick looks for in all Spaces at once, and by which column."""


def test_the_space_leads_every_key_and_every_index_of_what_a_space_owns(archive: Archive) -> None:
    for table in METADATA.tables.values():
        if table.name in SHARED:
            continue
        leads = {next(iter(index.columns)).name for index in table.indexes}
        leads |= {next(iter(key.columns)).name for key in table.foreign_key_constraints}
        assert next(iter(table.primary_key)).name == "space", table.name
        assert leads <= {"space", TICKED.get(table.name, "space")}, table.name

    def tables(db: Db) -> set[str]:
        return set(sa.inspect(db).get_table_names()) - {"alembic_version"}

    assert archive.read_now(tables) == set(METADATA.tables)


def test_every_table_of_what_is_due_and_of_talking_is_made() -> None:
    assert {table.name for table in (*DUE_TABLES, *CHAT_TABLES)} <= set(METADATA.tables)


def test_the_code_knows_the_newest_migration_and_there_is_only_one() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(bot.archive.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]
