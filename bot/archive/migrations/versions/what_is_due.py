"""What is due: stories, subscriptions, watches, deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_INSTANT = sa.String(27)
_YES_OR_NO = sa.Boolean(create_constraint=False)


def upgrade() -> None:
    """Make the tables, and let corrections be settled."""
    _make_counts()
    _make_stories()
    _make_placements()
    _make_developments()
    _make_subscriptions()
    _make_occurrences()
    _make_told()
    _make_watches()
    _make_matches()
    _make_mutes()
    _make_feedback()
    _make_deliveries()
    _make_attempts()
    _make_closed()
    _make_inbox()
    _make_keepsakes()
    op.add_column("corrections", sa.Column("by", sa.BigInteger))
    op.add_column("corrections", sa.Column("settled", _INSTANT))
    op.create_index("ix_corrections_settled", "corrections", ["settled"])


def _make_counts() -> None:
    op.create_table(
        "counts",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("placed", sa.BigInteger, nullable=False),
        sa.Column("last_story", sa.BigInteger, nullable=False),
        sa.Column("last_order", sa.BigInteger, nullable=False),
        sa.Column("last_delivery", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space", name="pk_counts"),
        sqlite_with_rowid=False,
    )


def _make_stories() -> None:
    op.create_table(
        "stories",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("first_seen", _INSTANT, nullable=False),
        sa.Column("last_seen", _INSTANT, nullable=False),
        sa.Column("follows", sa.BigInteger),
        sa.Column("merged_into", sa.BigInteger),
        sa.Column("merged_at", sa.Integer),
        sa.Column("change", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("space", "id", name="pk_stories"),
    )
    op.create_index("ix_stories_space_change", "stories", ["space", "change"])
    op.create_index("ix_stories_space_last_seen", "stories", ["space", "last_seen"])
    op.create_index("ix_stories_space_merged_into", "stories", ["space", "merged_into"])


def _make_placements() -> None:
    op.create_table(
        "placements",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("story", sa.BigInteger, nullable=False),
        sa.Column("likeness", sa.Float, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("gist", sa.LargeBinary, nullable=False),
        sa.Column("placed", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "article", name="pk_placements"),
        sa.ForeignKeyConstraint(["space", "article"], ["articles.space", "articles.id"], name="fk_placements_articles"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_placements_space_placed", "placements", ["space", "placed"])
    op.create_index("ix_placements_space_story", "placements", ["space", "story"])


def _make_developments() -> None:
    op.create_table(
        "developments",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("story", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("was", sa.Text),
        sa.Column("found", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "story", "number", name="pk_developments"),
        sqlite_with_rowid=False,
    )


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("topic", sa.Text),
        sa.Column("length", sa.String, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("says_nothing_new", _YES_OR_NO, nullable=False),
        sa.Column("made", _INSTANT, nullable=False),
        sa.Column("made_by", sa.String),
        sa.Column("paused", _INSTANT),
        sa.Column("next_due", _INSTANT),
        sa.Column("next_slot", sa.String),
        sa.Column("zones_of", sa.String, nullable=False),
        sa.Column("covers_from", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "id", name="pk_subscriptions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subscriptions_next_due", "subscriptions", ["next_due"])


def _make_occurrences() -> None:
    op.create_table(
        "occurrences",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("subscription", sa.BigInteger, nullable=False),
        sa.Column("local_date", sa.String, nullable=False),
        sa.Column("slot", sa.String, nullable=False),
        sa.Column("due", _INSTANT, nullable=False),
        sa.Column("noted", _INSTANT, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("covers_from", _INSTANT),
        sa.Column("covers_to", _INSTANT),
        sa.Column("covers_change", sa.BigInteger),
        sa.Column("late_since", _INSTANT),
        sa.Column("key", sa.String),
        sa.PrimaryKeyConstraint("space", "subscription", "local_date", "slot", name="pk_occurrences"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrences_state_due", "occurrences", ["state", "due"])


def _make_told() -> None:
    op.create_table(
        "told",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("story", sa.BigInteger, nullable=False),
        sa.Column("subscription", sa.BigInteger, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("development", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("rank", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "key", "story", name="pk_told"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_told_space_platform_channel_story", "told", ["space", "platform", "channel", "story"])


def _make_watches() -> None:
    op.create_table(
        "watches",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("topic_key", sa.String, nullable=False),
        sa.Column("cadence", sa.String, nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("quiet_from", sa.String),
        sa.Column("quiet_to", sa.String),
        sa.Column("quiet_lets", sa.String, nullable=False),
        sa.Column("an_hour", sa.Integer, nullable=False),
        sa.Column("made", _INSTANT, nullable=False),
        sa.Column("made_by", sa.String),
        sa.Column("muted_until", _INSTANT),
        sa.PrimaryKeyConstraint("space", "id", name="pk_watches"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_watches_space_platform_channel_topic_key",
        "watches",
        ["space", "platform", "channel", "topic_key"],
        unique=True,
    )


def _make_matches() -> None:
    op.create_table(
        "matches",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("watch", sa.BigInteger, nullable=False),
        sa.Column("story", sa.BigInteger, nullable=False),
        sa.Column("development", sa.Integer, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("found", _INSTANT, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("until", _INSTANT),
        sa.Column("key", sa.String),
        sa.PrimaryKeyConstraint("space", "watch", "story", "development", name="pk_matches"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_matches_space_article", "matches", ["space", "article"])
    op.create_index("ix_matches_space_story", "matches", ["space", "story"])
    op.create_index("ix_matches_space_watch_found", "matches", ["space", "watch", "found"])
    op.create_index("ix_matches_until", "matches", ["until"])


def _make_mutes() -> None:
    op.create_table(
        "mutes",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("story", sa.BigInteger, nullable=False),
        sa.Column("muted", _INSTANT, nullable=False),
        sa.Column("by", sa.String),
        sa.PrimaryKeyConstraint("space", "platform", "channel", "story", name="pk_mutes"),
        sqlite_with_rowid=False,
    )


def _make_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("article", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("helpful", _YES_OR_NO, nullable=False),
        sa.Column("given", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("space", "about", "article", "by", name="pk_feedback"),
        sqlite_with_rowid=False,
    )


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("thread", sa.String),
        sa.Column("cause", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("marker", sa.String, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("owed", _INSTANT, nullable=False),
        sa.Column("due", _INSTANT, nullable=False),
        sa.Column("not_before", _INSTANT, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("first_attempt", _INSTANT),
        sa.Column("lease_token", sa.String),
        sa.Column("lease_until", _INSTANT),
        sa.Column("unknown_since", _INSTANT),
        sa.Column("receipt", sa.String),
        sa.Column("settled", _INSTANT),
        sa.Column("fault", sa.Text),
        sa.PrimaryKeyConstraint("space", "id", name="pk_deliveries"),
    )
    some = sa.text("deliveries.state IN ('pending')")
    op.create_index(
        "ix_deliveries_due", "deliveries", ["platform", "not_before", "id"], sqlite_where=some, postgresql_where=some
    )
    some = sa.text("deliveries.state IN ('pending')")
    op.create_index(
        "ix_deliveries_in_order",
        "deliveries",
        ["space", "platform", "channel", "due", "id"],
        sqlite_where=some,
        postgresql_where=some,
    )
    some = sa.text("deliveries.state IN ('waiting', 'held', 'dead')")
    op.create_index(
        "ix_deliveries_left", "deliveries", ["space", "platform", "channel"], sqlite_where=some, postgresql_where=some
    )
    op.create_index("ix_deliveries_space_key_part", "deliveries", ["space", "key", "part"], unique=True)
    some = sa.text("deliveries.state IN ('sending', 'unknown')")
    op.create_index(
        "ix_deliveries_under_way",
        "deliveries",
        ["space", "platform", "channel"],
        unique=True,
        sqlite_where=some,
        postgresql_where=some,
    )


def _make_attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("delivery", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("what", sa.String, nullable=False),
        sa.Column("began", _INSTANT, nullable=False),
        sa.Column("ended", _INSTANT, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("fault", sa.Text),
        sa.PrimaryKeyConstraint("space", "delivery", "number", name="pk_attempts"),
        sqlite_with_rowid=False,
    )


def _make_closed() -> None:
    op.create_table(
        "closed",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space", "platform", "channel", name="pk_closed"),
        sqlite_with_rowid=False,
    )


def _make_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("event", sa.String, nullable=False),
        sa.Column("received", _INSTANT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reply", sa.Text),
        sa.PrimaryKeyConstraint("space", "platform", "event", name="pk_inbox"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_state_received", "inbox", ["state", "received"])


def _make_keepsakes() -> None:
    op.create_table(
        "keepsakes",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_keepsakes"),
        sqlite_with_rowid=False,
    )
