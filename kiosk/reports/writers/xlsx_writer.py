"""XLSX: a sheet a table, heads merged as on paper, numbers as numbers, texts never formulas; sums are formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from kiosk.reports.document import BarChart, Cell, Column, Document, Duration, HeadCell, Paragraph, Rate, Table
from kiosk.reports.writers.sheet_chart import add_charts
from kiosk.reports.writers.sheet_sums import sums_of, with_values
from kiosk.reports.writers.text_cells import MISSING, printable
from kiosk.reports.writers.undated import undated

if TYPE_CHECKING:
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

FONT = "Times New Roman"
MOST_TITLE = 31  # letters of a sheet's name
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
HEAD_ROOM = 6  # points, above and below the lines of a head
BOLD = 0.85  # of a cell's width, for bold letters
SIZE, LINE = 11, 1.4  # points of a figure; height of a line
FILLED = 0.9  # of a line, by words that end before its end
SOURCE_SIZE, SOURCE_COLUMNS = 8, 4  # points; it has the width of so many columns at least
MS_PER_MINUTE = 60_000
FORMATS: dict[type, str] = {Rate: "0.00%", Duration: "#,##0.0"}
TEXT_WIDTH = 90.0  # letters, of a sheet that has sentences alone
MM_PER_WIDTH = 1.9  # of a column, at the font's size


def to_xlsx(document: Document) -> bytes:
    """The same bytes for the same document on any day."""
    from openpyxl import Workbook

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    sums: dict[int, dict[str, int]] = {}
    for number, (title, table) in enumerate(document.tables(), start=1):
        name = (title or document.name).translate(FORBIDDEN)[:MOST_TITLE].strip() or str(number)
        sheet = book.create_sheet(name)
        first = _fill(sheet, document, title, table)
        sums[number] = _add_up(sheet, table, first)
        if number == 1:
            _source(sheet, document, max(len(table.columns), SOURCE_COLUMNS))
        add_charts(sheet, [chart for chart in _charts(document) if chart.table is table], first)
    if not book.worksheets:
        sheet = book.create_sheet(document.name[:MOST_TITLE])
        _texts(sheet, document)
        _source(sheet, document, 1)
    out = io.BytesIO()
    book.save(out)
    return undated(with_values(out.getvalue(), sums))


def _add_up(sheet: Worksheet, table: Table, first: int) -> dict[str, int]:
    """Sums become formulas; answers their values by cell. `first`: the row in which the figures begin."""
    values = {}
    for place, row, total in sums_of(table, first):
        cell = sheet.cell(row, place)
        cell.value = f"=SUM({_letters(place)}{first}:{_letters(place)}{row - 1})"
        values[cell.coordinate] = total
    return values


def _charts(document: Document) -> list[BarChart]:
    return [block for part in document.sections for block in part.blocks if isinstance(block, BarChart)]


def _fill(sheet: Worksheet, document: Document, title: str, table: Table) -> int:
    """`title`: of the table, among the others of the report. Answers the row in which the table's figures begin."""
    from openpyxl.styles import Alignment, Font

    width = len(table.columns)
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[_letters(place)].width = _width(column)
    for text in (document.office, *document.heading):
        _line(sheet, text, width, Font(name=FONT, size=12, bold=text == document.office), Alignment(wrap_text=True))
    centred = Alignment(horizontal="center", vertical="center", wrap_text=True)
    _line(sheet, document.title, width, Font(name=FONT, size=14, bold=True), centred)
    _line(sheet, document.period, width, Font(name=FONT, size=12, italic=True), centred)
    if title:
        _line(sheet, title, width, Font(name=FONT, size=12, bold=True), Alignment(wrap_text=True))
    first = sheet.max_row + 2
    _head(sheet, table, first)
    last_head = first + len(table.head) - 1 + (1 if table.numbered else 0)
    for number, lines in enumerate(_head_lines(table), start=first):
        sheet.row_dimensions[number].height = lines * SIZE * LINE + HEAD_ROOM
    for number, row in enumerate(table.rows, start=last_head + 1):
        _row(sheet, number, row.cells, table, row.strong)
        texts = [(cell, column) for cell, column in zip(row.cells, table.columns, strict=True) if isinstance(cell, str)]
        lines = max((_lines(text, _width(column)) for text, column in texts), default=1)
        sheet.row_dimensions[number].height = lines * SIZE * LINE
    sheet.freeze_panes = f"A{last_head + 1}"
    if not any(chart.table is table for chart in _charts(document)):  # a page of a chart needs no head of its table
        sheet.print_title_rows = f"{first}:{last_head}"
    _page(sheet, document)
    return last_head + 1


