"""Sorting what a printer sends back by its fixed bits, whatever arrives late, merged, split or damaged.

The bits (Epson ESC/POS reference): DLE EOT 0xx1xx10; first byte of an automatic status 0xx1xx00, followed by three
with bits 4 and 7 clear; GS r has bits 4 and 7 clear; XON 11h, XOFF 13h; blocks begin 37h, 3Dh or 5Fh and end in NUL.
"""

from __future__ import annotations

from dataclasses import dataclass

BLOCK_STARTS = frozenset((0x37, 0x3D, 0x5F))
BLOCK_AT_MOST = 96  # a list of forty keys has 84
XON, XOFF = 0x11, 0x13
PAPER_IN_TURN = frozenset((0x00, 0x03, 0x0C, 0x0F))  # both bits of a sensor change together


@dataclass(frozen=True, slots=True)
class RealTime:
    """An answer to DLE EOT; which question it answers only the order tells."""

    byte: int


@dataclass(frozen=True, slots=True)
class InTurn:
    """An answer to GS r: the queue got this far."""

    byte: int


@dataclass(frozen=True, slots=True)
class Automatic:
    """Four bytes that the printer sent by itself."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """From its first byte to before NUL; a process id is 37h 22h and four figures."""

    data: bytes


Reply = RealTime | InTurn | Automatic | Block


class Sorter:
    """Feed it bytes as they come; it never raises."""

    def __init__(self) -> None:
        self._part = b""

    def forget(self) -> None:
        self._part = b""

    def feed(self, data: bytes) -> list[Reply]:
        found: list[Reply] = []
        waiting = self._part + data
        while waiting:
            length, reply = _first(waiting)
            if length == 0:
                break
            if reply is not None:
                found.append(reply)
            waiting = waiting[length:]
        self._part = waiting
        return found


def _first(data: bytes) -> tuple[int, Reply | None]:
    """(bytes used, what they were); 0 when more must come first."""
    byte = data[0]
    if byte in BLOCK_STARTS:
        return _block(data)
    if byte & 0x93 == 0x12:
        return 1, RealTime(byte)
    if byte & 0x93 == 0x10:
        return _automatic(data)
    if byte in PAPER_IN_TURN:
        return 1, InTurn(byte)
    return 1, None


def _block(data: bytes) -> tuple[int, Reply | None]:
    end = data.find(b"\0", 0, BLOCK_AT_MOST)
    if end > 0:
        return end + 1, Block(data[:end])
    return (1, None) if len(data) >= BLOCK_AT_MOST else (0, None)


def _automatic(data: bytes) -> tuple[int, Reply | None]:
    if any(byte & 0x90 for byte in data[1:4]):
        return 1, None
    return (4, Automatic(data[:4])) if len(data) >= 4 else (0, None)
