"""Rows and columns that a spreadsheet program does not show: filtered or hidden ones, in XLSX, ODS and XLS.

What reads workbooks shows them like all others, and does not say so.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from contract.records import dataclass
from sync.dossiers.formula_errors import pieces

_TAG = re.compile(
    rb"<(?:\w+:)?(row|col|table|table-row|table-column|sheet|Relationship)"
    rb"((?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>"
)
_ATTRIBUTE = re.compile(rb"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TRUE = {b"1", b"true", b"on"}
MOST_REPEATED = 100_000  # the empty rows to the end of a sheet stand in one tag


@dataclass(frozen=True, slots=True)
class Concealed:
    """Of a sheet: `rows` are numbered from 1, `columns` from 0.

    `errors`: texts of failed formulas by (row, column), of an XLS alone: those of the other formats stand in the cells.
    """

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)


def concealed_in_archive(data: bytes) -> list[Concealed]:
    """One for each sheet, in the order of the workbook. The archive was found sound before. Raises ValueError."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {part.filename for part in archive.infolist()}
        if "content.xml" in names:
            with archive.open("content.xml") as content:
                return _of_ods(_tags(pieces(content)))
        concealed = []
        for name in _xlsx_sheets(archive):
            if name not in names:
                concealed.append(Concealed())
                continue
            with archive.open(name) as sheet:
                concealed.append(_of_xlsx(_tags(pieces(sheet))))
        return concealed


Tag = tuple[bytes, Mapping[bytes, bytes]]


def _tags(parts: Iterator[bytes]) -> Iterator[Tag]:
    """Names with attributes, both without their prefix."""
    for piece in parts:
        for name, attributes in _TAG.findall(piece):
            yield name, {key.rpartition(b":")[2]: one or other for key, one, other in _ATTRIBUTE.findall(attributes)}


def _xlsx_sheets(archive: zipfile.ZipFile) -> Sequence[str]:
    """The parts of the sheets, in the order in which the workbook names them."""
    with archive.open("xl/_rels/workbook.xml.rels") as relations:
        targets = {tag[b"Id"]: tag[b"Target"] for name, tag in _tags(pieces(relations)) if name == b"Relationship"}
    with archive.open("xl/workbook.xml") as book:
        ids = [tag.get(b"id", b"") for name, tag in _tags(pieces(book)) if name == b"sheet"]
    parts = [targets.get(one, b"").decode() for one in ids]
    return [part.lstrip("/") if part.startswith("/") else f"xl/{part}" for part in parts]


def _of_xlsx(tags: Iterator[Tag]) -> Concealed:
    rows: set[int] = set()
    columns: set[int] = set()
    number = 0
    for name, tag in tags:
        if name == b"row":
            number = int(tag.get(b"r", number + 1))
            if tag.get(b"hidden") in _TRUE:
                rows.add(number)
        elif name == b"col" and tag.get(b"hidden") in _TRUE:
            first, last = int(tag[b"min"]), int(tag[b"max"])
            columns.update(range(first - 1, min(last, first + MOST_REPEATED)))
    return Concealed(frozenset(rows), frozenset(columns))


def _of_ods(tags: Iterator[Tag]) -> list[Concealed]:
    sheets: list[Concealed] = []
    rows: set[int] = set()
    columns: set[int] = set()
    row = column = 0
    for name, tag in tags:
        if name == b"table":
            if sheets:
                sheets[-1] = Concealed(frozenset(rows), frozenset(columns))
            sheets.append(Concealed())
            rows, columns, row, column = set(), set(), 0, 0
        elif name == b"table-row":
            count = int(tag.get(b"number-rows-repeated", 1))
            if tag.get(b"visibility", b"visible") != b"visible":
                rows.update(range(row + 1, row + 1 + min(count, MOST_REPEATED)))
            row += count
        elif name == b"table-column":
            count = int(tag.get(b"number-columns-repeated", 1))
            if tag.get(b"visibility", b"visible") != b"visible":
                columns.update(range(column, column + min(count, MOST_REPEATED)))
            column += count
    if sheets:
        sheets[-1] = Concealed(frozenset(rows), frozenset(columns))
    return sheets
