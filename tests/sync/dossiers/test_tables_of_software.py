"""Exports of one-stop software of several kinds, whole: titles, merged heads, sums, signatures, several sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.sync.dossiers.test_more_tables import CODE, EVENING, HEADERS, ROWS, Cells, book, contents, row

NBSP = "\u00a0"
EIGHT = "2026-03-02T01:00:00.000Z"
BIRTH = "1.001193"  # Đăng ký khai sinh
MOTTO: Sequence[Cells] = (
    ["UBND TỈNH QUẢNG NGÃI", *[None] * 5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["UBND XÃ BA VÌ", *[None] * 5, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["DANH SÁCH HỒ SƠ TIẾP NHẬN"],
    ["(Từ ngày 01/03/2026 đến ngày 31/03/2026)"],
)
SIGNED: Sequence[Cells] = (
    [],
    [*[None] * 7, "Ba Vì, ngày 31 tháng 3 năm 2026"],
    ["NGƯỜI LẬP BIỂU", *[None] * 6, "CHỦ TỊCH"],
    ["(Ký, ghi rõ họ tên)", *[None] * 6, "(Ký tên, đóng dấu)"],
    [],
    ["Phạm Thị Sơ", *[None] * 6, "Đinh Văn Rơ"],
)

IGATE = ["STT", "Số hồ sơ", "Tên thủ tục hành chính", "Đơn vị", "Chủ hồ sơ", "Địa chỉ", "Số điện thoại", "Ngày nộp"]
IGATE += ["Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc", "Ngày trả kết quả", "Hình thức nhận", "Trạng thái hồ sơ"]


def igate(number: int, received: object = "02/03/2026 08:00:00", due: object = "05/03/2026 17:00:00") -> Cells:
    named = f"{BIRTH}.000.00.00.H48 - Đăng ký khai sinh"
    person = ["Đinh Thị Lan", "Thôn 1", "0912345678", "02/03/2026 07:55:00"]
    days = [received, due, None, None]
    return [number, CODE.format(number), named, "UBND xã Ba Vì", *person, *days, "Trực tiếp", "Đang xử lý"]


TWO_ROWS: Sequence[Cells] = (
    ["STT", "Mã hồ sơ", "Người nộp", None, "Thủ tục", "Thời gian", None, None, "Tình trạng", "Kênh tiếp nhận"],
    [None, None, "Họ tên", "Địa chỉ", None, "Tiếp nhận", "Hẹn trả", "Kết thúc", None, None],
)
THREE_ROWS: Sequence[Cells] = (
    ["STT", "Hồ sơ", None, None, None, "Thời gian", None, None, "Tình trạng", "Kênh tiếp nhận"],
    [None, "Thông tin chung", None, None, None, "Theo quy định", None, "Thực tế", None, None],
    [None, "Mã hồ sơ", "Họ tên", "Địa chỉ", "Thủ tục", "Tiếp nhận", "Hẹn trả", "Kết thúc", None, None],
)


def merged(number: int) -> Cells:
    days = ["08:00 02/03/2026", "17:00 05/03/2026", ""]
    head = [number, CODE.format(number), "Đinh Thị Lan", "Thôn 1", "Thủ tục đăng ký khai sinh"]
    return [*head, *days, "Đang giải quyết", "Nộp trực tiếp"]


def merge(*ranges: str) -> Any:
    def change(workbook: Any) -> None:
        for one in ranges:
            workbook.active.merge_cells(one)

    return change


def by_field(workbook: Any) -> None:
    """A sheet for each field, a summary and a sheet of advice."""
    for number, name in ((2, "Đất đai"), (3, "Chứng thực")):
        sheet = workbook.create_sheet(name)
        for cells in ([f"LĨNH VỰC {name.upper()}"], IGATE, igate(number), ["Tổng cộng", 1]):
            sheet.append(list(cells))
    for name, cells in (("Tổng hợp", ["Lĩnh vực", "Số lượng"]), ("Hướng dẫn", ["Cách điền bảng"])):
        workbook.create_sheet(name).append(cells)


def filtered(workbook: Any) -> None:
    workbook.active.auto_filter.ref = "A1:N4"
    workbook.active.row_dimensions[3].hidden = True


THREE = [igate(number) for number in (1, 2, 3)]
GROUPS = (
    ["I. LĨNH VỰC HỘ TỊCH"],
    THREE[0],
    ["Cộng", 1],
    ["II. ĐẤT ĐAI"],
    *THREE[1:],
    ["Cộng", 2],
    ["Tổng cộng: 3 hồ sơ"],
)
SUMMARY = ([], ["TỔNG HỢP"], ["STT", "Lĩnh vực", "Tổng số", "Đúng hạn"], [1, "Hộ tịch", 3, 3], ["Tổng", None, 3, 3])
NOTES = (["Ghi chú: số liệu lúc 08:00 ngày 31/03/2026"], ["Nơi nhận:"], ["- Như trên;"], ["- Lưu: VT."])
NAMED_DAYS = (
    igate(1, "02-Mar-2026 08:00", "5-Mar-26"),
    igate(2, "Mar 2, 2026 8:00 AM", "Thứ Năm, 5 tháng 3, 2026"),
    igate(3, "2 thg 3 2026 08:00", "ngày 05 tháng 3 năm 2026"),
)
SPACED = (
    igate(1, f"02/03/2026{NBSP}08:00", f"05/03/2026{NBSP}17:00"),
    igate(2, "02/03/2026\n08:00", "05/03/2026\n17:00"),
    igate(3, f"{NBSP}02/03/2026 - 08:00{NBSP}", "05/03/2026, 17h00"),
)
VIETTEL = ["STT", "Mã HS", "Tên TTHC", "Người nộp", "Ngày tiếp nhận", "Hạn trả KQ", "Ngày hoàn thành", "Trạng thái"]
VIETTEL_ROWS = [
    [n, CODE.format(n), "Đăng ký khai sinh", "A", "2026-03-02 08:00:00.0", "2026-03-05 17:00:00.0", None, "Đang xử lý"]
    for n in (1, 2, 3)
]
# name → file, numbers of rows that are told to be no dossiers
RIGHT = {
    "iGate, with motto, sum and signatures": (book(*MOTTO, IGATE, *THREE, ["Tổng cộng: 3"], *SIGNED), "10, 12–14, 16"),
    "iGate, with numbers of columns": (book(IGATE, [f"({n})" for n in range(1, 15)], *THREE), ""),
    "iGate, fields as groups": (book(IGATE, *GROUPS), "2, 4–5, 8–9"),
    "iGate, a summary below": (book(IGATE, *THREE, *SUMMARY), "6–9"),
    "iGate, notes and addressees below": (book(IGATE, *THREE, *NOTES), "5–8"),
    "iGate, filtered": (book(IGATE, *THREE, change=filtered), ""),
    "a sheet for each field": (book(IGATE, THREE[0], change=by_field), "4"),
    "VNPT, two merged heads": (
        book(*TWO_ROWS, *map(merged, (1, 2, 3)), change=merge("A1:A2", "C1:D1", "F1:H1", "I1:I2", "J1:J2")),
        "",
    ),
    "VNPT, three merged heads": (
        book(*THREE_ROWS, *map(merged, (1, 2, 3)), change=merge("A1:A3", "B1:E1", "F1:H1", "F2:G2", "I1:I3", "J1:J3")),
        "",
    ),
    "VNPT, a sum in the last column": (book(*TWO_ROWS, *map(merged, (1, 2, 3)), [*[None] * 9, "Cộng: 3"]), "6"),
    "Viettel": (book(VIETTEL, *VIETTEL_ROWS), ""),
    "months by name": (book(IGATE, *NAMED_DAYS), ""),
    "days and hours with odd blanks": (book(IGATE, *SPACED), ""),
}


@pytest.mark.parametrize("name", RIGHT)
def test_an_export_is_read_and_what_is_no_dossier_is_named(name: str) -> None:
    data, others = RIGHT[name]
    read = contents(data)
    assert [str(error) for error in read.errors] == []
    seen = [(one["code"], one["procedure"], one["received_at"], one["due_at"], one["status"]) for one in read.dossiers]
    assert seen == [(CODE.format(number), BIRTH, EIGHT, EVENING, 4) for number in (1, 2, 3)]
    told = [note.partition("): dòng ")[2].partition(";")[0] for note in read.notes if "không phải hồ sơ" in note]
    assert set(told) == ({others} if others else set())


@pytest.mark.parametrize("heads", [TWO_ROWS, THREE_ROWS])
def test_headers_of_several_rows_may_be_said_again(heads: Sequence[Cells]) -> None:
    read = contents(book(*heads, merged(1), merged(2), *heads, merged(3)))
    assert [str(error) for error in read.errors] == []
    assert [one["code"] for one in read.dossiers] == [CODE.format(number) for number in (1, 2, 3)]
    assert [note for note in read.notes if "không phải hồ sơ" in note] == []


def test_a_row_with_half_of_the_headers_is_named() -> None:
    half: Cells = [*THREE_ROWS[1][:2], None, "Lan"]
    read = contents(book(*THREE_ROWS, merged(1), half, merged(2)))
    assert [note for note in read.notes if "không phải hồ sơ" in note] != []


BOTH = f"{CODE.format(1)}\n{CODE.format(2)}"
WRONG = {
    "two dossiers in a cell": (row(1, code=BOTH), "B", "một ô có nhiều mã hồ sơ; hãy tách mỗi hồ sơ thành một dòng"),
    "two behind commas": (row(1, code=BOTH.replace("\n", ", ")), "B", "một ô có nhiều mã hồ sơ"),
    "a code and a name": (row(1, code=f"{CODE.format(1)}\nĐinh Thị Lan"), "B", "ngoài mã hồ sơ còn có chữ khác; hãy"),
    "a code without its strokes": (row(1, code="0000053H482603020001"), "B", "không phải mã hồ sơ; hãy viết như"),
    "how many days are left": (row(1, due="05/03/2026 (còn 2 ngày)"), "G", "không phải ngày giờ; hãy viết"),
    "two days in a cell": (row(1, "02/03/2026 - 05/03/2026"), "F", "không phải ngày giờ; hãy viết"),
    "a day without a month": (row(1, "Mar 2026"), "F", "không phải ngày giờ; hãy viết"),
    "a status with the term": (row(1, status="Hoàn thành đúng hạn"), "I", "hãy chỉ nghĩa của từ này"),
    "a forgotten code": (row(1, code=None), "B", "đang để trống; hãy điền vào"),
    "a forgotten code and day": (row(1, None, code=None), "B", "đang để trống; hãy điền vào"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_leads_the_clerk_right(name: str) -> None:
    cells, column, words = WRONG[name]
    errors = {(one.row, one.column): one.message for one in contents(book(HEADERS, ROWS[2], cells)).errors}
    assert errors[3, column].startswith(words) or words in errors[3, column]
