"""The words of a slip in the printer's own letters, read cell by cell: the type is known, so each letter is sure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from PIL import Image

from ticket_printer.protocol.codepage import PAGES
from ticket_printer.simulator.letters import CELLS, Style, cell

WIDE, HIGH = CELLS[0]
RULE = 4  # rows
BETWEEN = 3  # blank rows that part two lines; a mark stands nearer to its letter


def read_letters(page: Image.Image) -> list[str]:
    """Its lines from the top without what was drawn; 1 is ink. AssertionError for a line that is no such letters."""
    return [_read(line) for line in lines_of(page)]


def lines_of(page: Image.Image) -> Iterator[Image.Image]:
    """Each line of letters, cropped to its ink and brought back to single size."""
    for top, bottom in _inked(page):
        strip = page.crop((0, top, page.width, bottom))
        line = _single(strip.crop(strip.getbbox()))
        if line.height <= HIGH:
            yield line


def _inked(page: Image.Image) -> Iterator[tuple[int, int]]:
    """First row and the row after the last of each line."""
    rows = [y for y in range(page.height) if page.crop((0, y, page.width, y + 1)).getbbox()]
    first = rows[0]
    for upper, lower in zip(rows, [*rows[1:], page.height + HIGH], strict=True):
        if lower - upper > BETWEEN:
            yield first, upper + 1
            first = lower


def _single(line: Image.Image) -> Image.Image:
    """Without magnification, which prints each dot as a block of equal dots; rules are never magnified."""
    if line.height <= RULE:
        return line
    across, down = _factor(line), _factor(line.transpose(Image.Transpose.TRANSPOSE))
    return line.resize((line.width // across, line.height // down), Image.Resampling.NEAREST)


def _factor(line: Image.Image) -> int:
    """What divides the lengths of all runs of equal dots in the rows."""
    data, width = line.convert("L").tobytes(), line.width
    rows = (data[at : at + width] for at in range(0, len(data), width))
    return math.gcd(*(len(list(run)) for row in rows for _, run in groupby(row)))


@cache
def _known() -> dict[bytes, str]:
    """Every letter of the printer by its dots."""
    letters = {*map(chr, range(32, 127)), *(letter for page in PAGES.values() for letter in page)}
    found = {cell(letter, Style()).tobytes(): letter for letter in sorted(letters)}
    assert len(found) == len(letters), "no two letters look the same"
    return found


def _read(line: Image.Image) -> str:
    """The grid of cells begins somewhere left of and above the first ink."""
    for left in range(WIDE):
        for above in range(HIGH - line.height + 1):
            cells = _cells(line, left, above)
            if all(dots in _known() for dots in cells):
                return "".join(_known()[dots] for dots in cells)
    raise AssertionError("a line on the paper is no line of letters")


def _cells(line: Image.Image, left: int, above: int) -> list[bytes]:
    grid = Image.new("1", (math.ceil((left + line.width) / WIDE) * WIDE, HIGH))
    grid.paste(line, (left, above))
    return [grid.crop((x, 0, x + WIDE, HIGH)).tobytes() for x in range(0, grid.width, WIDE)]
