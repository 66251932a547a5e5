"""Why somebody was held, moved or cancelled, and what ails a device: codes, since the journal keeps no free words."""

from __future__ import annotations

import re

OTHER = "other"  # the words lie apart, where they can be purged

REASONS = (
    "missing-papers",
    "relative",
    "copies",
    "gave-up",
    "wrong-service",
    "second-matter",
    "mistake",
    OTHER,
)
"""Of `ticket.held`, `ticket.transferred` and `ticket.cancelled`. Codes are added, never renamed."""

DEVICE_WORDS = frozenset(
    {"battery", "camera", "clock", "memory", "network", "no_network", "no_printer", "no_sound", "pin", "screen"}
    | {"sound", "storage", "temperature", "touch", OTHER}
)
"""Of a device's report: one of these, with or without a figure ("pin 5 %")."""

_DEVICE_REASON = re.compile(r"([a-z_]{1,24})(?: -?[0-9]{1,4}(?: ?%)?)?")


def is_device_reason(text: str) -> bool:
    match = _DEVICE_REASON.fullmatch(text)
    return match is not None and match[1] in DEVICE_WORDS
