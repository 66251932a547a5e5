"""The only place that asks the machine for the time, and the office's own time, which no jump of that clock moves."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from contract.times import from_rfc3339
from kiosk.domain.office_clock import MachineTime, OfficeTime

BUILT_MS = from_rfc3339("2026-11-01T00:00:00Z")  # no later than the newest release: no true clock shows less
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)  # it counts while the machine sleeps, too


class Clock(Protocol):
    """The office's time in ms since 1970 UTC; monotonic seconds for intervals inside one process."""

    def now_ms(self) -> int: ...
    def monotonic(self) -> float: ...


class MachineClock(Protocol):
    """What a machine tells: `built_ms` is a time before which it cannot be."""

    def look(self) -> MachineTime: ...
    def built_ms(self) -> int: ...
    def monotonic(self) -> float: ...


class SystemClock:
    """This machine."""

    def __init__(self) -> None:
        self._boot = _boot_id()

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def look(self) -> MachineTime:
        return MachineTime(self.now_ms(), time.clock_gettime_ns(SINCE_BOOT) // 1_000_000, self._boot)

    def built_ms(self) -> int:
        return BUILT_MS

    def monotonic(self) -> float:
        return time.monotonic()


class OfficeClock:
    """The time that the office goes by: as it was taken in this boot, else the machine's wall clock."""

    def __init__(self, machine: MachineClock, taken: Callable[[], OfficeTime | None]) -> None:
        """`taken` reads what the office has taken for the time; None before there is an office."""
        self.machine = machine
        self._taken = taken
        self._offset: int | None = None
        self._is_read = False

    def follow(self, taken: OfficeTime) -> None:
        """From now on the office's time is this; that of another boot tells nothing."""
        self._is_read = True
        self._offset = taken.offset if taken.boot == self.machine.look().boot else None

    def goes_by(self, taken: OfficeTime) -> bool:
        """Whether this is the time that it follows."""
        return self._is_read and self._offset == taken.offset

    def now_ms(self) -> int:
        if not self._is_read:
            taken = self._taken()
            if taken is not None:
                self.follow(taken)
        machine = self.machine.look()
        return machine.wall if self._offset is None else machine.since_boot + self._offset

    def monotonic(self) -> float:
        return self.machine.monotonic()


def _boot_id() -> str:
    """The kernel's name of this boot; where there is none, a process begins a boot of its own."""
    try:
        return BOOT_ID.read_text("ascii").strip()
    except OSError:
        return f"process-{time.monotonic_ns()}"
