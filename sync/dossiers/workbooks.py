"""Workbooks (XLSX, XLS, ODS) as sheets of cells, read by calamine, with bounds on what they unpack to.

calamine lays a sheet out as a full rectangle, so one cell far out would take gigabytes: cells of XLSX are looked at
before. What else is too much ends the process that opens it: `opening.py`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contract.records import dataclass
from sync.dossiers.concealed import Concealed, concealed_in_archive
from sync.dossiers.formula_errors import errors_as_texts
from sync.dossiers.old_workbooks import concealed_in_old_workbook, has_password

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

MEBIBYTE = 1024 * 1024
MOST_UNPACKED = 128 * MEBIBYTE
MOST_STRINGS = 32 * MEBIBYTE  # the table of texts, which is held as a whole
MOST_PARTS = 500
MOST_CELLS = 4_000_000  # of the rectangle that holds every cell of a sheet
LONGEST = 65_536  # rows of a list; a cell below them is the one that stands far out
MOST_SHEETS = 50
PANIC = "PanicException"  # of the library's own language, and no Exception of ours
CHUNK, OVERLAP = MEBIBYTE, 512

DAMAGED = "the {kind} file is damaged; open it in a spreadsheet program and save it as XLSX, or export it again"
BOMB = "the file unpacks to more than {most} MiB; it is not an export of dossiers, take another one"
FAR_CELL = "cell {cell} stands far from the table; delete what is beside and below the table and save it again"
PASSWORD = "the file has a password; open it, remove the password and save it again"  # nosec B105 # a message
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MANIFEST, _ODS_ENCRYPTED = "META-INF/manifest.xml", b":encryption-data"
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>")
Row = tuple[int, Sequence[object]]


class UnsoundWorkbook(ValueError):
    """A workbook that cannot be taken; `reason` is a sentence of the catalogue, its places filled by `facts`."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason.format(**facts))
        self.reason, self.facts = reason, facts


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """`rows` are numbered as the spreadsheet shows them, from 1, and begin with column A."""

    name: str
    is_visible: bool
    rows: Iterator[Row]
    concealed: Concealed


def is_workbook(data: bytes) -> bool:
    return data.startswith((_OLE, b"PK"))


def kind_of(data: bytes) -> str:
    """What a file was that cannot be read any more: an archive tells the names of its parts even then."""
    if data.startswith(_OLE):
        return "XLS"
    if _ODS in data or b"content.xml" in data:
        return "ODS"
    return "XLSX" if b"xl/" in data or b"[Content_Types].xml" in data else "ZIP"


def workbook_sheets(data: bytes) -> Iterator[WorkbookSheet]:
    """The sheets one after the other, each read when it is asked for. Raises UnsoundWorkbook."""
    with _as_damage(data):
        book, data = _opened(data)
        sheets = book.sheets_metadata
        for sheet, concealed in zip(sheets[:MOST_SHEETS], _concealed(data, len(sheets)), strict=False):
            visible = _is_visible(sheet)
            rows = _rows(book.get_sheet_by_name(sheet.name), concealed) if visible else iter(())
            yield WorkbookSheet(sheet.name, visible, rows, concealed)


def try_sheets(data: bytes) -> None:
    """Lay each visible sheet out as `workbook_sheets` does, and read none. Raises UnsoundWorkbook."""
    with _as_damage(data):
        book, _ = _opened(data)
        for sheet in book.sheets_metadata[:MOST_SHEETS]:
            if _is_visible(sheet):
                book.get_sheet_by_name(sheet.name)


def _opened(data: bytes) -> tuple[CalamineWorkbook, bytes]:
    """With what of the file is opened. Raises UnsoundWorkbook, and whatever damage makes the library raise."""
    from python_calamine import CalamineWorkbook

    if data.startswith(_OLE) and (_ENCRYPTED in data[: 4 * MEBIBYTE] or has_password(data)):
        raise UnsoundWorkbook(PASSWORD)
    if data.startswith(b"PK"):
        _check_archive(data)
        data = errors_as_texts(data)
    return CalamineWorkbook.from_object(io.BytesIO(data)), data


