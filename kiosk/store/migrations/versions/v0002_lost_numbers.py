"""Numbers that were lost, shown to staff until somebody dismisses them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "lost_numbers",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("ranges", sa.Text(), nullable=False),
        sa.Column("dismissed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("office", "epoch", name="pk_lost_numbers"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("lost_numbers")
