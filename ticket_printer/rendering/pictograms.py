"""Shapes, pictograms and little people drawn by code, 1-bit, in a square of a given side."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import cos, pi, sin

from PIL import Image, ImageDraw

from ticket_printer.rendering.composing import doubled
from ticket_printer.rendering.typeface import figure

SUPER = 4  # drawn larger and reduced, so that round edges are round


class ShapeCanvas:
    """Draws on a unit square; (0, 0) is the upper left corner."""

    def __init__(self, width: int, height: int) -> None:
        self.scale = height * SUPER
        self.picture = Image.new("L", (width * SUPER, height * SUPER))
        self.draw = ImageDraw.Draw(self.picture)

    def disc(self, x: float, y: float, r: float, ink: int = 255) -> None:
        self.draw.ellipse(self._at(x - r, y - r, x + r, y + r), fill=ink)

    def box(self, left: float, top: float, right: float, bottom: float, ink: int = 255, round_by: float = 0.0) -> None:
        self.draw.rounded_rectangle(self._at(left, top, right, bottom), round_by * self.scale, fill=ink)

    def shoulders(self, x: float, top: float, half: float, bottom: float, ink: int = 255) -> None:
        """A body: round above, flat below."""
        r = min(half, bottom - top)
        self.draw.pieslice(self._at(x - half, top, x + half, top + 2 * r), 180, 360, fill=ink)
        if bottom > top + r:
            self.draw.rectangle(self._at(x - half, top + r - 0.01, x + half, bottom), fill=ink)

    def shape(self, *points: tuple[float, float], ink: int = 255) -> None:
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], fill=ink)

    def done(self) -> Image.Image:
        size = (self.picture.width // SUPER, self.picture.height // SUPER)
        small = self.picture.resize(size, Image.Resampling.BOX)
        return small.point(lambda value: 255 if value > 127 else 0).convert("1")

    def _at(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return left * self.scale, top * self.scale, right * self.scale, bottom * self.scale


def _star() -> list[tuple[float, float]]:
    points = []
    for i in range(10):
        r = 0.54 if i % 2 == 0 else 0.30
        points.append((0.5 + r * sin(i * pi / 5), 0.54 - r * cos(i * pi / 5)))
    return points


def _outline(canvas: ShapeCanvas, shape: str) -> None:
    if shape == "square":
        canvas.box(0.04, 0.04, 0.96, 0.96, round_by=0.06)
    elif shape == "triangle":
        canvas.shape((0.5, 0.0), (1.0, 0.99), (0.0, 0.99))
    elif shape == "diamond":
        canvas.shape((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
    elif shape == "star":
        canvas.shape(*_star())
    else:
        canvas.disc(0.5, 0.5, 0.495)


LETTER = {"triangle": (0.38, 0.68), "star": (0.40, 0.54), "diamond": (0.46, 0.5)}  # size in the shape, middle's height


@lru_cache(maxsize=64)
def lettered_shape(shape: str, letter: str, side: int) -> Image.Image:
    """The service's shape with its letter cut out in white; a letter by itself where there is no shape."""
    if not shape:
        return figure(letter, side)
    canvas = ShapeCanvas(side, side)
    _outline(canvas, shape)
    picture = canvas.done()
    share, middle = LETTER.get(shape, (0.56, 0.5))
    sign = figure(letter, max(12, round(side * share)))
    picture.paste(0, ((side - sign.width) // 2, round(side * middle) - sign.height // 2), sign)
    return picture


def _family(canvas: ShapeCanvas) -> None:
    for x in (0.25, 0.75):
        canvas.disc(x, 0.16, 0.15)
        canvas.shoulders(x, 0.34, 0.25, 0.96)
    canvas.disc(0.5, 0.50, 0.19, ink=0)
    canvas.shoulders(0.5, 0.66, 0.25, 1.0, ink=0)
    canvas.disc(0.5, 0.53, 0.13)
    canvas.shoulders(0.5, 0.70, 0.18, 0.98)


def _land(canvas: ShapeCanvas) -> None:
    canvas.shape((0.5, 0.02), (0.98, 0.42), (0.02, 0.42))
    canvas.box(0.14, 0.40, 0.86, 0.74)
    canvas.box(0.42, 0.50, 0.58, 0.74, ink=0)
    for top in (0.80, 0.91):
        canvas.box(0.02, top, 0.98, top + 0.06)


def _care(canvas: ShapeCanvas) -> None:
    canvas.disc(0.34, 0.20, 0.18)
    canvas.disc(0.66, 0.20, 0.18)
    canvas.shape((0.17, 0.26), (0.83, 0.26), (0.5, 0.62))
    canvas.box(0.02, 0.60, 0.20, 0.98, round_by=0.03)
    canvas.shape((0.24, 0.66), (0.62, 0.72), (0.98, 0.58), (0.98, 0.68), (0.62, 0.94), (0.24, 0.94))


def _online(canvas: ShapeCanvas) -> None:
    canvas.box(0.06, 0.10, 0.94, 0.74, round_by=0.06)
    canvas.box(0.14, 0.18, 0.86, 0.66, ink=0)
    canvas.shape((0.5, 0.24), (0.68, 0.44), (0.56, 0.44), (0.56, 0.60), (0.44, 0.60), (0.44, 0.44), (0.32, 0.44))
    canvas.box(0.0, 0.80, 1.0, 0.90, round_by=0.04)


def _result(canvas: ShapeCanvas) -> None:
    canvas.shape((0.14, 0.0), (0.64, 0.0), (0.86, 0.22), (0.86, 1.0), (0.14, 1.0))
    canvas.shape((0.64, 0.0), (0.86, 0.22), (0.64, 0.22), ink=0)
    canvas.shape((0.26, 0.60), (0.34, 0.52), (0.45, 0.63), (0.66, 0.38), (0.75, 0.45), (0.46, 0.79), ink=0)


def _paper(canvas: ShapeCanvas) -> None:
    canvas.box(0.16, 0.0, 0.84, 1.0, round_by=0.05)
    for top in (0.22, 0.44, 0.66):
        canvas.box(0.28, top, 0.72, top + 0.08, ink=0)


PICTOGRAMS: dict[str, Callable[[ShapeCanvas], None]] = {
    "family": _family,
    "land": _land,
    "care": _care,
    "online": _online,
    "result": _result,
}


@lru_cache(maxsize=64)
def pictogram(name: str, side: int) -> Image.Image:
    """A sheet of paper stands for a pictogram that is not known here."""
    canvas = ShapeCanvas(side, side)
    PICTOGRAMS.get(name, _paper)(canvas)
    return canvas.done()


@lru_cache(maxsize=8)
def counter_pictogram(height: int) -> Image.Image:
    """A person behind a counter, of doubled dots."""
    height //= 2
    canvas = ShapeCanvas(round(height * 1.05), height)
    canvas.disc(0.525, 0.17, 0.17)
    canvas.shoulders(0.525, 0.38, 0.30, 0.58)
    canvas.box(0.0, 0.62, 1.05, 0.76, round_by=0.03)
    canvas.box(0.09, 0.80, 0.96, 1.0)
    return doubled(canvas.done())


@lru_cache(maxsize=8)
def person(height: int) -> Image.Image:
    canvas = ShapeCanvas(round(height * 0.82), height)
    canvas.disc(0.41, 0.22, 0.21)
    canvas.shoulders(0.41, 0.50, 0.40, 1.0)
    return canvas.done()


@lru_cache(maxsize=64)
def numbered_square(text: str, height: int) -> Image.Image:
    """A counter: white on black, as wide as its name needs; `height` is even. The square is of doubled dots."""
    sign = figure(text, round(height * 0.80))
    width = max(round(height * 0.86), sign.width + round(height * 0.36))
    canvas = ShapeCanvas((width + 1) // 2, height // 2)
    canvas.box(0.0, 0.0, width / height, 1.0, round_by=0.10)
    picture = doubled(canvas.done())
    picture.paste(0, ((picture.width - sign.width) // 2, (height - sign.height) // 2), sign)
    return picture
