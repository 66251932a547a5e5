"""Answers of the survey's second page."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "further_answers",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("business_date", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office", "rating", "question", name="pk_further_answers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_further_answers_day", "further_answers", ["office", "business_date"])


def downgrade() -> None:
    op.drop_index("ix_further_answers_day", "further_answers")
    op.drop_table("further_answers")
