"""DOCX in the layout of administrative documents: Nghị định 30/2020/NĐ-CP, Phụ lục I.

A4; margins 21, 20, 30 and 15 mm; Times New Roman; state name, motto, number, place and date at the top; page numbers
in the top margin from page 2 on; signature and recipients at the end.
"""

from __future__ import annotations

import io
from math import ceil
from typing import TYPE_CHECKING, Any

from kiosk.reports.document import BarChart, Block, Document, DocumentSection, Paragraph, Table
from kiosk.reports.writers import layout
from kiosk.reports.writers.text_cells import shown
from kiosk.reports.writers.undated import undated
from kiosk.reports.writers.word import (
    FONT,
    LAST_ROWS,
    align_paragraph,
    begin_at_margin,
    count_pages_anew,
    insert_field,
    keep_end,
    keep_together,
    keep_whole,
    part_from_above,
    repeat_on_each_page,
    set_fonts,
    write_line,
)
from kiosk.reports.writers.word_chart import add_chart
from kiosk.reports.writers.word_letter import write_end, write_head
from kiosk.reports.writers.word_rows import copy_rows

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MOST_KEPT = 24  # lines of a table that no page parts, without its head; a longer one goes on on the next page
FILLED = 0.85  # of a cell's width, by words that end before its end and by its margins
FIRST_ROWS = 2  # of a longer one: so many stay with the head


def to_docx(document: Document) -> bytes:
    """The same bytes for the same document on any day."""
    import docx

    word = docx.Document()
    _page(word, document.landscape)
    width_mm = layout.text_area_mm(document.landscape)
    sizes = layout.word_sizes(document)
    write_head(word, document, width_mm, sizes)
    for section in document.sections:
        if not section.annex:
            _section(word, section, width_mm, sizes)
    for note in document.notes:
        _body(word, note, size=sizes.note_pt)
    keep_end(word, len(document.notes))
    write_end(word, document, width_mm, sizes)
    if document.source:
        write_line(word.sections[0].first_page_footer.paragraphs[0], document.source, layout.SOURCE_PT)
    annexes = [section for section in document.sections if section.annex]
    for title, section in zip(layout.annex_titles(document), annexes, strict=True):
        _annex(word, document, title, section)
    out = io.BytesIO()
    word.core_properties.author = document.office
    word.core_properties.title = document.title
    word.save(out)
    return undated(out.getvalue())


def _section(word: WordDocument, section: DocumentSection, width_mm: float, sizes: layout.WordSizes) -> None:
    if section.title:
        _body(word, section.title, bold=True)
    for block in section.blocks:
        _block(word, block, width_mm, sizes)


def _annex(word: WordDocument, document: Document, title: str, section: DocumentSection) -> None:
    """On pages of its own that lie on their side, since annexes are mostly wide tables, and are counted apart."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    page = word.add_section(WD_SECTION.NEW_PAGE)
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(layout.LONG_MM), Mm(layout.SHORT_MM)
    page.first_page_footer.is_linked_to_previous = False
    count_pages_anew(page)
    write_line(word.add_paragraph(), title, layout.BODY_PT, bold=True, align="center")
    write_line(word.add_paragraph(), section.title.upper(), layout.BODY_PT, bold=True, align="center")
    if reference := layout.annex_reference(document):
        write_line(word.add_paragraph(), reference, layout.BODY_PT, italic=True, align="center", after=6)
    for block in section.blocks:
        _block(word, block, layout.text_area_mm(landscape=True), layout.WordSizes(layout.TABLE_PT, layout.BODY_PT, 0))


def _page(word: WordDocument, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    style: Any = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(layout.BODY_PT)
    set_fonts(style.element.get_or_add_rPr())
    section = word.sections[0]
    width, height = (layout.LONG_MM, layout.SHORT_MM) if landscape else (layout.SHORT_MM, layout.LONG_MM)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(layout.TOP_MM), Mm(layout.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(layout.LEFT_MM), Mm(layout.RIGHT_MM)
    section.header_distance = Mm(layout.PAGE_NUMBER_MM)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    align_paragraph(paragraph, "center")
    insert_field(paragraph, "PAGE")


def _block(word: WordDocument, block: Block, width_mm: float, sizes: layout.WordSizes) -> None:
    if isinstance(block, Paragraph):
        _body(word, block.text, bold=block.strong)
    elif isinstance(block, BarChart):
        add_chart(word, block, width_mm)
    else:
        _table(word, block, width_mm, sizes.table_pt)


def _body(word: WordDocument, text: str, bold: bool = False, size: float | None = None) -> None:
    from docx.shared import Mm

    paragraph = word.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(layout.FIRST_LINE_MM)
    paragraph.paragraph_format.keep_with_next = bold
    write_line(paragraph, text, size or layout.BODY_PT, bold=bold, align="both", before=6)


def _table(word: WordDocument, table: Table, width_mm: float, size: float) -> None:
    from docx.shared import Mm

    head = len(table.head) + (1 if table.numbered else 0)
    kinds = sorted({row.strong for row in table.rows})
    part_from_above(word, layout.PARAGRAPH_PT)
    made = word.add_table(rows=head + len(kinds), cols=len(table.columns))
    made.style = "Table Grid"
    made.autofit = False
    begin_at_margin(made)
    share = width_mm / sum(column.width for column in table.columns)
    for place, column in enumerate(table.columns):
        made.columns[place].width = Mm(column.width * share)
    rows = list(made.rows)  # the library walks the whole table each time one row or cell is asked for
    for row in rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            cell.width = Mm(column.width * share)
    _head(rows, table, size)
    for row in rows[:head]:
        repeat_on_each_page(row)
    for row, strong in zip(rows[head:], kinds, strict=True):
        _empty_row(row.cells, table, strong, size)
    for row in rows:
        keep_whole(row)
    patterns = dict(zip(kinds, rows[head:], strict=True))
    copy_rows(made, patterns, [(row.strong, [shown(cell) for cell in row.cells]) for row in table.rows])
    rows = list(made.rows)
    keep_together(rows[: head + FIRST_ROWS])
    keep_together(rows if _is_small(table, share) else rows[-LAST_ROWS:])


def _is_small(table: Table, share: float) -> bool:
    """`share`: mm on the page for each of the columns' width."""
    if len(table.rows) > MOST_KEPT:
        return False
    widths = [column.width * share * FILLED for column in table.columns]
    lines = 0
    for row in table.rows:
        wide = [layout.width_mm(shown(cell), layout.TABLE_PT, row.strong) for cell in row.cells]
        lines += max(ceil(length / width) or 1 for length, width in zip(wide, widths, strict=True))
    return lines <= MOST_KEPT


def _head(rows: list[Any], table: Table, size: float) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    for number, place, cell in table.head_cells():
        target = rows[number].cells[place]
        if cell.rows > 1 or cell.columns > 1:
            target = target.merge(rows[number + cell.rows - 1].cells[place + cell.columns - 1])
        write_line(target.paragraphs[0], cell.text, size, bold=True, align="center")
        target.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    if table.numbered:
        for place, cell in enumerate(rows[len(table.head)].cells, start=1):
            write_line(cell.paragraphs[0], str(place), layout.NUMBERS_PT, italic=True, align="center")


def _empty_row(cells: Any, table: Table, strong: bool, size: float) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL

    sides = {"left": "left", "centre": "center", "right": "right"}
    for cell, column in zip(cells, table.columns, strict=True):
        write_line(cell.paragraphs[0], "", size, bold=strong, align=sides[column.align])
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
