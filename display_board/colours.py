"""The colours of the TV and their sizes of type."""

from __future__ import annotations

NIGHT, PANEL, WHITE, GREY_WHITE = "#101814", "#1A2620", "#FFFFFF", "#DDE5DE"
INK, GOLD, MINT, BRICK = "#1D1A16", "#F4B81B", "#7FC79B", "#A8261B"
ZERO, STALE, STALE_FILL, STALE_BOX, LINE = "#93A098", "#7C877F", "#3A4640", "#8B938C", "#33413A"
MEDIUM, BOLD, EXTRA = "Medium", "Bold", "ExtraBold"
