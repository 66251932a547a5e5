"""Addresses in logs: a citizen's or a device's secret may stand in one, so only plain words of ours are printed."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[a-z][a-z-]{0,19}|v1")


def printable_path(path: str) -> str:
    """`/t/3q…` becomes `/t/…`: whatever is no plain word of an address is left out."""
    return "/".join(part if not part or _PLAIN.fullmatch(part) else "…" for part in path.split("/")[:8])
