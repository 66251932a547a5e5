"""Lines, rules and tables of a PDF page, in one typeface."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Literal

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, LongTable, Spacer
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from contract.records import dataclass
from kiosk.reports.document import BarChart, Table, TableRow
from kiosk.reports.writers import layout
from kiosk.reports.writers.chart_layout import FILL, lay_out
from kiosk.reports.writers.text_cells import shown

Side = Literal["left", "centre", "right", "both"]
SIDES = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT, "both": TA_JUSTIFY}
LEAD = 1.2  # from one line to the next, of the line's size: between single and one and a half
RULE_PT, RULE_ROOM_PT, GRID_PT, CELL_PT, GAP_PT = 0.75, 8, 0.5, 2, 12
LONG_ROWS = 200


@dataclass(frozen=True, slots=True)
class Density:
    """What may be set closer, so that a form keeps to one page, within what the decree allows: sizes of tables,
    of notes and the title, padding of cells, room between parts and for signatures.
    """

    table_pt: float
    note_pt: float
    cell_pt: float
    lead: float
    gap_pt: float
    signature_mm: float


def plain() -> Density:
    return Density(layout.TABLE_PT, layout.BODY_PT, CELL_PT, LEAD, GAP_PT, layout.SIGNATURE_MM)


def dense() -> Density:
    return Density(layout.DENSE_TABLE_PT, layout.DENSE_BODY_PT, 1, 1.15, 6, layout.DENSE_SIGNATURE_MM)


@cache
def register_fonts() -> None:
    for bold, italic in layout.FACES:
        registerFont(TTFont(face(bold, italic), layout.font_file(bold, italic)))


def face(bold: bool = False, italic: bool = False) -> str:
    return f"LiberationSerif-{layout.FACES[bold, italic]}"


def line(
    text: str,
    size: float,
    side: Side,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    in_mm: float = 0,
    lead: float | None = None,
) -> Flowable:
    """`size`, `before` in points; `in_mm`: from the left margin; `lead`: from line to line, of the size. No markup is
    read from the text.
    """
    return Text(_set(text), _style(size, side, bold, italic, before, in_mm, lead=lead or LEAD))


def centred(text: str, bold: bool = False, italic: bool = False, size: float | None = None) -> Flowable:
    return line(text, size or layout.BODY_PT, "centre", bold, italic)


def body(text: str, bold: bool = False, with_next: bool = False, size: float | None = None) -> Flowable:
    """A paragraph of the text: justified, its first line indented; a heading stays with what follows."""
    return Text(
        _set(text), _style(size or layout.BODY_PT, "both", bold, False, layout.PARAGRAPH_PT, 0, True, with_next)
    )


def rule(length_mm: float) -> Flowable:
    """A solid line in the middle, close under the line of text above it."""
    return _Rule(length_mm * mm)


class _Rule(Flowable):  # type: ignore[misc] # reportlab has no types
    """The library's own rule stands at the left in a cell."""

    def __init__(self, length: float) -> None:
        super().__init__()
        self.length, self.room = length, 0.0

    def wrap(self, wide: float, _: float) -> tuple[float, float]:
        self.room = wide
        return wide, RULE_ROOM_PT

    def draw(self) -> None:
        left = max(0.0, self.room - self.length) / 2
        self.canv.setLineWidth(RULE_PT)
        self.canv.line(left, RULE_ROOM_PT - 3, left + min(self.length, self.room), RULE_ROOM_PT - 3)


def side_by_side(blocks: Sequence[Sequence[Flowable]], widths_mm: Sequence[float]) -> Flowable:
    """Blocks that begin level and reach to the margins."""
    cells = [list(block) or [Spacer(0, 0)] for block in blocks]
    bare = [("VALIGN", (0, 0), (-1, -1), "TOP"), *((f"{edge}PADDING", (0, 0), (-1, -1), 0) for edge in EDGES)]
    return Grid([cells], [width * mm for width in widths_mm], style=bare, hAlign="LEFT")


EDGES = ("LEFT", "RIGHT", "TOP", "BOTTOM")


