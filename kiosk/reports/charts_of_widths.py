"""The charts of the dashboard, each drawn for a desk and for a phone."""

from __future__ import annotations

from collections.abc import Sequence

from contract.records import dataclass
from kiosk.reports.dashboard_charts import (
    PHONE,
    FieldBar,
    HourBar,
    QueueSlot,
    RatingSpan,
    on_time_chart,
    queue_chart,
    ratings_chart,
    waiting_chart,
)
from kiosk.reports.load_chart import load_chart
from kiosk.reports.measures.tickets import LoadCell
from kiosk.reports.phone_charts import load_rows, on_time_rows, waiting_rows


@dataclass(frozen=True, slots=True)
class ChartFigures:
    """What the charts of a period are drawn from."""

    hours: Sequence[HourBar]
    cells: Sequence[LoadCell]
    queue: Sequence[QueueSlot]
    spans: Sequence[RatingSpan]
    fields: Sequence[FieldBar]


def charts_of(
    figures: ChartFigures, promise_minutes: int, level_names: Sequence[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """SVG by name: for a desk, and for a phone."""
    wide = {
        "waiting": waiting_chart(figures.hours, promise_minutes),
        "load": load_chart(figures.cells),
        "queue": queue_chart(figures.queue),
        "ratings": ratings_chart(figures.spans, level_names),
        "on_time": on_time_chart(figures.fields),
    }
    narrow = {
        "waiting": waiting_rows(figures.hours, promise_minutes),
        "load": load_rows(figures.cells),
        "queue": queue_chart(figures.queue, PHONE),
        "ratings": ratings_chart(figures.spans, level_names, PHONE),
        "on_time": on_time_rows(figures.fields),
    }
    return wide, narrow
