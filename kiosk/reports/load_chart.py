"""The heat map of the dashboard: how many numbers were taken on each weekday in each hour."""

from __future__ import annotations

from collections.abc import Sequence

from contract.catalogues import grouped
from kiosk.reports.charts import EDGE, FOREST, INK, SAND
from kiosk.reports.measures.tickets import LoadCell
from kiosk.reports.svg import RIGHT, WHITE, pick, rect, svg, text
from kiosk.reports.wording import translate

SHADES = ((SAND, INK), ("#C9DDCB", INK), ("#8FBBA3", INK), ("#1F5F49", WHITE), (FOREST, WHITE))  # ground and letters
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NAMES_END, HEAD, ROW, WIDEST = 92, 30, 32, 72


def load_chart(cells: Sequence[LoadCell]) -> str:
    """A row a weekday that had a ticket, a column an hour from the first to the last; the busiest cell is darkest."""
    title = translate("When people come: numbers taken by weekday and hour")
    if not cells:
        return svg(HEAD, title, [])
    counts = {(cell.weekday, cell.hour): cell.issued for cell in cells}
    hours = range(min(cell.hour for cell in cells), max(cell.hour for cell in cells) + 1)
    weekdays = sorted({cell.weekday for cell in cells})
    wide, most = min((RIGHT - NAMES_END) / len(hours), WIDEST), max(counts.values())
    drawn = [text(NAMES_END + wide * (at + 0.5), 20, f"{hour}h", weight=700) for at, hour in enumerate(hours)]
    for line, weekday in enumerate(weekdays):
        y = HEAD + ROW * line
        drawn.append(text(0, y + 21, translate(WEEKDAYS[weekday]), anchor="start", weight=700))
        for column, hour in enumerate(hours):
            x, count = NAMES_END + wide * column, counts.get((weekday, hour), 0)
            drawn += _cell(x, y, wide, LoadCell(weekday, hour, count), most) if count else _empty(x, y, wide)
    return svg(HEAD + ROW * len(weekdays) + 6, title, drawn)


def _cell(x: float, y: float, wide: float, cell: LoadCell, most: int) -> list[str]:
    ground, letters = SHADES[min(len(SHADES) * cell.issued // (most + 1), len(SHADES) - 1)]
    words = translate(
        "{weekday}, {hour}h: {count} tickets",
        weekday=translate(WEEKDAYS[cell.weekday]),
        hour=cell.hour,
        count=grouped(cell.issued),
    )
    return [
        pick(f"tickets?weekday={cell.weekday}&hour={cell.hour:02d}", words),
        rect(x + 1, y + 1, wide - 2, ROW - 2, ground, EDGE),
        text(x + wide / 2, y + 21, grouped(cell.issued), letters, weight=700),
        "</g>",
    ]


def _empty(x: float, y: float, wide: float) -> list[str]:
    return [rect(x + 1, y + 1, wide - 2, ROW - 2, "none", "#E6DFC9")]
