"""What ends the process that opens a workbook is told like any other damage. Each case starts a process."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.dossiers.opening import table_of
from sync.dossiers.sheets import TableFileError, parse_table
from sync.dossiers.workbooks import UnsoundWorkbook, is_workbook, try_sheets
from tests.sync.dossiers.test_damaged_files import LENGTH_IN_FORMULA, changed
from tests.sync.dossiers.test_damaged_files import XLS as WITH_FORMULAS

DATA = Path(__file__).parents[2] / "data"
XLS = (DATA / "imports" / "15-true.xls").read_bytes()


def with_many_texts() -> bytes:
    """An XLSX that says of its table of texts that it holds four milliards."""
    out = io.BytesIO()
    with zipfile.ZipFile(DATA / "tables" / "failed.xlsx") as whole, zipfile.ZipFile(out, "w") as made:
        for name in whole.namelist():
            made.writestr(name, re.sub(rb'uniqueCount="\d+"', b'uniqueCount="4294967295"', whole.read(name)))
    return out.getvalue()


ENDING = {
    "XLS, 64 bytes too many": (XLS[:523] + bytes(64) + XLS[523:], "XLS"),
    "XLS, one byte": (changed(XLS, 1952, 128), "XLS"),
    "XLSX, a count of texts": (with_many_texts(), "XLSX"),
}


@pytest.mark.parametrize("name", ENDING)
def test_what_ends_the_process_that_opens_it_is_told(name: str) -> None:
    data, kind = ENDING[name]
    with pytest.raises(TableFileError) as refused:
        table_of(data)
    told = refused.value.told()
    assert told.startswith(f"không mở được tệp {kind}: tệp bị hỏng, hoặc có ô nằm cách xa bảng; hãy mở ")


def test_a_sound_workbook_is_read(tmp_path: Path) -> None:
    (tmp_path / "ho-so.xls").write_bytes(XLS)
    assert table_of(tmp_path / "ho-so.xls") == parse_table(XLS)


def failing(text: str) -> bytes:
    """A sound XLSX whose cell G2 is a formula's error of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(DATA / "imports" / "01-plain.xlsx") as whole, zipfile.ZipFile(out, "w") as made:
        for name in whole.namelist():
            part = whole.read(name)
            if "worksheets/" in name:
                cell = f'<c r="G2" t="e"><v>{text}</v></c>'.encode()
                part, times = re.subn(rb'<c r="G2"[^>]*?(?:/>|>.*?</c>)', cell, part)
                assert times == 1
            made.writestr(name, part)
    return out.getvalue()


WORKBOOKS = {path.name: path.read_bytes() for path in sorted(DATA.glob("*/*.*")) if is_workbook(path.read_bytes())}
WORKBOOKS |= {text: failing(text) for text in ("#N/A", "#SPILL!", "#BUSY!", "Err:502")}


def refused(read: Callable[[bytes], object], data: bytes) -> str | None:
    try:
        read(data)
    except (UnsoundWorkbook, TableFileError) as error:
        return error.reason
    return None


@pytest.mark.parametrize("name", WORKBOOKS)
def test_what_is_tried_is_refused_for_nothing_else_than_what_is_read(name: str) -> None:
    reason = refused(try_sheets, WORKBOOKS[name])
    assert reason is None or reason == refused(parse_table, WORKBOOKS[name])


def test_a_password_is_told_as_one() -> None:
    with pytest.raises(TableFileError) as told:
        table_of(WORKBOOKS["34-password.xlsx"])
    assert "mật khẩu" in told.value.told()


def test_a_formula_that_failed_refuses_its_row_and_not_the_file() -> None:
    (sheet,) = [one for one in table_of(WORKBOOKS["Err:502"]).sheets if one.rows]
    assert "Err:502" in [str(cell) for row in sheet.rows for cell in row[1]]


def test_what_the_library_says_of_other_damage_stays_in_that_process(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TableFileError, match="the XLS file is damaged"):
        table_of(changed(WITH_FORMULAS, LENGTH_IN_FORMULA, 255))
    assert capfd.readouterr().err == ""
