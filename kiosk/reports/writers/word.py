"""Paragraphs, rules, fields and blocks of a Word document, in one font."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kiosk.reports.writers import layout

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "Times New Roman"
LAST_ROWS = 3  # of a table, which stay with what follows
CELL_MARGIN = "57"  # at the sides of a cell, in twentieths of a point: 1 mm
# What follows these in the properties of a table: Word wants them in this order.
AFTER = {
    "w:tblInd": (
        "w:tblBorders",
        "w:shd",
        "w:tblLayout",
        "w:tblCellMar",
        "w:tblLook",
        "w:tblCaption",
        "w:tblDescription",
    ),
    "w:tblCellMar": ("w:tblLook", "w:tblCaption", "w:tblDescription"),
}


def two_blocks(word: WordDocument, width_mm: float, before: float = 0) -> tuple[_Cell, _Cell]:
    """Side by side and on one page; `before`: points of room above them."""
    from docx.shared import Mm

    if before:
        leave_room(word, before)
    table = word.add_table(rows=1, cols=2)
    table.autofit = False
    remove_cell_margins(table)
    keep_whole(table.rows[0])
    left, right = table.rows[0].cells
    for place, (cell, share) in enumerate(((left, layout.LEFT_BLOCK), (right, 1 - layout.LEFT_BLOCK))):
        table.columns[place].width = cell.width = Mm(width_mm * share)
    return left, right


def leave_room(word: WordDocument, points: float) -> None:
    """An empty line of just this height, on the page of what follows."""
    from docx.shared import Pt

    spacing = word.add_paragraph().paragraph_format
    spacing.keep_with_next = True
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(0), Pt(points)


def keep_end(word: WordDocument, notes: int) -> None:
    """What was written last, two paragraphs or rows of a table, goes to the page of what follows: a signature does not
    stand alone. `notes`: so many paragraphs under them go there too. A table of these may be parted between its first
    and its last rows: whole it would leave the page before it empty.
    """
    from docx.table import Table

    for last in list(word.iter_inner_content())[-2 - notes :]:
        if not isinstance(last, Table):
            last.paragraph_format.keep_with_next = True
            continue
        heads = len(last._tbl.xpath("w:tr[w:trPr/w:tblHeader]"))
        rows = list(last.rows)
        for place, row in enumerate(rows):
            _keep_row(row, place < heads + 1 or place >= len(rows) - LAST_ROWS)


def keep_together(rows: Sequence[_Row]) -> None:
    """These rows of a table go to one page."""
    for row in rows[:-1]:
        _keep_row(row, True)


def _keep_row(row: _Row, with_next: bool) -> None:
    """Past the library's way to a paragraph, which takes most of the time of a long table."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for cell in row._tr.tc_lst:
        if cell.vMerge == "continue":
            continue
        properties: Any = cell.p_lst[0].get_or_add_pPr()
        mark = properties.keepNext
        if mark is None:
            mark = OxmlElement("w:keepNext")
            properties.insert(1 if len(properties) and properties[0].tag == qn("w:pStyle") else 0, mark)
        mark.val = with_next


def part_from_above(word: WordDocument, points: float) -> None:
    """Room between a table and what stands over it; two tables without anything between would become one."""
    from docx.shared import Pt
    from docx.table import Table

    *_, last = word.iter_inner_content()
    if isinstance(last, Table):
        leave_room(word, points)
    else:
        last.paragraph_format.space_after = Pt(points)


def keep_whole(row: _Row) -> None:
    """The end of a page does not part it."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def write_line(
    paragraph: WordParagraph,
    text: str,
    size: float,
    bold: bool = False,
    italic: bool = False,
    align: str = "left",
    before: float = 0,
    after: float = 0,
) -> None:
    """`size`, `before`, `after` in points."""
    from docx.shared import Pt

    run = paragraph.add_run(unbroken(text))
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    set_fonts(run._element.get_or_add_rPr())
    spacing = paragraph.paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(before), Pt(after), 1.0
    align_paragraph(paragraph, align)


def unbroken(text: str) -> str:
    """A figure and its "%" stand on one line."""
    return text.replace(" %", "\u00a0%")


def align_paragraph(paragraph: WordParagraph, side: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    sides = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "both": "JUSTIFY"}
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, sides[side])


def draw_rule(paragraph: WordParagraph, block_mm: float, length_mm: float) -> None:
    """A solid line in the middle of a block."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    spacing = paragraph.paragraph_format
    spacing.left_indent = spacing.right_indent = Mm(max(0.0, block_mm - length_mm) / 2)
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(0), Pt(4), Pt(3)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().append(border)


def insert_field(paragraph: WordParagraph, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run()
    run.font.name, run.font.size = FONT, Pt(13)
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def count_pages_anew(section: Any) -> None:
    """From 1, and no number on the first."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    section.different_first_page_header_footer = True
    number = OxmlElement("w:pgNumType")
    number.set(qn("w:start"), "1")
    section._sectPr.append(number)


def set_fonts(properties: Any) -> None:
    """One font for every script, so that no letter with marks falls back to another."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def remove_cell_margins(table: Any) -> None:
    """The blocks reach to the margins of the page."""
    _set_cell_margins(table, "0")


def _set_cell_margins(table: Any, twentieths: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), twentieths)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, *AFTER["w:tblCellMar"])


def begin_at_margin(table: Any) -> None:
    """Word lets the text of a table begin at the margin and its border before it. Cells are as narrow as in the PDF."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    indent = OxmlElement("w:tblInd")
    indent.set(qn("w:w"), CELL_MARGIN)
    indent.set(qn("w:type"), "dxa")
    table._tbl.tblPr.insert_element_before(indent, *AFTER["w:tblInd"])
    _set_cell_margins(table, CELL_MARGIN)


def repeat_on_each_page(row: Any) -> None:
    """The head stands on each page again."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
