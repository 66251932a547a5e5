"""Drawing in the units of the 1920 x 1080 layout onto a surface of any size: text, boxes, smooth figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pygame

from display_board.layout import Box, scale

CAPITALS = 0.74
FINE = 4
KEPT = 600
SMALLEST = 12
Draw = Callable[[pygame.Surface, float], None]


class Canvas:
    """`anchor` of a text: left, middle or right of its x; its y is the middle of the capitals."""

    def __init__(self, surface: pygame.Surface) -> None:
        self.surface = surface
        self.factor, self._left, self._top = scale(*surface.get_size())
        self._fonts: dict[tuple[str, int], pygame.font.Font] = {}
        self._figures: dict[tuple[object, ...], pygame.Surface] = {}

    def clear(self, colour: str) -> None:
        self.surface.fill(colour)

    def text(
        self, words: str, size: float, weight: str, colour: str, x: float, y: float, anchor: str = "left",
        width: float = 9999.0,
    ) -> float:  # fmt: skip
        """Draw one line, smaller where it would not fit `width`; returns the width it took."""
        words = unicodedata.normalize("NFC", words)
        size = self.fitting(words, size, weight, width)
        font = self._font(weight, size)
        image = font.render(words, True, colour)
        wide = image.get_width() / self.factor
        left = x - {"left": 0.0, "middle": wide / 2, "right": wide}[anchor]
        baseline = y + CAPITALS / 2 * size
        top = self._top + baseline * self.factor - font.get_ascent()
        self.surface.blit(image, (round(self._left + left * self.factor), round(top)))
        return wide

    def width(self, words: str, size: float, weight: str) -> float:
        return self._font(weight, size).size(unicodedata.normalize("NFC", words))[0] / self.factor

    def fitting(self, words: str, size: float, weight: str, width: float) -> float:
        """The largest size up to `size` at which the words fit."""
        while size > SMALLEST and self.width(words, size, weight) > width:
            size = min(size - 1, size * width / self.width(words, size, weight))
        return size

    def lines(self, words: str, size: float, weight: str, width: float) -> list[str]:
        """The words broken into lines of at most `width`."""
        found: list[str] = []
        for word in words.split():
            longer = f"{found[-1]} {word}" if found else word
            if found and self.width(longer, size, weight) <= width:
                found[-1] = longer
            else:
                found.append(word)
        return found

    def rectangle(
        self, box: Box, colour: str, radius: float = 0, corners: tuple[int, int, int, int] = (1, 1, 1, 1)
    ) -> None:
        """`corners`: which of upper left, upper right, lower left, lower right are round."""
        if radius <= 0:
            self.surface.fill(colour, self._rect(box))
            return

        def draw(fine: pygame.Surface, unit: float) -> None:
            round_px = [round(radius * unit) if corner else 0 for corner in corners]
            pygame.draw.rect(fine, colour, fine.get_rect(), 0, -1, *round_px)

        self.figure(("rectangle", colour, radius, corners), box, colour, draw)

    def figure(self, key: tuple[object, ...], box: Box, ground: str, draw: Draw) -> None:
        """A figure drawn four times as large and made smooth, kept for the next time.

        `draw` gets the large surface and the px of it in one unit of the layout; `ground` is the colour at its edge.
        """
        rect = self._rect(box)
        full = (*key, rect.w, rect.h)
        if full not in self._figures:
            if len(self._figures) >= KEPT:
                self._figures.clear()
            fine = pygame.Surface((rect.w * FINE, rect.h * FINE), pygame.SRCALPHA)
            fine.fill((*tuple(pygame.Color(ground))[:3], 0))
            draw(fine, self.factor * FINE)
            self._figures[full] = pygame.transform.smoothscale(fine, rect.size)
        self.surface.blit(self._figures[full], rect)

    def _rect(self, box: Box) -> pygame.Rect:
        x, y = round(self._left + box.x * self.factor), round(self._top + box.y * self.factor)
        right = round(self._left + box.right * self.factor)
        return pygame.Rect(x, y, max(1, right - x), max(1, round(self._top + box.bottom * self.factor) - y))

    def _font(self, weight: str, size: float) -> pygame.font.Font:
        px = max(6, round(size * self.factor))
        if (weight, px) not in self._fonts:
            self._fonts[weight, px] = pygame.font.Font(font_file(weight), px)
        return self._fonts[weight, px]


def font_file(weight: str) -> Path:
    """The file of Be Vietnam Pro in the given weight."""
    import fontpkg_be_vietnam_pro

    return Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / f"BeVietnamPro-{weight}.ttf"
