"""What the service's process may hold: descriptors, and memory that is given back."""

from __future__ import annotations

import ctypes
import gc
import resource

DESCRIPTORS = 8192
M_MMAP_THRESHOLD, M_TRIM_THRESHOLD, TRIM_BYTES = -3, -1, 256 * 1024  # freed memory goes back to the system
M_ARENA_MAX = -8  # glibc's mallopt: without it every thread keeps freed memory of its own


def set_limits() -> None:
    """As many open connections and files as the system lets us have, up to what the bounds of the server need; freed
    memory goes back to the system, and all threads share two heaps.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    mallopt = ctypes.CDLL(None).mallopt
    for name, value in ((M_ARENA_MAX, 2), (M_TRIM_THRESHOLD, TRIM_BYTES), (M_MMAP_THRESHOLD, TRIM_BYTES // 4)):
        mallopt(name, value)


def all_is_loaded(threshold: tuple[int, int, int]) -> None:
    """What was loaded at start stays, and is looked through for rubbish no more; what comes is, at this threshold."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*threshold)
