"""A document in Word against the rules of Nghị định 30/2020/NĐ-CP, read back from the file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt

from kiosk.domain.letterhead import Letterhead
from kiosk.reports.document import (
    Column,
    Document,
    DocumentSection,
    HeadCell,
    Paragraph,
    Rate,
    Signature,
    Table,
    TableRow,
)
from kiosk.reports.writers.docx_writer import to_docx

LETTER = Letterhead(
    superior="Ủy ban nhân dân huyện Ba Tơ",
    issuer="Ủy ban nhân dân xã Ba Vì",
    symbol="BC-UBND",
    place="Ba Vì",
    day=date(2024, 4, 16),
    signer=("TM. Ủy ban nhân dân", "Chủ tịch"),
    signer_name="Nguyễn Văn A",
    recipients=("UBND huyện", "Thường trực HĐND xã"),
)
NO_BREAK = "\u00a0"
HEAD = ((HeadCell("STT", 1, 2), HeadCell("Hồ sơ", 2)), (HeadCell("Số"), HeadCell("Tỷ lệ")))
TABLE = Table(
    (Column("number", 10, "centre"), Column("count", 20), Column("rate_bp", 20)),
    HEAD,
    [TableRow([1, 1234, Rate(9956)]), TableRow(["", 1234, Rate(None)], strong=True)],
    numbered=True,
)
DOCUMENT = Document(
    "x",
    "Tình hình giải quyết",
    "Bộ phận Một cửa xã Ba Vì",
    "Từ ngày 15/12/2023 đến ngày 14/04/2024",
    ("Biểu số 1",),
    (DocumentSection("1. Kết quả", (Paragraph("Đã tiếp nhận 681 hồ sơ."), TABLE)),),
    source="Nguồn",
    letter=LETTER,
)


def read(document: Document = DOCUMENT) -> Any:
    return docx.Document(io.BytesIO(to_docx(document)))


def paragraphs(word: Any) -> list[Any]:
    """Those of the body and of every cell."""
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    return [*word.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]


def one(word: Any, text: str) -> Any:
    return next(paragraph for paragraph in paragraphs(word) if paragraph.text == text)


def test_the_page_is_a4_with_the_margins_of_the_decree() -> None:
    section = read().sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25 and 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35 and 15 <= round(section.right_margin.mm) <= 20
    sideways = read(replace(DOCUMENT, landscape=True)).sections[0]
    assert (round(sideways.page_width.mm), round(sideways.page_height.mm)) == (297, 210)


# text → sizes allowed, bold, italic, centred
RULES = [
    ("ỦY BAN NHÂN DÂN HUYỆN BA TƠ", (12, 13), False, False, True),
    ("ỦY BAN NHÂN DÂN XÃ BA VÌ", (12, 13), True, False, True),
    (f"Số:{NO_BREAK * 8}/BC-UBND", (13, 13), False, False, True),
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, 13), True, False, True),
    ("Độc lập - Tự do - Hạnh phúc", (13, 14), True, False, True),
    ("Ba Vì, ngày 16 tháng 4 năm 2024", (13, 14), False, True, True),
    ("BÁO CÁO", (13, 14), True, False, True),
    ("Tình hình giải quyết", (13, 14), True, False, True),
    ("Nơi nhận:", (12, 12), True, True, False),
    ("- UBND huyện;", (11, 11), False, False, False),
    ("- Lưu: VT.", (11, 11), False, False, False),
    ("TM. ỦY BAN NHÂN DÂN", (13, 14), True, False, True),
    ("CHỦ TỊCH", (13, 14), True, False, True),
    ("Nguyễn Văn A", (13, 14), True, False, True),
]


@pytest.mark.parametrize(("text", "sizes", "bold", "italic", "centred"), RULES, ids=[rule[0] for rule in RULES])
def test_each_part_has_the_letters_of_the_decree(
    text: str, sizes: tuple[int, int], bold: bool, italic: bool, centred: bool
) -> None:
    paragraph = one(read(), text)
    (run,) = paragraph.runs
    assert run.font.name == "Times New Roman" and Pt(sizes[0]) <= run.font.size <= Pt(sizes[1])
    assert (bool(run.bold), bool(run.italic)) == (bold, italic)
    assert (paragraph.alignment == ALIGN.CENTER) is centred


def test_the_text_is_justified_with_an_indented_first_line_and_space_between() -> None:
    paragraph = one(read(), "Đã tiếp nhận 681 hồ sơ.")
    spacing = paragraph.paragraph_format
    assert paragraph.alignment == ALIGN.JUSTIFY and Pt(13) <= paragraph.runs[0].font.size <= Pt(14)
    assert round(spacing.first_line_indent.mm, 1) in {10.0, 12.7} and spacing.space_before >= Pt(6)
    assert 1.0 <= spacing.line_spacing <= 1.5


def test_pages_are_numbered_in_the_top_margin_but_not_the_first() -> None:
    section = read().sections[0]
    assert section.different_first_page_header_footer
    assert "instrText>PAGE<" in section.header.paragraphs[0]._p.xml.replace(" ", "")
    assert section.header.paragraphs[0].alignment == ALIGN.CENTER and section.first_page_header.paragraphs[0].text == ""


def test_two_rules_stand_under_the_issuer_and_the_motto() -> None:
    left, right = read().tables[0].rows[0].cells
    for cell, line_mm, share in ((left, 59.7, (1 / 3, 1 / 2)), (right, 56.1, (0.98, 1.02))):
        (rule,) = [paragraph for paragraph in cell.paragraphs if "w:pBdr" in paragraph._p.xml]
        spacing = rule.paragraph_format
        length = (cell.width - spacing.left_indent - spacing.right_indent) / Mm(line_mm)
        assert share[0] <= length <= share[1], "of the line above it, whose length was read from a printed page"


def test_heads_are_merged_repeated_and_numbered_and_figures_read_as_in_vietnamese() -> None:
    table = read().tables[1]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts == [
        ["STT", "Hồ sơ", "Hồ sơ"],
        ["STT", "Số", "Tỷ lệ"],
        ["1", "2", "3"],
        ["1", "1.234", "99,56\u00a0%"],
        ["", "1.234", "–"],
    ]
    assert ["w:tblHeader" in row._tr.xml for row in table.rows] == [True, True, True, False, False]
    assert all(run.bold for cell in table.rows[4].cells for run in cell.paragraphs[0].runs)


def test_every_letter_has_one_font_and_the_file_is_the_same_on_any_day() -> None:
    word = read()
    fonts = {run.font.name for paragraph in paragraphs(word) for run in paragraph.runs}
    assert fonts == {"Times New Roman"}
    assert to_docx(DOCUMENT) == to_docx(DOCUMENT)


# day → how it is written
DATES = [
    (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
    (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
    (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
]


@pytest.mark.parametrize(("day", "text"), DATES)
def test_days_and_the_first_two_months_have_two_digits(day: date, text: str) -> None:
    assert replace(LETTER, day=day).place_and_date == f"Ba Vì, {text}"


def test_an_office_without_a_superior_and_a_form_without_a_letter() -> None:
    word = read(replace(DOCUMENT, letter=replace(LETTER, superior="")))
    assert word.tables[0].rows[0].cells[0].paragraphs[0].text == "ỦY BAN NHÂN DÂN XÃ BA VÌ"
    assert not [p for p in paragraphs(read(replace(DOCUMENT, letter=None))) if p.text == "BÁO CÁO"]


def rows_of(count: int) -> Table:
    return replace(TABLE, rows=[TableRow([number, number, Rate(number)]) for number in range(count)])


def kept(table: Any) -> list[bool]:
    """Of each row, whether it goes to the page of the next one."""
    return [bool(row.cells[-1].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]


def test_no_page_parts_a_row_or_a_small_table() -> None:
    small = read(
        replace(DOCUMENT, sections=(DocumentSection("1.", (rows_of(12), Paragraph("Hết."), Paragraph("Hết."))),))
    ).tables[1]
    assert all("w:cantSplit" in row._tr.xml for row in small.rows)
    assert kept(small) == [True] * 14 + [False]


def test_a_long_table_goes_on_with_two_rows_under_its_head_and_two_over_its_last() -> None:
    long = read(
        replace(DOCUMENT, sections=(DocumentSection("1.", (rows_of(60), Paragraph("Hết."), Paragraph("Hết."))),))
    ).tables[1]
    assert kept(long) == [True] * 4 + [False] * 56 + [True] * 2 + [False]


def test_the_last_rows_go_to_the_page_of_the_signatures_with_the_note_between() -> None:
    sections = (DocumentSection("1.", (rows_of(60),)),)
    word = read(replace(DOCUMENT, sections=sections, notes=("Đúng hạn gồm cả hồ sơ xin rút.",)))
    assert kept(word.tables[1])[-4:] == [False, True, True, True]
    assert one(word, "Đúng hạn gồm cả hồ sơ xin rút.").paragraph_format.keep_with_next


def form_of(rows: int) -> Document:
    signed = (Signature(["Người lập biểu"]), Signature(["Thủ trưởng đơn vị"]))
    note = "Đúng hạn gồm cả hồ sơ công dân xin rút; đang giải quyết trong hạn gồm cả hồ sơ chờ bổ sung."
    sections = (DocumentSection("", (rows_of(rows),)),)
    return replace(DOCUMENT, sections=sections, signatures=signed, landscape=True, notes=(note,), letter=None)


def test_a_small_table_over_signatures_may_be_parted_so_that_no_page_stays_empty() -> None:
    """Whole it would go to the page of the signatures, and leave the title alone on the first."""
    made = read(form_of(11)).tables[0]
    assert not any(kept(made)[4:-3]) and all(kept(made)[-3:])


@pytest.mark.parametrize(("rows", "points"), [(3, 12), (15, 11), (60, 12)])
def test_a_form_that_comes_on_one_page_by_closer_lines_has_them_in_word_too(rows: int, points: int) -> None:
    cell = read(form_of(rows)).tables[0].rows[-1].cells[0]
    assert cell.paragraphs[0].runs[0].font.size == Pt(points)


def test_two_tables_one_below_the_other_stay_two() -> None:
    """Word makes one of them where no paragraph stands between."""
    from docx.table import Table as WordTable

    word = read(replace(DOCUMENT, sections=(DocumentSection("1.", (TABLE, TABLE, Paragraph("Hết."))),)))
    kinds = ["table" if isinstance(one, WordTable) else "text" for one in word.iter_inner_content()]
    assert "table table" not in " ".join(kinds)


def test_room_stands_between_a_text_and_the_table_under_it() -> None:
    word = read()
    assert one(word, "Đã tiếp nhận 681 hồ sơ.").paragraph_format.space_after == Pt(6)


def test_a_table_of_few_but_long_rows_leaves_no_page_empty_before_it() -> None:
    rows = [TableRow([number, "Thông tư của Văn phòng Chính phủ " * 4, Rate(1)]) for number in range(16)]
    made = read(replace(DOCUMENT, sections=(DocumentSection("1.", (replace(TABLE, rows=rows), Paragraph("Hết."))),)))
    assert kept(made.tables[1])[5:-3] == [False] * 11
