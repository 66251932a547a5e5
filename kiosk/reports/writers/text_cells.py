"""How a cell is written: for people with Vietnamese marks, for spreadsheets never as a formula."""

from __future__ import annotations

import re

from contract.catalogues import grouped
from kiosk.reports.document import Cell, Duration, Rate

MISSING = "–"
# What a spreadsheet may take for the beginning of a formula, also behind blanks and marks that nobody sees, and behind
# what another spreadsheet may take for the end of a cell.
_BEGIN = r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]"
_BEGINS = re.compile(_BEGIN)
_WITHIN = re.compile(rf"(?<=[;|])(?={_BEGIN})")
_BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]+")
_GUARDED = frozenset("\0\t\r\n")  # nothing honest begins with one
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


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
    """For CSV: a text that would be taken for a formula gets an apostrophe.

    Also where a spreadsheet that parts cells by semicolons would see one begin. Tabs and ends of lines become blanks:
    a program that parts cells otherwise than we quote them would begin a cell behind them.
    """
    if not isinstance(cell, str):
        return cell
    text = printable(_BREAKS.sub(" ", cell))
    return ("'" if _BEGINS.match(text) or cell[:1] in _GUARDED else "") + _WITHIN.sub("'", text)


def printable(text: str) -> str:
    """Without control characters, which XML and spreadsheets cannot hold."""
    return _UNPRINTABLE.sub("", text)
