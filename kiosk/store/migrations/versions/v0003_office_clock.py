"""What the office takes for the time."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("offices", recreate="always", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.add_column(sa.Column("clock", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("offices", recreate="always", table_kwargs={"sqlite_with_rowid": False}) as table:
        table.drop_column("clock")
