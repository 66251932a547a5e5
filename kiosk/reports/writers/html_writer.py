"""HTML that needs nothing else: on A4 it prints as it looks on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from kiosk.reports.document import (
    BarChart,
    Block,
    Document,
    DocumentSection,
    HeadCell,
    Paragraph,
    Signature,
    Table,
    TableRow,
)
from kiosk.reports.writers.chart_layout import FILL, Word, lay_out
from kiosk.reports.writers.layout import POINTS_PER_MM, TABLE_PT, text_area_mm, width_mm
from kiosk.reports.writers.text_cells import shown

STYLE = """
@page { size: A4 %s; margin: 20mm 15mm 20mm 30mm }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: %s; padding: 24px; background: #fff; color: #000;
  font: 15px/1.4 "Times New Roman", "Liberation Serif", serif; -webkit-print-color-adjust: exact;
  print-color-adjust: exact }
header { display: flex; justify-content: space-between; gap: 24px }
header p { margin: 0; text-align: center }
header p:last-child { text-align: left }
h1 { font-size: 18px; text-align: center; margin: 20px 0 4px; text-transform: uppercase }
h2 { font-size: 16px; margin: 20px 0 8px; break-after: avoid }
.period, .unit { text-align: center; margin: 0 0 4px; font-style: italic }
.unit { text-align: right }
table { border-collapse: collapse; width: 100%%; font-size: 14px }
th, td { border: 1px solid #000; padding: 4px 6px; text-align: right; font-variant-numeric: tabular-nums }
th { text-align: center; font-weight: 700 }
td.left { text-align: left }
td.centre { text-align: center }
tr.strong td { font-weight: 700 }
tr.numbers th { font-weight: 400; font-style: italic; font-size: 12px }
thead { display: table-header-group }
tr { break-inside: avoid }
svg { display: block; width: 100%%; height: auto; margin: 12px 0; break-inside: avoid }
.signatures { display: flex; justify-content: space-around; margin-top: 32px; text-align: center; break-inside: avoid }
.signatures b { display: block; min-height: 84px }
footer { margin-top: 24px; color: #444; font-size: 11px }
@media print { body { padding: 0; max-width: none } }
"""


def to_html(document: Document) -> bytes:
    """A whole document, in Vietnamese."""
    style = STYLE % (("landscape", "1200px") if document.landscape else ("portrait", "820px"))
    parts = [
        f"<header><p><b>{escape(document.office)}</b></p><p>{'<br>'.join(map(escape, document.heading))}</p></header>",
        f"<h1>{escape(document.title)}</h1>",
        f'<p class="period">{escape(document.period)}</p>',
        *(_section(section) for section in document.sections if not section.annex),
        *(f"<p>{escape(note)}</p>" for note in document.notes),
        _signatures(document.signatures),
        *(_section(section) for section in document.sections if section.annex),
        f"<footer>{escape(document.source)}</footer>" if document.source else "",
    ]
    head = f'<meta charset="utf-8"><title>{escape(document.title)}</title><style>{style}</style>'
    page = f'<!doctype html>\n<html lang="vi"><head>{head}</head><body>{"".join(parts)}</body></html>\n'
    return page.encode()


def _section(section: DocumentSection) -> str:
    title = f"<h2>{escape(section.title)}</h2>" if section.title else ""
    return f"<section>{title}{''.join(map(_block, section.blocks))}</section>"


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        text = escape(block.text)
        return f"<p><b>{text}</b></p>" if block.strong else f"<p>{text}</p>"
    if isinstance(block, BarChart):
        return _chart(block)
    return f"<table><thead>{''.join(_head(block))}</thead><tbody>{''.join(_rows(block))}</tbody></table>"


def _word(word: Word) -> str:
    """As long as it was reckoned to be, whatever typeface the reader's machine puts in place of ours."""
    length = f'textLength="{width_mm(word.text, TABLE_PT, word.bold):.2f}" lengthAdjust="spacingAndGlyphs"'
    return (
        f'<text x="{word.left:.2f}" y="{word.base:.2f}" text-anchor="{word.anchor}" {length}'
        f' font-weight="{700 if word.bold else 400}">{escape(word.text)}</text>'
    )


def _chart(chart: BarChart) -> str:
    drawn = lay_out(chart, text_area_mm(landscape=False))
    grey, axis = round(255 * FILL), drawn.axis
    bars = "".join(
        f'<rect x="{bar.left:.2f}" y="{bar.top:.2f}" width="{bar.wide:.2f}" height="{bar.high:.2f}"/>'
        for bar in drawn.bars
    )
    words = "".join(map(_word, drawn.words))
    line = f'<path d="M{axis.left:.2f} {axis.top:.2f}v{axis.high:.2f}" stroke="#000" stroke-width=".3"/>'
    values = escape("; ".join(f"{label}: {shown(cell)}" for label, cell in chart.bars()))
    return (
        f'<svg viewBox="0 0 {drawn.wide:.2f} {drawn.high:.2f}" role="img" aria-label="{escape(chart.title)}: {values}" '
        f'font-size="{TABLE_PT / POINTS_PER_MM:.3f}"><g fill="rgb({grey},{grey},{grey})">{bars}</g>{line}{words}</svg>'
    )


def _head(table: Table) -> Iterator[str]:
    for cells in table.head:
        yield f"<tr>{''.join(map(_head_cell, cells))}</tr>"
    if table.numbered:
        numbers = "".join(f"<th>{number}</th>" for number in range(1, len(table.columns) + 1))
        yield f'<tr class="numbers">{numbers}</tr>'


def _head_cell(cell: HeadCell) -> str:
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    return f"<th{spans}>{escape(cell.text)}</th>"


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        strong = ' class="strong"' if row.strong else ""
        yield f"<tr{strong}>{''.join(_cells(row, table))}</tr>"


def _cells(row: TableRow, table: Table) -> Iterator[str]:
    for cell, column in zip(row.cells, table.columns, strict=True):
        kind = "" if column.align == "right" else f' class="{column.align}"'
        yield f"<td{kind}>{escape(shown(cell))}</td>"


def _signatures(signatures: Sequence[Signature]) -> str:
    if not signatures:
        return ""
    blocks = (f"<div><b>{'<br>'.join(map(escape, one.lines))}</b>{escape(one.name)}</div>" for one in signatures)
    return f'<div class="signatures">{"".join(blocks)}</div>'
