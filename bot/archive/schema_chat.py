"""The tables of talking with people: what they were answered, and where the desk is installed."""

import sqlalchemy as sa

from bot.archive.schema import METADATA, Instant

# What was answered, so that a follow-up is understood and the buttons below work. `answer` is the whole of it as JSON,
# `read_as` the question as it was understood.
ANSWERS = sa.Table(
    "answers",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("platform", sa.String, nullable=False),
    sa.Column("channel", sa.String, nullable=False),
    sa.Column("thread", sa.String),
    sa.Column("asked_by", sa.String, nullable=False),
    sa.Column("read_as", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("answered", Instant, nullable=False),
    sa.Index(None, "space", "platform", "channel", "thread"),
    sa.Index(None, "answered"),
    sqlite_with_rowid=False,
)

# Workspaces in which the desk was installed by people of their own. `sealed` holds the tokens, `expires` is when the
# one that is used ends, where it does.
INSTALLATIONS = sa.Table(
    "installations",
    METADATA,
    sa.Column("space", sa.String, primary_key=True),
    sa.Column("platform", sa.String, primary_key=True),
    sa.Column("team", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("expires", Instant),
    sa.Column("installed", Instant, nullable=False),
    sa.Column("installed_by", sa.String),
    sqlite_with_rowid=False,
)

# Installations that were begun in a browser and may come back once, until they have gone stale.
BEGUN = sa.Table(
    "begun",
    METADATA,
    sa.Column("state", sa.String, primary_key=True),
    sa.Column("begun", Instant, nullable=False),
    sqlite_with_rowid=False,
)

CHAT_TABLES = (ANSWERS, INSTALLATIONS, BEGUN)
"""In the order in which they are made."""
