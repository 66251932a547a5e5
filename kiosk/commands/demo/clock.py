"""The clock that the service of the demonstration sees: a visitor sets it wrong, the machine's own stays as it is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.domain.office_clock import MachineTime

FILE = "clock-ahead-ms.txt"  # in the demonstration's folder


class DemoClock(SystemClock):
    """Ahead of this machine's clock by what the file says; the time since boot, which no setting moves, is as it is."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._file = folder / FILE

    def now_ms(self) -> int:
        return super().now_ms() + ahead_ms(self._file.parent)

    def look(self) -> MachineTime:
        return super().look()._replace(wall=self.now_ms())


def ahead_ms(folder: Path) -> int:
    """0 where the clock is right."""
    with suppress(OSError, ValueError):
        return int((folder / FILE).read_text(encoding="ascii"))
    return 0


def set_ahead(folder: Path, ahead: int) -> None:
    """Raises OSError."""
    part = folder / f"{FILE}.part"
    part.write_text(str(ahead), encoding="ascii")
    part.replace(folder / FILE)
