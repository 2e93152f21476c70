"""The tables in code are the tables that the migrations make, and every key begins with the Space."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import bot.archive
from bot.archive.archive import Archive, Db
from bot.archive.schema import METADATA, REVISION
from bot.archive.schema_chat import CHAT_TABLES
from bot.archive.schema_due import DUE_TABLES
from bot.archive.watches import list_watches
from bot.news.article import LOCAL


def test_the_migrations_make_exactly_the_tables_of_the_code(archive: Archive) -> None:
    assert archive.read_now(_differences) == []


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
    assert ScriptDirectory.from_config(_migrations()).get_heads() == [REVISION]


@pytest.mark.parametrize("platform", ["sqlite", "postgresql"])
@pytest.mark.parametrize("form", ["0001", "0002", "0003", "0004", "0005"])
def test_an_archive_of_every_earlier_form_is_brought_up_to_date_and_keeps_its_watches(
    platform: str, form: str, data_dir: Path, request: pytest.FixtureRequest
) -> None:
    data_dir.mkdir()
    url = request.getfixturevalue("empty_postgres_url") if platform == "postgresql" else None
    engine = sa.create_engine(url.replace("://", "+psycopg://") if url else f"sqlite:///{data_dir / 'newsdesk.db'}")
    has_watches = form >= "0003"
    with engine.begin() as db:
        command.upgrade(_migrations(connection=db), form)
        if has_watches:
            db.execute(sa.text(_WATCH_OF_EARLIER))
    engine.dispose()
    with Archive.open(data_dir, url) as archive:
        assert archive.read_now(_differences) == []
        kept = archive.read_now(list_watches, LOCAL)
    assert [(watch.topic, watch.ping) for watch in kept] == [("ferry", None)] * has_watches


_WATCH_OF_EARLIER = """INSERT INTO watches
    (space, id, platform, channel, topic, topic_key, cadence, zone, quiet_lets, an_hour, made)
    VALUES ('local', 1, 'discord', '7', 'ferry', 'ferry', 'daily', 'UTC', 'nothing', 20, '2026-11-26T08:30:00.000000Z')
"""


def _differences(db: Db) -> list[Any]:
    """What the tables of the database and those of the code do not have in common."""
    return compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), METADATA)


def _migrations(**attributes: object) -> Config:
    config = Config(attributes=attributes)
    config.set_main_option("script_location", str(Path(bot.archive.__file__).with_name("migrations")))
    return config
