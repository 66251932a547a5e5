"""Locks of the kernel's on files of the state folder: they end with their process, however that ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def locked(path: Path, shared: bool = False) -> int:
    """A handle to close when the lock is to end; the folder is made. Raises BlockingIOError when another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    return handle
