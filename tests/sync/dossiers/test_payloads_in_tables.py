"""What would be a formula in a spreadsheet does not come in by a table of dossiers, in whatever format and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sync.dossiers.sheets import TableFileError
from tests.kiosk.reports.writers.payloads import PAYLOADS
from tests.sync.dossiers.test_more_tables import HEADERS, book, contents, row
from tests.sync.dossiers.test_odd_tables import ods, ods_row, text
from tests.sync.exports import as_csv

MARKS = ("=", "+", "-", "@", "cmd", "HYPERLINK", "WEBSERVICE", "SUM(")
READ_AS_TEXT = ["Lĩnh vực", "Lý do chưa số hóa"]
NUMBERED = [f"{one:04}" for one in range(1, len(PAYLOADS) + 1)]


def table(column: str, payloads: list[str]) -> list[list[object]]:
    """A dossier for each payload, which stands in that column."""
    headers = [*HEADERS, "Lý do chưa số hóa", "Ghi chú", "Chủ hồ sơ"]
    rows: list[list[object]] = [headers]
    for number, payload in zip(NUMBERED, payloads, strict=True):
        cells = [*row(1, code=f"000.00.53.H48-260302-{number}"), "", "", ""]
        cells[headers.index("Số hóa")] = "Không"
        cells[headers.index(column)] = payload
        rows.append(cells)
    return rows


def as_ods(rows: list[list[object]]) -> bytes:
    def escaped(cell: object) -> object:
        return cell.replace("&", "&amp;").replace("<", "&lt;") if isinstance(cell, str) else cell

    return ods("".join(ods_row(*(text(escaped(cell)) for cell in cells)) for cells in rows))


def as_xlsx(rows: list[list[object]]) -> bytes:
    """With texts that begin with "=" as texts, as a province's software stores them."""

    def as_texts(workbook: Any) -> None:
        for cell in (cell for line in workbook.active.iter_rows() for cell in line if cell.data_type == "f"):
            cell.data_type = "s"

    return book(*rows, change=as_texts)


FORMATS = {"csv": as_csv, "xlsx": as_xlsx, "ods": as_ods}
TEXTS = [payload.replace("\0", "") for payload in PAYLOADS]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("column", [*READ_AS_TEXT, "Ghi chú", "Chủ hồ sơ"])
def test_no_payload_comes_in_as_the_text_of_a_dossier(kind: str, column: str) -> None:
    read = contents(FORMATS[kind](table(column, TEXTS)))
    assert len(read.dossiers) == len(TEXTS) > 200 and read.errors == []
    values = {str(value) for one in read.dossiers for value in one.values() if isinstance(value, str)}
    begun = [value for value in values if value.lstrip().startswith(("=", "+", "-", "@")) or "(" in value]
    assert begun == []
    assert {one["field"] for one in read.dossiers} == {"Hộ tịch"}
    assert {one.get("not_digitised_reason") for one in read.dossiers} <= {None, "Lý do khác"}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("column", ["Mã hồ sơ", "Mã thủ tục", "Hình thức nộp", "Trạng thái", "Ngày hẹn trả"])
def test_a_payload_in_a_column_of_facts_is_an_error_that_does_not_repeat_it(kind: str, column: str) -> None:
    try:
        errors = contents(FORMATS[kind](table(column, TEXTS))).errors
    except TableFileError as refused:
        errors = []
        assert not any(mark in refused.told() for mark in MARKS[4:])
    assert not any(mark in str(error) for error in errors for mark in MARKS[4:])
    assert len({error.row for error in errors}) >= len(TEXTS) - 1


SAVED = Path(__file__).parents[2] / "data" / "tables" / "payloads.xls"


def test_an_xls_full_of_payloads_brings_none_of_them_in() -> None:
    """As LibreOffice saved it: 260 dossiers, the payloads in field, reason, remark and owner."""
    read = contents(SAVED.read_bytes())
    assert len(read.dossiers) == 260 and read.errors == []
    assert {(one["field"], one.get("not_digitised_reason")) for one in read.dossiers} == {("Hộ tịch", "Lý do khác")}
    values = {str(value) for one in read.dossiers for value in one.values()}
    assert not any(mark in value for mark in MARKS[4:] for value in values)
