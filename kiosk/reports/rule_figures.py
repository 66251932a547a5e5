"""What the figures of a dated rule look like, so that a wrong one is told where it is read and not where it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], bool]
MOST_BP, DAYS_OF_A_MONTH = 10_000, 31


def _whole(least: int, most: int) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _pairs(first: Check, second: Check) -> Check:
    def check(value: object) -> bool:
        if not isinstance(value, list) or not value:
            return False
        return all(isinstance(one, list) and len(one) == 2 and first(one[0]) and second(one[1]) for one in value)

    return check


def _is_sum(value: object) -> bool:
    return type(value) in (int, float)


_SHARE = (_whole(0, MOST_BP), "3000")
# Of a rule that is counted with: what each of its figures must be, and how one is written.
FIGURES: Mapping[str, Mapping[str, tuple[Check, str]]] = {
    "criteria": {
        "most_points": (_whole(1, 100), "2"),
        "bands": (_pairs(_is_sum, _is_text), '[[15.1, "xuất sắc"], [0, "yếu"]]'),
        "bands_in_words": (_is_text, '"trên 15 điểm xuất sắc; dưới 6 yếu"'),
        "online_full_bp": _SHARE,
        "online_half_bp": _SHARE,
        "procedures_full_bp": _SHARE,
    },
    "index": {"groups": (_pairs(_is_text, _whole(0, 1000)), '[["progress", 20], ["online", 12]]')},
    "periods": {"cut_day": (_whole(1, DAYS_OF_A_MONTH), "14")},
}
TEXTS: Mapping[str, tuple[Check, str]] = {
    "key": (_is_text, '"criteria"'),
    "value": (_is_text, '"Bộ chỉ số 2027"'),
    "source": (_is_text, '"Thông tư 01/2027/TT-VPCP"'),
}


def figures_of(table: Mapping[str, Any]) -> Mapping[str, tuple[Check, str]]:
    """Those that a rule of this key is counted with."""
    key = table.get("key")
    return FIGURES.get(key, {}) if isinstance(key, str) else {}


def wrong_value(table: Mapping[str, Any]) -> tuple[str, str] | None:
    """The first value of a rule or form that cannot be used, by its name, and how one is written."""
    for name, (is_right, example) in {**TEXTS, **figures_of(table)}.items():
        if name in table and not is_right(table[name]):
            return name, example
    return None
