"""How the simulated printer is, and what it therefore answers to questions about itself."""

from __future__ import annotations

from dataclasses import dataclass

DRAWER = 0x04  # an idle printer without a drawer reports its pin high


@dataclass
class Condition:
    """Faults that a test, or a visitor's hand, can cause."""

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter_jammed: bool = False
    overheated: bool = False
    silent: bool = False
    late_s: float = 0.0
    split: bool = False
    garbage: bytes = b""
    paper_out_at_row: int | None = None

    @property
    def stopped(self) -> bool:
        return self.paper_out or self.cover_open or self.offline or self.cutter_jammed or self.overheated

    def real_time(self, n: int) -> bytes:
        """The answer to DLE EOT n; nothing to one that it does not know."""
        bits = {
            1: DRAWER | 0x08 * self.stopped,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * (self.cutter_jammed or self.overheated),
            3: 0x08 * self.cutter_jammed | 0x40 * self.overheated,
            4: 0x0C * (self.near_end or self.paper_out) | 0x60 * self.paper_out,
        }
        return bytes([0x12 | bits[n]]) if n in bits else b""

    def paper_in_turn(self) -> bytes:
        return bytes([0x03 * self.near_end])

    def automatic(self) -> bytes:
        first = 0x10 | DRAWER | 0x08 * self.stopped | 0x20 * self.cover_open
        error = 0x08 * self.cutter_jammed | 0x40 * self.overheated
        paper = 0x03 * (self.near_end or self.paper_out) | 0x0C * self.paper_out
        return bytes([first, error, paper, 0x0F])

    def obey(self, order: dict[str, object]) -> None:
        """One line of the control port. Raises ValueError for a word it does not know."""
        for name, value in order.items():
            if name == "paper":
                self.paper_out = value == "out"
            elif name == "cover":
                self.cover_open = value == "open"
            elif name == "garbage":
                self.garbage = bytes.fromhex(str(value))
            elif name == "late_ms":
                self.late_s = float(str(value)) / 1000
            elif name == "paper_out_at_row":
                self.paper_out_at_row = None if value is None else int(str(value))
            elif name in {"silent", "offline", "near_end", "cutter_jammed", "overheated", "split"}:
                setattr(self, name, bool(value))
            else:
                raise ValueError(f'there is no "{name}"')
