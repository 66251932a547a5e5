"""Whether a service runs on a state folder: a lock of the kernel's, which ends with its process however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.locks import locked

LOCK = "serving.lock"


class InUse(Exception):
    """A service, or a restore, works on this state folder."""


class ServingLock:
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


def _locked(folder: Path, shared: bool) -> int:
    try:
        return locked(folder / LOCK, shared)
    except BlockingIOError:
        raise InUse(f"{folder} is in use by a running service or restore") from None
