"""What is due: stories, subscriptions, watches, deliveries."""

from alembic import op

from bot.archive.schema_due import DUE_TABLES

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    for table in DUE_TABLES:
        table.create(op.get_bind())