def _head_lines(table: Table) -> list[int]:
    """How many lines each row of the head takes; a cell over several rows shares them out."""
    lines = [1] * len(table.head)
    for number, place, cell in table.head_cells():
        room = sum(_width(column) for column in table.columns[place : place + cell.columns])
        share = ceil(_lines(cell.text, room * BOLD) / cell.rows)
        for row in range(number, number + cell.rows):
            lines[row] = max(lines[row], share)
    return lines


def _page(sheet: Worksheet, document: Document) -> None:
    """A4, as wide as the table."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape" if document.landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _texts(sheet: Worksheet, document: Document) -> None:
    """A report without a table: nothing was counted, and its sentences say so."""
    from openpyxl.styles import Alignment, Font

    sentences = [block.text for part in document.sections for block in part.blocks if isinstance(block, Paragraph)]
    sheet.column_dimensions["A"].width = TEXT_WIDTH
    for text in (document.office, document.title, document.period, *sentences):
        _line(sheet, text, 1, Font(name=FONT, size=12), Alignment(wrap_text=True))
    _page(sheet, document)


def _source(sheet: Worksheet, document: Document, width: int) -> None:
    """What the workbook was made from, small under its first table, over so many columns."""
    from openpyxl.styles import Alignment, Font

    if not document.source:
        return
    _line(sheet, "", width, Font(name=FONT, size=SOURCE_SIZE), Alignment())
    _line(sheet, document.source, width, Font(name=FONT, size=SOURCE_SIZE), Alignment(wrap_text=True, vertical="top"))


def _lines(text: str, letters: float) -> int:
    """How many lines a text takes in a column as wide as so many letters; words do not fill a line to its end."""
    return max(1, ceil(len(text) / (letters * FILLED)))


def _line(sheet: Worksheet, text: str, width: int, font: Font, alignment: Alignment) -> None:
    """A merged row does not find its height by itself."""
    row = sheet.max_row + 1 if sheet.cell(1, 1).value is not None else 1
    cell = sheet.cell(row, 1)
    _put(cell, text)
    cell.font, cell.alignment = font, alignment
    room = sum(sheet.column_dimensions[_letters(place)].width for place in range(1, width + 1))
    sheet.row_dimensions[row].height = _lines(text, room * SIZE / font.size) * font.size * LINE
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def _head(sheet: Worksheet, table: Table, first: int) -> None:
    for number, place, cell in table.head_cells():
        _head_cell(sheet, cell, first + number, place + 1)
    if table.numbered:
        _row(sheet, first + len(table.head), list(range(1, len(table.columns) + 1)), table, strong=False, centre=True)


def _head_cell(sheet: Worksheet, head: HeadCell, row: int, column: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    thin = Side(style="thin")
    for line in range(row, row + head.rows):
        for place in range(column, column + head.columns):
            sheet.cell(line, place).border = Border(thin, thin, thin, thin)
    cell = sheet.cell(row, column)
    _put(cell, head.text)
    cell.font = Font(name=FONT, size=SIZE, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    if head.rows > 1 or head.columns > 1:
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + head.rows - 1, end_column=column + head.columns - 1
        )


def _row(
    sheet: Worksheet, number: int, cells: Sequence[Cell], table: Table, strong: bool, centre: bool = False
) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    thin = Side(style="thin")
    sides = {"left": "left", "centre": "center", "right": "right"}
    for place, (value, column) in enumerate(zip(cells, table.columns, strict=True), start=1):
        cell = sheet.cell(number, place)
        _put(cell, MISSING if value is None else value)
        cell.font = Font(name=FONT, size=SIZE, bold=strong, italic=centre)
        side = "center" if centre else sides[column.align]
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        cell.border = Border(thin, thin, thin, thin)
        cell.number_format = "#,##0" if isinstance(value, int) else FORMATS.get(type(value), "@")


def _put(cell: Any, value: str | int | Rate | Duration) -> None:
    """A text is stored as text, whatever it begins with: no program takes it for a formula."""
    if isinstance(value, Rate):
        cell.value = MISSING if value.basis_points is None else value.basis_points / 10_000
    elif isinstance(value, Duration):
        cell.value = MISSING if value.ms is None else value.ms / MS_PER_MINUTE
    else:
        cell.value = printable(value) if isinstance(value, str) else value
    if isinstance(cell.value, str):
        cell.data_type = "s"


def _width(column: Column) -> float:
    """In letters of the font's size, as spreadsheets measure columns."""
    return max(6.0, column.width / MM_PER_WIDTH)


def _letters(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place))
