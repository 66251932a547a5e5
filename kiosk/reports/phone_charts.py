"""Charts of the dashboard for a phone: rows from above, so that nothing is cut, pushed along or too small."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from contract.catalogues import grouped
from kiosk.reports.charts import BRICK, EDGE, FOREST, INK
from kiosk.reports.dashboard_charts import (
    GRID,
    SOFT,
    FieldBar,
    HourBar,
    in_minutes,
    round_step,
    short_minutes,
)
from kiosk.reports.load_chart import shade
from kiosk.reports.measures.tickets import LoadCell
from kiosk.reports.svg import LETTER, NARROW, WHITE, pick, rect, svg, text
from kiosk.reports.wording import percent, translate

AXIS, END, TOP, ROW = 100, NARROW - 26, 22, 34
FIELD_ROW, BAR_END, HEAD = 48, 104, 26
HOUR_END, CELL, WIDEST = 34, 32, 60
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def waiting_rows(hours: Sequence[HourBar], promise_minutes: int) -> str:
    """A row an hour; bar: half waited at most this; line on: nine of ten; dashed: what the office promised."""
    unit = round_step(max([promise_minutes + 3, *(in_minutes(one.p90) for one in hours)]), 3)
    top = -(-max([promise_minutes + 3, *(in_minutes(one.p90) for one in hours)]) // unit) * unit
    high = TOP + ROW * len(hours)
    drawn = []
    for value in range(0, int(top) + 1, unit):
        x = AXIS + (END - AXIS) * value / top
        drawn.append(f'<path d="M{x:.1f} {TOP}V{high}" stroke="{GRID if value else EDGE}" stroke-width="1.5"/>')
        drawn.append(text(x, TOP - 7, grouped(value), SOFT))
    x = AXIS + (END - AXIS) * promise_minutes / top
    drawn.append(f'<path d="M{x:.1f} {TOP}V{high}" stroke="{BRICK}" stroke-width="2" stroke-dasharray="7 5"/>')
    for place, one in enumerate(hours):
        drawn += _hour(one, TOP + ROW * place, (END - AXIS) / top)
    return svg(high + 6, translate("Waiting time by hour (minutes)"), drawn, NARROW)


def _hour(one: HourBar, y: float, scale: float) -> list[str]:
    """`scale`: pixels a minute. The median stands behind the bar and its line."""
    words = translate("{hour}h: {count} tickets", hour=one.hour, count=grouped(one.issued))
    drawn = [pick(f"tickets?hour={one.hour:02d}", words)]
    if one.median is not None:
        median, most = AXIS + in_minutes(one.median) * scale, AXIS + in_minutes(one.p90) * scale
        middle, number = y + ROW / 2, short_minutes(one.median)
        wide = LETTER * len(number)
        x = min(most + 4, NARROW - 2 - wide)
        drawn += [
            rect(AXIS, y + 6, max(median - AXIS, 3), ROW - 12, FOREST),
            f'<path d="M{median:.1f} {middle}H{most:.1f}M{most:.1f} {middle - 6}V{middle + 6}" stroke="{INK}" '
            f'stroke-width="2"/>',
            rect(x - 1, middle - 8, wide + 2, 16, WHITE),  # no line goes through it
            text(x, middle + 5, number, weight=700, anchor="start"),
        ]
    return [
        *drawn,
        rect(0, y, NARROW, ROW, "transparent"),
        text(0, y + 22, f"{one.hour}h", weight=700, anchor="start"),
        text(AXIS - 6, y + 22, translate("{count} tickets", count=grouped(one.issued)), SOFT, anchor="end", size=12),
        "</g>",
    ]


def load_rows(cells: Sequence[LoadCell]) -> str:
    """A row an hour from the first to the last, a column a weekday that had a ticket."""
    title = translate("When people come: numbers taken by weekday and hour")
    if not cells:
        return svg(HEAD, title, [], NARROW)
    counts = {(cell.weekday, cell.hour): cell for cell in cells}
    hours = range(min(cell.hour for cell in cells), max(cell.hour for cell in cells) + 1)
    weekdays = sorted({cell.weekday for cell in cells})
    wide, most = min((NARROW - HOUR_END) / len(weekdays), WIDEST), max(cell.issued for cell in cells)
    places = [HOUR_END + wide * at for at in range(len(weekdays))]
    drawn = [
        text(x + wide / 2, 18, translate(WEEKDAYS[weekday]), weight=700)
        for x, weekday in zip(places, weekdays, strict=True)
    ]
    for line, hour in enumerate(hours):
        y = HEAD + CELL * line
        drawn.append(text(0, y + 21, f"{hour}h", anchor="start", weight=700))
        for x, weekday in zip(places, weekdays, strict=True):
            drawn += shade(x, y, wide, counts.get((weekday, hour)), most)
    return svg(HEAD + CELL * len(hours) + 6, title, drawn, NARROW)


def on_time_rows(fields: Sequence[FieldBar]) -> str:
    """Two lines a field: its name, under it its rate as a bar of 100 % and the counts that it is of."""
    drawn: list[str] = []
    for place, one in enumerate(fields):
        y = FIELD_ROW * place
        counts = f"{grouped(one.kept)} / {grouped(one.resolved)}"
        words = f"{one.field}: {counts}, {percent(one.rate_bp)}"
        part = (one.rate_bp or 0) / 10_000 * BAR_END
        drawn += [
            pick(f"dossiers?field={quote(one.field)}&standing=resolved", words),
            text(0, y + 14, one.field if len(one.field) <= 33 else f"{one.field[:32]}…", anchor="start"),
            rect(0, y + 20, BAR_END, 18, "#F1E8D3", EDGE),
            rect(0, y + 20, part, 18, FOREST),
            text(NARROW - 66, y + 34, counts, SOFT, anchor="end", size=12),
            text(NARROW, y + 34, percent(one.rate_bp), weight=700, anchor="end", size=12),
            "</g>",
        ]
    return svg(4 + FIELD_ROW * max(len(fields), 1), translate("On time by field"), drawn, NARROW)
