"""Every writer on one small document: numbers stay numbers, no text becomes a formula or a tag."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from openpyxl import load_workbook

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
from kiosk.reports.writers.csv_writer import to_csv
from kiosk.reports.writers.html_writer import to_html
from kiosk.reports.writers.json_writer import to_json
from kiosk.reports.writers.text_cells import percent, safe, shown
from kiosk.reports.writers.xlsx_writer import to_xlsx

HEAD = (
    (HeadCell("STT", 1, 2), HeadCell("Lĩnh vực", 1, 2), HeadCell("Hồ sơ", 2)),
    (HeadCell("Số"), HeadCell("Tỷ lệ")),
)
COLUMNS = (Column("number", 10, "centre"), Column("field", 40, "left"), Column("count"), Column("rate_bp"))
PAYLOADS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", '=HYPERLINK("http://x")']


def document(*names: str) -> Document:
    rows = [TableRow([number, name, 1234567, Rate(9956)]) for number, name in enumerate(names, start=1)]
    rows.append(TableRow(["", "Tổng", None, Rate(None)], strong=True))
    table = Table(COLUMNS, HEAD, rows, numbered=True)
    sections = (DocumentSection("Phần I", (Paragraph("Lời & dẫn"), table)),)
    return Document(
        "x", "Báo cáo <thử>", "Ba Vì", "Kỳ này", ("Biểu số 1",), sections, (Signature(("Người lập",), "An"),), "Nguồn"
    )


def test_numbers_and_rates_are_numbers_in_a_workbook_with_its_head_merged() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(document("Hộ tịch")))).active
    assert sheet is not None
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["STT", "Lĩnh vực", "Hồ sơ"] in rows and ["Số", "Tỷ lệ"] in rows and [1, 2, 3, 4] in rows
    assert [1, "Hộ tịch", 1234567, 0.9956] in rows and rows[-3][1:] == ["–", "–"]
    assert rows[-1] == [document("Hộ tịch").source]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A7:A8", "B7:B8", "C7:D7"} <= merged, merged
    assert sheet["D10"].number_format == "0.00%" and sheet["C10"].number_format == "#,##0"


def test_a_workbook_is_the_same_on_any_day() -> None:
    made = to_xlsx(document("Hộ tịch"))
    assert made == to_xlsx(document("Hộ tịch"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2024, 1, 1, 0, 0, 0)}


def test_a_row_of_a_workbook_is_as_high_as_its_longest_text() -> None:
    """A column of 40 mm holds about 21 letters: a hundred take five or six lines of about 15 points."""
    sheet = load_workbook(io.BytesIO(to_xlsx(document("Hộ tịch", "Đất đai và môi trường " * 5)))).active
    assert sheet is not None
    short, long = (sheet.row_dimensions[number].height for number in (10, 11))
    assert short is not None and long is not None
    assert 13 <= short <= 17 and 5 * 13 <= long <= 7 * 17


def test_each_sheet_says_which_table_it_holds_above_its_head() -> None:
    """Printed alone, a page must not be one of several with the same title."""
    sheet = load_workbook(io.BytesIO(to_xlsx(document("Hộ tịch")))).active
    assert sheet is not None
    assert [sheet.cell(row, 1).value for row in range(1, 6)] == [
        "Ba Vì",
        "Biểu số 1",
        "Báo cáo <thử>",
        "Kỳ này",
        "Phần I",
    ]


def test_a_head_of_a_workbook_is_as_high_as_its_longest_title() -> None:
    """A column of 20 mm holds about 9 bold letters: sixty take seven lines of about 15 points."""
    long = "Công chức, viên chức do các cơ quan chuyên môn được cử đến"
    table = Table(
        (Column("a", 40, "left"), Column("b")), ((HeadCell("Lĩnh vực"), HeadCell(long)),), [TableRow(["x", 1])]
    )
    made = Document("x", "Báo cáo", "Ba Vì", "Kỳ", (), (DocumentSection("", (table,)),))
    sheet = load_workbook(io.BytesIO(to_xlsx(made))).active
    assert sheet is not None and sheet["B5"].value == long
    high = sheet.row_dimensions[5].height
    assert high is not None and 6 * 14 <= high <= 9 * 17


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload: str) -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(document(payload.replace("\0", ""))))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}
    cells = [
        cell
        for row in csv.reader(io.StringIO(to_csv(document(payload)).decode("utf-8-sig"), newline=""))
        for cell in row
    ]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "\0"}]
    blanked = payload.replace("\0", "").replace("\t", " ").replace("\r", " ").replace("\n", " ")
    assert safe(payload) == f"'{blanked}" and safe(5) == 5


def test_markup_in_names_stays_text() -> None:
    page = to_html(document("<script>alert(1)</script>")).decode()
    assert "<script" not in page and "&lt;script&gt;" in page and "Báo cáo &lt;thử&gt;" in page
    assert 'colspan="2"' in page and 'rowspan="2"' in page and "<th>4</th>" in page
    assert "http" not in page and "src=" not in page


def test_programs_read_keys_numbers_and_nulls() -> None:
    answer = json.loads(to_json(document("Hộ tịch")))
    ((table),) = answer["tables"]
    assert table == {
        "title": "Phần I",
        "rows": [
            {"number": 1, "field": "Hộ tịch", "count": 1234567, "rate_bp": 9956},
            {"number": "", "field": "Tổng", "count": None, "rate_bp": None},
        ],
    }


# cell → as people read it
SHOWN = [
    (1234567, "1.234.567"),
    (0, "0"),
    (None, "–"),
    ("A", "A"),
    (Rate(9956), "99,56 %"),
    (Rate(5), "0,05 %"),
    (Rate(None), "–"),
]


@pytest.mark.parametrize(("cell", "text"), SHOWN)
def test_people_read_dots_commas_and_dashes(cell: object, text: str) -> None:
    assert shown(cell) == text  # type: ignore[arg-type]
    assert percent(10_000) == "100,00 %"
