"""Tables exported by the one-stop software: every way they are written, every way they are wrong."""

from __future__ import annotations

import random
import unicodedata
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract.dossiers import DossierInput
from sync.dossiers.procedures import ProcedureCatalogue, ProcedureEntry
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.sheets import TableFileError, parse_table
from sync.dossiers.tables import column_letters, read_dossiers
from sync.dossiers.vocabulary import shipped_vocabulary
from tests.sync.exports import as_csv, as_xlsx

PROCEDURES = [
    ProcedureEntry("1.001193", "Đăng ký khai sinh", "Hộ tịch"),
    ProcedureEntry("open-1", "Công nhận người có uy tín", "Dân tộc"),
]
CATALOGUE = ProcedureCatalogue.of(PROCEDURES, ["Bảo trợ xã hội"])
SANITIZER = DossierSanitizer(shipped_vocabulary(), CATALOGUE, ZoneInfo("Asia/Ho_Chi_Minh"))
CODE = "000.00.53.H48-240414-0001"
ROW: dict[str, Any] = {
    "Mã hồ sơ": CODE,
    "Mã TTHC": "1.001193",
    "Lĩnh vực": "Hộ tịch",
    "Hình thức nộp": "Trực tuyến",
    "Ngày tiếp nhận": "14/04/2024 08:05",
    "Ngày hẹn trả": "17/04/2024",
    "Trạng thái": "Đang xử lý",
}


def table(*rows: dict[str, Any]) -> list[list[Any]]:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    return [headers, *([row.get(header, "") for header in headers] for row in rows)]


def read(*rows: dict[str, Any]) -> list[DossierInput]:
    contents = read_dossiers(parse_table(as_csv(table(*rows))), SANITIZER)
    assert [str(problem) for problem in contents.errors] == []
    return contents.dossiers


def problems(*rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    contents = read_dossiers(parse_table(as_csv(table(*rows))), SANITIZER)
    return [(problem.row, problem.column, problem.message) for problem in contents.errors]


def why(data: bytes) -> str:
    with pytest.raises(TableFileError) as refused:
        read_dossiers(parse_table(data), SANITIZER)
    return str(refused.value)


def test_a_row_becomes_a_dossier_of_the_contract() -> None:
    assert read(ROW) == [
        {
            "code": CODE,
            "procedure": "1.001193",
            "field": "Hộ tịch",
            "channel": 2,
            "status": 4,
            "step": "processing",
            "received_at": "2024-04-14T01:05:00.000Z",
            "due_at": "2024-04-17T10:00:00.000Z",
            "finished_at": None,
        }
    ]


@given(st.permutations(list(ROW)), st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower, str.title]))
@settings(max_examples=60)
def test_headers_come_in_any_order_case_and_form(order: list[str], form: Any, case: Any) -> None:
    headers = [unicodedata.normalize(form, case(name)) for name in order]
    values = [unicodedata.normalize(form, ROW[name]) for name in order]
    for data in (as_csv([headers, values]), as_xlsx([headers, values])):
        assert read_dossiers(parse_table(data), SANITIZER).dossiers == read(ROW)


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_every_csv_that_a_spreadsheet_saves_is_read(separator: str, encoding: str) -> None:
    assert read_dossiers(parse_table(as_csv(table(ROW), separator, encoding)), SANITIZER).dossiers == read(ROW)


def test_a_separator_may_be_declared() -> None:
    data = b"sep=;\r\n" + as_csv(table(ROW), ";", "utf-8")
    assert read_dossiers(parse_table(data), SANITIZER).dossiers == read(ROW)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("17/04/2024", date(2024, 4, 17)),
        ("17/04/2024", datetime(2024, 4, 17)),
        ("17/04/2024 00:01", datetime(2024, 4, 17, 0, 1)),
        ("17/04/2024 16:30", datetime(2024, 4, 17, 16, 30)),
    ],
)
def test_a_date_in_a_spreadsheet_is_the_same_time_as_in_a_csv(text: str, cell: date) -> None:
    ended, times = ROW | {"Trạng thái": "Đã xử lý xong"}, ("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc")
    contents = read_dossiers(parse_table(as_xlsx(table(ended | dict.fromkeys(times, cell)))), SANITIZER)
    assert contents.dossiers == read(ended | dict.fromkeys(times, text))


CODES = [
    "000.00.53.H48-240414-0001",
    "H48.53.00-240414-0001",
    "H48.242-240414-12345",
    "H48.123.45-240414-010001",
    "H48.123.45-240414-0112345",
    "H48.123.45-240414-010012345678",
]


