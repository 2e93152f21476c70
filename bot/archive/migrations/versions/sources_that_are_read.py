"""Sources that are read: feeds and their entries, arrivals, quotes shown and corrected, notices."""

from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INSTANT = sa.String(27)
_YES_OR_NO = sa.Boolean(create_constraint=False)


def upgrade() -> None:
    """Make the tables, and let every source that was noted before be read from now on."""
    op.add_column("versions", sa.Column("origin", sa.String))
    _make_feeds()
    _make_entries()
    _make_sources()
    _make_arrivals()
    _make_corrections()


def _make_feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("scope", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("user", sa.Text),
        sa.Column("password", sa.Text),
        sa.Column("site", sa.Text),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("body", sa.LargeBinary),
        sa.Column("next_read", _INSTANT, nullable=False),
        sa.Column("lease", _INSTANT),
        sa.Column("last_read", _INSTANT),
        sa.Column("last_new", _INSTANT),
        sa.Column("gap_seconds", sa.Float),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", _INSTANT),
        sa.Column("code", sa.String),
        sa.Column("fault", sa.Text),
        sa.Column("stopped", _INSTANT),
        sa.Column("moved_to", sa.Text),
        sa.Column("moved_since", _INSTANT),
        sa.Column("moved_times", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
    )
    op.create_index("ix_feeds_scope_key", "feeds", ["scope", "key"], unique=True)
    op.create_index("ix_feeds_next_read", "feeds", ["next_read"])


def _make_entries() -> None:
    op.create_table(
        "entries",
        sa.Column("feed", sa.BigInteger, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("raw", sa.String, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
        sa.Column("given_id", sa.Text),
        sa.Column("seen", _INSTANT, nullable=False),
        sa.Column("listed", _INSTANT, nullable=False),
        sa.Column("page", sa.Text),
        sa.Column("page_next", _INSTANT),
        sa.Column("page_tries", sa.Integer, nullable=False),
        sa.Column("page_read", _INSTANT),
        sa.PrimaryKeyConstraint("feed", "key", name="pk_entries"),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_entries_feeds"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entries_page_next", "entries", ["page_next"])
    op.create_index("ix_entries_feed_digest", "entries", ["feed", "digest"])


def _make_sources() -> None:
    db = op.get_bind()
    noted = db.execute(sa.text("SELECT space, key, name, address, added FROM sources ORDER BY space, key")).all()
    op.drop_table("sources")
    op.create_table(
        "sources",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("feed", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("full_text", sa.String, nullable=False),
        sa.Column("added", _INSTANT, nullable=False),
        sa.Column("added_by", sa.String),
        sa.Column("first_read", _INSTANT),
        sa.Column("last_new", _INSTANT),
        sa.Column("skipped", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space", "feed", name="pk_sources"),
        sa.ForeignKeyConstraint(["feed"], ["feeds.id"], name="fk_sources_feeds"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sources_feed", "sources", ["feed"])
    feeds = {row.key: row for row in noted}
    for key, row in feeds.items():
        db.execute(
            sa.text(
                "INSERT INTO feeds (id, scope, key, address, kind, next_read, failures, moved_times) "
                "VALUES (:id, 'public', :key, :address, 'feed', :added, 0, 0)"
            ),
            {"id": _feed_id(key), "key": key, "address": row.address, "added": row.added},
        )
    for row in noted:
        db.execute(
            sa.text(
                "INSERT INTO sources (space, feed, name, full_text, added, skipped) "
                "VALUES (:space, :feed, :name, 'auto', :added, 0)"
            ),
            {"space": row.space, "feed": _feed_id(row.key), "name": row.name, "added": row.added},
        )


def _feed_id(key: str) -> int:
    """The number of a public feed, as the code of this form gives it."""
    return int.from_bytes(blake2b(f"public\n{key}".encode(), digest_size=8).digest(), "little") >> 1


def _make_arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("feed", sa.BigInteger, nullable=False),
        sa.Column("seen", _INSTANT, nullable=False),
        sa.Column("fresh", _YES_OR_NO, nullable=False),
        sa.PrimaryKeyConstraint("space", "article", "feed", name="pk_arrivals"),
        sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"], name="fk_arrivals_articles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_arrivals_space_seen", "arrivals", ["space", "seen"])


def _make_corrections() -> None:
    op.create_table(
        "cited",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("shown_in", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("shown", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "article", "shown_in", "number", name="pk_cited"),
        sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"], name="fk_cited_articles"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "corrections",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("shown_in", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("instead", sa.Text),
        sa.Column("found", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "article", "shown_in", "number", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["space", "article", "shown_in", "number"],
            ["cited.space", "cited.article", "cited.shown_in", "cited.number"],
            name="fk_corrections_cited",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notices",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("to", sa.String),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.Column("made", _INSTANT, nullable=False),
        sa.Column("told", _INSTANT),
        sa.PrimaryKeyConstraint("space", "key", name="pk_notices"),
        sqlite_with_rowid=False,
    )
