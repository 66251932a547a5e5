"""Sums of a workbook are formulas with their value beside them, and only sums are."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from kiosk.reports.document import Cell, Column, Document, DocumentSection, Duration, HeadCell, Rate, Table, TableRow
from kiosk.reports.writers.xlsx_writer import to_xlsx

COLUMNS = (Column("field", 40, "left"), Column("count"), Column("most"), Column("rate"), Column("time"))
HEAD = (tuple(HeadCell(text) for text in ("Lĩnh vực", "Số", "Nhiều nhất", "Tỷ lệ", "Phút")),)
ROWS: list[list[Cell]] = [
    ["=1+1", 3, 3, Rate(5000), Duration(60_000)],
    ["Đất đai", 4, 4, Rate(2500), Duration(120_000)],
    ["Hộ tịch", 0, 0, Rate(None), Duration(None)],
]
TOTAL: list[Cell] = ["Tổng cộng", 7, 4, Rate(4000), Duration(90_000)]


def workbook(rows: list[TableRow]) -> bytes:
    sections = (DocumentSection("Phần", (Table(COLUMNS, HEAD, rows),)),)
    return to_xlsx(Document("x", "Báo cáo", "Ba Vì", "Kỳ này", sections=sections))


def whole() -> list[TableRow]:
    return [*(TableRow(cells) for cells in ROWS), TableRow(TOTAL, strong=True)]


def formulas(data: bytes) -> list[tuple[str, object, object]]:
    """(cell, formula, value stored beside it)"""
    written, shown = load_workbook(io.BytesIO(data))["Phần"], load_workbook(io.BytesIO(data), data_only=True)["Phần"]
    return [
        (cell.coordinate, cell.value, shown[cell.coordinate].value)
        for row in written.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_a_column_that_adds_up_is_a_formula_and_its_value_is_stored() -> None:
    assert formulas(workbook(whole())) == [("B10", "=SUM(B7:B9)", 7)]


def test_the_rows_under_the_formula_hold_what_it_adds() -> None:
    sheet = load_workbook(io.BytesIO(workbook(whole())))["Phần"]
    assert [sheet[f"B{row}"].value for row in (7, 8, 9)] == [3, 4, 0]
    assert (sheet["A7"].value, sheet["A7"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    "rows",
    [
        [TableRow(ROWS[0]), TableRow(["Tổng cộng", 3, 3, Rate(1), Duration(1)], strong=True)],  # nothing to add
        [TableRow(cells) for cells in (*ROWS, TOTAL)],  # the last is no sum
        [TableRow(ROWS[0], strong=True), TableRow(ROWS[1]), TableRow(TOTAL, strong=True)],  # a group above it
        [*(TableRow(cells) for cells in ROWS), TableRow(["Tổng cộng", 8, 5, Rate(1), Duration(1)], strong=True)],
        [TableRow(ROWS[0]), TableRow(["Khác", None, "4", None, None]), TableRow(TOTAL, strong=True)],
        [],
    ],
)
def test_what_is_no_sum_of_the_rows_above_stays_a_value(rows: list[TableRow]) -> None:
    assert formulas(workbook(rows)) == []


def test_the_same_document_gives_the_same_bytes() -> None:
    assert workbook(whole()) == workbook(whole())
