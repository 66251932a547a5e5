"""A table of 50,000 dossiers, as a province exports a year: taken by the command in a minute and in 250 MiB."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from config.loading import sample_text
from kiosk.bootstrap import build_app
from kiosk.maintenance.initialise import create_office
from tests.office import sample_configuration

ROWS = 50_000
MOST_SECONDS, MOST_MIB = 60, 250
HEADERS = [
    *("STT", "Mã hồ sơ", "Mã thủ tục", "Tên thủ tục", "Lĩnh vực", "Người nộp", "Số điện thoại", "Hình thức nộp"),
    *("Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc", "Trạng thái"),
]
PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="Danh sách" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


def rows() -> list[list[str]]:
    """200 dossiers on each of 250 days."""
    made = []
    for n in range(ROWS):
        day = date(2025, 1, 2) + timedelta(days=n // 200)
        made.append(
            [
                *(str(n + 1), f"000.00.53.H48-{day:%y%m%d}-{n % 200 + 1:04d}", "1.001193", "Đăng ký khai sinh"),
                *("Hộ tịch", f"Người nộp thứ {n}", "", "Trực tuyến", f"{day:%d/%m/%Y} 08:05"),
                *(f"{day + timedelta(days=5):%d/%m/%Y}", f"{day + timedelta(days=3):%d/%m/%Y}", "Đã trả kết quả"),
            ]
        )
    return made


def write_workbook(path: Path) -> None:
    lines = [
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for place, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate([HEADERS, *rows()], start=1)
    ]
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        data = f'<worksheet xmlns="{sheet}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", data)


# The command itself, and what it needed at most: the kernel's count for a child would hold its parent's as well.
PROGRAM = """
import re, sys
from kiosk.cli import main
code = main(sys.argv[1:])
status = open("/proc/self/status", encoding="ascii").read()
print("KiB at most:", re.search(r"VmHWM:\\s+(\\d+)", status).group(1))
sys.exit(code)
"""


@pytest.mark.soak
def test_fifty_thousand_rows_are_taken_in_a_minute_and_250_mib(home: Path) -> None:
    table, config = home / "nam.xlsx", home / "office.toml"
    write_workbook(table)
    config.write_text(sample_text(), encoding="utf-8")
    app = build_app(sample_configuration(f"sqlite:///{home / 'motcua.db'}"))
    create_office(app)
    command = [sys.executable, "-c", PROGRAM, "dossiers", "import", str(table), "--config", str(config)]
    begun = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    took = time.monotonic() - begun
    assert done.returncode == 0, done.stderr
    assert "50.000 hồ sơ mới" in done.stdout
    most_mib = int(done.stdout.rsplit(maxsplit=1)[-1]) / 1024
    print(f"{took:.1f} s, {most_mib:.0f} MiB")
    assert took <= MOST_SECONDS and most_mib < MOST_MIB
    with app.store.reading() as reading:
        assert len(reading.dossiers.all()) == ROWS
    app.close()
