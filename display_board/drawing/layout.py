"""Where everything stands: rectangles of two drawings, one lying and one standing, scaled to any screen. Pure."""

from __future__ import annotations

from dataclasses import replace

from contract.records import dataclass

GAP = 9
ROW_HEIGHT = 128
FAR_ROW_HEIGHT = 219
TWO_COLUMNS_FROM = 9
PAGE_LINE = 52


@dataclass(frozen=True, slots=True)
class Box:
    """x, y of the upper left corner, width and height in px of the drawing."""

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

    def inner(self, dx: float, dy: float = 0.0) -> Box:
        """The box without a margin of `dx` at both sides and `dy` above and below."""
        return Box(self.x + dx, self.y + dy, self.w - 2 * dx, self.h - 2 * dy)


@dataclass(frozen=True, slots=True)
class Plan:
    """The boxes of one drawing; `called_…` are those while a call is in the spotlight."""

    width: int
    height: int
    band: Box
    office: Box
    date: Box
    clock: Box
    rows: Box
    calls: Box
    waiting: Box
    dossiers: Box
    notice: Box
    call_top: Box
    call_foot: Box
    called_calls: Box
    called_waiting: Box
    quote: Box
    stale_side: Box
    stale_foot: Box
    body: Box

    @property
    def stands(self) -> bool:
        return self.height > self.width


LYING = Plan(
    1920,
    1080,
    band=Box(0, 0, 1920, 20),
    office=Box(40, 30, 880, 86),
    date=Box(940, 30, 668, 86),
    clock=Box(1640, 30, 240, 86),
    rows=Box(40, 128, 1190, 676),
    calls=Box(1256, 128, 624, 414),
    waiting=Box(1256, 551, 624, 253),
    dossiers=Box(40, 822, 1840, 168),
    notice=Box(0, 1004, 1920, 76),
    call_top=Box(40, 128, 1190, 523),
    call_foot=Box(40, 651, 1190, 339),
    called_calls=Box(1256, 128, 624, 414),
    called_waiting=Box(1256, 551, 624, 253),
    quote=Box(1256, 813, 624, 177),
    stale_side=Box(1256, 128, 624, 676),
    stale_foot=Box(0, 836, 1920, 244),
    body=Box(40, 128, 1840, 862),
)
STANDING = Plan(
    1080,
    1920,
    band=Box(0, 0, 1080, 20),
    office=Box(40, 30, 720, 80),
    date=Box(40, 112, 720, 50),
    clock=Box(800, 40, 240, 106),
    rows=Box(40, 170, 1000, 676),
    calls=Box(40, 855, 1000, 346),
    waiting=Box(40, 1210, 1000, 230),
    dossiers=Box(40, 1449, 1000, 350),
    notice=Box(0, 1812, 1080, 108),
    call_top=Box(40, 170, 1000, 560),
    call_foot=Box(40, 730, 1000, 300),
    called_calls=Box(40, 1039, 1000, 346),
    called_waiting=Box(40, 1394, 1000, 230),
    quote=Box(40, 1633, 1000, 166),
    stale_side=Box(40, 855, 1000, 560),
    stale_foot=Box(0, 1560, 1080, 360),
    body=Box(40, 170, 1000, 1629),
)


def plan_for(width: int, height: int) -> Plan:
    """The drawing that suits a screen of so many px."""
    return STANDING if height > width else LYING


def page_line(plan: Plan) -> Box:
    """Under the counters, where they come in pages."""
    return Box(plan.rows.x, plan.rows.bottom - PAGE_LINE, plan.rows.w, PAGE_LINE)


def rows(plan: Plan, count: int, paged: bool = False, far: bool = False) -> list[Box]:
    """One box a counter; more than five share the same height, many stand in two columns where there is room.

    `paged`: the line that tells the page stands under them. `far`: few are high.
    """
    area = replace(plan.rows, h=plan.rows.h - PAGE_LINE - 1) if paged else plan.rows
    columns = 2 if count >= TWO_COLUMNS_FROM and not plan.stands else 1
    lines = max(1, -(-count // columns))
    height = min(FAR_ROW_HEIGHT if far and not plan.stands else ROW_HEIGHT, (area.h - GAP * (lines - 1)) / lines)
    width = (area.w - GAP * (columns - 1)) / columns
    return [
        Box(area.x + (i // lines) * (width + GAP), area.y + (i % lines) * (height + GAP), width, height)
        for i in range(count)
    ]


def columns(area: Box, count: int) -> list[Box]:
    """Equal columns of an area."""
    width = area.w / max(1, count)
    return [Box(area.x + i * width, area.y, width, area.h) for i in range(count)]


def lines(area: Box, count: int) -> list[Box]:
    """Equal lines of an area."""
    height = area.h / max(1, count)
    return [Box(area.x, area.y + i * height, area.w, height) for i in range(count)]


def scale(plan: Plan, width: int, height: int) -> tuple[float, float, float]:
    """(factor, left, top) that centre the drawing on a screen of any shape."""
    factor = min(width / plan.width, height / plan.height)
    return factor, (width - plan.width * factor) / 2, (height - plan.height * factor) / 2
