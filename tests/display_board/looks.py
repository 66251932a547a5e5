"""Looking at what was drawn: where words stand, whether they are whole, how far they stand out, what they say."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pygame
from PIL import Image

from display_board.drawing.canvas import Canvas
from display_board.drawing.layout import Box, plan_for, scale

READ_AT = 64  # px in height, at which tesseract reads single figures best


@dataclass(frozen=True)
class Seen:
    """Words on the screen: where their ink lies, where they might be drawn, and their colour (r, g, b)."""

    ink: pygame.Rect
    room: pygame.Rect
    colour: tuple[int, int, int]


class Watching(Canvas):
    """Remembers every piece of writing."""

    seen: list[Seen]
    colour: pygame.Color

    def clear(self, colour: str) -> None:
        self.seen = []
        super().clear(colour)

    def _written(self, words: str, size: float, weight: str, colour: str) -> pygame.Surface:
        self.colour = pygame.Color(colour)
        return super()._written(words, size, weight, colour)

    def put(self, image: pygame.Surface, spot: tuple[int, int]) -> None:
        ink = image.get_bounding_rect(min_alpha=40).move(spot)
        if ink.w and ink.h:
            colour = (self.colour.r, self.colour.g, self.colour.b)
            self.seen.append(Seen(ink, self.surface.get_clip(), colour))
        super().put(image, spot)


def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance, WCAG 2."""
    parts = [value / 255 for value in colour[:3]]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[int, ...], two: tuple[int, ...]) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def measured(picture: Image.Image, seen: Seen) -> float:
    """The contrast of words as the pixels around their ink show it; 1 when their colour is not there at all."""
    ink = seen.ink
    part = picture.crop((ink.left - 2, ink.top - 2, ink.right + 2, ink.bottom + 2))
    counts = Counter({colour: count for count, colour in part.getcolors(part.width * part.height)})
    if not counts[seen.colour]:
        return 1.0
    ground = next(colour for colour, _ in counts.most_common() if near(colour, seen.colour) > 60)
    return contrast(seen.colour, ground)


def near(one: tuple[int, ...], two: tuple[int, ...]) -> int:
    return sum(abs(a - b) for a, b in zip(one, two, strict=True))


def part_of(path: Path, box: Box) -> Path:
    """A piece of a picture given in the units of its plan, in grey for reading."""
    picture = Image.open(path).convert("L")
    factor, left, top = scale(plan_for(*picture.size), *picture.size)
    area = [left + box.x * factor, top + box.y * factor, left + box.right * factor, top + box.bottom * factor]
    piece = picture.crop(tuple(round(value) for value in area))  # type: ignore[arg-type]
    piece = piece.resize((max(1, round(piece.width * READ_AT / piece.height)), READ_AT), Image.Resampling.LANCZOS)
    out = path.with_suffix(".part.png")
    piece.save(out)
    return out


def read(path: Path, box: Box, figures: str = "0123456789") -> str:
    """What a reader sees there (tesseract, one line); Vietnamese words without `figures`."""
    allowed = ["-c", f"tessedit_char_whitelist={figures}"] if figures else ["-l", "vie"]
    command = ["tesseract", str(part_of(path, box)), "-", "--psm", "7", *allowed]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()


@contextmanager
def display(width: int = 3840, height: int = 2160) -> Iterator[str]:
    """A screen of software, as large as the largest picture; its name."""
    screen = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        try:
            yield f":{server.stdout.readline().strip()}"
        finally:
            server.terminate()
