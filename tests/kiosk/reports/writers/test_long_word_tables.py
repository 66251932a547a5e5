"""A table of thousands of rows in Word: what is in it, and how much is done for each cell."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from types import FrameType

import docx
from docx.oxml.ns import qn

from kiosk.reports.document import Cell, Document, DocumentSection, TableRow
from kiosk.reports.writers.docx_writer import to_docx
from tests.kiosk.reports.writers.test_docx_writer import DOCUMENT, TABLE

MOST_CALLS = 250  # for a cell; built by the library alone it takes more than a thousand


def with_rows(*rows: TableRow) -> Document:
    return replace(DOCUMENT, sections=(DocumentSection("1.", (replace(TABLE, rows=rows),)),))


def calls(document: Document) -> int:
    """How often a function is called until the document is made."""
    count = 0

    def heard(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(heard)
    try:
        to_docx(document)
    finally:
        sys.setprofile(None)
    return count


def test_a_further_row_costs_little() -> None:
    row = TableRow([1, "Hộ tịch", "Đăng ký khai sinh"])
    to_docx(DOCUMENT)  # what is loaded with the first document
    further = calls(with_rows(*[row] * 130)) - calls(with_rows(*[row] * 30))
    assert further / (100 * len(TABLE.columns)) < MOST_CALLS


def test_each_row_has_its_own_texts_and_letters_whatever_stands_before_it() -> None:
    odd: list[Cell] = ["", " hai đầu ", "một\tcột", "hai\ndòng", "<&>", None, "12 %", "–"]
    rows = [TableRow([place, value, value], strong=place % 3 == 0) for place, value in enumerate(odd * 5)]
    made = docx.Document(io.BytesIO(to_docx(with_rows(*rows)))).tables[1]
    shown = ["", " hai đầu ", "một\tcột", "hai\ndòng", "<&>", "–", "12\u00a0%", "–"]
    body = list(made.rows)[3:]
    assert [row.cells[1].text for row in body] == shown * 5
    assert [row.cells[0].text for row in body] == [str(place) for place in range(40)]
    assert [row.cells[2].paragraphs[0].runs[0].bold for row in body] == [place % 3 == 0 for place in range(40)]
    assert {len(row._tr.findall(qn("w:tc"))) for row in body} == {3}
