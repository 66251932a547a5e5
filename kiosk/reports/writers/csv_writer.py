"""CSV (RFC 4180) for spreadsheets: UTF-8 with a byte order mark, table after table, no cell can be a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kiosk.reports.document import Document, Table
from kiosk.reports.writers.text_cells import safe, shown

if TYPE_CHECKING:
    import _csv


def to_csv(document: Document) -> bytes:
    """Each table with its titles in one row, then period and source; numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for number, (title, table) in enumerate(document.tables()):
        if number:
            writer.writerow([])
        if title:
            writer.writerow([safe(title)])
        _write(writer, table)
    if document.source:
        writer.writerow([])
        writer.writerows([[safe(text)] for text in (document.period, document.source) if text])
    return ("\ufeff" + out.getvalue()).encode()


def _write(writer: _csv.Writer, table: Table) -> None:
    writer.writerow([safe(text) for text in table.titles()])
    for row in table.rows:
        writer.writerow([safe(cell) if isinstance(cell, str | int) else shown(cell) for cell in row.cells])
