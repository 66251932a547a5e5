"""A slip as 1-bit pictures of the printer's width; 1 is ink. Sizes in dots of 203 dpi (8 dots = 1 mm)."""

from __future__ import annotations

from itertools import pairwise

from PIL import Image

from ticket_printer.rendering.composing import stack
from ticket_printer.rendering.layout import LAYOUT, OPTIONAL, SlipRow, sizes_for
from ticket_printer.rendering.row_drawing import ROW_DRAWERS
from ticket_printer.slip import Slip


def rows_of(slip: Slip, width: int) -> list[tuple[int, SlipRow]]:
    """The rows of the slip from the top, each with the blank rows above it."""
    rows = [row for row in LAYOUT if row.name not in OPTIONAL or getattr(slip, OPTIONAL[row.name])]
    gap = sizes_for(width).gap
    above = [0, *(gap + max(upper.clear, lower.clear) for upper, lower in pairwise(rows))]
    return list(zip(above, rows, strict=True))


def draw_row(row: SlipRow, slip: Slip, width: int) -> Image.Image:
    """One row, as wide as the paper and as high as its ink."""
    drawn = ROW_DRAWERS[row.name](slip, sizes_for(width))
    return drawn if drawn.width == width else stack([drawn], 0, width)


def draw(slip: Slip, width: int) -> Image.Image:
    """The whole slip, `width` dots wide and as long as it needs."""
    rows = [(above, draw_row(row, slip, width)) for above, row in rows_of(slip, width)]
    page = Image.new("1", (width, sum(above + drawn.height for above, drawn in rows)))
    top = 0
    for above, drawn in rows:
        page.paste(drawn, (0, top + above))
        top += above + drawn.height
    return page
