"""CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, one figure a row, no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from kiosk.reports.daily import COUNTS, Figures
from kiosk.reports.words import COUNT_WORDS, DIMENSIONS, MISSING, label, word

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
SPREADS = {"waiting_ms": "Waiting time (ms)", "service_ms": "Service time (ms)"}
SPREAD_WORDS = {"count": "count", "median": "median", "p90": "90th percentile"}


def to_csv(figures: Figures, level_names: dict[str, str]) -> str:
    """Columns: from, to, grouped by, group, figure, value. Durations are ms, rates hundredths of a percent."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([word(name) for name in ("From", "To", "Grouped by", "Group", "Figure", "Value")])
    for grouped, group, figure, value in _rows(figures, level_names):
        shown = MISSING if value is None else value
        cells = [figures["from"], figures["to"], word(grouped), group, figure, shown]
        writer.writerow([safe(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def safe(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; NUL is dropped after it."""
    if not isinstance(cell, str):
        return cell
    guarded = f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return guarded.replace("\0", "")


def _rows(figures: Figures, level_names: dict[str, str]) -> Iterator[tuple[str, str, str, Any]]:
    yield from (("Total", word("Whole office"), *pair) for pair in _counts(figures["total"]))
    for dimension, title in DIMENSIONS.items():
        for group in figures[dimension]:
            yield from ((title, label(dimension, group), *pair) for pair in _counts(group))
    ratings = figures["ratings"]
    yield from (("Total", word("Whole office"), *pair) for pair in _levels(ratings["total"], level_names))
    for dimension, title in DIMENSIONS.items():
        for group in ratings.get(dimension, []):
            yield from ((title, label(dimension, group), *pair) for pair in _levels(group, level_names))


def _counts(group: Figures) -> Iterator[tuple[str, Any]]:
    for name in COUNTS:
        yield word(COUNT_WORDS[name]), group[name]
    yield word("No-show rate (0.01 %)"), group["no_show_rate_bp"]
    for spread, title in SPREADS.items():
        for name, text in SPREAD_WORDS.items():
            yield f"{word(title)}: {word(text)}", group[spread][name]


def _levels(group: Figures, level_names: dict[str, str]) -> Iterator[tuple[str, Any]]:
    yield word("Ratings"), group["count"]
    for level, count in group["levels"].items():
        yield f"{word('Ratings')}: {level_names.get(level, level)}", count
    yield word("Satisfied (0.01 %)"), group["satisfied_rate_bp"]
