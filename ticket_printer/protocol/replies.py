"""Parses what a printer sends back by its fixed bits, whatever arrives late, merged, split or damaged.

The bits (Epson ESC/POS reference): DLE EOT 0xx1xx10; first byte of an automatic status 0xx1xx00, followed by three
with bits 4 and 7 clear; GS r has bits 4 and 7 clear; XON 11h, XOFF 13h; blocks begin 37h, 3Dh or 5Fh, hold signs that
can be printed and end in NUL. Presenters (Custom VKP80 II command reference) answer DLE EOT 20 with 10h 0Fh and four,
of which the lists of bits of the maker's presenters (VKP80 II, KPM) leave some bits clear for ever; bit 7 is none of
them in the first byte (the photocell of the mark on some models) and in the third (the mark was not found).
"""

from __future__ import annotations

from contract.records import dataclass

BLOCK_STARTS = frozenset((0x37, 0x3D, 0x5F))
PROCESS_ID = b"\x37\x22"
BLOCK_AT_MOST = 96  # a list of forty keys has 84
XON, XOFF = 0x11, 0x13
PAPER_IN_TURN = frozenset((0x00, 0x03, 0x0C, 0x0F))  # both bits of a sensor change together
FULL = b"\x10\x0f"
ALWAYS_CLEAR = (0x1A, 0x90, 0x10, 0x90)  # of paper, user, recoverable, unrecoverable


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
class FullStatus:
    """Four bytes of a presenter: paper, user, recoverable, unrecoverable."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """From its first byte to before NUL; a process id is 37h 22h and four figures."""

    data: bytes

    @property
    def is_process_id(self) -> bool:
        return self.data[:2] == PROCESS_ID


@dataclass(frozen=True, slots=True)
class FlowControl:
    """XON (`go`) or XOFF, where the port left it to us."""

    go: bool


@dataclass(frozen=True, slots=True)
class Noise:
    """A byte that no printer sends."""

    byte: int


PrinterReply = RealTime | InTurn | Automatic | FullStatus | Block | FlowControl | Noise


class ReplyParser:
    """Feed it bytes as they come; it never raises. `presenter`: whether 10h 0Fh begins a full status."""

    def __init__(self, presenter: bool = False) -> None:
        self._presenter = presenter
        self._part = b""

    def reset(self) -> None:
        self._part = b""

    def feed(self, data: bytes) -> list[PrinterReply]:
        replies: list[PrinterReply] = []
        waiting = self._part + data
        while waiting:
            length, reply = self._next_reply(waiting)
            if length == 0:
                break
            if reply is not None:
                replies.append(reply)
            waiting = waiting[length:]
        self._part = waiting
        return replies

    def _next_reply(self, data: bytes) -> tuple[int, PrinterReply | None]:
        """(bytes used, what they were); 0 when more must come first."""
        byte = data[0]
        if byte in {XON, XOFF}:
            return 1, FlowControl(byte == XON)
        if byte in BLOCK_STARTS:
            return _block(data)
        if byte & 0x93 == 0x12:
            return 1, RealTime(byte)
        if self._presenter and FULL.startswith(data[:2]):
            return _full(data)
        if byte & 0x93 == 0x10:
            return _automatic(data)
        return 1, InTurn(byte) if byte in PAPER_IN_TURN else Noise(byte)


def _block(data: bytes) -> tuple[int, PrinterReply | None]:
    """What cannot stand in a block shows that its first byte was noise: nothing behind it is swallowed."""
    for at, byte in enumerate(data[1:BLOCK_AT_MOST], 1):
        if byte == 0:
            return at + 1, Block(data[:at])
        if not 0x20 <= byte < 0x7F:
            return 1, Noise(data[0])
    return (1, Noise(data[0])) if len(data) >= BLOCK_AT_MOST else (0, None)


def _full(data: bytes) -> tuple[int, PrinterReply | None]:
    if any(byte & clear for byte, clear in zip(data[2:6], ALWAYS_CLEAR, strict=False)):
        return 1, Noise(data[0])
    return (6, FullStatus(data[2:6])) if len(data) >= 6 else (0, None)


def _automatic(data: bytes) -> tuple[int, PrinterReply | None]:
    if any(byte & 0x90 for byte in data[1:4]):
        return 1, Noise(data[0])
    return (4, Automatic(data[:4])) if len(data) >= 4 else (0, None)
