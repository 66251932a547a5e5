"""JSON for programs: every table by the keys of its columns, numbers as numbers, a missing figure as null."""

from __future__ import annotations

import json

from kiosk.reports.document import Cell, Document, Duration, Rate


def to_json(document: Document) -> bytes:
    tables = [
        {"title": title, "rows": [dict(zip(keys, map(_value, row.cells), strict=True)) for row in table.rows]}
        for title, table in document.tables()
        for keys in [[column.key for column in table.columns]]
    ]
    answer = {
        "report": document.name,
        "title": document.title,
        "office": document.office,
        "period": document.period,
        "notes": list(document.notes),
        "source": document.source,
        "tables": tables,
    }
    return (json.dumps(answer, ensure_ascii=False, indent=1) + "\n").encode()


def _value(cell: Cell) -> str | int | None:
    """A rate in hundredths of a percent, a duration in ms."""
    if isinstance(cell, Duration):
        return cell.ms
    return cell.basis_points if isinstance(cell, Rate) else cell
