"""Pieces of the dashboard's charts as SVG: what can be looked into, boxes, words, the picture around them.

What can be looked into carries `data-pick`: the list of tickets, ratings or dossiers that it was counted from.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kiosk.reports.charts import INK

WIDTH, RIGHT = 620, 606
NARROW = 256  # a card on a screen 320 pixels wide: letters are as large there as they are drawn
LETTER = 7.5  # about the width of one of 13, bold
WHITE = "#FFFFFF"


def pick(target: str, words: str) -> str:
    """Opens a group, which the caller ends; `target`: "tickets?hour=08"."""
    return (
        f'<g class="pick" data-pick="{escape(target)}" tabindex="0" role="button" aria-label="{escape(words)}">'
        f"<title>{escape(words)}</title>"
    )


def rect(x: float, y: float, wide: float, high: float, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" height="{max(high, 0):.1f}" fill="{fill}" '
        f'stroke="{stroke}"/>'
    )


def text(
    x: float, y: float, words: str, fill: str = INK, weight: int = 500, anchor: str = "middle", size: int = 13
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" font-size="{size}" '
        f'fill="{fill}">{escape(words)}</text>'
    )


def svg(height: int, title: str, drawn: Sequence[str], width: int = WIDTH) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="group" '
        f'aria-label="{escape(title)}" font-family="inherit">{"".join(drawn)}</svg>'
    )
