"""Pictures of the simulated printer: rows of dots, stored pictures, and codes that it draws by itself."""

from __future__ import annotations

from PIL import Image

from contract.records import dataclass
from ticket_printer.simulator.paper import Paper

LEVELS = {48: "l", 49: "m", 50: "q", 51: "h"}
KEYS_A_BLOCK = 40
DOUBLED = [int("".join(bit * 2 for bit in f"{byte:08b}"), 2).to_bytes(2, "big") for byte in range(256)]


@dataclass(frozen=True, slots=True)
class KeptGraphic:
    """`width` in dots; `across` and `down`: how many times each dot is printed."""

    width: int
    data: bytes
    across: int = 1
    down: int = 1


class Graphics:
    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._buffer: KeptGraphic | None = None
        self._kept: dict[bytes, KeptGraphic] = {}
        self._blocks: list[bytes] = []
        self._last = b""
        self._code, self._module, self._level = b"", 3, "l"

    def row(self, row: bytes, width: int, across: int, down: int, align: int) -> None:
        if across == 2:
            row, width = b"".join(DOUBLED[byte] for byte in row), width * 2
        for _ in range(down):
            self._paper.dots(row, align, width)

    def obey(self, data: bytes, align: int) -> None:
        """GS ( L: store in the buffer (112) and print it (50), keep (67), print what is kept (69), forget (65)."""
        function = data[1]
        if function == 112:
            width = int.from_bytes(data[6:8], "little")
            self._buffer = KeptGraphic(width, data[10:], data[3], data[4])
        elif function in {2, 50} and self._buffer is not None:
            self._print(self._buffer, align)
            self._buffer = None
        elif function == 67 and data[2:3] == b"0":
            self._kept[data[3:5]] = KeptGraphic(int.from_bytes(data[6:8], "little"), data[11:])
        elif function == 69 and (kept := self._kept.get(data[2:4])):
            self._print(KeptGraphic(kept.width, kept.data, data[4], data[5]), align)
        elif function == 65 and data[2:5] == b"CLR":
            self._kept.clear()

    def _print(self, picture: KeptGraphic, align: int) -> None:
        stride = (picture.width + 7) // 8
        for at in range(0, len(picture.data), stride):
            row = picture.data[at : at + stride]
            self.row(row, picture.width, picture.across, picture.down, align)

    def list_keys(self) -> None:
        """Function 64: the keys of what is kept, at most 40 a block; the host asks for each further block."""
        keys = sorted(self._kept)
        parts = [keys[at : at + KEYS_A_BLOCK] for at in range(0, len(keys), KEYS_A_BLOCK)] or [[]]
        more = [b"A"] * (len(parts) - 1) + [b"@"]
        self._blocks = [b"\x37\x72" + sign + b"".join(part) + b"\0" for sign, part in zip(more, parts, strict=True)]

    def next_block(self, again: bool) -> bytes:
        if not again:
            self._last = self._blocks.pop(0) if self._blocks else b""
        return self._last

    def qr(self, data: bytes, align: int) -> None:
        """GS ( k for QR: module size (67), level (69), store (80), print (81)."""
        function = data[1]
        if function == 67:
            self._module = data[2]
        elif function == 69:
            self._level = LEVELS.get(data[2], "l")
        elif function == 80:
            self._code = data[3:]
        elif function == 81 and self._code:
            self._paper.picture(qr_picture(self._code, self._module, self._level), align)


def qr_picture(text: bytes, module: int, level: str) -> Image.Image:
    import segno

    matrix = segno.make(text.decode("utf-8", "replace"), error=level, micro=False, boost_error=False).matrix
    code = Image.new("1", (len(matrix), len(matrix)))
    code.putdata([int(dark) for row in matrix for dark in row])
    return code.resize((code.width * module, code.height * module), Image.Resampling.NEAREST)
