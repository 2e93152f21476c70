"""Talking with people: answers, and installations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.String(27)


def upgrade() -> None:
    """Make the tables, count answers, and let it be found quickly whether a story was told anywhere.

    What articles were compared by had another form; stories that are open keep what they hold and take in no more.
    """
    _make_answers()
    _make_installations()
    _make_begun()
    op.add_column("counts", sa.Column("last_answer", sa.BigInteger, nullable=False, server_default="0"))
    op.create_index("ix_told_space_story", "told", ["space", "story"])
    op.execute(sa.update(sa.table("placements", sa.column("gist", sa.LargeBinary))).values(gist=b""))


def _make_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String),
        sa.Column("asked_by", sa.String, nullable=False),
        sa.Column("read_as", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "id", name="pk_answers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_answers_space_platform_channel_thread", "answers", ["space", "platform", "channel", "thread"])
    op.create_index("ix_answers_answered", "answers", ["answered"])


def _make_installations() -> None:
    op.create_table(
        "installations",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("expires", _INSTANT),
        sa.Column("installed", _INSTANT, nullable=False),
        sa.Column("installed_by", sa.String),
        sa.PrimaryKeyConstraint("space", "platform", name="pk_installations"),
        sqlite_with_rowid=False,
    )


def _make_begun() -> None:
    op.create_table(
        "begun",
        sa.Column("state", sa.String, nullable=False),
        sa.Column("begun", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("state", name="pk_begun"),
        sqlite_with_rowid=False,
    )
