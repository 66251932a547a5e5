"""Alembic's entry: runs the steps on the connection that the store hands over."""

from alembic import context

import kiosk.store.tables  # noqa: F401 - the tables enter the metadata
from kiosk.store.columns import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
