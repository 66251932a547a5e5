"""What the simulated printer does with bytes in their turn. It takes them one command at a time and may wait inside."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from ticket_printer.sim_paper import Paper

LINE_ROWS = 30
ONE_PARAMETER = b"!-EGMRVt{3 rpcS"  # ESC x n without effect on the paper here
GS_ONE = b"!BbhwHfaI"


class Head:
    """`take(n)` gives the next n bytes, waiting for them. `answer` sends bytes back."""

    def __init__(self, paper: Paper, take: Callable[[int], bytes], answer: Callable[[str, bytes], None]) -> None:
        self._paper = paper
        self._take = take
        self._answer = answer
        self.reset()
        self._two: dict[int, Callable[[], None]] = {
            0x1B: self._escape, 0x1D: self._group, 0x1C: self._fs, 0x10: self._dle,
        }  # fmt: skip

    def reset(self) -> None:
        self._text = bytearray()
        self._stripe: Image.Image | None = None
        self._align, self._wide, self._high = 0, 1, 1
        self._spacing = LINE_ROWS
        self._stored: tuple[int, bytes] = (0, b"")
        self._code = b""
        self._module = 3

    def step(self) -> None:
        """One command or character."""
        byte = self._take(1)[0]
        if byte in self._two:
            self._two[byte]()
        elif byte == 0x0A:
            self._line_end()
        elif byte >= 0x20:
            self._text.append(byte)

    def _number(self) -> int:
        return self._take(1)[0]

    def _word(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _flush(self) -> bool:
        if self._stripe is not None:
            stripe, self._stripe = self._stripe, None
            self._paper.picture(stripe, self._align)
            return True
        if not self._text:
            return False
        text = self._text.decode("cp437")
        self._text.clear()
        self._paper.text(text, self._wide, self._high, self._align)
        return True

    def _line_end(self) -> None:
        if not self._flush():
            self._paper.feed(self._spacing)

    def _escape(self) -> None:
        name = self._take(1)
        if name == b"@":
            self.reset()
        elif name == b"a":
            self._align = self._number() % 48 % 3
        elif name == b"J":
            self._flush()
            self._paper.feed(self._number())
        elif name == b"d":
            self._flush()
            self._paper.feed(self._number() * self._spacing)
        elif name == b"3":
            self._spacing = self._number()
        elif name == b"2":
            self._spacing = LINE_ROWS
        elif name == b"*":
            self._columns()
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
            self._extended()
        elif name == b"!":
            size = self._number()
            self._wide, self._high = (size >> 4 & 7) + 1, (size & 7) + 1
        elif name == b"e":
            order = self._number()
            self._take(1 if order == 3 else 0)
            self._answer("eject", bytes([order]))
        elif name in b"PLW":
            self._take(2)
        elif name in GS_ONE:
            self._take(1)

    def _raster(self) -> None:
        """GS v 0: each row is on the paper before the next is taken."""
        self._take(1)
        mode, stride, rows = self._number(), self._word(), self._word()
        for _ in range(rows):
            row = self._take(stride)
            row = _doubled(row) if mode & 1 else row
            for _ in range(2 if mode & 2 else 1):
                self._paper.dots(row, self._align)

    def _columns(self) -> None:
        """ESC *: 8 or 24 dots high, column by column."""
        high = 3 if self._number() in {32, 33} else 1
        count = self._word()
        data = self._take(count * high)
        picture = Image.new("1", (count, high * 8))
        for x in range(count):
            column = int.from_bytes(data[x * high : (x + 1) * high], "big")
            for y in range(high * 8):
                picture.putpixel((x, y), column >> (high * 8 - 1 - y) & 1)
        self._stripe = picture  # stays in the line until the line is printed

    def _cut(self) -> None:
        self._flush()
        mode = self._number()
        if mode in {65, 66, 97, 98, 103, 104}:
            self._paper.feed(self._number())
        self._answer("cut", b"")

    def _extended(self) -> None:
        name = self._take(1)
        data = self._take(self._word())
        if name == b"H" and data[:1] == b"\x30":
            self._answer("process", data[2:6])
        elif name == b"L":
            self._graphics(data)
        elif name == b"k":
            self._qr(data)

    def _graphics(self, data: bytes) -> None:
        """GS ( L functions 112 (store a picture) and 50 (print it)."""
        if data[1:2] == b"\x70":
            width = int.from_bytes(data[6:8], "little")
            self._stored = ((width + 7) // 8, data[10:])
        elif data[1:2] in {b"\x32", b"\x02"} and self._stored[0]:
            stride, rows = self._stored
            for at in range(0, len(rows), stride):
                self._paper.dots(rows[at : at + stride], self._align)

    def _qr(self, data: bytes) -> None:
        """GS ( k for QR: module size (167), store (180), print (181)."""
        function = data[1]
        if function == 67:
            self._module = data[2]
        elif function == 80:
            self._code = data[3:]
        elif function == 81:
            self._paper.picture(_qr_picture(self._code, self._module), self._align)


def _qr_picture(text: bytes, module: int) -> Image.Image:
    import segno

    matrix = segno.make(text, error="m", micro=False).matrix
    code = Image.new("1", (len(matrix), len(matrix)))
    code.putdata([int(dark) for row in matrix for dark in row])
    return code.resize((code.width * module, code.height * module), Image.Resampling.NEAREST)


def _doubled(row: bytes) -> bytes:
    """Each dot twice."""
    bits = "".join(bit * 2 for byte in row for bit in f"{byte:08b}")
    return int(bits, 2).to_bytes(len(row) * 2, "big") if row else b""
