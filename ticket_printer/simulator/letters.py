"""Letters of the simulated printer: cells of one width that gather in a line until the line is printed."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from PIL import Image, ImageChops

from contract.records import dataclass
from ticket_printer.protocol.codepage import PAGES
from ticket_printer.rendering.typeface import word
from ticket_printer.simulator.paper import Paper

CELLS = {0: (12, 24), 1: (9, 17)}  # Font A and B, dots
# numbers of ESC t on Epson printers; every other one is read as the first
CODECS = {
    0: "cp437",
    2: "cp850",
    3: "cp860",
    4: "cp863",
    5: "cp865",
    13: "cp857",
    14: "cp737",
    15: "iso8859_7",
    16: "cp1252",
    17: "cp866",
    18: "cp852",
    19: "cp858",
    32: "cp720",
    33: "cp775",
    34: "cp855",
    35: "cp861",
    36: "cp862",
    37: "cp864",
    38: "cp869",
    39: "iso8859_2",
    40: "iso8859_15",
    45: "cp1250",
    46: "cp1251",
    47: "cp1253",
    48: "cp1254",
    49: "cp1255",
    50: "cp1256",
    51: "cp1257",
    52: "cp1258",
}
LETTERS = {page: {byte: letter for letter, byte in letters.items()} for page, letters in PAGES.items()}


@dataclass(frozen=True, slots=True)
class Style:
    """How the next letter looks. `page`: the number of ESC t."""

    wide: int = 1
    high: int = 1
    font: int = 0
    bold: bool = False
    underline: bool = False
    inverse: bool = False
    page: int = 0

    def escaped(self, name: bytes, n: int) -> Style:
        """After ESC ! - E M t."""
        if name == b"!":
            return replace(
                self,
                font=n & 1,
                bold=bool(n & 8),
                high=1 + (n >> 4 & 1),
                wide=1 + (n >> 5 & 1),
                underline=bool(n & 128),
            )
        if name == b"M":
            return replace(self, font=n % 48 & 1)
        if name == b"t":
            return replace(self, page=n)
        return replace(self, **{"bold" if name == b"E" else "underline": bool(n % 48)})

    def grouped(self, name: bytes, n: int) -> Style:
        """After GS ! and B."""
        if name == b"!":
            return replace(self, wide=(n >> 4 & 7) + 1, high=(n & 7) + 1)
        return replace(self, inverse=bool(n & 1))


class Letters:
    """The line that is being filled."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._cells: list[Image.Image] = []

    @property
    def waiting(self) -> bool:
        return bool(self._cells)

    def add(self, byte: int, style: Style, align: int) -> None:
        """A letter; the line is printed first when it is full."""
        drawn = cell(_letter(byte, style.page), style)
        if sum(part.width for part in self._cells) + drawn.width > self._paper.width:
            self.print(align)
        self._cells.append(drawn)

    def stripe(self, data: bytes, mode: int) -> None:
        """ESC *: columns of 8 (mode 0, 1) or 24 dots; thin where the mode is of single density."""
        high = 24 if mode & 32 else 8
        columns = [data[at : at + high // 8] for at in range(0, len(data), high // 8)]
        dots = [byte >> (7 - bit) & 1 for column in columns for byte in column for bit in range(8)]
        sideways = Image.new("1", (high, len(columns)))
        sideways.putdata(dots)
        picture = sideways.transpose(Image.Transpose.TRANSPOSE)
        size = (picture.width * (1 if mode & 1 else 2), 24)
        self._cells.append(picture.resize(size, Image.Resampling.NEAREST))

    def print(self, align: int) -> int:
        """Everything on the line, standing on one foot; returns its rows."""
        if not self._cells:
            return 0
        height = max(part.height for part in self._cells)
        row = Image.new("1", (sum(part.width for part in self._cells), height))
        left = 0
        for part in self._cells:
            row.paste(part, (left, height - part.height))
            left += part.width
        self._cells = []
        self._paper.picture(row, align)
        return height


def _letter(byte: int, page: int) -> str:
    if byte < 0x80:
        return chr(byte)
    if page in LETTERS:
        return LETTERS[page].get(byte, " ")
    return bytes([byte]).decode(CODECS.get(page, "cp437"), "replace")


@lru_cache(maxsize=512)
def cell(letter: str, style: Style) -> Image.Image:
    """One letter in its cell, squeezed when it is too wide, then magnified dot by dot."""
    width, height = CELLS[style.font]
    page = Image.new("1", (width, height))
    if letter.strip():
        drawn = word(letter, round(height * 0.75))
        if drawn.width >= width:
            drawn = drawn.resize((width - 1, drawn.height), Image.Resampling.NEAREST)
        page.paste(drawn, ((width - drawn.width) // 2, (height - drawn.height) // 2 - 1))
    if style.bold:
        page = ImageChops.logical_or(page, ImageChops.offset(page, 1, 0))
    if style.underline:
        page.paste(1, (0, height - 2, width, height))
    if style.inverse:
        page = ImageChops.invert(page)
    return page.resize((width * style.wide, height * style.high), Image.Resampling.NEAREST)
