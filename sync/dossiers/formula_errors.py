"""Cells whose formula failed (#N/A, Err:502 …) or was never reckoned, as texts: the library shows them as empty, or 0.

A due day that is an error must not be read as "none is due".
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from sync.wording import translate

ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
    | {"#ERROR!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"}
)
UNRECKONED = "#?"  # stands for a formula that was stored without a value, as programs without a spreadsheet do
NOT_RECKONED = (
    "is empty because its formula was never reckoned; open the file in a spreadsheet program and save it, or write the "
    "value"
)
FAILED_FORMULA = "is the error {problem} of a formula; mend the formula, or write the value"
CHUNK = 1024 * 1024
MOST_BETWEEN = 16 * CHUNK  # two places where a part may be cut
_OF_OFFICE = r"(?:Err|Lỗi):\d{3}"  # LibreOffice, in English and in Vietnamese
_ERROR_TEXT = re.compile(_OF_OFFICE)
_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"'])e([\"'])")
_NO_VALUE = re.compile(
    rb"(<(?:\w+:)?c)(?![^>]*\bt\s*=\s*[\"'](?:str|inlineStr)[\"'])((?:\s[^>]*)?)(?<!/)>\s*"
    rb"<((?:\w+:)?)f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*"
    rb"(</(?:\w+:)?c>)"
)
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_TYPE = re.compile(rb"\st\s*=\s*[\"']\w*[\"']")
_WRITTEN = "|".join(map(re.escape, sorted(ERRORS)))
_ODS_CELL = re.compile(
    rf"<table:table-cell\b([^>]*\boffice:value-type=[^>]*[^>/])>\s*<text:p>({_WRITTEN}|{_OF_OFFICE})</text:p>".encode()
)
_ODS_SPAN = re.compile(rb"\stable:number-columns-(?:repeated|spanned)=[\"']\d+[\"']")
_ODS_NO_VALUE = re.compile(rb"<table:table-cell\b(?=[^>]*\btable:formula=)(?![^>]*\boffice:value-type=)[^>]*>")
_ODS_MARKED = re.compile(rb"<table:table-cell\b[^>]*\bcalcext:value-type=[\"']error[\"'][^>]*>")


def is_error(cell: object) -> bool:
    """Whether a text is what a spreadsheet program shows of a formula that failed."""
    return isinstance(cell, str) and (cell in ERRORS or _ERROR_TEXT.fullmatch(cell) is not None)


def failure_of(cell: object) -> str | None:
    """What to tell of a cell whose formula gave nothing; None of any other cell."""
    if cell == UNRECKONED:
        return translate(NOT_RECKONED)
    return translate(FAILED_FORMULA, problem=cell) if is_error(cell) else None


def errors_as_texts(data: bytes) -> bytes:
    """The same XLSX or ODS, unchanged when no formula of it failed. The archive was found sound before."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(_has_errors(archive, part) for part in archive.infolist()):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for part in archive.infolist():
                with archive.open(part) as source, copy.open(part.filename, "w") as target:
                    for piece in pieces(source, _cut(part)):
                        target.write(_as_texts(part, piece))
        return out.getvalue()


def _before_a_tag(text: bytes) -> int:
    return max(text.rfind(b"<"), 0)


def pieces(part: IO[bytes], place: Callable[[bytes], int] = _before_a_tag) -> Iterator[bytes]:
    """In pieces of bounded size, cut at the last such place (0: there is none): no tag, cell or row is cut in two."""
    rest = b""
    while chunk := part.read(CHUNK):
        whole = rest + chunk
        end = place(whole)
        if end == 0:
            end = len(whole) if len(whole) > MOST_BETWEEN else 0
        yield whole[:end]
        rest = whole[end:]
    if rest:
        yield rest


def is_xlsx_sheet(part: zipfile.ZipInfo) -> bool:
    return "worksheets/" in part.filename and part.filename.endswith(".xml")


def is_ods_content(part: zipfile.ZipInfo) -> bool:
    return part.filename == "content.xml"


def _has_errors(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not (is_xlsx_sheet(part) or is_ods_content(part)):
        return False
    with archive.open(part) as unpacked:
        return any(piece != _as_texts(part, piece) for piece in pieces(unpacked, _cut(part)))


def _cut(part: zipfile.ZipInfo) -> Callable[[bytes], int]:
    """Where a part may be cut: between rows of an ODS, behind a cell of an XLSX."""
    if is_ods_content(part):
        return _before_a_row
    return _behind_a_cell if is_xlsx_sheet(part) else _before_a_tag


def _before_a_row(text: bytes) -> int:
    return max(text.rfind(b"<table:table-row"), 0)


def _behind_a_cell(text: bytes) -> int:
    """A cell without attributes begins with <c>: only the end tag counts."""
    end = len(text)
    while (end := text.rfind(b"c>", 0, end)) >= 0:
        if _CELL_END.fullmatch(text, max(text.rfind(b"<", 0, end), 0), end + 2):
            return end + 2
    return 0


def _as_texts(part: zipfile.ZipInfo, piece: bytes) -> bytes:
    if is_xlsx_sheet(part):
        return _NO_VALUE.sub(_unreckoned, _ERROR_CELL.sub(rb"\1str\2", piece))
    if is_ods_content(part):
        return _ODS_NO_VALUE.sub(_unreckoned_ods, _ODS_MARKED.sub(_marked, _ODS_CELL.sub(_written, piece)))
    return piece


def _written(match: re.Match[bytes]) -> bytes:
    spans = b"".join(_ODS_SPAN.findall(match[1]))
    return b'<table:table-cell%s office:value-type="string"><text:p>%s</text:p>' % (spans, match[2])


def _unreckoned(match: re.Match[bytes]) -> bytes:
    begin, about, prefix, end = match[1], _TYPE.sub(b"", match[2]), match[3], match[4]
    return b'%s%s t="str"><%sv>%s</%sv>%s' % (begin, about, prefix, UNRECKONED.encode(), prefix, end)


def _unreckoned_ods(match: re.Match[bytes]) -> bytes:
    return _text_cell(match[0], UNRECKONED)


def _marked(match: re.Match[bytes]) -> bytes:
    """A cell that is marked as an error and shows no known text of one: it shows a general one."""
    return _text_cell(match[0], "#ERROR!")


def _text_cell(tag: bytes, text: str) -> bytes:
    spans = b"".join(_ODS_SPAN.findall(tag))
    end = b"/>" if tag.endswith(b"/>") else b">"
    value = text.encode()
    return b'<table:table-cell%s office:value-type="string" office:string-value="%s"%s' % (spans, value, end)
