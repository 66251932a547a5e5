"""One row of a table, field by field: what is read, what is wrong, and that everything wrong is named at once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sync.dossiers.procedures import ProcedureCatalogue, ProcedureEntry
from sync.dossiers.rows import (
    BAD_ANSWER,
    BAD_CHANNEL,
    BAD_CODE,
    BAD_PROCEDURE,
    BAD_STATUS,
    BAD_TIME,
    EMPTY,
    END_BEFORE,
    ENDED_OPEN,
    NO_END,
    InvalidRow,
    parse_row,
)
from sync.dossiers.sanitizer import DossierSanitizer
from sync.dossiers.vocabulary import shipped_vocabulary

SANITIZER = DossierSanitizer(
    shipped_vocabulary(),
    ProcedureCatalogue.of([ProcedureEntry("1.001193", "Đăng ký khai sinh", "Hộ tịch")]),
    ZoneInfo("Asia/Ho_Chi_Minh"),
    frozenset({"Hộ tịch"}),
)
ROW: dict[str, object] = {
    "code": "H48.53-240414-0001",
    "procedure": "1.001193",
    "channel": "Trực tuyến",
    "status": "Đang xử lý",
    "received_at": "14/04/2024 08:05",
}

IN_2026: dict[str, object] = {"code": "H48.53-260414-0001", "received_at": "14/04/2026"}


def field_of(name: str, **cells: object) -> object:
    return dict(parse_row({**ROW, **cells}, SANITIZER)).get(name, "left out")


def errors_of(**cells: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidRow) as invalid:
        parse_row({**ROW, **cells}, SANITIZER)
    return [(error.field, error.message) for error in invalid.value.errors]


def test_a_row_with_the_required_cells_alone_leaves_the_optional_fields_out() -> None:
    assert parse_row(ROW, SANITIZER) == {
        "code": "H48.53-240414-0001",
        "procedure": "1.001193",
        "field": "Hộ tịch",
        "channel": 2,
        "status": 4,
        "received_at": "2024-04-14T01:05:00.000Z",
        "finished_at": None,
        "step": "processing",
    }


@pytest.mark.parametrize(
    ("field", "cells", "value"),
    [
        ("code", {"code": " h48.53 - 240414-0001"}, "H48.53-240414-0001"),
        ("code", {"code": "000.00.53.H48-240414-000123"}, "000.00.53.H48-240414-000123"),
        ("procedure", {"procedure": "", "procedure_name": "ĐĂNG KÝ KHAI SINH"}, "1.001193"),
        ("procedure", {"procedure": "", "procedure_name": "1.004873 – Cấp bản sao"}, "1.004873"),
        ("procedure", {"procedure": "2.000815.000.00.00.H48"}, "2.000815"),
        ("field", {"procedure": "2.000815", "field": "chung thuc"}, "Chứng thực"),
        ("field", {"procedure": "2.000815", "field": "của bà Lan"}, "Lĩnh vực khác"),
        ("field", {"field": "Chứng thực"}, "Hộ tịch"),
        ("channel", {"channel": 1}, 1),
        ("channel", {"channel": 3.0}, 3),
        ("channel", {"channel": "02"}, 2),
        ("channel", {"channel": "BCCI"}, 3),
        ("channel", {**IN_2026, "channel": "Qua VNeID"}, 4),
        ("status", {"status": "4"}, 4),
        ("status", {"status": "đã trả", "finished_at": "15/04/2024"}, 10),
        ("step", {"status": "Chờ bổ sung"}, "papers_asked"),
        ("step", {"status": "5"}, "papers_asked"),
        ("step", {"status": "1"}, "registered"),
        ("due_at", {"due_at": "17/04/2024"}, "2024-04-17T10:00:00.000Z"),
        ("due_at", {"due_at": ""}, None),
        ("due_at", {}, "left out"),
        ("received_at", {"received_at": "14/04/2024"}, "2024-04-14T00:00:00.000Z"),
        ("finished_at", {"status": "9", "finished_at": "16/04/2024"}, "2024-04-16T10:00:00.000Z"),
        ("finished_at", {"status": "10", "returned_at": "16/04/2024 09:00"}, "2024-04-16T02:00:00.000Z"),
        (
            "finished_at",
            {"status": "9", "finished_at": "16/04/2024", "returned_at": "18/04/2024"},
            "2024-04-16T10:00:00.000Z",
        ),
        ("finished_at", {"status": "9", "finished_at": "14/04/2024 07:00"}, "2024-04-14T01:05:00.000Z"),
        ("finished_at", {"status": "8", "finished_at": "16/04/2024"}, "2024-04-16T10:00:00.000Z"),
        ("carried_over", {}, "left out"),
        ("carried_over", {"carried_over": ""}, False),
        ("carried_over", {"carried_over": "x"}, True),
        ("digitised", {"digitised": ""}, "left out"),
        ("digitised", {"digitised": "Có"}, True),
        ("digitised", {"digitised": "chưa số hóa"}, False),
        ("digitised", {"digitised": 0}, False),
        ("not_digitised_reason", {"digitised": "Có", "not_digitised_reason": "gọi bà Lan"}, None),
        ("not_digitised_reason", {"digitised": "Không"}, "left out"),
        ("not_digitised_reason", {"not_digitised_reason": ""}, None),
        ("not_digitised_reason", {"not_digitised_reason": "gọi bà Lan 0912345678"}, "Lý do khác"),
        ("not_digitised_reason", {"not_digitised_reason": "THIẾT BỊ QUÉT HỎNG"}, "Thiết bị quét hỏng"),
        ("applicant_masked", {}, "left out"),
        ("applicant_masked", {"applicant": "Phạm Văn Thành"}, "Phạm V. T."),
        ("applicant_masked", {"applicant": "Công ty TNHH"}, None),
        (
            "applicant_masked",
            {"procedure": "2.000815", "field": "Chứng thực", "applicant": "Phạm Văn Thành"},
            "left out",
        ),
    ],
)
def test_a_cell_is_read_as_people_meant_it(field: str, cells: dict[str, object], value: object) -> None:
    assert field_of(field, **cells) == value


@pytest.mark.parametrize(
    ("cells", "errors"),
    [
        ({"code": ""}, [("code", EMPTY)]),
        ({"code": "H48-1"}, [("code", BAD_CODE)]),
        ({"code": "H48.53-240414-001"}, [("code", BAD_CODE)]),
        ({"procedure": "lạ"}, [("procedure", BAD_PROCEDURE)]),
        ({"channel": ""}, [("channel", EMPTY)]),
        ({"channel": "bồ câu"}, [("channel", BAD_CHANNEL)]),
        ({"channel": 5}, [("channel", BAD_CHANNEL)]),
        ({"status": None}, [("status", EMPTY)]),
        ({"status": "Đang ngủ"}, [("status", BAD_STATUS)]),
        ({"status": 11}, [("status", BAD_STATUS)]),
        ({"received_at": ""}, [("received_at", EMPTY)]),
        ({"received_at": "hôm qua"}, [("received_at", BAD_TIME)]),
        ({"due_at": "31/02/2024"}, [("due_at", BAD_TIME)]),
        ({"status": "9"}, [("finished_at", NO_END)]),
        ({"status": "10"}, [("finished_at", NO_END)]),
        ({"status": "9", "finished_at": "mai"}, [("finished_at", BAD_TIME)]),
        ({"status": "10", "returned_at": "mai"}, [("returned_at", BAD_TIME)]),
        ({"status": "4", "finished_at": "16/04/2024"}, [("finished_at", ENDED_OPEN)]),
        ({"status": "1", "returned_at": "16/04/2024"}, [("returned_at", ENDED_OPEN)]),
        ({"status": "9", "finished_at": "13/04/2024"}, [("finished_at", END_BEFORE)]),
        ({"status": "10", "returned_at": "13/04/2024"}, [("returned_at", END_BEFORE)]),
        ({"carried_over": "có lẽ"}, [("carried_over", BAD_ANSWER)]),
        ({"digitised": "có lẽ"}, [("digitised", BAD_ANSWER)]),
    ],
)
def test_a_cell_that_cannot_be_understood_is_named_with_the_reason(
    cells: dict[str, object], errors: list[tuple[str, str]]
) -> None:
    assert errors_of(**cells) == errors


def test_a_missing_procedure_is_named_by_the_column_that_is_there() -> None:
    row = {name: value for name, value in ROW.items() if name != "procedure"}
    with pytest.raises(InvalidRow) as invalid:
        parse_row({**row, "procedure_name": "lạ"}, SANITIZER)
    assert [error.field for error in invalid.value.errors] == ["procedure_name"]


def test_every_error_of_a_row_is_told_at_once_in_the_order_of_the_fields() -> None:
    errors = errors_of(
        code="", procedure="", status="?", channel="?", received_at="?", due_at="?", carried_over="lạ", digitised="lạ"
    )
    assert [field for field, _ in errors] == [
        "code",
        "procedure",
        "status",
        "channel",
        "received_at",
        "due_at",
        "carried_over",
        "digitised",
    ]
    with pytest.raises(InvalidRow, match=r"^code is empty; [^,]+, [^,]+, channel is empty; [^;]+$"):
        parse_row({**ROW, "code": "", "channel": ""}, SANITIZER)
