"""What the simulated printer does with bytes in their turn. It takes them one command at a time and may wait inside."""

from __future__ import annotations

from collections.abc import Callable

from ticket_printer.simulator.graphics import Graphics
from ticket_printer.simulator.letters import Letters, Style
from ticket_printer.simulator.paper import Paper

LINE_ROWS = 30
ONE_PARAMETER = b"GRV{ rpcSU=%"  # ESC x n without effect on the paper here
TWO_PARAMETERS = b"$\\"
GS_ONE = b"bhwHfI/"
PRESENT = 3  # of the ejector's orders, the one with a parameter
NEXT_BLOCK, AGAIN = 0x06, 0x15


class Cleared(Exception):
    """The buffer was emptied under a command."""


class Stopped(Exception):
    """The printer was switched off."""


class PrintHead:
    """`take(n)` gives the next n bytes, waiting for them. `answer` sends bytes back, or reports what was reached."""

    def __init__(self, paper: Paper, take: Callable[[int], bytes], answer: Callable[[str, bytes], None]) -> None:
        self._paper = paper
        self._take = take
        self._answer = answer
        self._graphics = Graphics(paper)  # what it keeps outlasts a reset
        self.reset()
        self._two: dict[int, Callable[[], None]] = {
            0x1B: self._escape,
            0x1D: self._group,
            0x1C: self._fs,
            0x10: self._dle,
        }

    def reset(self) -> None:
        self._letters = Letters(self._paper)
        self._style = Style()
        self._align = 0
        self._spacing = LINE_ROWS

    def step(self) -> None:
        """One command or character."""
        byte = self._take(1)[0]
        if byte in self._two:
            self._two[byte]()
        elif byte == 0x0A:
            self._line_end()
        elif byte in {NEXT_BLOCK, AGAIN}:
            self._answer("block", self._graphics.next_block(again=byte == AGAIN))
        elif byte >= 0x20:
            self._letters.add(byte, self._style, self._align)

    def _number(self) -> int:
        return self._take(1)[0]

    def _word(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _line_end(self) -> None:
        self._paper.feed(max(0, self._spacing - self._letters.print(self._align)))

    def _feed(self, rows: int) -> None:
        """What waits in the line is printed first, and its height is part of the feed."""
        self._paper.feed(max(0, rows - self._letters.print(self._align)))

    def _escape(self) -> None:
        name = self._take(1)
        if name == b"@":
            self.reset()
        elif name == b"a":
            self._align = self._number() % 48 % 3
        elif name == b"J":
            self._letters.print(self._align)
            self._paper.feed(self._number())
        elif name == b"d":
            self._feed(self._number() * self._spacing)
        elif name == b"3":
            self._spacing = self._number()
        elif name == b"2":
            self._spacing = LINE_ROWS
        elif name == b"*":
            self._columns()
        elif name in b"im":
            self._letters.print(self._align)
            self._answer("cut", b"")
        else:
            self._look(name)

    def _look(self, name: bytes) -> None:
        """How letters look, and commands that change nothing here."""
        if name in b"!-EMt":
            self._style = self._style.escaped(name, self._number())
        elif name in TWO_PARAMETERS:
            self._take(2)
        elif name in ONE_PARAMETER:
            self._take(1)

    def _fs(self) -> None:
        if self._take(1) not in b".&":
            self._take(1)

    def _dle(self) -> None:
        """Real-time commands were obeyed when they arrived; in turn they only pass."""
        name = self._take(1)
        if name == b"\x14":
            self._take({1: 2, 8: 7}.get(self._number(), 0))
        elif name in b"\x04\x05":
            self._take(1)

    def _group(self) -> None:
        name = self._take(1)
        if name == b"v":
            self._raster()
        elif name == b"V":
            self._cut()
        elif name == b"r":
            self._take(1)
            self._answer("paper", b"")
        elif name == b"a":
            self._answer("automatic", self._take(1))
        elif name == b"(":
            self._extended(self._take(1), self._take(self._word()))
        elif name == b"8":
            self._extended(self._take(1), self._take(int.from_bytes(self._take(4), "little")))
        elif name in b"!B":
            self._style = self._style.grouped(name, self._number())
        elif name == b"e":
            order = self._number()
            self._take(1 if order == PRESENT else 0)
            self._answer("eject", bytes([order]))
        elif name in b"PLW":
            self._take(2)
        elif name in GS_ONE:
            self._take(1)

    def _raster(self) -> None:
        """GS v 0: each row is on the paper before the next is taken. With letters in the line it is not honoured."""
        self._take(1)
        mode, stride, rows = self._number(), self._word(), self._word()
        for _ in range(rows):
            row = self._take(stride)
            if not self._letters.waiting:
                self._graphics.row(row, stride * 8, 1 + (mode & 1), 1 + (mode >> 1 & 1), self._align)

    def _columns(self) -> None:
        """ESC *: 8 or 24 dots high, column by column; it stays in the line until the line is printed."""
        mode, count = self._number(), self._word()
        self._letters.stripe(self._take(count * (3 if mode & 32 else 1)), mode)

    def _cut(self) -> None:
        self._letters.print(self._align)
        mode = self._number()
        if mode in {65, 66, 97, 98, 103, 104}:
            self._paper.feed(self._number())
        self._answer("cut", b"")

    def _extended(self, name: bytes, data: bytes) -> None:
        if name == b"H" and data[:1] == b"\x30":
            self._answer("process", data[2:6])
        elif name == b"L" and data[1:2] == b"@":
            self._graphics.list_keys()
            self._answer("block", self._graphics.next_block(again=False))
        elif name == b"L":
            self._graphics.obey(data, self._align)
        elif name == b"k":
            self._graphics.qr(data, self._align)
