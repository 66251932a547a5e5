"""Tables exported by other software as rows of cells: CSV and XLSX, read within bounds."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

MEBIBYTE = 1024 * 1024
MOST_BYTES = 20 * MEBIBYTE
MOST_UNPACKED = 48 * MEBIBYTE
MOST_STRINGS = 16 * MEBIBYTE  # the table of texts, which is held as a whole
MOST_PARTS = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_LETTERS = 4000  # of one cell

TOO_BIG = "the file is larger than {most} MiB; export a shorter period"
BOMB = "the file unpacks to more than {most} MiB; it is not an export of dossiers"
NOT_XLSX = "the file is not a sound XLSX; open it in a spreadsheet program and save it again"
NOT_TEXT = "the file is neither UTF-8 nor UTF-16; save it as CSV UTF-8"
OLD_XLS = "the file is an old XLS; save it as XLSX or CSV UTF-8"
TOO_MANY_ROWS = "the table has more than {most} rows; export a shorter period"
LONG_CELL = "a cell of row {row} has more than {most} letters; it is not a table of dossiers"
UNREADABLE = "the file cannot be read: {problem}"
_XLS = b"\xd0\xcf\x11\xe0"
Row = tuple[int, Sequence[object]]


class BadFile(ValueError):
    """A file that cannot be taken; `reason` is a sentence of the catalogue, its places filled by `facts`."""

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason.format(**facts))
        self.reason, self.facts = reason, facts


def read_table(path: Path) -> list[Row]:
    """The rows that are not empty, with their numbers as the spreadsheet shows them. Raises BadFile."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadFile(UNREADABLE, problem=error.strerror or "") from error
    return table_of(data)


def table_of(data: bytes) -> list[Row]:
    """The same from bytes; the format is told by its first bytes, not by a name. Raises BadFile."""
    if len(data) > MOST_BYTES:
        raise BadFile(TOO_BIG, most=MOST_BYTES // MEBIBYTE)
    if data.startswith(_XLS):
        raise BadFile(OLD_XLS)
    rows = _xlsx_rows(data) if data.startswith(b"PK") else _csv_rows(_text_of(data))
    return list(_bounded(rows))


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    for number, cells in rows:
        if number > MOST_ROWS:
            raise BadFile(TOO_MANY_ROWS, most=MOST_ROWS)
        if any(isinstance(cell, str) and len(cell) > MOST_LETTERS for cell in cells):
            raise BadFile(LONG_CELL, row=number, most=MOST_LETTERS)
        if any(map(_filled, cells)):
            yield number, cells


def _filled(cell: object) -> bool:
    return cell is not None and cell != ""


def _text_of(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadFile(NOT_TEXT) from error


def _csv_rows(text: str) -> Iterator[Row]:
    """The separator is whichever of , ; and tab the first lines have most of."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        return _parsed(rest, first.strip()[4:5] or ",", 1)
    head = text[:8000]
    return _parsed(text, max(",;\t", key=head.count), 0)


def _parsed(text: str, separator: str, before: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1 + before):
            yield number, [cell.strip() for cell in cells[:MOST_COLUMNS]]
    except csv.Error as error:
        raise BadFile(UNREADABLE, problem=str(error)) from error


def _xlsx_rows(data: bytes) -> Iterator[Row]:
    """The first sheet with content. What the archive claims to unpack to is checked before anything is unpacked."""
    _refuse_bomb(data)
    try:
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # the size a sheet claims may be a lie
            found = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
            rows = [(number, cells) for number, cells in enumerate(found, start=1) if any(map(_filled, cells))]
            if rows:
                return iter(rows)
        return iter(())
    except BadFile:
        raise
    except Exception as error:  # the library raises whatever a damaged part makes it stumble over
        raise BadFile(NOT_XLSX) from error


def _refuse_bomb(data: bytes) -> None:
    """zipfile unpacks no more of a part than the directory claims, so the claims bound the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception as error:  # a damaged directory raises whatever it makes the library stumble over
        raise BadFile(NOT_XLSX) from error
    strings = sum(part.file_size for part in parts if "strings" in part.filename.lower())
    if len(parts) > MOST_PARTS or strings > MOST_STRINGS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise BadFile(BOMB, most=MOST_UNPACKED // MEBIBYTE)
