"""LibreOffice opens what we export and finds no formula in it, however it parts the cells."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from kiosk.reports.writers.csv_writer import to_csv
from kiosk.reports.writers.xlsx_writer import to_xlsx
from tests.kiosk.reports.writers.payloads import PAYLOADS
from tests.kiosk.reports.writers.test_writers import document

FILTERS = {
    "comma": "CSV:44,34,76,1",
    "semicolon": "CSV:59,34,76,1",
    "tab": "CSV:9,34,76,1",
    "any": "CSV:44/59/9,34,76,1",
}


def opened(file: Path, folder: Path, *more: str) -> str:
    """What the spreadsheet program makes of a file, as flat XML."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", *more, "--convert-to", "fods", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return (folder / f"{file.stem}.fods").read_text(encoding="utf-8")


@pytest.mark.soak
@pytest.mark.parametrize("parted", FILTERS)
def test_a_csv_holds_no_formula(tmp_path: Path, parted: str) -> None:
    file = tmp_path / "report.csv"
    file.write_bytes(to_csv(document(*PAYLOADS)))
    seen = opened(file, tmp_path, f"--infilter={FILTERS[parted]}")
    assert re.findall(r'table:formula="[^"]*"', seen) == [] and seen.count("HYPERLINK") > 30


@pytest.mark.soak
def test_a_workbook_holds_no_formula(tmp_path: Path) -> None:
    file = tmp_path / "report.xlsx"
    file.write_bytes(to_xlsx(document(*PAYLOADS)))
    seen = opened(file, tmp_path)
    assert re.findall(r'table:formula="[^"]*"', seen) == [] and seen.count("HYPERLINK") > 30
