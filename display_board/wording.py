"""Words on the TV from the board's own catalogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from contract.catalogues import Catalogue

CATALOGUE = Catalogue(Path(__file__).parent / "translations", "board")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
translate = CATALOGUE.translate


def long_date(day: date) -> str:
    """For example "Thứ Hai, 15 tháng 4 năm 2024"."""
    weekday = translate(WEEKDAYS[day.weekday()])
    return translate("{weekday}, {day} {month} {year}", weekday=weekday, day=day.day, month=day.month, year=day.year)
