"""What spreadsheet programs and habits spoil is refused with a sentence that leads right, or told beside the rest."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sync.dossiers.sheets import TableFileError
from tests.sync.dossiers.test_more_tables import HEADERS, ROWS, archive, book, comma, contents, row
from tests.sync.dossiers.test_tables_of_programs import FIRST, in_place

NUMBER = "phần mềm bảng tính đã đổi mã hồ sơ thành số; hãy xuất lại danh sách"
TAUGHT = "chỉ nghĩa của từ này ở mục “Chữ trong tệp” của trang Hồ sơ"
NO_TIME = "không phải ngày giờ; hãy viết 14/04/2024"
MERGED = "đang để trống; hãy bỏ gộp ô (nếu có) rồi điền vào từng dòng"
SHIFTED = "Thành lập và hoạt động của hợp tác xã, liên hiệp hợp tác xã"


def commas_within() -> bytes:
    """Software that puts no quotation marks around cells with commas."""
    rows = [HEADERS, [*ROWS[0][:3], SHIFTED, *ROWS[0][4:]], *ROWS[1:]]
    return "\r\n".join(",".join(str(cell or "") for cell in cells) for cells in rows).encode()


def another_month(workbook: Any) -> None:
    sheet = workbook.create_sheet("Tháng 4")
    sheet.append(HEADERS)
    sheet.append([*row(3)[:7], "06/03/2026", "Đã trả kết quả", "Có"])


WRONG = {
    "a code as 1.2E+15": (book(HEADERS, row(1, code=1.2e15), *ROWS[1:]), 2, "B", NUMBER),
    "a code as 1.2E+15 in a CSV": (comma(",", "utf-8").replace(FIRST.encode(), b"1.2E+15"), 2, "B", NUMBER),
    "a code behind a word": (book(HEADERS, row(1, code=f"Mã HS: {FIRST}"), *ROWS[1:]), 2, "B", "hãy viết như"),
    "a procedure in a merged cell": (book(HEADERS, ROWS[0], *in_place(2, "", None, "")[1:2], ROWS[2]), 3, "C", MERGED),
    "a status with a remark": (book(HEADERS, row(1, status="Đang xử lý (Phòng Kinh tế)"), *ROWS[1:]), 2, "I", TAUGHT),
    "a status with its number": (book(HEADERS, row(1, status="4. Đang xử lý"), *ROWS[1:]), 2, "I", TAUGHT),
    "no status": (book(HEADERS, row(1, status=None), *ROWS[1:]), 2, "I", "đang để trống; hãy điền vào"),
    "a channel in two letters": (book(HEADERS, *in_place(4, "TT", "Trực tiếp", "Trực tiếp")), 2, "E", TAUGHT),
    "a day that there is not": (book(HEADERS, row(1, due="31/02/2026"), *ROWS[1:]), 2, "G", NO_TIME),
    "a day without a year": (book(HEADERS, row(1, due="05/03"), *ROWS[1:]), 2, "G", NO_TIME),
    "a day with a second one": (
        book(HEADERS, row(1, due="05/03/2026\n(gia hạn 10/03/2026)"), *ROWS[1:]),
        2,
        "G",
        NO_TIME,
    ),
    "commas within cells": (commas_within(), 2, "F", NO_TIME),
    "a dossier again in another month": (
        book(HEADERS, *ROWS, change=another_month),
        2,
        "B",
        "đã có ở trang “Sheet”, dòng 4",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_cell_is_told_with_what_to_do(name: str) -> None:
    data, number, column, words = WRONG[name]
    told = {(error.row, error.column): error.message for error in contents(data).errors}
    assert words in told[number, column] and {place[0] for place in told} == {number}


def hidden(workbook: Any) -> None:
    workbook.create_sheet("Trống")
    workbook["Sheet"].sheet_state = "veryHidden"


def encrypted_ods() -> bytes:
    """As LibreOffice saves one: noise for its content, and how it was encrypted in the manifest."""
    out = io.BytesIO()
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = '<m:file-entry m:full-path="content.xml" m:size="2962"><m:encryption-data m:checksum="x"/></m:file-entry>'
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        target.writestr("content.xml", bytes(range(256)) * 12)
        target.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{name}">{entry}</m:manifest>')
    return out.getvalue()


def encrypted_xls() -> bytes:
    """The record behind the first one of the workbook says that all that follows is encrypted."""
    data = (Path(__file__).parents[2] / "data" / "tables" / "failed.xls").read_bytes()
    begin = b"\x09\x08\x10\x00\x00\x06\x05\x00"
    place = data.index(begin) + 4 + 16
    return data[:place] + b"\x2f\x00" + data[place + 2 :]


REFUSED = {
    "ODS with a password": (encrypted_ods(), "tệp có mật khẩu; hãy mở ra, bỏ mật khẩu rồi lưu lại"),
    "XLS with a password": (encrypted_xls(), "tệp có mật khẩu; hãy mở ra, bỏ mật khẩu rồi lưu lại"),
    "a workbook without a cell": (book(), "tệp trống; hãy xuất lại"),
    "nothing but headers": (book(HEADERS), "có tiêu đề nhưng không có hồ sơ nào; hãy xuất lại"),
    "headers above blanks": (book(HEADERS, [" "] * 10, ["\u00a0"] * 10), "không có hồ sơ nào; hãy xuất lại"),
    "the list is on a hidden sheet": (book(HEADERS, *ROWS, change=hidden), "đang bị ẩn (Sheet); hãy cho hiện trang"),
    "a download that broke off": (book(HEADERS, *ROWS)[:-200], "tệp XLSX bị hỏng; hãy mở bằng phần mềm bảng tính"),
    "Apple Numbers": (archive("Index/Document.iwa"), "tệp này là Numbers, không phải bảng; hãy xuất"),
    "columns as rows": (book(*map(list, zip(HEADERS, *ROWS, strict=True))), "không thấy dòng tiêu đề; hãy thêm"),
    "JSON": (b'[{"MaHoSo": "000.00.53.H48-260302-0001"}]', "không thấy dòng tiêu đề; hãy thêm"),
    "two tables side by side": (
        book(*([*one, None, *one] for one in (HEADERS, *ROWS))),
        "các cột B, M cùng tên “Mã hồ sơ”; hãy giữ lại một cột",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_way_out(name: str) -> None:
    data, words = REFUSED[name]
    with pytest.raises(TableFileError) as refused:
        contents(data)
    assert words in refused.value.told()


def test_a_table_without_due_days_says_so_before_they_are_missed() -> None:
    """A column that is called otherwise would be left out in silence, and no dossier would ever be late."""
    (note,) = contents(book([*HEADERS[:6], "Hạn chót", *HEADERS[7:]], *ROWS)).notes[1:]
    assert note.startswith("bảng không có cột ngày hẹn trả: hồ sơ đã có giữ nguyên hạn, hồ sơ mới không có hạn")
    assert note.endswith("hãy chỉ tên ở mục “Chữ trong tệp” của trang Hồ sơ")
