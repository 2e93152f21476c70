"""How stories went: where articles were placed at first, and when stories were merged."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Keep it from now on; of what was placed before, only what has become of it is known."""
    op.create_table(
        "merges",
        sa.Column("space", sa.String, nullable=False),
        sa.Column("gone", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("into", sa.BigInteger, nullable=False),
        sa.Column("come_to", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("space", "gone", name="pk_merges"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_merges_space_at", "merges", ["space", "at"])
    op.add_column("placements", sa.Column("placed_in", sa.BigInteger))
