"""Head and end of a Word document: Nghị định 30/2020/NĐ-CP, Phụ lục I, or those of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.domain.letterhead import Letterhead
from kiosk.reports.document import Document
from kiosk.reports.writers import layout
from kiosk.reports.writers.word import draw_rule, keep_whole, leave_room, two_blocks, write_line

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell

LAST_PT = 1


def write_head(word: WordDocument, document: Document, width_mm: float, sizes: layout.WordSizes) -> None:
    letter = document.letter
    if letter is None or not layout.is_letter(document):
        for text in document.heading:
            write_line(word.add_paragraph(), text, sizes.table_pt)
        if letter is not None:
            write_line(word.add_paragraph(), letter.place_and_date, layout.MOTTO_PT, italic=True, align="right")
        _centred(word, document.title.upper(), bold=True, before=12, size=sizes.note_pt)
        _centred(word, document.period, italic=True, after=6, size=sizes.note_pt)
        return
    _letterhead(word, letter, width_mm)
    _centred(word, layout.KIND, bold=True, before=12)
    _centred(word, document.title, bold=True)
    draw_rule(
        word.add_paragraph(), width_mm, layout.rule_mm(document.title, layout.BODY_PT, layout.SHORT_RULE, width_mm)
    )
    _centred(word, document.period, italic=True, after=6)
    _addressed(word, letter.addressees)


def write_end(word: WordDocument, document: Document, width_mm: float, sizes: layout.WordSizes) -> None:
    """Recipients at the left, level with the signature; or the signatures of a form side by side."""
    if document.letter is not None and layout.is_letter(document):
        left, right = two_blocks(word, width_mm, before=layout.BODY_PT)
        _recipients(left, document.letter)
        _signature(
            right, [line.upper() for line in document.letter.signer], document.letter.signer_name, sizes.signature_mm
        )
    elif document.signatures:
        leave_room(word, layout.BODY_PT)
        row = word.add_table(rows=1, cols=len(document.signatures)).rows[0]
        keep_whole(row)
        for cell, one in zip(row.cells, document.signatures, strict=True):
            _signature(cell, one.lines, one.name, sizes.signature_mm)
    else:
        return
    leave_room(word, LAST_PT)  # behind a table a text has to go on; it takes no page of its own


def _centred(
    word: WordDocument,
    text: str,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
    after: float = 0,
    size: float = layout.BODY_PT,
) -> None:
    write_line(word.add_paragraph(), text, size, bold, italic, "center", before, after)


def _letterhead(word: WordDocument, letter: Letterhead, width_mm: float) -> None:
    left, right = two_blocks(word, width_mm)
    left_mm, right_mm = width_mm * layout.LEFT_BLOCK, width_mm * (1 - layout.LEFT_BLOCK)
    if letter.superior:
        write_line(left.paragraphs[0], letter.superior.upper(), layout.ISSUER_PT, align="center")
    issuer, text = left.add_paragraph() if letter.superior else left.paragraphs[0], letter.issuer.upper()
    write_line(issuer, text, layout.ISSUER_PT, bold=True, align="center")
    draw_rule(left.add_paragraph(), left_mm, layout.rule_mm(text, layout.ISSUER_PT, layout.SHORT_RULE, left_mm))
    write_line(left.add_paragraph(), layout.number_line(letter), layout.NUMBER_PT, align="center")
    write_line(right.paragraphs[0], layout.STATE, layout.ISSUER_PT, bold=True, align="center")
    write_line(right.add_paragraph(), layout.MOTTO, layout.MOTTO_PT, bold=True, align="center")
    draw_rule(right.add_paragraph(), right_mm, layout.rule_mm(layout.MOTTO, layout.MOTTO_PT, 1, right_mm))
    write_line(right.add_paragraph(), letter.place_and_date, layout.MOTTO_PT, italic=True, align="center")


def _addressed(word: WordDocument, addressees: Sequence[str]) -> None:
    from docx.shared import Mm

    lines = layout.addressed_lines(addressees)
    if len(lines) == 1:
        _centred(word, lines[0], before=6, after=6)
        return
    for text in lines:
        paragraph = word.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(45 if text.startswith("-") else 35)
        write_line(paragraph, text, layout.BODY_PT)


def _recipients(cell: _Cell, letter: Letterhead) -> None:
    write_line(cell.paragraphs[0], layout.RECIPIENTS, layout.RECIPIENTS_PT, bold=True, italic=True)
    for name in letter.recipients:
        write_line(cell.add_paragraph(), f"- {name};", layout.RECIPIENT_PT)
    write_line(cell.add_paragraph(), f"- Lưu: {letter.filed}.", layout.RECIPIENT_PT)


def _signature(cell: _Cell, lines: Sequence[str], name: str, room_mm: float) -> None:
    for number, text in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        write_line(paragraph, text, layout.BODY_PT, bold=True, align="center")
    room = room_mm * layout.POINTS_PER_MM
    write_line(cell.add_paragraph(), name, layout.BODY_PT, bold=True, align="center", before=room)