@pytest.mark.parametrize("code", CODES)
def test_both_orders_of_unit_codes_stay_as_given(code: str) -> None:
    assert read(ROW | {"Mã hồ sơ": f"  {code.lower()} "})[0]["code"] == code


def test_titles_above_and_a_count_of_columns_below_the_headers_are_no_dossiers() -> None:
    headers, values = table(ROW)
    rows = [
        ["DANH SÁCH HỒ SƠ"],
        ["Từ ngày 15/12/2023 đến ngày 14/04/2024"],
        [],
        headers,
        ["(1)", "(2)", "(3)"],
        values,
        ["Tổng cộng: 1 hồ sơ"],
        ["", "", "Người lập biểu"],
    ]
    for data in (as_csv(rows), as_xlsx(rows)):
        contents = read_dossiers(parse_table(data), SANITIZER)
        assert (contents.dossiers, contents.errors) == (read(ROW), [])


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("1.001193.000.00.00.H48", "", "1.001193"),
        ("1.001193.02", "", "1.001193"),
        ("open-1", "", "open-1"),
        ("", "ĐĂNG KÝ  KHAI SINH", "1.001193"),
        ("", "1.001193 - Đăng ký khai sinh", "1.001193"),
        ("2.000815", "Chứng thực bản sao", "2.000815"),
        ("T-QNG-123456-TT", "", "T-QNG-123456-TT"),
    ],
)
def test_a_procedure_is_known_by_its_code_or_its_name(code: str, name: str, expected: str) -> None:
    assert read(ROW | {"Mã TTHC": code, "Tên thủ tục": name})[0]["procedure"] == expected


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Lĩnh vực Bảo trợ xã hội", "Bảo trợ xã hội"),
        ("giáo dục", "Giáo dục"),
        ("Vùng đệm", "Lĩnh vực khác"),
        ("Nguyễn Canha00 Yến", "Lĩnh vực khác"),
        ("nguyen canha00 yen", "Lĩnh vực khác"),
        ("Máy 0987 600 321", "Lĩnh vực khác"),
        ("", "Lĩnh vực khác"),
        ("a@b.vn", "Lĩnh vực khác"),
    ],
)
def test_a_field_gets_the_name_the_office_gives_it_and_never_a_person_s(said: str, kept: str) -> None:
    assert read(ROW | {"Mã TTHC": "2.000815", "Lĩnh vực": said})[0]["field"] == kept


def test_reasons_are_kept_only_from_the_list() -> None:
    reasons = ["ban dân tộc tỉnh trả kết quả", "Bà Phạm Canhe01 Yến mang về", ""]
    rows = [
        ROW | {"Mã hồ sơ": f"H48.53-240414-000{n}", "Số hóa": "Không", "Lý do chưa số hóa": reason}
        for n, reason in enumerate(reasons)
    ]
    kept = [(one["digitised"], one["not_digitised_reason"]) for one in read(*rows)]
    assert kept == [(False, "Ban Dân tộc tỉnh trả kết quả"), (False, "Lý do khác"), (False, None)]


@pytest.mark.parametrize(
    ("said", "number"), [("Đã trả kết quả", 10), ("10", 10), ("04", 4), ("CHỜ BỔ SUNG", 5), ("Xin rút", 7)]
)
def test_a_status_is_known_by_number_or_by_words(said: str, number: int) -> None:
    ended = {"Ngày trả kết quả": "15/04/2024"} if number > 6 else {}
    assert read(ROW | {"Trạng thái": said} | ended)[0]["status"] == number


def test_a_result_handed_over_on_the_day_of_receipt_is_not_before_it() -> None:
    late = ROW | {"Ngày tiếp nhận": "14/04/2024 19:30", "Ngày trả kết quả": "14/04/2024", "Trạng thái": "Đã trả"}
    assert read(late)[0]["finished_at"] == read(late)[0]["received_at"]


