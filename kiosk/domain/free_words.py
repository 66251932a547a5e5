"""Words that people type where a code is expected: what of them is a code, and what has to lie apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from contract.reasons import OTHER, is_device_reason

REASON, HELP, HEARTBEAT = "reason", "help", "heartbeat"  # kinds of free texts; each about one thing
PLACES = frozenset({"kiosk", "tablet", "filing", "counter", "board", "hall", "entrance"})
MOST_FIGURE = 10_000_000  # a telephone or ID number is longer
_PLAIN_NAME = re.compile(r"[a-z][a-z_]{0,23}")


def text_id(kind: str, about: str) -> str:
    """The key of the one text of a kind about something."""
    return f"{kind}/{about}"


def without_words(report: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a device says of itself as codes, flags and figures; and the rest, its free words."""
    kept = {name: value for name, value in report.items() if _is_plain(name, value)}
    if report.get("state") is not None and "state" not in kept:
        kept["state"] = "fault"
    if report.get("reason") is not None and "reason" not in kept:
        kept["reason"] = OTHER
    return kept, {name: value for name, value in report.items() if name not in kept or kept[name] != value}


def _is_plain(name: str, value: object) -> bool:
    if not _PLAIN_NAME.fullmatch(name):
        return False
    if name == "reason":
        return value is None or (isinstance(value, str) and is_device_reason(value))
    if isinstance(value, str):
        return _PLAIN_NAME.fullmatch(value) is not None
    return value is None or (isinstance(value, int | float) and abs(value) < MOST_FIGURE)
