"""The archive of articles: Spaces, sources, articles with every version, passages, and what repeats are found by."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_INSTANT = sa.String(27)
_YES_OR_NO = sa.Boolean(create_constraint=False)


def upgrade() -> None:
    """Make the tables of the first release."""
    _make_spaces_and_sources()
    _make_articles()
    _make_passages()
    _make_lookups()


def _make_spaces_and_sources() -> None:
    op.create_table(
        "spaces",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("last_change", sa.BigInteger, nullable=False),
        sa.Column("last_article", sa.BigInteger, nullable=False),
        sa.Column("last_passage", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space", name="pk_spaces"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sources",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("added", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "key", name="pk_sources"),
        sqlite_with_rowid=False,
    )


def _make_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.Column("seen", _INSTANT, nullable=False),
        sa.Column("dated", _INSTANT, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("copy_of", sa.BigInteger),
        sa.Column("searched", _YES_OR_NO, nullable=False),
        sa.PrimaryKeyConstraint("space", "id", name="pk_articles"),
        sa.ForeignKeyConstraint(["space"], ["spaces.space"], name="fk_articles_spaces"),
    )
    op.create_index("ix_articles_space_change", "articles", ["space", "change"], unique=True)
    op.create_index("ix_articles_space_dated", "articles", ["space", "dated"])
    op.create_index("ix_articles_space_fingerprint", "articles", ["space", "fingerprint"])
    op.create_index("ix_articles_space_copy_of", "articles", ["space", "copy_of"])
    op.create_table(
        "versions",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("dek_end", sa.Integer, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.String, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("published", _INSTANT),
        sa.Column("published_day_only", _YES_OR_NO, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("seen", _INSTANT, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space", "article", "version", name="pk_versions"),
        sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"], name="fk_versions_articles"),
    )


def _make_passages() -> None:
    op.create_table(
        "passages",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("space", "id", name="pk_passages"),
        sa.ForeignKeyConstraint(
            ["space", "article", "version"],
            ["versions.space", "versions.article", "versions.version"],
            name="fk_passages_versions",
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_passages_space_article", "passages", ["space", "article"])


def _make_lookups() -> None:
    op.create_table(
        "identities",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("identity", sa.String, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("own", _YES_OR_NO, nullable=False),
        sa.PrimaryKeyConstraint("space", "identity", name="pk_identities"),
        sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"], name="fk_identities_articles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_identities_space_article", "identities", ["space", "article"])
    op.create_table(
        "bands",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("band", sa.BigInteger, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space", "band", "article", name="pk_bands"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "publishers",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("publisher", sa.String, nullable=False),
        sa.Column("articles", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space", "publisher", name="pk_publishers"),
        sqlite_with_rowid=False,
    )
