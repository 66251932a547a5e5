"""How figures are written for people: Vietnamese words, decimal comma, minutes; a missing figure is a dash."""

from __future__ import annotations

from datetime import date
from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

MISSING = "–"
COUNT_WORDS = {
    "issued": "Issued", "served": "Served", "no_show": "No-show", "abandoned": "Left unserved",
    "cancelled": "Cancelled", "open": "Still open",
}  # fmt: skip
DIMENSIONS = {
    "by_service": "By service", "by_counter": "By counter", "by_clerk": "By clerk", "by_hour": "By hour of issue",
}  # fmt: skip


@cache
def _catalogue() -> NullTranslations:
    return translation("reports", Path(__file__).parent.parent / "translations", ["vi"], fallback=True)


def word(text: str) -> str:
    """The Vietnamese word of an English one."""
    return _catalogue().gettext(text) if text else ""


def count(number: int) -> str:
    """With a dot between thousands: 1234 is 1.234."""
    return f"{number:,}".replace(",", ".")


def minutes(ms: int | None) -> str:
    """Minutes to one decimal, half rounded up: 90 000 ms is 1,5."""
    if ms is None:
        return MISSING
    tenths = (ms + 3000) // 6000
    return f"{tenths // 10},{tenths % 10}"


def percent(bp: int | None) -> str:
    return MISSING if bp is None else f"{bp // 100},{bp % 100:02d} %"


def day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def label(dimension: str, group: dict[str, str]) -> str:
    """What a row of a table is called."""
    if dimension == "by_hour":
        return word("{hour}:00 to {hour}:59").format(hour=group["key"])
    return group["name"]
