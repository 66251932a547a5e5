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
NAMES_END, HEAD, ROW, WIDEST, CLOSE = 92, 30, 32, 72, 40


def load_chart(cells: Sequence[LoadCell]) -> str:
    """A row a weekday that had a ticket, a column an hour from the first to the last; the busiest cell is darkest."""
    title = translate("When people come: numbers taken by weekday and hour")
    if not cells:
        return svg(HEAD, title, [])
    counts = {(cell.weekday, cell.hour): cell for cell in cells}
    hours = range(min(cell.hour for cell in cells), max(cell.hour for cell in cells) + 1)
    weekdays = sorted({cell.weekday for cell in cells})
    wide, most = min((RIGHT - NAMES_END) / len(hours), WIDEST), max(cell.issued for cell in cells)
    drawn = [text(NAMES_END + wide * (at + 0.5), 20, f"{hour}h", weight=700) for at, hour in enumerate(hours)]
    for line, weekday in enumerate(weekdays):
        y = HEAD + ROW * line
        drawn.append(text(0, y + 21, translate(WEEKDAYS[weekday]), anchor="start", weight=700))
        for column, hour in enumerate(hours):
            drawn += shade(NAMES_END + wide * column, y, wide, counts.get((weekday, hour)), most)
    return svg(HEAD + ROW * len(weekdays) + 6, title, drawn)


def shade(x: float, y: float, wide: float, cell: LoadCell | None, most: int) -> list[str]:
    """A cell with its count, darker the nearer it is to `most`; None: nobody came then."""
    if cell is None or not cell.issued:
        return [rect(x + 1, y + 1, wide - 2, ROW - 2, "none", "#E6DFC9")]
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
        text(x + wide / 2, y + 21, grouped(cell.issued), letters, weight=700, size=13 if wide > CLOSE else 12),
        "</g>",
    ]