def _is_visible(sheet: SheetMetadata) -> bool:
    from python_calamine import SheetVisibleEnum

    return sheet.visible == SheetVisibleEnum.Visible


@contextmanager
def _as_damage(data: bytes) -> Iterator[None]:
    """What the library raises, as UnsoundWorkbook."""
    from python_calamine import PasswordError

    try:
        yield
    except PasswordError as error:
        raise UnsoundWorkbook(PASSWORD) from error
    except UnsoundWorkbook:
        raise
    except BaseException as error:  # the library raises whatever a damaged part makes it stumble over
        if not isinstance(error, Exception) and type(error).__name__ != PANIC:
            raise
        raise UnsoundWorkbook(DAMAGED, kind=kind_of(data)) from error


def _concealed(data: bytes, sheets: int) -> Sequence[Concealed]:
    """What each sheet hides. Raises ValueError for an XLS whose failed formulas cannot be told from empty cells."""
    if data.startswith(b"PK"):
        try:
            found = concealed_in_archive(data)
        except (KeyError, ValueError):  # parts have other names than usual
            found = []
        return found if len(found) == sheets else [Concealed()] * sheets
    found = concealed_in_old_workbook(data)
    if len(found) != sheets:
        raise ValueError("not all sheets were found")
    return found


def _rows(sheet: CalamineSheet, concealed: Concealed) -> Iterator[Row]:
    left = [None] * (sheet.start[1] if sheet.start else 0)
    failed: dict[int, dict[int, str]] = {}
    for (row, column), text in concealed.errors.items():
        failed.setdefault(row, {})[column] = text
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        whole = [*left, *cells] if left else cells
        yield number, _with_errors(whole, failed[number]) if number in failed else whole


def _with_errors(cells: Sequence[object], failed: Mapping[int, str]) -> Sequence[object]:
    wide = [*cells, *[None] * (max(failed) + 1 - len(cells))]
    return [failed.get(column, cell) for column, cell in enumerate(wide)]


def _check_archive(data: bytes) -> None:
    """More than an archive claims to hold is never unpacked. Raises UnsoundWorkbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            strings = sum(part.file_size for part in parts if "strings" in part.filename.lower())
            whole = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or strings > MOST_STRINGS or whole > MOST_UNPACKED:
                raise UnsoundWorkbook(BOMB, most=MOST_UNPACKED // MEBIBYTE)
            if any(part.filename == MANIFEST for part in parts) and _ODS_ENCRYPTED in archive.read(MANIFEST):
                raise UnsoundWorkbook(PASSWORD)
            for part in parts:
                if "worksheets/" in part.filename:
                    _check_extent(archive, part)
    except UnsoundWorkbook:
        raise
    except Exception as error:  # a damaged directory raises whatever it makes the library stumble over
        raise UnsoundWorkbook(DAMAGED, kind=kind_of(data)) from error


def _check_extent(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Raises UnsoundWorkbook when a cell with content stands far from the others."""
    lowest, rightmost = (b"A", 1), (b"A", 1)
    rest = b""
    with archive.open(part) as unpacked:
        while chunk := unpacked.read(CHUNK):
            cells = {(letters, int(digits)) for letters, digits in _CELL.findall(rest + chunk)}
            lowest = max({lowest} | cells, key=_row_of)
            of_columns = {rightmost, *dict(cells).items()}  # one cell of each column
            rightmost = max(of_columns, key=_column_of)
            if _row_of(lowest) * _column_of(rightmost) > MOST_CELLS:
                letters, row = lowest if _row_of(lowest) > LONGEST else rightmost
                raise UnsoundWorkbook(FAR_CELL, cell=f"{letters.decode()}{row}")
            rest = chunk[-OVERLAP:]


def _row_of(cell: tuple[bytes, int]) -> int:
    return cell[1]


def _column_of(cell: tuple[bytes, int]) -> int:
    return _column(cell[0])


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
