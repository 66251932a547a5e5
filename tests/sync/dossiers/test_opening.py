"""What ends the process that opens a workbook is told like any other damage. Each case starts a process."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from sync.dossiers.opening import table_of
from sync.dossiers.sheets import TableFileError, parse_table
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


def test_what_the_library_says_of_other_damage_stays_in_that_process(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TableFileError, match="the XLS file is damaged"):
        table_of(changed(WITH_FORMULAS, LENGTH_IN_FORMULA, 255))
    assert capfd.readouterr().err == ""
