"""Room on the disk that is kept for the day on which it is full: it is given up so that the day can be ended."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from kiosk.store.failures import StorageFault, StorageHealth

RESERVE_BYTES = 32 * 1024 * 1024
log = logging.getLogger("kiosk.maintenance.space_reserve")


class SpaceReserve:
    """A file of `RESERVE_BYTES` in the state folder; `health` says whether the room is lent."""

    def __init__(self, folder: Path, health: StorageHealth, size: int = RESERVE_BYTES) -> None:
        self._file = folder / "space.reserve"
        self._health = health
        self._size = size
        health.no_room.append(self.release)

    @property
    def is_held(self) -> bool:
        try:
            return self._file.stat().st_size >= self._size
        except OSError:
            return False

    def release(self) -> None:
        """A transaction found no room: the next one finds what is given up here."""
        if self.is_held:
            self._file.unlink(missing_ok=True)
            self._health.borrows_room = True
            log.error("the disk is full; the reserve of %s MiB is given up to end the day", self._size >> 20)

    def renew(self) -> None:
        """Take the room again when there is twice as much; then the disk is no longer full."""
        if not self.is_held and shutil.disk_usage(self._file.parent).free >= 2 * self._size:
            self._take()
        if self.is_held and self._health.borrows_room:
            self._health.borrows_room = False
            self._health.clear(StorageFault.FULL)
            log.warning("there is room on the disk again")

    def _take(self) -> None:
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(handle, 0, self._size)
        except OSError as error:
            self._file.unlink(missing_ok=True)
            log.warning("no reserve on the disk: %s", error.strerror)
        finally:
            os.close(handle)
