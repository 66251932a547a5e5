"""No row is dropped in silence: what is no dossier is named by its number, what may be one is an error."""

from __future__ import annotations

import pytest

from sync.dossiers.sheets import TableFileError
from tests.sync.dossiers.test_more_tables import HEADERS, ROWS, Cells, book, comma, contents, row

FORGOTTEN = [4, None, "2.000635", "Hộ tịch", "Trực tiếp", None, "05/03/2026", None, "Đang xử lý", "Có"]
SIGNED = ["Người lập biểu", None, None, None, None, None, None, None, "CHỦ TỊCH", None]
EMPTY = "đang để trống; hãy điền vào"


def test_a_procedure_and_a_status_without_code_and_day_are_a_dossier_with_forgotten_cells() -> None:
    errors = contents(book(HEADERS, *ROWS, FORGOTTEN)).errors
    assert [(one.row, one.column) for one in errors] == [(5, "B"), (5, "F")]
    assert all(one.message.startswith(EMPTY) for one in errors)


def test_a_signature_in_the_same_columns_is_none() -> None:
    other = [None, None, "Kế toán", None, None, None, None, None, "Chủ tịch", None]
    for cells in (SIGNED, other):
        read = contents(book(HEADERS, *ROWS, cells))
        assert read.errors == [] and len(read.dossiers) == 3
        assert read.notes[-1].startswith("1 dòng không phải hồ sơ nên không đọc") and "dòng 5;" in read.notes[-1]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([*ROWS], None),
        ([["A", "B"], *ROWS, ["(1)", "(2)"], HEADERS], None),  # names of columns are nothing that could be lost
        ([*ROWS, ["Tổng cộng", None, 3]], "1 dòng không phải hồ sơ nên không đọc ({why}): dòng 5;"),
        (
            [["I", "Hộ tịch"], *ROWS[:2], ["II", "Đất đai"], ROWS[2], [], ["Cộng", 3], SIGNED],
            "4 dòng không phải hồ sơ nên không đọc ({why}): dòng 2, 5, 8–9;",
        ),
        ([*ROWS, [4, None, None, "Hộ tịch", "Trực tiếp", None, "05/03/2026", None, "Đang xử lý"]], "): dòng 5;"),
        ([*ROWS, [4, None, None, "Hộ tịch"]], "): dòng 5;"),
    ],
)
def test_every_row_that_says_something_and_is_not_taken_is_told(rows: list[Cells], told: str | None) -> None:
    read = contents(book(HEADERS, *rows))
    assert len(read.dossiers) == 3 and read.errors == []
    left = [note for note in read.notes if "không phải hồ sơ" in note]
    assert len(left) == (told is not None)
    if told is not None:
        assert told.format(why="dòng cộng, tiêu đề nhóm, chữ ký…") in left[0]
        assert left[0].endswith("nếu trong đó có hồ sơ, hãy điền mã hồ sơ và ngày tiếp nhận")


def test_of_several_sheets_each_names_its_own_rows() -> None:
    def further(workbook: object) -> None:
        sheet = workbook.create_sheet("Đất đai")  # type: ignore[attr-defined]
        for cells in (HEADERS, row(4), ["Cộng", 1]):
            sheet.append(cells)

    notes = contents(book(HEADERS, *ROWS, ["Cộng", 3], change=further)).notes
    assert [note.split(":")[0].split(" không")[0] for note in notes if "chữ ký" in note] == [
        "trang “Sheet”, 1 dòng",
        "trang “Đất đai”, 1 dòng",
    ]


def test_a_table_of_which_no_row_is_a_dossier_names_the_rows() -> None:
    half = ([n, None, None, "Hộ tịch", "Trực tiếp"] for n in (1, 2))
    with pytest.raises(TableFileError) as refused:
        contents(book(HEADERS, *half))
    assert refused.value.told().startswith("2 dòng dưới tiêu đề (dòng 2–3) đều không phải hồ sơ")


def test_a_csv_tells_it_too() -> None:
    notes = contents(comma(";", "utf-8") + "Tổng cộng;3\r\n".encode()).notes
    assert ["dòng 5;" in note for note in notes] == [True]
