"""Words on the TV from the board's own catalogue."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

CATALOGUE = Path(__file__).parent / "translations"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def _catalogue() -> NullTranslations:
    return translation("board", CATALOGUE, ["vi"], fallback=True)


def say(text: str, **values: object) -> str:
    """The sentence in Vietnamese, in NFC; `values` fill its braces."""
    return unicodedata.normalize("NFC", _catalogue().gettext(text).format(**values))


def long_date(day: date) -> str:
    """ "Thứ Hai, 15 tháng 4 năm 2024"."""
    return say("{weekday}, {day} {month} {year}", weekday=say(WEEKDAYS[day.weekday()]), day=day.day,
               month=day.month, year=day.year)  # fmt: skip