@pytest.mark.parametrize(
    ("change", "column", "word"),
    [
        ({"Mã hồ sơ": "H48-1"}, "A", "không phải mã hồ sơ"),
        ({"Mã TTHC": "khai sinh"}, "B", "không phải mã thủ tục"),
        ({"Mã TTHC": "SDT-0912345-678"}, "B", "không phải mã thủ tục"),
        ({"Mã TTHC": "AN.NGUYEN.VAN2"}, "B", "không phải mã thủ tục"),
        ({"Hình thức nộp": "qua bạn"}, "D", "không phải trực tiếp"),
        ({"Ngày tiếp nhận": "hôm qua"}, "E", "không phải ngày giờ"),
        ({"Ngày tiếp nhận": ""}, "E", "đang để trống"),
        ({"Ngày hẹn trả": "32/04/2024"}, "F", "không phải ngày giờ"),
        ({"Trạng thái": "Đang ngủ"}, "G", "không phải trạng thái"),
        ({"Trạng thái": ""}, "G", "đang để trống"),
        ({"Trạng thái": "Đã xử lý xong"}, "–", "thiếu ngày kết thúc"),
        ({"Ngày trả": "15/04/2024"}, "H", "trạng thái lại là đang xử lý"),
        ({"Ngày trả": "13/04/2024", "Trạng thái": "Đã trả"}, "H", "trước ngày tiếp nhận"),
        ({"Số hóa": "có lẽ"}, "H", "không phải có hay không"),
    ],
)
def test_an_error_is_told_by_row_and_column(change: dict[str, str], column: str, word: str) -> None:
    contents = read_dossiers(
        parse_table(as_csv(table(ROW | {"Mã hồ sơ": "H48.53-240414-0002"}, ROW | change))), SANITIZER
    )
    assert len(contents.errors) == 1
    problem = contents.errors[0]
    assert (problem.row, problem.column or "–") == (3, column) and word in problem.message
    assert str(problem).startswith(f"dòng 3, cột {column} (")


def test_every_error_of_a_row_is_told_at_once() -> None:
    assert [column for _, column, _ in problems(ROW | {"Mã hồ sơ": "x", "Trạng thái": "y", "Ngày tiếp nhận": "z"})] == [
        "A",
        "G",
        "E",
    ]


def test_a_dossier_that_stands_twice_is_an_error() -> None:
    assert problems(ROW, ROW) == [(3, "A", "đã có ở dòng 2; hãy giữ lại một dòng")]


def test_no_error_repeats_what_a_cell_holds() -> None:
    secret = "Đinh Canhi02 Yến 0987602321"
    wrong = dict.fromkeys(ROW, secret)
    assert not any("Canhi02" in message or "0987602321" in message for *_, message in problems(wrong))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "tệp trống"),
        (b"xin chao", "không thấy dòng tiêu đề"),
        ("Mã hồ sơ,Trạng thái,Ngày tiếp nhận\n".encode(), "dòng tiêu đề (dòng 1) thiếu cột: Mã thủ tục"),
        (as_csv([[*ROW]]), "không có hồ sơ nào"),
        (as_csv([[*ROW, "Mã  HỒ SƠ"], [*ROW.values(), ""]]), "các cột A, H cùng tên “Mã hồ sơ”"),
        ("Sè hå s¬,Tr¹ng th¸i,Ngµy tiÕp nhËn\nH48,xong,1".encode(), "phông chữ cũ"),
        ("Maõ hoà sô,Traïng thaùi,Ngaøy tieáp nhaän,Löu yù\n".encode(), "phông chữ cũ"),
        ("Mã hồ sơ".encode("cp1258", "replace") + b"\x81\x8d", "UTF-8"),
        (b"\xd0\xcf\x11\xe0rest", "tệp XLS bị hỏng"),
        (b"PK\x03\x04nonsense", "tệp ZIP bị hỏng"),
        (as_xlsx(table(ROW))[:-400], "XLSX bị hỏng"),
        (as_csv([[*ROW], *([CODE] for _ in range(60_000))]), "hơn 60000 dòng"),
        (b"x" * (21 * 1024 * 1024), "lớn hơn 20 MiB"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(data: bytes, word: str) -> None:
    from sync.wording import translate

    with pytest.raises(TableFileError) as refused:
        read_dossiers(parse_table(data), SANITIZER)
    assert word in translate(refused.value.reason, **refused.value.facts)


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


CELL = st.one_of(st.text(max_size=30), st.sampled_from([*ROW, *ROW.values()]))


@given(st.lists(st.lists(CELL, max_size=9), max_size=9))
@settings(max_examples=150, deadline=None)
def test_no_table_makes_the_reader_stumble(rows: list[list[str]]) -> None:
    try:
        contents = read_dossiers(parse_table(as_csv(rows)), SANITIZER)
    except TableFileError:
        return
    assert contents.dossiers or contents.errors


@given(st.binary(max_size=300), st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_a_damaged_spreadsheet_is_refused_or_read_never_more(noise: bytes, seed: int) -> None:
    data = bytearray(as_xlsx(table(ROW)))
    place = random.Random(seed).randrange(len(data))
    data[place : place + len(noise)] = noise
    try:
        contents = read_dossiers(parse_table(bytes(data)), SANITIZER)
    except TableFileError:
        return
    assert len(contents.dossiers) <= 1
