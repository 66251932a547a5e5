"""A screen of software whose pixels are read from its memory, and a loudspeaker whose samples are read from a file."""

from __future__ import annotations

import mmap
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

STEP_S = 0.001


class Framebuffer:
    """The memory of Xvfb (`-fbdir`): an XWD header (XWDFile.h), then lines of BGRX pixels."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._memory[:100])
        self._line = header[12]
        self._start = header[0] + header[19] * 12

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """(r, g, b)"""
        at = self._start + y * self._line + x * 4
        blue, green, red = self._memory[at : at + 3]
        return red, green, blue


@contextmanager
def xvfb(folder: Path, width: int = 1920, height: int = 1080) -> Iterator[tuple[str, Framebuffer, int]]:
    """Its display, its memory and its process id."""
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            display = f":{server.stdout.readline().strip()}"
            yield display, Framebuffer(folder / "Xvfb_screen0"), server.pid
        finally:
            server.terminate()


class Samples:
    """What SDL's disk driver has played so far."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = 0

    def sounds(self) -> bool:
        """Whether anything but silence was played since the last look."""
        if not self._path.exists():
            return False
        with self._path.open("rb") as file:
            file.seek(self._seen)
            fresh = file.read()
        self._seen += len(fresh)
        return any(fresh)


def seconds_until(wanted: Callable[[], bool], limit: float) -> float:
    """Looked at every millisecond. Raises TimeoutError."""
    began = time.perf_counter()
    while not wanted():
        if time.perf_counter() - began > limit:
            raise TimeoutError(f"it did not happen within {limit} s")
        time.sleep(STEP_S)
    return time.perf_counter() - began


def cpu_s(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def memory_mib(pid: int | str = "self") -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
