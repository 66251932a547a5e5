"""The thread that keeps the journal's recorded end on the disk and the write-ahead log short."""

from __future__ import annotations

import logging
import threading

from kiosk.app import App
from kiosk.maintenance.journal_head import JournalHeadKeeper
from kiosk.store.checkpoints import Checkpoints
from kiosk.store.failures import StorageBusy, StorageFailed, StorageFault

EVERY_S = 0.25
SYNC_S = 1.0  # a power cut together with a damaged log can hide what was acknowledged in this time and no more
log = logging.getLogger("kiosk.maintenance.storage_keeper")


class StorageKeeper(threading.Thread):
    """`checkpoints` is None on PostgreSQL, which keeps its own log."""

    def __init__(self, app: App, head: JournalHeadKeeper, checkpoints: Checkpoints | None) -> None:
        super().__init__(name="storage", daemon=True)
        self._app = app
        self._head = head
        self._checkpoints = checkpoints
        self._stopped = threading.Event()
        self._synced_at = self.progress_at = app.clock.monotonic()

    def run(self) -> None:
        if self._checkpoints is not None:
            self._checkpoints.start()
        while not self._stopped.wait(EVERY_S):
            try:
                self.run_once()
            except (StorageBusy, StorageFailed) as error:
                log.error("the storage is not as it should be: %s", error)
            self.progress_at = self._app.clock.monotonic()

    def run_once(self) -> None:
        """Raises StorageBusy, StorageFailed."""
        now = self._app.clock.monotonic()
        if self._checkpoints is not None:
            self._checkpoints.run_once()
        if now - self._synced_at >= SYNC_S:
            self._synced_at = now
            self._head.sync()
        self._tell(self._head.fault or (self._checkpoints.fault if self._checkpoints is not None else None))

    def _tell(self, fault: str | None) -> None:
        health = self._app.store.health
        if fault is not None:
            health.set(StorageFault.LOG, fault)
        else:
            health.clear(StorageFault.LOG)

    def stop(self) -> None:
        """The log is emptied once more, its errors heard: closing the database would hide them."""
        self._stopped.set()
        if self.is_alive():
            self.join(5)
        if self._checkpoints is not None:
            self._checkpoints.move("TRUNCATE")
        self._head.sync()
        self._head.close()
