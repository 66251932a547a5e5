"""Tables exported by other software as sheets of cells: CSV, XLSX, XLS, ODS and HTML, read within bounds."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from config.sentences import sentence_of_system
from contract.records import dataclass
from sync.dossiers.concealed import Concealed
from sync.dossiers.file_kinds import other_kind
from sync.dossiers.html_table import declared_encoding, html_rows, is_cut_off, looks_like_html
from sync.dossiers.text_keys import in_old_font
from sync.dossiers.workbooks import Row, UnsoundWorkbook, WorkbookSheet, is_workbook, workbook_sheets
from sync.wording import translate

MEBIBYTE = 1024 * 1024
MOST_BYTES = 20 * MEBIBYTE
MOST_ROWS = 60_000
MOST_COLUMNS = 100

TOO_BIG = "the file is larger than {most} MiB; export a shorter period"
NOT_TEXT = "the file is neither UTF-8 nor UTF-16; save it as CSV UTF-8"
WRONG_ENCODING = "the file was opened in a wrong encoding before it was saved; export it again and save it as CSV UTF-8"
LOST_LETTERS = "letters were lost when the file was saved (question marks stand for them); save it as CSV UTF-8"
OLD_FONT = "the text was typed with an old font (.VnTime, VNI); convert the file to Unicode and save it again"
BAD_QUOTE = "line {row}: a quotation mark stands inside a cell; take it away, or save the table as XLSX"
CUT_OFF = "the {kind} file breaks off before its end; export the list again, or copy the file again"
BROKEN = "the file is damaged or no table at all; export the list of dossiers again as XLSX"
TOO_MANY_ROWS = "the table has more than {most} rows; export a shorter period"
UNREADABLE = "the file cannot be read: {problem}; open it in a spreadsheet program and save it as XLSX"
_AT_ITS_END = "unexpected end of data"  # what the library calls a cell in quotation marks that never ends
_NO_LETTERS = bytes([*range(1, 9), *range(14, 32)])
_MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|á[»º]|Ä[\u0090\u2018©]|Æ[°¡]")  # UTF-8 read as Windows-1252
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\?[^\W\d_]{2}|[^\W\d_]\?(?=\s|[,;\t]|$)")


_QUOTED_FORMULA = re.compile(r'="([^"]*)"')  # ="0001", so that a spreadsheet keeps the zeros of a CSV
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # "０" to "0", as some keyboards type


class TableFileError(ValueError):
    """A file that cannot be taken; `reason` is a sentence of the catalogue, its places filled by `facts`.

    `sheet`: the one that is at fault, where there are several.
    """

    def __init__(self, reason: str, sheet: str = "", **facts: Any) -> None:
        super().__init__(reason.format(**facts))
        self.reason, self.sheet, self.facts = reason, sheet, facts

    def told(self) -> str:
        """For the clerk: where, what, and what to do."""
        text = translate(self.reason, **self.facts)
        return translate("sheet “{sheet}”, {place}", sheet=self.sheet, place=text) if self.sheet else text


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that are not empty, with their numbers as the spreadsheet shows them; a CSV has no `name`.

    `concealed`: which rows and columns the spreadsheet does not show.
    """

    name: str
    rows: Sequence[Row]
    concealed: Concealed = Concealed()


@dataclass(frozen=True, slots=True)
class TableFile:
    """The visible sheets with content, and the names of hidden ones, which are not read."""

    sheets: Sequence[Sheet]
    hidden: Sequence[str] = ()


