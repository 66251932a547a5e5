"""Where everything stands: rectangles of the 1920 x 1080 drawing, scaled to any screen. Pure."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 1920, 1080
GAP = 9
ROWS_TOP, ROWS_HEIGHT, ROW_HEIGHT = 128, 676, 128


@dataclass(frozen=True, slots=True)
class Box:
    """x, y of the upper left corner, width and height in px of the 1920 x 1080 drawing."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2


SCREEN = Box(0, 0, WIDTH, HEIGHT)
BAND = Box(0, 0, WIDTH, 20)
OFFICE = Box(40, 30, 900, 86)
DATE = Box(940, 30, 668, 86)
CLOCK = Box(1640, 30, 240, 86)
CALLS = Box(1256, 128, 624, 414)
WAITING = Box(1256, 551, 624, 253)
WAITING_IN_CALL = Box(1256, 551, 624, 439)
DOSSIERS = Box(40, 822, 1840, 168)
NOTICE = Box(0, 1004, WIDTH, 76)
CALL_TOP = Box(40, 128, 1190, 523)
CALL_FOOT = Box(40, 651, 1190, 339)
STALE_SIDE = Box(1256, 128, 624, 676)
STALE_FOOT = Box(0, 836, WIDTH, 244)


def rows(count: int) -> list[Box]:
    """One box a counter; more than five share the same height, more than eight stand in two columns."""
    columns = 2 if count > 8 else 1
    lines = max(1, -(-count // columns))
    height = min(ROW_HEIGHT, (ROWS_HEIGHT - GAP * (lines - 1)) / lines)
    width = (1190 - GAP * (columns - 1)) / columns
    return [
        Box(40 + (i // lines) * (width + GAP), ROWS_TOP + (i % lines) * (height + GAP), width, height)
        for i in range(count)
    ]


def columns(area: Box, count: int) -> list[Box]:
    """Equal columns of an area."""
    width = area.w / max(1, count)
    return [Box(area.x + i * width, area.y, width, area.h) for i in range(count)]


def scale(width: int, height: int) -> tuple[float, float, float]:
    """(factor, left, top) that centre the drawing on a screen of any shape."""
    factor = min(width / WIDTH, height / HEIGHT)
    return factor, (width - WIDTH * factor) / 2, (height - HEIGHT * factor) / 2
