"""What is due: stories, subscriptions, watches, deliveries."""

import sqlalchemy as sa
from alembic import op

from bot.archive.schema_due import DUE_TABLES

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    for table in DUE_TABLES:
        table.create(op.get_bind())
    op.add_column("corrections", sa.Column("by", sa.BigInteger))
    op.add_column("corrections", sa.Column("settled", sa.String(27)))
    op.create_index("ix_corrections_settled", "corrections", ["settled"])
