"""Parts of the simulated printer that people handle: the cable, and the mouth of a presenter."""

from __future__ import annotations

from dataclasses import dataclass

PRESENT, RETRACT, EJECT = 3, 2, 5  # GS e n


@dataclass
class Cable:
    """`turns` counts up each time it is pulled or plugged in: odd while it is out. `received`: bytes that came."""

    turns: int = 0
    received: int = 0
    _ends_at: int | None = None

    @property
    def out(self) -> bool:
        return self.turns % 2 == 1

    def put(self, out: bool) -> None:
        self.turns += out is not self.out
        self._ends_at = None

    def power_cycle(self) -> None:
        self.turns += 2

    def end_after(self, count: int | None) -> None:
        """Pulled when so many bytes more have come."""
        self._ends_at = None if count is None else self.received + count

    def passed(self, data: bytes) -> bytes:
        """What still comes through."""
        if self._ends_at is not None and self.received + len(data) >= self._ends_at:
            data = data[: self._ends_at - self.received]
            self._ends_at = None
            self.turns += 1
        self.received += len(data)
        return data


@dataclass
class Mouth:
    """`collisions`: slips that were cut while another one still lay in the mouth. `holds`: no order moves the slip."""

    there: bool = False
    holds: bool = False
    ejected: int = 0
    collisions: int = 0

    def cut(self, occupied: bool) -> None:
        self.collisions += occupied

    def obey(self, order: int, occupied: bool) -> bool:
        """GS e n; returns whether a slip lies in the mouth after it."""
        if not self.there or order not in {PRESENT, RETRACT, EJECT} or (self.holds and order != PRESENT):
            return occupied
        self.ejected += occupied and order != PRESENT
        return order == PRESENT
