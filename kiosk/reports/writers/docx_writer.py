"""DOCX in the layout of administrative documents: Nghị định 30/2020/NĐ-CP, Phụ lục I.

A4; margins 20, 20, 30 and 15 mm; Times New Roman; state name, motto, number, place and date at the top; page numbers
in the top margin from page 2 on; signature and recipients at the end.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kiosk.domain.letterhead import Letterhead
from kiosk.reports.document import Block, Document, DocumentSection, Paragraph, Table, TableRow
from kiosk.reports.writers.text_cells import shown
from kiosk.reports.writers.undated import undated
from kiosk.reports.writers.word import (
    FONT,
    LEFT_BLOCK,
    align_paragraph,
    draw_rule,
    insert_field,
    repeat_on_each_page,
    set_fonts,
    two_blocks,
    write_line,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell

STATE, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20, 20, 30, 15
SHORT_MM, LONG_MM = 210, 297
FIRST_LINE_MM = 12.7
BODY_PT, TABLE_PT, SIGNER_LINES = 14, 12, 4


def to_docx(document: Document) -> bytes:
    """The same bytes for the same document on any day."""
    import docx

    word = docx.Document()
    _page(word, document.landscape)
    if document.letter is not None:
        _letterhead(word, document.letter, _width_mm(document.landscape))
    else:
        write_line(word.add_paragraph(), document.office, 13, bold=True)
    for text in document.heading:
        write_line(word.add_paragraph(), text, 12, align="right")
    if document.letter is not None:
        write_line(word.add_paragraph(), "BÁO CÁO", BODY_PT, bold=True, align="center", before=12)
    write_line(word.add_paragraph(), document.title, BODY_PT, bold=True, align="center")
    write_line(word.add_paragraph(), document.period, BODY_PT, italic=True, align="center", after=6)
    for section in document.sections:
        if not section.annex:
            _section(word, section, _width_mm(document.landscape))
    for note in document.notes:
        _body(word, note)
    _end(word, document)
    if document.source:
        write_line(word.add_paragraph(), document.source, 9, before=12)
    for section in document.sections:
        if section.annex:
            _annex(word, section)
    out = io.BytesIO()
    word.core_properties.author = document.office
    word.core_properties.title = document.title
    word.save(out)
    return undated(out.getvalue())


def _section(word: WordDocument, section: DocumentSection, width_mm: float) -> None:
    if section.title:
        _body(word, section.title, bold=True)
    for block in section.blocks:
        _block(word, block, width_mm)


def _annex(word: WordDocument, section: DocumentSection) -> None:
    """On a page of its own that lies on its side, since annexes are mostly wide tables."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    page = word.add_section(WD_SECTION.NEW_PAGE)
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(LONG_MM), Mm(SHORT_MM)
    write_line(word.add_paragraph(), section.title, BODY_PT, bold=True, align="center", after=6)
    for block in section.blocks:
        _block(word, block, _width_mm(landscape=True))


def _page(word: WordDocument, landscape: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    style: Any = word.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY_PT)
    set_fonts(style.element.get_or_add_rPr())
    section = word.sections[0]
    width, height = (LONG_MM, SHORT_MM) if landscape else (SHORT_MM, LONG_MM)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    align_paragraph(paragraph, "center")
    insert_field(paragraph, "PAGE")


def _width_mm(landscape: bool) -> float:
    return (LONG_MM if landscape else SHORT_MM) - LEFT_MM - RIGHT_MM


def _letterhead(word: WordDocument, letter: Letterhead, width_mm: float) -> None:
    left, right = two_blocks(word, width_mm)
    if letter.superior:
        write_line(left.paragraphs[0], letter.superior.upper(), 12, align="center")
    issuer = left.add_paragraph() if letter.superior else left.paragraphs[0]
    write_line(issuer, letter.issuer.upper(), 12, bold=True, align="center")
    draw_rule(left.add_paragraph(), width_mm * LEFT_BLOCK, 0.4)
    write_line(left.add_paragraph(), f"Số:        /{letter.symbol}", 13, align="center")
    write_line(right.paragraphs[0], STATE, 12, bold=True, align="center")
    write_line(right.add_paragraph(), MOTTO, 13, bold=True, align="center")
    draw_rule(right.add_paragraph(), width_mm * (1 - LEFT_BLOCK), 0.55)
    write_line(right.add_paragraph(), letter.place_and_date, 13, italic=True, align="center")