def bytes_of(path: Path) -> bytes:
    """A file, or its beginning when it is too large to be read. Raises TableFileError."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise TableFileError(UNREADABLE, problem=sentence_of_system(error).told()) from error


def parse_table(data: bytes) -> TableFile:
    """The sheets of a file; its format is known by its first bytes, not by a name. Raises TableFileError."""
    if len(data) > MOST_BYTES:
        raise TableFileError(TOO_BIG, most=MOST_BYTES // MEBIBYTE)
    other = other_kind(data)
    if other is not None:
        raise TableFileError(other[0], kind=other[1])
    if is_workbook(data):
        return _sheets_of(data)
    if looks_like_html(data):
        page = _checked_text(_decoded(data, declared_encoding(data)))
        if is_cut_off(page):
            raise TableFileError(CUT_OFF, kind="HTML")
        rows = html_rows(page)
    else:
        rows = _csv_rows(_checked_text(_text_of(data)))
    return TableFile((Sheet("", list(_bounded(rows))),))


def _bounded(rows: Iterable[Row]) -> Iterator[Row]:
    for number, cells in rows:
        cleaned = [_clean(cell) for cell in cells[:MOST_COLUMNS]]
        if not any(map(_filled, cleaned)):
            continue
        if number > MOST_ROWS:
            raise TableFileError(TOO_MANY_ROWS, most=MOST_ROWS)
        yield number, cleaned


def _clean(cell: object) -> object:
    """Without marks that nobody sees, letters and digits of common width, and without the apostrophe that makes a
    spreadsheet take a cell for text.
    """
    if not isinstance(cell, str):
        return cell
    visible = cell
    if not cell.isascii():
        visible = "".join(letter for letter in cell.translate(_FULL_WIDTH) if unicodedata.category(letter) != "Cf")
    plain = visible.strip().removeprefix("'")
    match = _QUOTED_FORMULA.fullmatch(plain)
    return match[1].strip() if match else plain


def _filled(cell: object) -> bool:
    return cell is not None and cell != ""


def _text_of(data: bytes) -> str:
    return _decoded(data, "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise TableFileError(_why_no_text(data[:8000])) from error


def _why_no_text(data: bytes) -> str:
    text = data.decode("cp1252", "replace")
    if "\0" not in text and in_old_font(text):
        return OLD_FONT
    if min(sum(letter in _NO_LETTERS for letter in data[first::2]) for first in (0, 1)) > len(data) // 100:
        return BROKEN  # in UTF-16 only every other byte looks so
    return LOST_LETTERS if len(_LOST.findall(text)) >= 3 else NOT_TEXT


def _checked_text(text: str) -> str:
    """Raises TableFileError for text that was read in a wrong encoding before it was saved."""
    if len(_MOJIBAKE.findall(text[:8000])) >= 3:
        raise TableFileError(WRONG_ENCODING)
    if "\0" in text:
        raise TableFileError(NOT_TEXT)
    return text


def _csv_rows(text: str) -> Iterator[Row]:
    """The separator is whichever of , ; | and tab the first lines have most of."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        return _parsed(rest, first.strip()[4:5] or ",", 1)
    head = text[:8000]
    return _parsed(text, max(",;\t|", key=head.count), 0)


def _parsed(text: str, separator: str, before: int) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from enumerate(reader, start=1 + before)
    except csv.Error as error:
        if str(error) == _AT_ITS_END:
            raise TableFileError(CUT_OFF, kind="CSV") from error
        raise TableFileError(BAD_QUOTE, row=reader.line_num + before) from error


def _rows_of(sheet: WorkbookSheet) -> list[Row]:
    """Raises TableFileError with the name of the sheet."""
    try:
        return list(_bounded(sheet.rows))
    except TableFileError as error:
        raise TableFileError(error.reason, sheet.name, **error.facts) from error


def _sheets_of(data: bytes) -> TableFile:
    """Of a workbook. Raises TableFileError."""
    shown: list[Sheet] = []
    hidden: list[str] = []
    try:
        for sheet in workbook_sheets(data):
            if sheet.is_visible:
                shown.append(Sheet(sheet.name, _rows_of(sheet), sheet.concealed))
            else:
                hidden.append(sheet.name)
    except UnsoundWorkbook as error:
        raise TableFileError(error.reason, "", **error.facts) from error
    return TableFile([sheet for sheet in shown if sheet.rows], hidden)
