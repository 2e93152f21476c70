"""Alerts that call a role."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Let a watch have a role; those that there are call nobody."""
    op.add_column("watches", sa.Column("ping", sa.String))
