"""How a cell is written: for people with Vietnamese marks, for spreadsheets never as a formula."""

from __future__ import annotations

from contract.catalogues import grouped
from kiosk.reports.document import Cell, Duration, Rate

MISSING = "–"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def shown(cell: Cell) -> str:
    """For people: thousands with dots; a missing figure is a dash, never 0."""
    if isinstance(cell, Rate):
        return percent(cell.basis_points)
    if isinstance(cell, Duration):
        return minutes(cell.ms)
    if cell is None:
        return MISSING
    return grouped(cell) if isinstance(cell, int) else cell


def percent(basis_points: int | None) -> str:
    """9956 → "99,56 %"."""
    return MISSING if basis_points is None else f"{basis_points // 100},{basis_points % 100:02d} %"


def minutes(ms: int | None) -> str:
    """To one decimal, half up: 90 000 ms is 1,5."""
    if ms is None:
        return MISSING
    tenths = (ms + 3000) // 6000
    return f"{grouped(tenths // 10)},{tenths % 10}"


def safe(cell: str | int) -> str | int:
    """For spreadsheets: a text that would be taken for a formula gets an apostrophe; NUL is dropped after it."""
    if not isinstance(cell, str):
        return cell
    guarded = f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
    return guarded.replace("\0", "")
