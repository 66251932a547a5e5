"""What to do, in four pictures, and the square of an address: parts of the poster of procedures. Lengths are mm."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from kiosk.reports.wording import translate
from kiosk.reports.writers.wall_paper import BOLD, GOLD, HEAVY, INK, WHITE, Drawing, draw_polygon

QUIET = 4  # modules of white around a square
FIELD = 100.0  # the pictures are drawn on a field of 100 by 100, y up


def draw_code(canvas: Any, address: str, left: float, low: float, side: float) -> None:
    """The QR code of an address, white around it."""
    import segno

    rows = segno.make(address, error="m", micro=False, boost_error=False).matrix
    each = side / (len(rows) + 2 * QUIET)
    canvas.setFillColor(HexColor(WHITE))
    canvas.rect(left * mm, low * mm, side * mm, side * mm, stroke=0, fill=1)
    canvas.setFillColor(HexColor(INK))
    for row, modules in enumerate(rows):
        for column, is_dark in enumerate(modules):
            if is_dark:
                x, y = left + (column + QUIET) * each, low + side - (row + QUIET + 1) * each
                canvas.rect(x * mm, y * mm, each * mm * 1.01, each * mm * 1.01, stroke=0, fill=1)


def draw_steps(paper: Drawing, canvas: Any, left: float, low: float, wide: float, high: float) -> None:
    """Four steps in a row, each with its number, its picture and its words."""
    steps = (
        (_papers, translate("Bring these papers")),
        (_slip, translate("Take a number at the machine")),
        (_loudspeaker, translate("Wait for your number to be called")),
        (_desk, translate("Go to the counter with this sign")),
    )
    each, side = wide / len(steps), high * 0.78
    for place, (draw, words) in enumerate(steps):
        at = left + place * each
        canvas.saveState()
        canvas.setFillColor(HexColor(GOLD))
        canvas.circle((at + 6) * mm, (low + high / 2) * mm, 6 * mm, stroke=0, fill=1)
        canvas.restoreState()
        paper.text(str(place + 1), at + 4.2, low, 6, high, 6, HEAVY)
        canvas.saveState()
        canvas.translate((at + 14) * mm, (low + (high - side) / 2) * mm)
        canvas.scale(side * mm / FIELD, side * mm / FIELD)
        canvas.setFillColor(HexColor(INK))
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(7)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        draw(canvas)
        canvas.restoreState()
        paper.text(words, at + 16 + side, low, each - 18 - side, high, 4.4, BOLD)


def _papers(canvas: Any) -> None:
    canvas.roundRect(30, 22, 58, 72, 6, stroke=0, fill=1)
    canvas.setFillColor(HexColor(WHITE))
    canvas.roundRect(12, 6, 58, 72, 6, stroke=1, fill=1)
    for y in (26, 42, 58):
        canvas.line(26, y, 56, y)


def _slip(canvas: Any) -> None:
    canvas.roundRect(2, 76, 96, 18, 9, stroke=0, fill=1)
    draw_polygon(canvas, ((20, 76), (20, 8), (30, 17), (40, 8), (50, 17), (60, 8), (70, 17), (80, 8), (80, 76)))
    canvas.setFillColor(HexColor(WHITE))
    canvas.setFont(HEAVY, 24)
    canvas.drawCentredString(50, 36, "A012")


def _loudspeaker(canvas: Any) -> None:
    draw_polygon(canvas, ((3, 66), (26, 66), (54, 94), (54, 6), (26, 34), (3, 34)))
    for reach in (12, 26):
        canvas.arc(54 - reach, 50 - reach - 8, 66 + reach, 50 + reach + 8, -48, 96)


def _desk(canvas: Any) -> None:
    canvas.circle(50, 80, 16, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(18, 44)
    path.curveTo(18, 68, 82, 68, 82, 44)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.roundRect(0, 28, 100, 14, 5, stroke=0, fill=1)
    canvas.rect(9, 4, 82, 20, stroke=0, fill=1)
