"""Watches over the storage while the service runs: room on the disk, and what the last whole check found."""

from __future__ import annotations

from pathlib import Path

from kiosk.domain.storage_checks import CheckOutcome
from kiosk.maintenance.check_outcomes import VERIFIED, last_outcome
from kiosk.maintenance.space_reserve import SpaceReserve
from kiosk.store.failures import StorageFault
from kiosk.store.store import Store


class StorageWatch:
    """`folder` of the SQLite database; None on PostgreSQL, whose disk is not ours."""

    def __init__(self, store: Store, folder: Path | None) -> None:
        self._store = store
        self._seen: CheckOutcome | None = None
        self._reserve = None if folder is None else SpaceReserve(folder, store.health)

    def look(self) -> None:
        """Every few seconds. Raises StorageBusy, StorageFailed."""
        if self._reserve is not None:
            self._reserve.renew()
        outcome = last_outcome(VERIFIED)
        if outcome is None or outcome == self._seen:
            return
        with self._store.reading() as reading:
            epoch = reading.state.head.epoch
        if outcome.epoch in {"", epoch}:  # else it was of a database that is no longer here
            self._tell(outcome)
        self._seen = outcome

    def _tell(self, outcome: CheckOutcome) -> None:
        if not outcome.ok:
            self._store.health.set(StorageFault.DAMAGED, outcome.detail)
        elif self._seen is not None:  # made while this service runs, so it saw what was told before
            self._store.health.clear(StorageFault.DAMAGED)
