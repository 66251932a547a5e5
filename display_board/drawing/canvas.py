"""Drawing in the units of a plan onto a surface of any size: text, boxes, smooth figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

import pygame

from display_board.drawing.layout import Box, Plan, plan_for, scale
from display_board.drawing.lru_cache import LruCache

CAPITALS = 0.74
LINE = 1.24
FINE = 4
SMALLEST = 12
KEPT_SCREENS = 1.2
KEPT_FONTS = 40
KEPT_SIZES = 2000
Draw = Callable[[pygame.Surface, float], None]


class Canvas:
    """`anchor` of a text: left, middle or right of its x; its y is the middle of the capitals.

    `pictures`: the folder of the office's pictures.
    """

    def __init__(self, surface: pygame.Surface, pictures: Path | None = None) -> None:
        self.surface = surface
        self.pictures = pictures
        self._size = surface.get_size()
        self.plan: Plan = plan_for(*self._size)
        self.factor, self._left, self._top = scale(self.plan, *surface.get_size())
        self._fonts: LruCache[pygame.font.Font] = LruCache(KEPT_FONTS)
        self._sizes: LruCache[float] = LruCache(KEPT_SIZES)
        self._images: LruCache[pygame.Surface] = LruCache(
            round(KEPT_SCREENS * surface.get_width() * surface.get_height())
        )

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px of what the plan was chosen for."""
        return self._size

    def clear(self, colour: str) -> None:
        self.surface.fill(colour)

    @contextmanager
    def within(self, box: Box) -> Iterator[pygame.Rect]:
        """Nothing is drawn outside the box meanwhile; gives its px."""
        before = self.surface.get_clip()
        rect = self.rect(box)
        self.surface.set_clip(rect.clip(before))
        try:
            yield rect
        finally:
            self.surface.set_clip(before)

    def text(
        self,
        words: str,
        size: float,
        weight: str,
        colour: str,
        x: float,
        y: float,
        anchor: str = "left",
        width: float = 9999.0,
    ) -> float:
        """Draw one line, smaller where it would not fit `width`; returns the width it took."""
        words = unicodedata.normalize("NFC", words)
        size = self.fitting(words, size, weight, width)
        image = self._written(words, size, weight, colour)
        wide = image.get_width() / self.factor
        left = x - {"left": 0.0, "middle": wide / 2, "right": wide}[anchor]
        top = self._top + (y + CAPITALS / 2 * size) * self.factor - self._font(weight, size).get_ascent()
        self.put(image, (round(self._left + left * self.factor), round(top)))
        return wide

    def put(self, image: pygame.Surface, spot: tuple[int, int]) -> None:
        """Written words at a px of the surface."""
        self.surface.blit(image, spot)

    def paragraph(
        self, words: str, box: Box, size: float, weight: str, colour: str, anchor: str = "left", most: int = 2
    ) -> float:
        """Words in at most `most` lines in the middle of the height of a box; returns the width they took."""
        size, lines = self.wrapped(words, size, weight, box, most)
        x = {"left": box.x, "middle": box.middle[0], "right": box.right}[anchor]
        first = box.middle[1] - (len(lines) - 1) / 2 * size * LINE
        return max(
            (
                self.text(line, size, weight, colour, x, first + i * size * LINE, anchor, box.w)
                for i, line in enumerate(lines)
            ),
            default=0.0,
        )

    def wrapped(self, words: str, size: float, weight: str, box: Box, most: int) -> tuple[float, list[str]]:
        """The largest size up to `size` at which the words fit the box, and their lines."""
        while True:
            lines = self.lines(words, size, weight, box.w)
            fits = len(lines) <= most and len(lines) * size * LINE <= box.h + 1
            if size <= SMALLEST or (fits and all(self.width(line, size, weight) <= box.w for line in lines)):
                return size, lines
            size = max(SMALLEST, size * 0.94)

    def width(self, words: str, size: float, weight: str) -> float:
        return self._font(weight, size).size(unicodedata.normalize("NFC", words))[0] / self.factor

    def fitting(self, words: str, size: float, weight: str, width: float) -> float:
        """The largest size up to `size` at which the words fit one line."""
        key = (words, size, weight, width)
        fitted = self._sizes.get(key)
        if fitted is not None:
            return fitted
        while size > SMALLEST and (wide := self.width(words, size, weight)) > width:
            size = max(SMALLEST, min(size - 1, size * width / wide))
        self._sizes.keep(key, size, 1)
        return size

    def lines(self, words: str, size: float, weight: str, width: float) -> list[str]:
        """The words broken into lines of at most `width`, a longer word alone in its line."""
        lines: list[str] = []
        for word in unicodedata.normalize("NFC", words).split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def rectangle(
        self, box: Box, colour: str, radius: float = 0, corners: tuple[int, int, int, int] = (1, 1, 1, 1)
    ) -> None:
        """`corners`: which of upper left, upper right, lower left, lower right are round.

        The ground shows through smooth corners; they alone are drawn large and made small.
        """
        rect = self.rect(box)
        r = min(round(radius * self.factor), rect.w // 2, rect.h // 2)
        if r <= 0:
            self.surface.fill(colour, rect)
            return
        self.surface.fill(colour, (rect.x + r, rect.y, rect.w - 2 * r, rect.h))
        self.surface.fill(colour, (rect.x, rect.y + r, rect.w, rect.h - 2 * r))
        spots = (rect.topleft, (rect.right - r, rect.y), (rect.x, rect.bottom - r), (rect.right - r, rect.bottom - r))
        for i, spot in enumerate(spots):
            if corners[i]:
                self.surface.blit(self._corner(colour, r, i), spot)
            else:
                self.surface.fill(colour, (*spot, r, r))

    def figure(self, key: tuple[object, ...], box: Box, ground: str, draw: Draw) -> None:
        """A figure drawn four times as large and made smooth, kept for the next time.

        `draw` gets the large surface and the px of it in one unit of the plan; `ground` is the colour at its edge.
        """
        rect = self.rect(box)
        self.surface.blit(self._smooth((*key, rect.w, rect.h), rect.size, ground, draw), rect)

    def rect(self, box: Box) -> pygame.Rect:
        """The px of a box."""
        x, y = round(self._left + box.x * self.factor), round(self._top + box.y * self.factor)
        right = round(self._left + box.right * self.factor)
        return pygame.Rect(x, y, max(1, right - x), max(1, round(self._top + box.bottom * self.factor) - y))

    def _corner(self, colour: str, r: int, place: int) -> pygame.Surface:
        def draw(fine: pygame.Surface, _unit: float) -> None:
            side = fine.get_width()
            pygame.draw.circle(fine, colour, (side * (1 - place % 2), side * (1 - place // 2)), side)

        return self._smooth(("corner", colour, r, place), (r, r), colour, draw)

    def _smooth(self, key: tuple[object, ...], size: tuple[int, int], ground: str, draw: Draw) -> pygame.Surface:
        kept = self._images.get(key)
        if kept is not None:
            return kept
        fine = pygame.Surface((size[0] * FINE, size[1] * FINE), pygame.SRCALPHA)
        fine.fill((*tuple(pygame.Color(ground))[:3], 0))
        draw(fine, self.factor * FINE)
        image = pygame.transform.smoothscale(fine, size)
        self._images.keep(key, image, size[0] * size[1])
        return image

    def _written(self, words: str, size: float, weight: str, colour: str) -> pygame.Surface:
        key = (words, round(size * self.factor), weight, colour)
        kept = self._images.get(key)
        if kept is not None:
            return kept
        image = self._font(weight, size).render(words, True, colour)
        self._images.keep(key, image, image.get_width() * image.get_height())
        return image

    def _font(self, weight: str, size: float) -> pygame.font.Font:
        px = max(6, round(size * self.factor))
        kept = self._fonts.get((weight, px))
        if kept is None:
            kept = pygame.font.Font(BytesIO(font_bytes(weight)), px)
            self._fonts.keep((weight, px), kept, 1)
        return kept


@cache
def font_bytes(weight: str) -> bytes:
    """Be Vietnam Pro in the given weight, read once: a font opened by its path keeps the file open for each size."""
    return font_file(weight).read_bytes()


def font_file(weight: str) -> Path:
    """The file of Be Vietnam Pro in the given weight."""
    import fontpkg_be_vietnam_pro

    return Path(fontpkg_be_vietnam_pro.__file__).parent / "files" / f"BeVietnamPro-{weight}.ttf"
