"""Tables that offices could have beside those under tests/data/imports: each is read exactly, or its fault is named."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest

from sync.dossiers.sheets import TableFileError, parse_table
from sync.dossiers.tables import TableContents, read_dossiers
from sync.wording import translate
from tests.sync.dossiers.test_office_tables import SANITIZER, TODAY

CODE = "000.00.53.H48-260302-000{}"
HEADERS = ["STT", "Mã hồ sơ", "Mã thủ tục", "Lĩnh vực", "Hình thức nộp", "Ngày tiếp nhận", "Ngày hẹn trả"]
HEADERS += ["Ngày kết thúc", "Trạng thái", "Số hóa"]
MORNING, EVENING = "2026-03-02T00:00:00.000Z", "2026-03-05T10:00:00.000Z"
Cells = Sequence[object]
Table = Sequence[Cells]


def row(number: int, received: object = "02/03/2026", due: object = "05/03/2026", **other: object) -> list[object]:
    cells: dict[str, object] = {"code": CODE.format(number), "procedure": "2.000635", "status": "Đang xử lý", **other}
    head = [number, cells["code"], cells["procedure"], "Hộ tịch", "Trực tiếp"]
    return [*head, received, due, None, cells["status"], "Có"]


ROWS = [row(1), row(2), row(3)]


def book(*rows: Cells, change: Callable[[Any], None] | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    for cells in rows:
        workbook.active.append(list(cells))
    if change is not None:
        change(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def comma(separator: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([HEADERS, *ROWS])
    return out.getvalue().encode(encoding)


def page(encoding: str) -> bytes:
    lines = ["".join(f"<td>{cell or ''}</td>" for cell in cells) for cells in (HEADERS, *ROWS)]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f"<html><body><table><tr><td>UBND XÃ BA VÌ</td></tr></table><table>{table}</table></body></html>".encode(
        encoding
    )


def merged_heads(workbook: Any) -> None:
    for column in "ABCDEIJ":
        workbook.active.merge_cells(f"{column}1:{column}2")
    workbook.active.merge_cells("F1:H1")


def filtered(workbook: Any) -> None:
    sheet = workbook.active
    sheet.auto_filter.ref = "A1:J4"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["G"].hidden = True


def protected(workbook: Any) -> None:
    workbook.active.protection.sheet = True
    workbook.active.protection.password = "1234"


def with_macros(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            plain, macros = b"officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
            target.writestr(part.filename, source.read(part).replace(b"openxmlformats-" + plain, macros))
    return out.getvalue()


def contents(data: bytes) -> TableContents:
    return read_dossiers(parse_table(data), SANITIZER, TODAY)


GROUPED = (
    [*HEADERS[:5], "Thời gian", None, None, *HEADERS[8:]],
    [None, None, None, None, None, "Tiếp nhận", "Hẹn trả", "Kết thúc", None, None],
)
TITLES: Table = (["ỦY BAN NHÂN DÂN XÃ BA VÌ"], ["DANH SÁCH HỒ SƠ TỪ NGÀY 01/03/2026"], [], HEADERS)
ENGLISH = ["No", "Dossier code", "Procedure code", "Field", "Channel", "Received date", "Due date", "Status"]
RIGHT = {
    "titles above": book(*TITLES, *ROWS),
    "a group of days above": book(*GROUPED, *ROWS, change=merged_heads),
    "days with strokes, dashes, dots": book(
        HEADERS, row(1, "2/3/2026", "5/3/2026"), row(2, "02-03-2026", "5-3-2026"), row(3, "2.3.2026", "05.03.2026")
    ),
    "days in words": book(HEADERS, row(1, "Ngày 02 tháng 3 năm 2026", "ngày 05/3/2026"), *ROWS[1:]),
    "the year first": book(HEADERS, row(1, "2026/03/02", "2026/03/05"), *ROWS[1:]),
    "serial numbers": book(HEADERS, row(1, 46083, 46086), *ROWS[1:]),
    "a sum in the first cells": book(HEADERS, *ROWS, ["Tổng cộng:", 3]),
    "a sum in every column": book(HEADERS, *ROWS, ["Tổng số", 3, None, None, 3, None, None, None, 3, 3]),
    "place, day and signature": book(
        HEADERS, *ROWS, [], [None] * 5 + ["Ba Vì, ngày 31 tháng 3 năm 2026", None, None, "Người lập biểu"]
    ),
    "rows between": book(HEADERS, ["I", "Lĩnh vực Hộ tịch"], ROWS[0], [], *ROWS[1:]),
    "status in capitals": book(HEADERS, row(1, status="ĐANG XỬ LÝ  "), row(2, status=" đang  xử lý"), ROWS[2]),
    "a long dash in a code": book(HEADERS, row(1, code=CODE.format(1).replace("-", " – ")), *ROWS[1:]),
    "headers in English": book(
        ENGLISH, *([*cells[:4], "In person", *cells[5:7], "Processing"] for cells in map(list, ROWS))
    ),
    "UTF-16": comma("\t", "utf-16"),
    "semicolons": comma(";", "utf-8-sig"),
    "strokes": comma("|", "utf-8"),
    "a page": page("utf-8"),
    "a page in UTF-16": page("utf-16"),
    "filtered, with a hidden column": book(HEADERS, *ROWS, change=filtered),
    "protected": book(HEADERS, *ROWS, change=protected),
    "with macros": with_macros(book(HEADERS, *ROWS)),
}


@pytest.mark.parametrize("name", RIGHT)
def test_every_dossier_is_read_exactly(name: str) -> None:
    read = contents(RIGHT[name])
    assert [str(error) for error in read.errors] == []
    seen = [
        (one["code"], one["received_at"], one.get("due_at"), one["status"], one.get("channel"), one["field"])
        for one in read.dossiers
    ]
    assert seen == [(CODE.format(number), MORNING, EVENING, 4, 1, "Hộ tịch") for number in (1, 2, 3)]


def archive(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr(part, b"x")
    return out.getvalue()


REFUSED = {
    "PDF": (b"%PDF-1.7\n", "tệp này là PDF, không phải bảng"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "tệp này là JPEG"),
    "Word": (archive("word/document.xml"), "tệp này là Word"),
    "ZIP": (archive("ho-so.xlsx"), "tệp này là ZIP"),
    "RAR": (b"Rar!\x1a\x07\0", "tệp này là RAR"),
    "nothing": (b"", "tệp trống"),
    "web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n<table>", "MHTML; hãy mở bằng phần mềm"),
    "XML of 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "XML Spreadsheet 2003; hãy mở",
    ),
    "other headers": (
        book(["Cột 1", "Cột 2"], [1, 2]),
        "hoặc chỉ tên các cột của bảng ở mục “Chữ trong tệp” của trang Hồ sơ",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_called_by_its_name(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(TableFileError) as refused:
        contents(data)
    assert words in translate(refused.value.reason, **refused.value.facts)


@pytest.mark.parametrize("place", ["received", "due"])
def test_a_failed_formula_is_an_error_and_not_an_empty_cell(place: str) -> None:
    def failing(workbook: Any) -> None:
        cell = workbook.active["F2" if place == "received" else "G2"]
        cell.value, cell.data_type = "#N/A", "e"

    (error,) = contents(book(HEADERS, *ROWS, change=failing)).errors
    assert (error.row, error.column) == (2, "F" if place == "received" else "G")
    assert error.message.startswith("công thức báo lỗi #N/A; hãy sửa công thức")


def test_a_failed_formula_in_a_column_that_is_not_ours_is_no_error() -> None:
    def failing(workbook: Any) -> None:
        cell = workbook.active["K2"]
        cell.value, cell.data_type = "#DIV/0!", "e"

    assert [str(error) for error in contents(book(HEADERS, *ROWS, change=failing)).errors] == []


def test_a_dossier_without_a_code_is_no_signature() -> None:
    forgotten = [4, None, None, "Hộ tịch", "Trực tiếp", "02/03/2026", None, None, "Đang xử lý", None]
    words = [4, None, "Công nhận thôn văn hóa", "Văn hóa", "Trực tiếp", "02/03/2026", None, None, "Đang xử lý", None]
    for cells in (forgotten, words):
        errors = contents(book(HEADERS, *ROWS, cells)).errors
        assert (5, "B") in [(error.row, error.column) for error in errors]
