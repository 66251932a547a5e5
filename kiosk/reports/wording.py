"""How figures are written for people: Vietnamese words, decimal comma, minutes; a missing figure is a dash."""

from __future__ import annotations

from datetime import date

from kiosk.i18n.catalogues import catalogue

MISSING = "–"
COUNT_WORDS = {
    "issued": "Issued",
    "served": "Served",
    "no_show": "No-show",
    "abandoned": "Left unserved",
    "cancelled": "Cancelled",
    "open": "Still open",
}
DIMENSIONS = {
    "by_service": "By service",
    "by_counter": "By counter",
    "by_clerk": "By clerk",
    "by_hour": "By hour of issue",
}
# Rows for what belongs to no group, so that the rows come to the total.
WITHOUT = {"by_counter": "Called to no counter", "by_clerk": "No officer recorded"}
RATED_WITHOUT = {"by_counter": "No counter recorded", "by_clerk": "No officer recorded"}

translate = catalogue("reports").translate


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


def label(dimension: str, key: str, name: str) -> str:
    """What a row of a table is called."""
    if dimension == "by_hour":
        return translate("{hour}:00 to {hour}:59", hour=key)
    return name
