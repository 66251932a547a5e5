"""Drawing on paper for the wall: the woven band, shapes with their letters, pictograms, words as large as they fit.

Lengths are millimetres, y goes up from the lower edge. Fonts are embedded; the same office gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import getFont, registerFont
from reportlab.pdfbase.ttfonts import TTFont

from contract.records import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.pdfgen.canvas import Canvas

INK, SOFT, RED, GOLD, WHITE = "#1D1A16", "#57503F", "#A8261B", "#F4B81B", "#FFFFFF"
PLAIN, BOLD, HEAVY = "BeVietnamPro-Medium", "BeVietnamPro-Bold", "BeVietnamPro-ExtraBold"
CAPITAL, LEAD, STEP_MM, LEAST_MM = 0.74, 1.22, 0.5, 4.0  # of the size: capitals, from line to line
MARGIN, BAND, GAP = 14.0, 12.0, 6.0
MOST_LINES, MOST_WORDS = 4, 24  # of a name whose lines are weighed against each other
# In a square of side 100, y down: corners, the width of the line that rounds them; the letter's size and foot.
CORNERS = {
    "triangle": ([(50, 10), (93, 91), (7, 91)], 11),
    "diamond": ([(50, 7), (93, 50), (50, 93), (7, 50)], 9),
    "star": ([(50, 3), (64, 32), (96, 36), (73, 58), (79, 90), (50, 75), (21, 90), (27, 58), (4, 36), (36, 32)], 4),
}
LETTERS = {"triangle": (46, 84), "diamond": (50, 68), "star": (42, 72)}


def draw_polygon(canvas: Any, corners: Sequence[tuple[float, float]], stroke: int = 0) -> None:
    """Fills a closed shape; `stroke` 1 draws its edge too."""
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=stroke, fill=1)


@dataclass(frozen=True, slots=True)
class ServiceSign:
    """How a service is known everywhere. `picture`: its pictogram, ink on black; `counters`: their codes."""

    letter: str
    name: str
    hint: str
    shape: str
    colour: str
    ink: str
    picture: Image
    counters: tuple[str, ...]


# One tile of static/band.svg, 34 wide and high, y down.
TILE = (
    (INK, ((0, 0), (34, 0), (34, 34), (0, 34))),
    (RED, ((0, 5), (34, 5), (17, 29))),
    (GOLD, ((17, 6), (22, 13.5), (17, 21), (12, 13.5))),
    (WHITE, ((0, 13), (7.2, 23), (0, 23))),
    (WHITE, ((34, 13), (34, 23), (26.8, 23))),
)


def use_fonts(fonts: Path) -> None:
    """`fonts`: the folder of Be Vietnam Pro."""
    for name in (PLAIN, BOLD, HEAVY):
        registerFont(TTFont(name, fonts / f"{name}.ttf"))


class Drawing:
    """Draws on a page of a canvas; `size` in mm."""

    def __init__(self, canvas: Canvas, size: tuple[float, float]) -> None:
        self._canvas, self._size = canvas, size

    def line(self, left: float, y: float, right: float) -> None:
        self._canvas.setStrokeColor(HexColor("#D8CFB8"))
        self._canvas.setLineWidth(0.6 * mm)
        self._canvas.line(left * mm, y * mm, right * mm, y * mm)

    def picture(self, picture: Image, left: float, low: float, side: float) -> None:
        shown = ImageReader(picture.convert("L").point(lambda value: 255 - value))
        self._canvas.drawImage(shown, left * mm, low * mm, side * mm, side * mm)

    def text(
        self, text: str, left: float, low: float, wide: float, high: float, most: float, font: str, colour: str = INK
    ) -> None:
        """In the middle of the height of a box, broken between words, as large as it fits; `most`: of the capitals."""
        size, greedy = _fitted(text, wide, high, most / CAPITAL, font)
        lines = _balanced(text, len(greedy), wide, size, font) or greedy
        self._canvas.setFillColor(HexColor(colour))
        self._canvas.setFont(font, size * mm)
        above = (high - (len(lines) - 1) * size * LEAD - size * CAPITAL) / 2
        for place, words in enumerate(lines):
            foot = low + high - above - size * CAPITAL - place * size * LEAD
            self._canvas.drawString(left * mm, foot * mm, words)

    def shape(self, sign: ServiceSign, left: float, low: float, side: float) -> None:
        """With an edge of ink where the letter is not white: a light colour is lost on paper."""
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(left * mm, (low + side) * mm)
        canvas.scale(side * mm / 100, -side * mm / 100)
        if sign.ink.upper() != WHITE:
            self._outline(sign.shape, INK, 4)
        self._outline(sign.shape, sign.colour, 0)
        canvas.restoreState()
        size, foot = LETTERS.get(sign.shape, (52, 68))
        canvas.setFillColor(HexColor(sign.ink))
        canvas.setFont(HEAVY, size * side / 100 * mm)
        canvas.drawCentredString((left + side / 2) * mm, (low + side * (1 - foot / 100)) * mm, sign.letter)

    def _outline(self, shape: str, colour: str, edge: float) -> None:
        canvas = self._canvas
        canvas.setFillColor(HexColor(colour))
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineJoin(1)
        if shape in CORNERS:
            corners, rounding = CORNERS[shape]
            canvas.setLineWidth(rounding + 2 * edge)
            draw_polygon(canvas, corners, stroke=1)
        elif shape == "square":
            canvas.roundRect(4 - edge / 2, 4 - edge / 2, 92 + edge, 92 + edge, 9, stroke=0, fill=1)
        else:
            canvas.circle(50, 50, 47 + edge / 2, stroke=0, fill=1)

    def band(self) -> None:
        """The woven band of every screen: triangles and diamonds in black, red, ochre and white."""
        wide, high = self._size
        for place in range(ceil(wide / BAND)):
            self._canvas.saveState()
            self._canvas.translate(place * BAND * mm, high * mm)
            self._canvas.scale(BAND * mm / 34, -BAND * mm / 34)
            for colour, corners in TILE:
                self._canvas.setFillColor(HexColor(colour))
                path = self._canvas.beginPath()
                path.moveTo(*corners[0])
                for corner in corners[1:]:
                    path.lineTo(*corner)
                self._canvas.drawPath(path, stroke=0, fill=1)
            self._canvas.restoreState()


def _fitted(text: str, wide: float, high: float, most: float, font: str) -> tuple[float, list[str]]:
    """The greatest size (mm) at which the text fits, with its lines; LEAST_MM when none does."""
    size = most
    while size > LEAST_MM:
        lines = _broken(text, wide, size, font)
        needed = size * CAPITAL if len(lines) == 1 else len(lines) * size * LEAD
        if needed <= high and all(_width(words, size, font) <= wide for words in lines):
            return size, lines
        size -= STEP_MM
    return LEAST_MM, _broken(text, wide, LEAST_MM, font)


def _broken(text: str, wide: float, size: float, font: str) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size, font) > wide:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _balanced(text: str, count: int, wide: float, size: float, font: str) -> list[str]:
    """The same number of lines, broken after a dash or comma where that fits, else as even as can be."""
    words = text.split()
    if not 1 < count <= MOST_LINES or len(words) > MOST_WORDS:
        return []
    ways = []
    for breaks in combinations(range(1, len(words)), count - 1):
        lines = [" ".join(words[a:b]) for a, b in pairwise((0, *breaks, len(words)))]
        widest = max(_width(line, size, font) for line in lines)
        if widest <= wide:
            inside = sum(words[place - 1][-1] not in "–-,;" for place in breaks)
            ways.append((inside, widest, lines))
    return min(ways)[2] if ways else []


def _width(text: str, size: float, font: str) -> float:
    return float(getFont(font).stringWidth(text, size))
