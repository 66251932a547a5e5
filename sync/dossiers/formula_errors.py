"""Cells of an XLSX whose formula failed (#N/A, #REF! …), as texts: the library would show them as empty.

A due day that is an error must not be read as "none is due".
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO

ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
)
FAILED_FORMULA = "is the error {problem} of a formula; mend the formula, or write the value"
CHUNK = 1024 * 1024
_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"'])e([\"'])")


def has_errors(part: IO[bytes]) -> bool:
    """Whether a sheet, as XML, has such a cell."""
    return any(_ERROR_CELL.search(piece) for piece in _whole_tags(part))


def errors_as_texts(data: bytes) -> bytes:
    """The same workbook, unchanged when no formula of it failed. The archive was found sound before."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if not any(_has_errors(archive, part) for part in archive.infolist()):
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for part in archive.infolist():
                with archive.open(part) as source, copy.open(part.filename, "w") as target:
                    for piece in _whole_tags(source):
                        target.write(_ERROR_CELL.sub(rb"\1str\2", piece) if _is_sheet(part) else piece)
        return out.getvalue()


def _has_errors(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if not _is_sheet(part):
        return False
    with archive.open(part) as unpacked:
        return has_errors(unpacked)


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return "worksheets/" in part.filename and part.filename.endswith(".xml")


def _whole_tags(part: IO[bytes]) -> Iterator[bytes]:
    """In pieces of bounded size that cut no tag in two."""
    rest = b""
    while chunk := part.read(CHUNK):
        whole = rest + chunk
        end = whole.rfind(b"<")
        if end <= 0 or len(whole) - end > CHUNK:
            end = len(whole)
        yield whole[:end]
        rest = whole[end:]
    if rest:
        yield rest
