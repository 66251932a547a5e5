"""CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, one figure a row, no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from kiosk.reports.daily import COUNTS, DailyReport, RatingFigures, TicketFigures
from kiosk.reports.wording import COUNT_WORDS, DIMENSIONS, MISSING, RATED_WITHOUT, WITHOUT, label, translate
from kiosk.reports.writers.text_cells import safe


def to_csv(report: DailyReport, level_names: dict[str, str], source: str = "") -> str:
    """Columns: from, to, grouped by, group, figure, value. Durations are ms, rates hundredths of a percent.

    What belongs to no counter or officer is a group too, so that groups come to the total. `source`: what it was made
    from, in the last row.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([translate(name) for name in ("From", "To", "Grouped by", "Group", "Figure", "Value")])
    for grouped, group, figure, value in _rows(report, level_names):
        shown = MISSING if value is None else value
        cells = [report.first, report.last, translate(grouped), group, figure, shown]
        writer.writerow([safe(cell) for cell in cells])
    if source:
        writer.writerow([report.first, report.last, translate("Source"), "", "", safe(source)])
    return "\ufeff" + out.getvalue()


def _rows(report: DailyReport, level_names: dict[str, str]) -> Iterator[tuple[str, str, str, Any]]:
    yield from (("Total", translate("Whole office"), *pair) for pair in _counts(report.tickets))
    for dimension, title in DIMENSIONS.items():
        for group in report.tickets_by[dimension]:
            yield from ((title, label(dimension, group.key, group.name), *pair) for pair in _counts(group.figures))
        if (others := report.tickets_without(dimension)) is not None:
            yield from ((title, translate(WITHOUT[dimension]), *pair) for pair in _counts(others))
    yield from (("Total", translate("Whole office"), *pair) for pair in _levels(report.ratings, level_names))
    for dimension, title in DIMENSIONS.items():
        for rated in report.ratings_by.get(dimension, ()):
            pairs = _levels(rated.figures, level_names)
            yield from ((title, label(dimension, rated.key, rated.name), *pair) for pair in pairs)
        if (unnamed := report.ratings_without(dimension)) is not None:
            yield from ((title, translate(RATED_WITHOUT[dimension]), *pair) for pair in _levels(unnamed, level_names))


def _counts(figures: TicketFigures) -> Iterator[tuple[str, Any]]:
    for name in COUNTS:
        yield translate(COUNT_WORDS[name]), figures.count(name)
    yield translate("No-show rate (0.01 %)"), figures.no_show_rate_bp
    for title, spread in (("Waiting time (ms)", figures.waiting_ms), ("Service time (ms)", figures.service_ms)):
        for text, value in (("count", spread.count), ("median", spread.median), ("90th percentile", spread.p90)):
            yield f"{translate(title)}: {translate(text)}", value


def _levels(figures: RatingFigures, level_names: dict[str, str]) -> Iterator[tuple[str, Any]]:
    yield translate("Ratings"), figures.count
    for level, count in figures.levels.items():
        yield f"{translate('Ratings')}: {level_names.get(level, level)}", count
    yield translate("Satisfied (0.01 %)"), figures.satisfied_rate_bp
