"""No text of a report becomes a formula, whatever begins it and however a spreadsheet parts the cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import pytest
from openpyxl import load_workbook

from kiosk.reports.writers.csv_writer import to_csv
from kiosk.reports.writers.docx_writer import to_docx
from kiosk.reports.writers.html_writer import to_html
from kiosk.reports.writers.text_cells import safe
from kiosk.reports.writers.xlsx_writer import to_xlsx
from tests.kiosk.reports.writers.payloads import PAYLOADS
from tests.kiosk.reports.writers.test_writers import document


def test_there_are_more_than_two_hundred_ways() -> None:
    assert len(set(PAYLOADS)) > 200


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_of_a_csv_begins_a_formula_however_it_is_parted(separator: str) -> None:
    text = to_csv(document(*PAYLOADS)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]
    begun = [cell for cell in cells if cell.strip(' \t\r\n\u200b\ufeff"')[:1] in {"=", "+", "-", "@"} and cell]
    assert begun == []


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(document(*PAYLOADS)))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr", "n"}


def test_a_line_that_ends_within_a_cell_becomes_a_blank() -> None:
    assert (safe("a\r\nb"), safe("a\n=1")) == ("a b", "a =1")


@pytest.mark.parametrize("text", ["Hộ tịch", "Đất đai – Xây dựng; Môi trường", "x, y", "3 - 4; 5 - 6", ""])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_no_text_of_a_word_file_is_a_field_and_of_a_page_a_tag() -> None:
    """Word runs fields (DDE, INCLUDETEXT): there is none but the number of the page."""
    odd = ('{ DDEAUTO c:\\windows\\cmd.exe "/k calc" }', "<w:fldSimple/>", "{{ 7*7 }}", "<img src=x>")
    texts = [*PAYLOADS, *odd]
    made = document(*(text.replace("\0", "") for text in texts))
    with zipfile.ZipFile(io.BytesIO(to_docx(made))) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    run = {field.strip() for part in parts for field in re.findall(r"<w:instrText[^>]*>([^<]*)<", part)}
    assert run <= {"PAGE"} and not any("<w:fldSimple" in part for part in parts)
    page = to_html(made).decode()
    assert "<img" not in page and "&lt;img src=x&gt;" in page and "{{ 7*7 }}" in page