def _end(word: WordDocument, document: Document) -> None:
    """Recipients at the left, level with the signature; or the signatures of a form side by side."""
    letter = document.letter
    width_mm = _width_mm(document.landscape)
    if letter is not None:
        word.add_paragraph()
        left, right = two_blocks(word, width_mm)
        _recipients(left, letter)
        _signature(right, [line.upper() for line in letter.signer], letter.signer_name)
    elif document.signatures:
        word.add_paragraph()
        cells = word.add_table(rows=1, cols=len(document.signatures)).rows[0].cells
        for cell, one in zip(cells, document.signatures, strict=True):
            _signature(cell, one.lines, one.name)


def _recipients(cell: _Cell, letter: Letterhead) -> None:
    write_line(cell.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    for name in letter.recipients:
        write_line(cell.add_paragraph(), f"- {name};", 11)
    write_line(cell.add_paragraph(), f"- Lưu: {letter.filed}.", 11)


def _signature(cell: _Cell, lines: Any, name: str) -> None:
    first = True
    for text in lines:
        write_line(cell.paragraphs[0] if first else cell.add_paragraph(), text, BODY_PT, bold=True, align="center")
        first = False
    for _ in range(SIGNER_LINES):
        cell.add_paragraph()
    write_line(cell.add_paragraph(), name, BODY_PT, bold=True, align="center")


def _block(word: WordDocument, block: Block, width_mm: float) -> None:
    if isinstance(block, Paragraph):
        _body(word, block.text, bold=block.strong)
    else:
        _table(word, block, width_mm)


def _body(word: WordDocument, text: str, bold: bool = False) -> None:
    from docx.shared import Mm

    paragraph = word.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(FIRST_LINE_MM)
    write_line(paragraph, text, BODY_PT, bold=bold, align="both", before=6)


def _table(word: WordDocument, table: Table, width_mm: float) -> None:
    from docx.shared import Mm

    head = len(table.head) + (1 if table.numbered else 0)
    made = word.add_table(rows=head + len(table.rows), cols=len(table.columns))
    made.style = "Table Grid"
    made.autofit = False
    share = width_mm / sum(column.width for column in table.columns)
    for place, column in enumerate(table.columns):
        made.columns[place].width = Mm(column.width * share)
        for cell in made.columns[place].cells:
            cell.width = Mm(column.width * share)
    _head(made, table)
    for number in range(head):
        repeat_on_each_page(made.rows[number])
    for number, row in enumerate(table.rows, start=head):
        _row(made.rows[number].cells, table, row)


def _head(made: Any, table: Table) -> None:
    free = [0] * len(table.columns)
    for number, cells in enumerate(table.head):
        place = 0
        for cell in cells:
            while free[place] > number:
                place += 1
            target = made.cell(number, place)
            if cell.rows > 1 or cell.columns > 1:
                target = target.merge(made.cell(number + cell.rows - 1, place + cell.columns - 1))
            write_line(target.paragraphs[0], cell.text, TABLE_PT, bold=True, align="center")
            for column in range(place, place + cell.columns):
                free[column] = number + cell.rows
            place += cell.columns
    if table.numbered:
        for place, cell in enumerate(made.rows[len(table.head)].cells, start=1):
            write_line(cell.paragraphs[0], str(place), TABLE_PT - 1, italic=True, align="center")


def _row(cells: Any, table: Table, row: TableRow) -> None:
    sides = {"left": "left", "centre": "center", "right": "right"}
    for cell, value, column in zip(cells, row.cells, table.columns, strict=True):
        write_line(cell.paragraphs[0], shown(value), TABLE_PT, bold=row.strong, align=sides[column.align])
