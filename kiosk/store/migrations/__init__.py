"""Schema steps (Alembic)."""
