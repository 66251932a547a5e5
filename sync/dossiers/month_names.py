"""Days whose month has a name, as spreadsheets, browsers and people write them: "02-Mar-26", "2 Tháng Ba, 2026".

A month that has a name is never taken for a day, so that each of these orders can be read in one way only. A year of
two figures stands last after the month, and nowhere else.
"""

from __future__ import annotations

import re

_ENGLISH = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WORDS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
_MONTHS = {
    **{name: number for number, name in enumerate(_ENGLISH, start=1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH, start=1)},
    **{name: number for number, name in enumerate(_WORDS, start=1)},
    **{"sept": 9, "giêng": 1, "bốn": 4, "bẩy": 7},
}
_VIETNAMESE = "|".join(sorted((*_WORDS, "giêng", "bốn", "bẩy"), key=len, reverse=True))
_LATIN = "|".join(sorted((name for name in _MONTHS if name.isascii() and name not in _WORDS), key=len, reverse=True))
_MONTH = rf"(?:th(?:áng|ang|g) ?(?P<word>\d\d?|{_VIETNAMESE})|(?P<name>{_LATIN}))\b\.?"
_DAY = r"(?<![\w:/.-])(?P<day>\d\d?)(?:st|nd|rd|th)?"
_GAP = r"(?: ?[-/,.] ?| )"
_ORDERS = tuple(
    re.compile(order, re.IGNORECASE)
    for order in (
        rf"{_DAY}{_GAP}{_MONTH}(?:{_GAP}| n[ăa]m )(?P<year>\d{{4}}|\d\d(?= ?$|[ ,]))(?!\d)",
        rf"\b{_MONTH}{_GAP}(?P<day>\d\d?)(?:st|nd|rd|th)?(?: ?, ?| |-)(?P<year>\d{{4}})(?!\d)",
        rf"(?<![\w:/.-])(?P<year>\d{{4}}){_GAP}{_MONTH}{_GAP}(?P<day>\d\d?)(?!\d)",
    )
)


def with_numbers(text: str) -> str:
    """The text with such a day as "2/3/2026"; as it is where there is none."""
    for order in _ORDERS:
        if match := order.search(text):
            word = (match["word"] or match["name"]).lower()
            month = int(word) if word.isdecimal() else _MONTHS[word]
            year = match["year"] if len(match["year"]) == 4 else f"20{match['year']}"
            if 1 <= month <= 12:
                return f"{text[: match.start()]}{match['day']}/{month}/{year}{text[match.end() :]}"
    return text
