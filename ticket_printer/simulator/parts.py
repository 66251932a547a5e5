"""Parts of the simulated printer that people handle: the cable, and the slot of a presenter."""

from __future__ import annotations

from contract.records import dataclass

PRESENT, RETRACT, EJECT = 3, 2, 5  # GS e n


@dataclass
class Cable:
    """`turns` counts up each time it is pulled or plugged in: odd while it is out. `received`: bytes that came."""

    turns: int = 0
    received: int = 0
    _ends_at: int | None = None
    _cycles_at: int | None = None
    _lost: range = range(0)

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

    def cycle_after(self, count: int | None) -> None:
        """The power fails for a moment when so many bytes more have come."""
        self._cycles_at = None if count is None else self.received + count

    def lose_after(self, after: int, count: int) -> None:
        """When `after` bytes more have come, the next `count` vanish."""
        self._lost = range(self.received + after, self.received + after + count)

    def obey(self, order: dict[str, object]) -> None:
        """{"cable": "out"}, or after so many bytes more {"cable_out_at_byte": 7}, {"power_cycle_at_byte": 7} …"""
        if (cable := order.pop("cable", None)) is not None:
            self.put(cable == "out")
        if (count := order.pop("cable_out_at_byte", None)) is not None:
            self.end_after(int(str(count)))
        if (count := order.pop("power_cycle_at_byte", None)) is not None:
            self.cycle_after(int(str(count)))
        if (count := order.pop("lose_bytes", None)) is not None:
            self.lose_after(int(str(order.pop("lose_at_byte", 0))), int(str(count)))

    def power_fails(self, coming: int) -> bool:
        """Whether it does within the next so many bytes; once."""
        if self._cycles_at is None or self.received + coming < self._cycles_at:
            return False
        self._cycles_at = None
        return True

    def passed(self, data: bytes) -> bytes:
        """What still comes through."""
        if self._ends_at is not None and self.received + len(data) >= self._ends_at:
            data = data[: self._ends_at - self.received]
            self._ends_at = None
            self.turns += 1
        begin, self.received = self.received, self.received + len(data)
        if begin < self._lost.stop and self.received > self._lost.start:
            data = bytes(byte for at, byte in enumerate(data, begin) if at not in self._lost)
        return data


@dataclass
class PresenterSlot:
    """`collisions`: slips that were cut while another one still lay in the slot. `holds`: no order moves the slip."""

    there: bool = False
    holds: bool = False
    ejected: int = 0
    collisions: int = 0

    def become(self, order: dict[str, object]) -> None:
        """{"presenter": true}, {"holds": true}"""
        self.there = bool(order.pop("presenter", self.there))
        self.holds = bool(order.pop("holds", self.holds))

    def cut(self, occupied: bool) -> None:
        self.collisions += occupied

    def obey(self, order: int, occupied: bool) -> bool:
        """GS e n; returns whether a slip lies in the slot after it."""
        if not self.there or order not in {PRESENT, RETRACT, EJECT} or (self.holds and order != PRESENT):
            return occupied
        self.ejected += occupied and order != PRESENT
        return order == PRESENT
