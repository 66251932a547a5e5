"""Tables as offices really have them: each file under tests/data/imports gives what a clerk expects of it."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from config.loading import build, sample_text
from contract.dossiers import DossierInput
from sync.dossiers.office_sanitizer import sanitizer_for
from sync.dossiers.sheets import TableFileError, parse_table
from sync.dossiers.tables import TableContents, read_dossiers
from sync.wording import translate

FILES = Path(__file__).parents[2] / "data" / "imports"
TODAY = date(2026, 11, 28)
SANITIZER = sanitizer_for(build(tomllib.loads(sample_text()), "sample"))
HEAD = "000.00.53.H48-2404"


def contents_of(name: str) -> TableContents:
    return read_dossiers(parse_table((FILES / name).read_bytes()), SANITIZER, TODAY)


def dossiers_of(name: str) -> list[DossierInput]:
    contents = contents_of(name)
    assert [str(error) for error in contents.errors] == []
    return contents.dossiers


# file → codes after "000.00.53.H48-2404", receipt and due date of the first in UTC, its status, its channel
RIGHT = [
    ("15-true.xls", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("15b-xls-renamed.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("41-ods.ods", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("41b-ods-renamed.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("01-plain.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("03-two-header-rows.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    (
        "04-header-repeated-each-page.xlsx",
        "15-0001 15-0002 15-0003 15-0004 15-0005 15-0006",
        "2024-04-15T00:00",
        "2024-04-18T10:00",
        4,
        1,
    ),
    ("05-letters-row-under-header.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("06-real-dates.xlsx", "15-0001 15-0002", None, None, 4, 1),
    ("07-serials.xlsx", "15-0001 15-0002", None, None, 4, 1),
    ("10-SA-CH.xlsx", "15-0001", "2024-04-15T01:05", "2024-04-18T10:00", 4, 1),
    ("10b-AMPM.xlsx", "15-0001", "2024-04-15T01:05", "2024-04-18T10:00", 4, 1),
    ("11-nfd.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("13-semicolon.csv", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("16-html-as.xls", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("17-hidden-first-sheet.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    (
        "17c-two-sheets-by-field.xlsx",
        "15-0001 15-0002 15-0003 15-0011 15-0012 15-0013 15-0014 15-0015",
        "2024-04-15T00:00",
        "2024-04-18T10:00",
        4,
        1,
    ),
    ("19-apostrophe-text.xlsx", "15-0001 15-0002", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("20-zero-width.xlsx", "15-0001 15-0002", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("20c-date-zero-width.xlsx", "15-0001", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("21b-x-and-blank-digitised.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 10, 1),
    ("22-blank-rows.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("24-styled-to-end.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("25b-ngay-gio-headers.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T01:05", "2024-04-18T10:00", 4, 1),
    ("25c-no-channel.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, None),
    ("26-decorated-headers.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("31-long-note.xlsx", "15-0001", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("36-date-and-hour-columns.xlsx", "15-0001 15-0002", "2024-04-15T01:05", "2024-04-18T10:00", 4, 1),
    ("39-done-late-return.xlsx", "15-0001", None, None, 10, 1),
    ("41c-lo-saved.xlsx", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("41d-lo.csv", "15-0001 15-0002 15-0003", "2024-04-15T00:00", "2024-04-18T10:00", 4, 1),
    ("41f-lo-dates.xlsx", "15-0001 15-0002", None, None, 4, 1),
    ("42-real-export-12-columns.xlsx", "15-0001 15-0002", "2024-04-15T01:05", "2024-04-18T10:00", 4, None),
    ("42c-real-export-plus-channel.xlsx", "15-0001 15-0002", "2024-04-15T01:05", "2024-04-18T10:00", 4, 1),
]


@pytest.mark.parametrize(
    ("name", "codes", "received", "due", "status", "channel"), RIGHT, ids=[row[0] for row in RIGHT]
)
def test_every_dossier_of_an_office_table_is_read_exactly(
    name: str, codes: str, received: str | None, due: str | None, status: int, channel: int | None
) -> None:
    dossiers = dossiers_of(name)
    assert [dossier["code"] for dossier in dossiers] == [HEAD + code for code in codes.split()]
    first = dossiers[0]
    assert (first["status"], first.get("channel")) == (status, channel)
    if received is not None:
        assert (first["received_at"], first["due_at"]) == (f"{received}:00.000Z", f"{due}:00.000Z")


# file → what the sentence for the clerk must hold
REFUSED = [
    ("12-tcvn3.xlsx", "phông chữ cũ"),
    ("12b-tcvn3-body-unicode-headers.xlsx", "phông chữ cũ"),
    ("13c-utf16le-nobom.csv", "CSV UTF-8"),
    ("14-cp1258.csv", "CSV UTF-8"),
    ("14b-ansi-question-marks.csv", "tệp mất chữ khi lưu"),
    ("14c-mojibake-double-utf8.csv", "mở sai bảng mã"),
    ("34-password.xlsx", "có mật khẩu"),
    ("40b-quote-in-name.csv", "dòng 2: có dấu ngoặc kép"),
]


@pytest.mark.parametrize(("name", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_file_that_cannot_be_read_is_refused_with_the_way_out(name: str, words: str) -> None:
    with pytest.raises(TableFileError) as refused:
        contents_of(name)
    assert words in translate(refused.value.reason, **refused.value.facts)


UNRECKONED = "để trống vì công thức chưa được tính"
# file → its errors: row, column, what the message must hold
WRONG_ROWS = [
    ("07b-serial-text.xlsx", [(2, "F", "không phải ngày giờ"), (2, "G", "không phải ngày giờ")]),
    ("08-two-digit-year.xlsx", [(2, "F", "không phải ngày giờ"), (2, "G", "không phải ngày giờ")]),
    ("09-us-swapped-dates.xlsx", [(2, "F", "ngày và tháng bị đảo"), (4, "F", "ngày và tháng bị đảo")]),
    (
        "18-formulas-no-cache.xlsx",
        [(row, column, UNRECKONED) for row in (2, 3, 4) for column in "BG"],
    ),
    ("29-duplicate-code.xlsx", [(3, "B", "đã có ở dòng 2")]),
    ("33-due-before-received.xlsx", [(2, "G", "trước ngày tiếp nhận")]),
    ("33c-code-date-differs.xlsx", [(2, "F", "cách quá xa ngày ghi trong mã hồ sơ")]),
    ("37-unknown-procedure-name.xlsx", [(2, "B", "không phải mã thủ tục")]),
    ("42d-same-code-twice.xlsx", [(3, "B", "đã có ở dòng 2")]),
]


@pytest.mark.parametrize(("name", "errors"), WRONG_ROWS, ids=[row[0] for row in WRONG_ROWS])
def test_a_wrong_row_is_named_with_its_fault(name: str, errors: list[tuple[int, str, str]]) -> None:
    found = contents_of(name).errors
    assert [(error.row, error.column) for error in found] == [(row, column) for row, column, _ in errors]
    assert all(words in error.message for error, (_, _, words) in zip(found, errors, strict=True))


def test_an_end_beside_an_open_status_and_a_decision_without_an_end_are_wrong() -> None:
    assert len(contents_of("38-end-but-open.xlsx").errors) == 3


def test_words_for_no_date_leave_the_due_date_open() -> None:
    assert [dossier["due_at"] for dossier in dossiers_of("32-due-words.xlsx")] == [None] * 7


def test_an_empty_cell_beside_marked_ones_says_no() -> None:
    assert [dossier["digitised"] for dossier in dossiers_of("21b-x-and-blank-digitised.xlsx")] == [True, False, False]


def test_a_procedure_is_known_with_the_word_before_its_name_and_with_the_unit_behind_its_code() -> None:
    assert [dossier["procedure"] for dossier in contents_of("37-unknown-procedure-name.xlsx").dossiers] == [
        "1.001193",
        "1.001193",
    ]


# file → what the answer says beside the counts
NOTES = [
    ("01-plain.xlsx", ["trang “Sheet”: 3 hồ sơ"]),
    ("13-semicolon.csv", []),
    ("17-hidden-first-sheet.xlsx", ["trang “Danh sách”: 3 hồ sơ", "không đọc trang “cu”: trang đang bị ẩn"]),
    ("17c-two-sheets-by-field.xlsx", ["trang “Hộ tịch”: 3 hồ sơ", "trang “Đất đai”: 5 hồ sơ"]),
    (
        "25c-no-channel.xlsx",
        [
            "trang “Sheet”: 3 hồ sơ",
            "bảng không ghi hình thức nộp: hồ sơ đã có giữ nguyên, hồ sơ mới tính là “trực tiếp”",
        ],
    ),
]


@pytest.mark.parametrize(("name", "notes"), NOTES, ids=[row[0] for row in NOTES])
def test_the_answer_says_which_sheets_were_read_and_what_was_supplied(name: str, notes: list[str]) -> None:
    assert contents_of(name).notes == notes


def test_every_file_has_an_expectation() -> None:
    tried = {row[0] for table in (RIGHT, REFUSED, WRONG_ROWS) for row in table}
    tried |= {"32-due-words.xlsx", "38-end-but-open.xlsx", "44-adoption.xlsx", "sens-case.toml", "sens-nfd.toml"}
    assert {path.name for path in FILES.iterdir()} == tried


TAUGHT = """
[sync]
default_channel = 2
columns = {status = ["Bước hiện tại"], received_at = ["Ngày vào sổ"]}
statuses = {"Chuyển phòng chuyên môn" = 4}
channels = {"Hái hoa" = 3}
"""


def test_an_office_teaches_its_own_columns_and_words() -> None:
    tables = tomllib.loads(sample_text())
    tables["sync"] = {**tables.get("sync", {}), **tomllib.loads(TAUGHT)["sync"]}
    sanitizer = sanitizer_for(build(tables, "sample"))
    csv = (
        "Mã hồ sơ,Mã thủ tục,Bước hiện tại,Ngày vào sổ,Hình thức nộp\n"
        "000.00.53.H48-240415-0001,2.000635,Chuyển phòng chuyên môn,15/04/2024,Hái hoa\n"
    )
    contents = read_dossiers(parse_table(csv.encode()), sanitizer, TODAY)
    assert [str(error) for error in contents.errors] == [] and contents.default_channel == 2
    (dossier,) = contents.dossiers
    assert (dossier["status"], dossier["channel"]) == (4, 3)
    assert contents_of("01-plain.xlsx").dossiers, "what the product knew before stays known"


# receipt, due, end → which of them is refused; the code says 15/04/2024
DAYS = [
    ("15/04/2024", "18/04/2024", "", None),
    ("16/06/2024", "18/06/2024", "", None),  # papers came later
    ("15/04/2024", "15/04/2024", "", None),
    ("15/04/2024", "14/04/2024", "", "due_at"),
    ("15/04/2022", "18/04/2022", "", "received_at"),
    ("15/04/2024", "18/04/2024", "29/11/2026", "finished_at"),
    ("15/04/2024", "18/04/2024", "28/11/2026", None),
]


@pytest.mark.parametrize(("received", "due", "finished", "wrong"), DAYS)
def test_a_row_is_held_against_its_code_the_order_of_its_dates_and_today(
    received: str, due: str, finished: str, wrong: str | None
) -> None:
    status = "Đã trả kết quả" if finished else "Đang xử lý"
    csv = (
        "Mã hồ sơ,Mã thủ tục,Trạng thái,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc\n"
        f"{HEAD}15-0001,2.000635,{status},{received},{due},{finished}\n"
    )
    columns = {"received_at": "D", "due_at": "E", "finished_at": "F", None: None}
    errors = read_dossiers(parse_table(csv.encode()), SANITIZER, TODAY).errors
    assert [error.column for error in errors] == [column for column in [columns[wrong]] if column]


def test_a_machine_that_does_not_know_today_refuses_nothing_as_future() -> None:
    csv = f"Mã hồ sơ,Mã thủ tục,Trạng thái,Ngày tiếp nhận\n{HEAD}15-0001,2.000635,Đang xử lý,16/04/2024\n"
    table = parse_table(csv.encode())
    assert read_dossiers(table, SANITIZER, None).errors == []
    assert [error.message for error in read_dossiers(table, SANITIZER, date(1970, 1, 1)).errors] == [
        "nằm trong tương lai; hãy sửa ngày, hoặc chỉnh đồng hồ máy này"
    ]


def test_a_page_in_html_gives_its_words_without_its_scripts_and_keeps_spanned_columns_in_place() -> None:
    page = (
        "<html><head><style>td {}</style></head><body><table><tr><td colspan=5>DANH SÁCH</td></tr>"
        "<tr><th>Mã hồ sơ<th>Mã thủ tục<th>Trạng<br>thái<th>Ngày tiếp nhận<th>Hình thức nộp</tr>"
        f"<tr><td>{HEAD}15-0001<script>alert(1)</script></td><td>2.000635</td><td>Đang xử lý</td>"
        "<td>15/04/2024&nbsp;08:05</td><td>Trực tuyến</td></tr></table>"
    )
    (dossier,) = read_dossiers(parse_table(page.encode()), SANITIZER, TODAY).dossiers
    assert (dossier["code"], dossier["channel"], dossier["received_at"]) == (
        f"{HEAD}15-0001",
        2,
        "2024-04-15T01:05:00.000Z",
    )
