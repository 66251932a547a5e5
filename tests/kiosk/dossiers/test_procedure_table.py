"""Tables of procedures as the portal exports them and as offices write them, and what they change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.procedures import ProcedureSection
from kiosk.dossiers.procedure_headers import find_procedure_columns
from kiosk.dossiers.procedure_table import NamedService, ProcedureTable, ProcedureTableReader
from sync.dossiers.sheets import Sheet, TableFile, parse_table
from tests.sync.exports import as_csv, as_xlsx

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SERVICES = [
    NamedService("HT", frozenset({"ht", "tu phap ho tich", "a"}), {"ho tich": "Hộ tịch", "chung thuc": "Chứng thực"}),
    NamedService("VX", frozenset({"vx", "h"}), {"bao tro xa hoi": "Bảo trợ xã hội"}),
]
KNOWN = [
    ProcedureSection(
        code="1.001193",
        name="Đăng ký khai sinh",
        field="Hộ tịch",
        service="HT",
        fee="Miễn phí",
        papers=["Tờ khai"],
        words=["làm khai sinh"],
        certainty="confirmed",
    )
]
# As the national portal's export has it: a title, headers, numbers of columns.
PORTAL = [
    ["DANH MỤC THỦ TỤC HÀNH CHÍNH", None, None, None, None, None, None],
    ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Thời hạn giải quyết", "Phí, lệ phí", "Thành phần hồ sơ"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    [
        "1",
        "1.001193.000.00.00.H48",
        "Đăng ký khai sinh",
        "Hộ tịch",
        "Trong ngày",
        "Không",
        "- Tờ khai;\n- Chứng sinh.",
    ],
    ["2", "2.000884", "Chứng thực chữ ký", "CHỨNG THỰC", "Trong ngày", "10.000 đ", "1. Căn cước; 2. Giấy tờ sẽ ký"],
    ["3", "1.009999", "Cấp phép tàu biển", "Hàng hải", "", "", ""],
]


def read(rows: Any, confirmed: bool = False, known: list[ProcedureSection] | None = None) -> ProcedureTable:
    reader = ProcedureTableReader(KNOWN if known is None else known, SERVICES, ZONE, confirmed)
    found = reader.read(TableFile((Sheet("", [(number, cells) for number, cells in enumerate(rows, 1)]),)))
    assert found is not None
    return found


def test_the_portals_export_changes_what_it_says_and_leaves_the_rest() -> None:
    table = read(PORTAL)
    assert (table.problems, table.elsewhere) == ([], 1)
    birth, signature = (change.after for change in table.changes)
    assert [change.kind for change in table.changes] == ["updated", "created"]
    assert (birth.time, birth.fee, birth.papers) == ("Trong ngày", "Không", ["Tờ khai", "Chứng sinh"])
    assert birth.words == ["làm khai sinh"], "what the table does not say stays"
    assert birth.certainty == "needs confirmation", "what changed is to be confirmed again"
    assert (signature.service, signature.field) == ("HT", "Chứng thực"), "as the office spells it"
    assert signature.papers == ["Căn cước", "Giấy tờ sẽ ký"]
    assert table.changes[0].told == "thời hạn, lệ phí, giấy tờ, độ tin cậy"


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_the_reader_of_dossiers_reads_these_files_too(write: Any) -> None:
    reader = ProcedureTableReader(KNOWN, SERVICES, ZONE, False)
    table = reader.read(parse_table(write(PORTAL[1:2] + PORTAL[3:5])))
    assert table is not None and [change.after.code for change in table.changes] == ["1.001193", "2.000884"]


def test_a_table_that_the_office_has_checked_confirms() -> None:
    again = [["Mã", "Tên thủ tục"], ["1.001193", "Đăng ký khai sinh"]]
    assert [change.kind for change in read(again).changes] == ["unchanged"]
    unsure = [KNOWN[0].model_copy(update={"certainty": "needs confirmation"})]
    (change,) = read(again, confirmed=True, known=unsure).changes
    assert (change.kind, change.after.certainty) == ("updated", "confirmed")


def test_days_of_validity_and_what_comes_instead() -> None:
    rows = [
        ["Mã thủ tục", "Tên", "Hiệu lực từ", "Hết hiệu lực", "Thay bằng", "Xác nhận"],
        ["1.001193", "Đăng ký khai sinh", "01/07/2025", datetime(2027, 2, 28), "2.000884.H48", "x"],
    ]
    later = KNOWN[0].model_copy(update={"code": "2.000884"})
    (change,) = read(rows, known=[*KNOWN, later]).changes
    one = change.after
    assert (one.valid_from, one.valid_until) == (date(2025, 7, 1), date(2027, 2, 28))
    assert (one.replaced_by, one.certainty) == ("2.000884", "confirmed")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["khai sinh", "Đăng ký khai sinh", "Hộ tịch", ""], "A", "không phải mã thủ tục"),
        (["1.001193", "Đăng ký khai sinh", "Hộ tịch", "hôm qua"], "D", "không phải ngày"),
        (["1.001193", "Đ" * 401, "Hộ tịch", ""], "B", "400"),
        (["1.001193", "#N/A", "Hộ tịch", ""], "B", "công thức báo lỗi #N/A"),
    ],
)
def test_a_wrong_cell_is_named_and_its_row_changes_nothing(row: list[str], column: str, words: str) -> None:
    table = read([["Mã TTHC", "Tên thủ tục", "Lĩnh vực", "Hiệu lực từ"], row])
    (problem,) = table.problems
    assert (problem.row, problem.column, table.changes) == (2, column, []) and words in problem.message


def test_a_code_that_stands_twice_is_named() -> None:
    rows = [["Mã TTHC", "Tên thủ tục"], ["1.001193", "Đăng ký khai sinh"], ["1.001193.H48", "Đăng ký khai sinh"]]
    (problem,) = read(rows).problems
    assert (problem.row, problem.message) == (3, "đã có ở dòng 2; hãy giữ lại một dòng")


def test_what_replaces_one_must_be_there() -> None:
    rows = [["Mã TTHC", "Tên thủ tục", "Thay bằng"], ["1.001193", "Đăng ký khai sinh", "2.000884"]]
    (problem,) = read(rows).problems
    assert (problem.row, problem.message) == (
        2,
        "không có thủ tục 2.000884 để thay thế; hãy thêm thủ tục đó vào bảng, hoặc sửa mã",
    )


def test_a_table_of_something_else_is_none() -> None:
    assert find_procedure_columns([(1, ["Họ tên", "Ngày sinh"])]) is None
    reader = ProcedureTableReader(KNOWN, SERVICES, ZONE, False)
    assert reader.read(TableFile((Sheet("", [(1, ["Mã hồ sơ", "Ngày nhận"]), (2, ["H48-1", "x"])]),))) is None


def whole(rows: Any, known: list[ProcedureSection], on: date = date(2026, 11, 29)) -> ProcedureTable:
    reader = ProcedureTableReader(known, SERVICES, ZONE, False, whole_on=on)
    table = reader.read(TableFile((Sheet("", [(number, cells) for number, cells in enumerate(rows, 1)]),)))
    assert table is not None
    return table


def test_what_a_whole_catalogue_no_longer_has_ended_yesterday() -> None:
    marriage = KNOWN[0].model_copy(update={"code": "1.000894", "name": "Đăng ký kết hôn"})
    own = KNOWN[0].model_copy(update={"code": "open-1", "name": "Mượn hội trường"})
    over = KNOWN[0].model_copy(update={"code": "1.000656", "valid_until": date(2026, 7, 1)})
    later = KNOWN[0].model_copy(update={"code": "1.000689", "valid_from": date(2027, 3, 1)})
    table = whole([["Mã TTHC", "Tên thủ tục"], ["1.001193", "ĐĂNG KÝ KHAI SINH"]], [*KNOWN, marriage, own, over, later])
    assert [(one.kind, one.after.code) for one in table.changes] == [("unchanged", "1.001193"), ("ended", "1.000894")]
    assert table.changes[1].after.valid_until == date(2026, 11, 28)
    assert [one.after.code for one in table.differing()] == ["1.000894"]


def test_a_table_that_is_no_whole_catalogue_ends_nothing() -> None:
    marriage = KNOWN[0].model_copy(update={"code": "1.000894", "name": "Đăng ký kết hôn"})
    table = read([["Mã TTHC", "Tên thủ tục"], ["1.001193", "Đăng ký khai sinh"]], known=[*KNOWN, marriage])
    assert [one.kind for one in table.changes] == ["unchanged"]
