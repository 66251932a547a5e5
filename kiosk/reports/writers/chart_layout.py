"""Where the bars and words of a chart lie, in millimetres from its upper left corner, for every writer of pages.

Bars lie on their side, each with its label before it and its figure behind it: nothing is told by colour, no axis has
to be read, and a black and white copy says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from contract.records import dataclass
from kiosk.reports.document import BarChart, Cell, Duration, Rate
from kiosk.reports.writers.layout import POINTS_PER_MM, TABLE_PT, width_mm
from kiosk.reports.writers.text_cells import shown

TITLE_MM, ROW_MM, BAR_MM, GAP_MM = 9.0, 7.0, 4.6, 2.5
MOST_LABEL = 0.42  # of the width
WHOLE_BP = 10_000
FILL = 0.45  # grey, from black to white
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Bar:
    left: float
    top: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True)
class Word:
    """`base`: the line it stands on; `left` is where it begins, ends or has its middle, by `anchor`."""

    left: float
    base: float
    text: str
    anchor: Anchor = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """`axis`: the line at which the bars begin."""

    wide: float
    high: float
    bars: Sequence[Bar]
    words: Sequence[Word]
    axis: Bar


def lay_out(chart: BarChart, wide: float) -> ChartLayout:
    """The longest bar takes the room between labels and figures; a rate's is as long as 100 % would be."""
    pairs = [(label, cell, shown(cell)) for label, cell in chart.bars()]
    figure_room = max((width_mm(text, TABLE_PT) for _, _, text in pairs), default=0.0) + GAP_MM
    label_room = min(max((width_mm(label, TABLE_PT) for label, _, _ in pairs), default=0.0), wide * MOST_LABEL) + GAP_MM
    room = wide - label_room - figure_room
    most = max([amount(cell) for _, cell, _ in pairs] + [1])
    if any(isinstance(cell, Rate) for _, cell, _ in pairs):
        most = max(most, WHOLE_BP)
    bars, words = [], [Word(wide / 2, TITLE_MM - 4, chart.title, "middle", bold=True)]
    for place, (label, cell, text) in enumerate(pairs):
        top = TITLE_MM + ROW_MM * place + (ROW_MM - BAR_MM) / 2
        base = top + BAR_MM / 2 + TABLE_PT / POINTS_PER_MM * 0.35
        long = room * amount(cell) / most
        if long:
            bars.append(Bar(label_room, top, long, BAR_MM))
        words.append(Word(label_room - GAP_MM, base, fitted(label, label_room - GAP_MM), "end"))
        words.append(Word(label_room + long + GAP_MM / 2, base, text))
    high = TITLE_MM + ROW_MM * len(pairs)
    return ChartLayout(wide, high + GAP_MM, bars, words, Bar(label_room, TITLE_MM, 0, high - TITLE_MM))


def amount(cell: Cell) -> int:
    """What a bar's length stands for; 0 where nothing was measured."""
    if isinstance(cell, Rate):
        return cell.basis_points or 0
    if isinstance(cell, Duration):
        return cell.ms or 0
    return cell if isinstance(cell, int) else 0


def fitted(text: str, room: float) -> str:
    """A label that is too long ends with three dots; the table beside the chart has it whole."""
    if width_mm(text, TABLE_PT) <= room:
        return text
    while text and width_mm(f"{text}…", TABLE_PT) > room:
        text = text[:-1].rstrip()
    return f"{text}…"
