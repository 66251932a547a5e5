"""The colours of the TV; every pair of words and ground that is drawn reaches 7 to 1 (WCAG 2 contrast)."""

from __future__ import annotations

NIGHT, PANEL, WHITE, GREY_WHITE = "#101814", "#1A2620", "#FFFFFF", "#DDE5DE"
INK, GOLD, MINT, BRICK = "#1D1A16", "#F4B81B", "#7FC79B", "#A8261B"
ZERO, STALE, STALE_FILL, STALE_BOX, LINE = "#A9B5AD", "#A9B5AD", "#3A4640", "#A9B5AD", "#33413A"
MEDIUM, BOLD, EXTRA = "Medium", "Bold", "ExtraBold"


def between(first: str, second: str, share: float) -> str:
    """The colour `share` of the way from the first to the second (#RRGGBB)."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)
