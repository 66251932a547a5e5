"""Our own pictograms and the woven band, drawn by code; all coordinates are shares of the box."""

from __future__ import annotations

import math
from itertools import pairwise

import pygame
import segno

from display_board.drawing.canvas import Canvas
from display_board.drawing.colours import BRICK, GOLD, INK, MINT, WHITE, ZERO
from display_board.drawing.layout import Box
from display_board.drawing.shapes import thick_line

TURNS = {"right": 0.0, "left": math.pi, "up": -math.pi / 2}


def arrow(canvas: Canvas, direction: str, colour: str, x: float, y: float, size: float, thick: float = 0.16) -> None:
    """An arrow around (x, y), pointing left, up or right."""
    turn = TURNS.get(direction, 0.0)

    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()

        def at(px: float, py: float) -> tuple[float, float]:
            dx, dy = px - 0.5, py - 0.5
            return (
                side * (0.5 + dx * math.cos(turn) - dy * math.sin(turn)),
                side * (0.5 + dx * math.sin(turn) + dy * math.cos(turn)),
            )

        for start, end in (((0.09, 0.5), (0.9, 0.5)), ((0.57, 0.17), (0.9, 0.5)), ((0.57, 0.83), (0.9, 0.5))):
            thick_line(fine, colour, at(*start), at(*end), thick * side)

    canvas.figure(("arrow", direction, colour, thick), _around(x, y, size), colour, draw)


def counter(canvas: Canvas, colour: str, x: float, y: float, size: float) -> None:
    """An officer behind a desk."""

    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()
        pygame.draw.circle(fine, colour, (side * 0.5, side * 0.17), side * 0.15)
        pygame.draw.ellipse(fine, colour, (side * 0.2, side * 0.34, side * 0.6, side * 0.46))
        pygame.draw.rect(fine, (0, 0, 0, 0), (0, side * 0.55, side, side * 0.45))
        for x0, y0, w, h in ((0.0, 0.58, 1.0, 0.15), (0.08, 0.76, 0.84, 0.22)):
            rect = (side * x0, side * y0, side * w, side * h)
            pygame.draw.rect(fine, colour, rect, 0, round(side * 0.035))

    canvas.figure(("counter", colour), _around(x, y, size), colour, draw)


def loudspeaker(canvas: Canvas, colour: str, x: float, y: float, size: float) -> None:
    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()
        body = [(0.04, 0.34), (0.22, 0.34), (0.46, 0.12), (0.46, 0.88), (0.22, 0.66), (0.04, 0.66)]
        pygame.draw.polygon(fine, colour, [(px * side, py * side) for px, py in body])
        for radius in (0.2, 0.38):
            _arc(fine, colour, (0.54 * side, 0.5 * side), radius * side, -0.85, 0.85, 0.075 * side)

    canvas.figure(("loudspeaker", colour), _around(x, y, size), colour, draw)


def waves(canvas: Canvas, colour: str, x: float, y: float, size: float) -> None:
    """The sign of a line to the service."""

    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()
        pygame.draw.circle(fine, colour, (side / 2, side * 0.82), side * 0.085)
        for radius in (0.33, 0.62):
            start, end = -math.pi / 2 - 0.8, -math.pi / 2 + 0.8
            _arc(fine, colour, (side / 2, side * 0.82), radius * side, start, end, side * 0.085)

    canvas.figure(("waves", colour), _around(x, y, size), colour, draw)


def warning(canvas: Canvas, x: float, y: float, size: float) -> None:
    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()
        pygame.draw.polygon(fine, BRICK, [(side / 2, side * 0.05), (side, side * 0.93), (0, side * 0.93)])
        thick_line(fine, WHITE, (side / 2, side * 0.38), (side / 2, side * 0.62), side * 0.1)
        pygame.draw.circle(fine, WHITE, (side / 2, side * 0.79), side * 0.06)

    canvas.figure(("warning",), _around(x, y, size), BRICK, draw)


