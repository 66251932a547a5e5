"""Sample data goes only into a database without tickets and dossiers."""

from __future__ import annotations

from kiosk.samples import DatabaseInUse
from kiosk.store.store import Store


def require_empty(store: Store) -> None:
    """Raises DatabaseInUse."""
    with store.reading() as reading:
        if not (reading.tickets.is_empty() and reading.dossiers.is_empty()):
            raise DatabaseInUse("the database has tickets or dossiers; sample data needs a database without them")