def table(made: Table, width_mm: float, density: Density | None = None) -> Flowable:
    """Ruled, as wide as the text, its head on each page again; a figure stands at the right of its cell."""
    share = width_mm / sum(column.width for column in made.columns)
    widths = [column.width * share * mm for column in made.columns]
    close = density or plain()
    gap = close.gap_pt / 2
    head, spans = _head(made, close)
    rows = [*head, *(_row(made, row, close) for row in made.rows)]
    style = [
        ("GRID", (0, 0), (-1, -1), GRID_PT, black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *((f"{edge}PADDING", (0, 0), (-1, -1), CELL_PT) for edge in EDGES[:2]),
        *((f"{edge}PADDING", (0, 0), (-1, -1), close.cell_pt) for edge in EDGES[2:]),
        *spans,
    ]
    kind = LongTable if len(rows) > LONG_ROWS else Grid
    return kind(rows, widths, repeatRows=len(head), style=style, hAlign="LEFT", spaceBefore=gap, spaceAfter=gap)


class ChartBars(Flowable):  # type: ignore[misc] # reportlab has no types
    """A chart as wide as the text, never parted by the end of a page."""

    def __init__(self, made: BarChart, width_mm: float) -> None:
        super().__init__()
        self.drawn = lay_out(made, width_mm)
        self.spaceBefore = layout.PARAGRAPH_PT

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        return self.drawn.wide * mm, self.drawn.high * mm

    def draw(self) -> None:
        canvas, high = self.canv, self.drawn.high
        canvas.setFillGray(FILL)
        for bar in self.drawn.bars:
            canvas.rect(bar.left * mm, (high - bar.top - bar.high) * mm, bar.wide * mm, bar.high * mm, stroke=0, fill=1)
        axis = self.drawn.axis
        canvas.setLineWidth(GRID_PT)
        canvas.line(axis.left * mm, (high - axis.top) * mm, axis.left * mm, (high - axis.top - axis.high) * mm)
        canvas.setFillGray(0)
        put = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
        for word in self.drawn.words:
            canvas.setFont(face(word.bold), layout.TABLE_PT)
            put[word.anchor](word.left * mm, (high - word.base) * mm, word.text)


def _head(made: Table, close: Density) -> tuple[list[list[Flowable | str]], list[tuple[object, ...]]]:
    rows: list[list[Flowable | str]] = [[""] * len(made.columns) for _ in made.head]
    spans: list[tuple[object, ...]] = []
    for number, place, cell in made.head_cells():
        rows[number][place] = line(cell.text, close.table_pt, "centre", bold=True, lead=close.lead)
        spans.append(("SPAN", (place, number), (place + cell.columns - 1, number + cell.rows - 1)))
    if made.numbered:
        size = layout.NUMBERS_PT
        rows.append(
            [
                line(str(number), size, "centre", italic=True, lead=close.lead)
                for number in range(1, len(made.columns) + 1)
            ]
        )
    return rows, spans


def _row(made: Table, row: TableRow, close: Density) -> list[Flowable]:
    return [
        line(shown(cell), close.table_pt, column.align, bold=row.strong, lead=close.lead)
        for cell, column in zip(row.cells, made.columns, strict=True)
    ]


def _set(text: str) -> str:
    """A rate is not broken before its sign."""
    return escape(text.replace(" %", "\u00a0%"), quote=False)


@cache
def _style(
    size: float,
    side: Side,
    bold: bool,
    italic: bool,
    before: float,
    in_mm: float,
    indented: bool = False,
    with_next: bool = False,
    lead: float | None = None,
) -> ParagraphStyle:
    return ParagraphStyle(
        f"{size}{side}{bold}{italic}{before}{in_mm}{indented}{with_next}{lead}",
        leftIndent=in_mm * mm,
        fontName=face(bold, italic),
        fontSize=size,
        leading=size * (lead or LEAD),
        alignment=SIDES[side],
        firstLineIndent=layout.FIRST_LINE_MM * mm if indented else 0,
        spaceBefore=before,
        keepWithNext=with_next,
        splitLongWords=True,
        allowWidows=0,
        allowOrphans=0,
    )