def late_mark(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Behind its date: a clock hand in a gold triangle, not a colour alone."""

    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()
        pygame.draw.polygon(fine, GOLD, [(side / 2, side * 0.04), (side, side * 0.94), (0, side * 0.94)])
        thick_line(fine, INK, (side / 2, side * 0.4), (side / 2, side * 0.62), side * 0.11)
        pygame.draw.circle(fine, INK, (side / 2, side * 0.79), side * 0.07)

    canvas.figure(("late",), _around(x, y, size), GOLD, draw)


def modules(canvas: Canvas, address: str, plate: Box) -> None:
    """A QR code of level M in whole px, so that every module is equally large, with a quiet zone of four."""
    matrix = segno.make(address, error="m", micro=False).matrix
    rect = canvas.rect(plate)
    unit = rect.w // (len(matrix) + 8)
    left = rect.x + (rect.w - unit * len(matrix)) // 2
    top = rect.y + (rect.h - unit * len(matrix)) // 2
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                canvas.surface.fill(INK, (left + column * unit, top + row * unit, unit, unit))


def bubble(canvas: Canvas, colour: str, x: float, y: float, size: float) -> None:
    """A speech bubble."""

    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()
        pygame.draw.rect(fine, colour, (0, side * 0.14, side, side * 0.58), 0, round(side * 0.06))
        pygame.draw.polygon(
            fine, colour, [(side * 0.24, side * 0.7), (side * 0.56, side * 0.7), (side * 0.24, side * 0.94)]
        )

    canvas.figure(("bubble", colour), _around(x, y, size), colour, draw)


def clock(canvas: Canvas, colour: str, x: float, y: float, size: float) -> None:
    def draw(fine: pygame.Surface, _unit: float) -> None:
        side = fine.get_width()
        pygame.draw.circle(fine, colour, (side / 2, side / 2), side / 2, round(side * 0.1))
        thick_line(fine, colour, (side / 2, side * 0.24), (side / 2, side / 2), side * 0.1)
        thick_line(fine, colour, (side / 2, side / 2), (side * 0.68, side * 0.62), side * 0.1)

    canvas.figure(("clock", colour), _around(x, y, size), colour, draw)


def knots(canvas: Canvas, done: int, count: int, x: float, y: float, apart: float = 66) -> None:
    """A cord with `done` tied knots, then a gold one, then open loops; `count` knots in all."""
    radius = 15.0

    def draw(fine: pygame.Surface, unit: float) -> None:
        spots = [((2 * radius + i * apart) * unit, 2 * radius * unit) for i in range(count)]
        for i in range(count - 1):
            _cord(fine, spots[i], spots[i + 1], unit, tied=i < done)
        for i, spot in enumerate(spots):
            _knot(fine, spot, radius * unit, i - done, i == count - 1)

    box = Box(x - 2 * radius, y - 2 * radius, (count - 1) * apart + 4 * radius, 4 * radius)
    canvas.figure(("knots", done, count, apart), box, MINT, draw)


def _cord(fine: pygame.Surface, start: tuple[float, float], end: tuple[float, float], unit: float, tied: bool) -> None:
    if tied:
        thick_line(fine, MINT, start, end, 6 * unit)
        return
    for part in range(1, 5):
        spot = (start[0] + (end[0] - start[0]) * part / 5, start[1])
        thick_line(fine, "#55625B", (spot[0] - 3 * unit, spot[1]), (spot[0] + 3 * unit, spot[1]), 5 * unit)


def _knot(fine: pygame.Surface, spot: tuple[float, float], radius: float, place: int, last: bool) -> None:
    """`place`: below 0 done, 0 now, above 0 to come."""
    if place < 0:
        pygame.draw.circle(fine, MINT, spot, radius)
    elif place == 0:
        pygame.draw.circle(fine, GOLD, spot, radius * 1.25)
        pygame.draw.circle(fine, INK, spot, radius * 0.5)
    else:
        pygame.draw.circle(fine, "#1A2620", spot, radius)
        pygame.draw.circle(fine, ZERO, spot, radius, max(1, round(radius * 0.24)))


def woven_band(canvas: Canvas) -> None:
    """Triangles and diamonds in black, red, ochre and white along the upper edge."""

    def draw(fine: pygame.Surface, unit: float) -> None:
        width, height = fine.get_size()
        pygame.draw.rect(fine, INK, (0, 0, width, height))
        step = 24 * unit
        for i in range(math.ceil(width / step)):
            x = i * step
            low, high, mid = height * 0.86, height * 0.12, height * 0.46
            pygame.draw.polygon(fine, BRICK, [(x, high), (x + step, high), (x + step / 2, height * 0.95)])
            pygame.draw.polygon(
                fine, GOLD, [(x + step / 2, high), (x + step * 0.66, mid), (x + step / 2, low), (x + step * 0.34, mid)]
            )
            white = [(x - step * 0.28, low), (x, height * 0.36), (x + step * 0.28, low)]
            pygame.draw.polygon(fine, WHITE, white)

    canvas.figure(("band",), canvas.plan.band, INK, draw)


def _arc(
    fine: pygame.Surface,
    colour: str,
    middle: tuple[float, float],
    radius: float,
    start: float,
    end: float,
    width: float,
) -> None:
    points = 24
    spots = [
        (middle[0] + radius * math.cos(a), middle[1] + radius * math.sin(a))
        for a in (start + (end - start) * i / points for i in range(points + 1))
    ]
    for one, two in pairwise(spots):
        thick_line(fine, colour, one, two, width)


def _around(x: float, y: float, size: float) -> Box:
    return Box(x - size / 2, y - size / 2, size, size)
