"""The signs of the services: circle, square, triangle, diamond and star, with their letter."""

from __future__ import annotations

import math

import pygame

from display_board.drawing.canvas import Canvas
from display_board.drawing.colours import EXTRA
from display_board.drawing.layout import Box
from display_board.state.display import Sign

EDGE = 0.05
ROUNDED = 0.06
Points = list[tuple[float, float]]
# Corners in a square of side 1; the letter's size and the height of its middle.
OUTLINES: dict[str, Points] = {
    "triangle": [(0.5, 0.02), (1.0, 0.93), (0.0, 0.93)],
    "diamond": [(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)],
    "star": [
        (0.5 + r * math.sin(math.tau * i / 10), 0.53 - r * math.cos(math.tau * i / 10))
        for i in range(10)
        for r in (0.53 if i % 2 == 0 else 0.3,)
    ],
}
LETTERS = {
    "circle": (0.5, 0.5),
    "square": (0.5, 0.5),
    "triangle": (0.40, 0.65),
    "diamond": (0.46, 0.5),
    "star": (0.40, 0.54),
}


def sign(canvas: Canvas, shown: Sign, x: float, y: float, size: float, edge: str) -> None:
    """The sign around its middle (x, y), with an edge of 5 % so that it stands out on any ground."""
    colour = shown.colour

    def draw(fine: pygame.Surface, _unit: float) -> None:
        outline(fine, shown.shape, edge, 0.0)
        outline(fine, shown.shape, colour, EDGE)

    canvas.figure(("sign", shown.shape, colour, edge), Box(x - size / 2, y - size / 2, size, size), edge, draw)
    height, middle = LETTERS[shown.shape]
    canvas.text(shown.letter, size * height, EXTRA, shown.ink, x, y + (middle - 0.5) * size, "middle")


def outline(fine: pygame.Surface, shape: str, colour: str, inset: float) -> None:
    """Fill a square surface with the shape; `inset` as a share of the side."""
    side = fine.get_width()
    if shape == "circle":
        pygame.draw.circle(fine, colour, (side / 2, side / 2), side * (0.5 - inset))
    elif shape == "square":
        gap = side * (0.03 + inset)
        rect = pygame.Rect(gap, gap, side - 2 * gap, side - 2 * gap)
        pygame.draw.rect(fine, colour, rect, 0, round(side * (0.1 - inset)))
    else:
        _polygon(fine, OUTLINES[shape], colour, inset)


def _polygon(fine: pygame.Surface, corners: Points, colour: str, inset: float) -> None:
    """Round corners: discs on the corners of a smaller polygon, joined by thick lines."""
    side = fine.get_width()
    radius = side * (ROUNDED - 0.6 * inset if inset else ROUNDED)
    inner = [(x * side, y * side) for x, y in _shrunk(corners, ROUNDED + inset * 0.4)]
    pygame.draw.polygon(fine, colour, inner)
    for start, end in zip(inner, [*inner[1:], inner[0]], strict=True):
        thick_line(fine, colour, start, end, 2 * radius)


def _shrunk(corners: Points, by: float) -> Points:
    """Every edge moved inwards by the same distance."""
    inner: Points = []
    for i, corner in enumerate(corners):
        before, after = corners[i - 1], corners[(i + 1) % len(corners)]
        one, two = _normal(before, corner), _normal(corner, after)
        k = by / (1 + one[0] * two[0] + one[1] * two[1])
        inner.append((corner[0] + (one[0] + two[0]) * k, corner[1] + (one[1] + two[1]) * k))
    return inner


def _normal(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    """Of length 1, to the inside of a clockwise polygon."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    return -dy / length, dx / length


def thick_line(
    fine: pygame.Surface, colour: str, start: tuple[float, float], end: tuple[float, float], width: float
) -> None:
    """With round ends."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    ox, oy = -dy / length * width / 2, dx / length * width / 2
    corners = [
        (start[0] + ox, start[1] + oy),
        (end[0] + ox, end[1] + oy),
        (end[0] - ox, end[1] - oy),
        (start[0] - ox, start[1] - oy),
    ]
    pygame.draw.polygon(fine, colour, corners)
    for point in (start, end):
        pygame.draw.circle(fine, colour, point, width / 2)
