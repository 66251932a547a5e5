"""Sums of a workbook are formulas over the rows above them: whoever mends a figure there sees the sum follow.

No text of a report comes near a formula: it is made of two places of the sheet. A viewer that does not reckon shows
the value that is stored beside it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from kiosk.reports.document import Table

SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
# As openpyxl writes a formula: without a value.
FORMULA = re.compile(r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?')
Sums = Mapping[str, int]


def sums_of(table: Table, first_row: int) -> Iterator[tuple[int, int, int]]:
    """(place of the column from 1, place of the last row, its sum), where the last row is the sum of all above it.

    `first_row`: of the sheet, in which the figures begin. A column counts when it holds whole numbers alone and they
    come to what the last row says; with one row above there is nothing to add.
    """
    if len(table.rows) < 3 or not table.rows[-1].strong or any(row.strong for row in table.rows[:-1]):
        return
    last_row = first_row + len(table.rows) - 1
    for place, total in enumerate(table.rows[-1].cells):
        above = [row.cells[place] for row in table.rows[:-1]]
        numbers = [cell for cell in above if isinstance(cell, int)]
        if isinstance(total, int) and len(numbers) == len(above) and sum(numbers) == total:
            yield place + 1, last_row, total


def with_values(book: bytes, sums: Mapping[int, Sums]) -> bytes:
    """The workbook with the value of each formula stored beside it. `sums`: by number of the sheet from 1, by cell."""
    if not any(sums.values()):
        return book
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if sheet := SHEET.fullmatch(part.filename):
                content = _valued(content.decode(), sums.get(int(sheet[1]), {})).encode()
            target.writestr(part, content)
    return out.getvalue()


def _valued(sheet: str, sums: Sums) -> str:
    return FORMULA.sub(lambda found: f"{found[1]}<v>{sums[found[2]]}</v>", sheet)
