"""Whether a service runs on a state folder: a lock of the kernel's, which ends with its process however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.locks import locked
from contract.told_error import ToldError

LOCK = "serving.lock"


class InUse(ToldError):
    """A service, or a restore, works on this state folder."""


class ServiceLock:
    """Held while a service runs. Several may share it: the database allows more than one process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None

    def take(self) -> None:
        """Raises InUse while a restore puts another database in place."""
        self._handle = _locked(self._folder, shared=True)

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def nobody_serves(folder: Path) -> Iterator[None]:
    """No service runs here, and none starts meanwhile. Raises InUse."""
    handle = _locked(folder, shared=False)
    try:
        yield
    finally:
        os.close(handle)


def is_served(folder: Path) -> bool:
    """Whether a service or a restore works on this state folder now."""
    try:
        with nobody_serves(folder):
            return False
    except InUse:
        return True


def how_many_serve(folder: Path, kernel_locks: Path = Path("/proc/locks")) -> int:
    """How many services hold the lock of this state folder, as the kernel lists them; 0 where it lists none."""
    try:
        inode = str((folder / LOCK).stat().st_ino)
        lines = [line.split() for line in kernel_locks.read_text(encoding="ascii").splitlines()]
    except OSError:
        return 0
    shared = [words for words in lines if words[1:4] == ["FLOCK", "ADVISORY", "READ"]]
    return sum(words[5].rpartition(":")[2] == inode for words in shared)


def _locked(folder: Path, shared: bool) -> int:
    try:
        return locked(folder / LOCK, shared)
    except BlockingIOError:
        raise InUse("{folder} is in use by a running service or restore", folder=folder) from None
