"""Administrators become persons with a role, and their sessions are sessions instead of devices made for a while.

Whoever administered the office goes on as administrator, and signs in once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
TO_PERSONS = """INSERT INTO persons (office, name, role, disabled, password_hash, totp_secret, totp_step)
SELECT office, name, 'admin', 0, password_hash, totp_secret, totp_step FROM administrators"""
TO_ADMINISTRATORS = """INSERT INTO administrators (office, name, password_hash, totp_secret, totp_step)
SELECT office, name, password_hash, totp_secret, totp_step FROM persons WHERE role = 'admin' AND disabled = 0"""


def upgrade() -> None:
    op.create_table(
        "persons",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("office", "name", name="pk_persons"),
        sqlite_with_rowid=False,
    )
    op.execute(TO_PERSONS)
    op.drop_table("administrators")
    op.create_table(
        "person_sessions",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("browser", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("office", "token_hash", name="pk_person_sessions"),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM devices WHERE role = 'admin' AND name LIKE 'admin-%' AND expires_at IS NOT NULL")


def downgrade() -> None:
    op.drop_table("person_sessions")
    op.create_table(
        "administrators",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("office", "name", name="pk_administrators"),
        sqlite_with_rowid=False,
    )
    op.execute(TO_ADMINISTRATORS)
    op.drop_table("persons")
