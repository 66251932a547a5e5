"""The call in the spotlight: number, the way to the counter, and the sentence that is spoken."""

from __future__ import annotations

from display_board.drawing import colours as c
from display_board.drawing.canvas import Canvas
from display_board.drawing.layout import Box
from display_board.drawing.panels import number_of, owner
from display_board.drawing.pictograms import arrow, counter, loudspeaker
from display_board.drawing.shapes import sign
from display_board.state.display import Display
from display_board.state.scene import Highlight
from display_board.wording import translate


def number(canvas: Canvas, display: Display, lit: Highlight, box: Box) -> None:
    """Pulses from gold to white; the figures stay."""
    canvas.rectangle(box, c.between(c.GOLD, c.WHITE, lit.pulse), 20, (1, 1, 0, 0))
    canvas.text(lit.heading, 80, c.BOLD, c.INK, box.x + 58, box.y + 74, "left", box.w - 116)
    shown = owner(display, lit.call.number, lit.call.service)
    side = 264 * min(1.0, box.w / 1190)
    y = box.y + 126 + (box.h - 144) / 2
    sign(canvas, shown, box.x + 58 + side / 2, y, side, c.INK)
    room = box.w - 58 - side - 40 - 42
    canvas.text(number_of(lit.call.number, shown.letter), 392, c.EXTRA, c.INK, box.right - 42, y, "right", room)


def place(canvas: Canvas, lit: Highlight, box: Box) -> None:
    """Arrow as the counter truly lies, an officer behind a desk, the counter's number."""
    canvas.rectangle(box, c.INK, 20, (0, 0, 1, 1))
    k, y = min(1.0, box.w / 1190), box.middle[1]
    arrow(canvas, lit.direction, c.GOLD, box.x + 147 * k, y, 186 * k)
    counter(canvas, c.WHITE, box.x + 374 * k, y, 172 * k)
    side = 262 * k
    plate = Box(box.right - 50 * k - side, y - side / 2, side, side)
    canvas.text(translate("Counter"), 132 * k, c.EXTRA, c.WHITE, box.x + 504 * k, y, "left", plate.x - box.x - 540 * k)
    canvas.rectangle(plate, c.WHITE, 32)
    canvas.text(lit.call.counter, 240 * k, c.EXTRA, c.INK, *plate.middle, "middle", plate.w - 24)


def quote(canvas: Canvas, words: str, box: Box) -> None:
    """What the voice says, for those who do not hear it."""
    canvas.rectangle(box, c.PANEL, 20)
    loudspeaker(canvas, c.GOLD, box.x + 74, box.middle[1], 80)
    canvas.paragraph(words, Box(box.x + 138, box.y + 8, box.w - 168, box.h - 16), 42, c.MEDIUM, c.GREY_WHITE, most=3)
