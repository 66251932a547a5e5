"""A pairing has a second secret and an address; an administrator may have a second factor."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
COLUMNS: dict[str, tuple[tuple[str, Any], ...]] = {
    "pairings": (("secret_hash", sa.Text()), ("address", sa.Text())),
    "administrators": (("totp_secret", sa.Text()), ("totp_step", sa.BigInteger())),
}


def upgrade() -> None:
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name, recreate="always", table_kwargs={"sqlite_with_rowid": False}) as table:
            for column, kind in columns:
                table.add_column(sa.Column(column, kind, nullable=True))


def downgrade() -> None:
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name, recreate="always", table_kwargs={"sqlite_with_rowid": False}) as table:
            for column, _ in columns:
                table.drop_column(column)
