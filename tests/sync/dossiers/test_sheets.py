"""Spreadsheets made to hurt: what they unpack to, what sizes they claim, what their XML expands to."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from sync.dossiers.sheets import MEBIBYTE, TableFileError, parse_table
from tests.sync.exports import as_xlsx

HEAD = b'<?xml version="1.0"?>'
SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
DIMENSION = b'<dimension ref="A1:XFD1048576"/>'
CELL = b'<c r="%s" t="inlineStr"><is><t>x</t></is></c>'


def with_part(name: str, content: bytes) -> bytes:
    """A sound spreadsheet with one part replaced."""
    made = io.BytesIO()
    sound = zipfile.ZipFile(io.BytesIO(as_xlsx([["a"]])))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bomb:
        for part in sound.namelist():
            bomb.writestr(part, content if part == name else sound.read(part))
    return made.getvalue()


def sheet(rows: bytes, dimension: bytes = b"") -> bytes:
    body = dimension + b"<sheetData>" + rows + b"</sheetData>"
    return with_part(SHEET, HEAD + b"<worksheet " + SPACE + b">" + body + b"</worksheet>")


def laughs() -> bytes:
    """Each entity is ten of the one before: 10^9 letters from a kilobyte."""
    entities = b'<!ENTITY a0 "xxxxxxxxxx">'
    entities += b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    return with_part(STRINGS, HEAD + b"<!DOCTYPE s [" + entities + b"]><sst " + SPACE + b"><si><t>&a8;</t></si></sst>")


def lying() -> bytes:
    """The directory claims 10 bytes for a part of 60 MiB."""
    data = bytearray(with_part(SHEET, b" " * (60 * MEBIBYTE)))
    claimed = (60 * MEBIBYTE).to_bytes(4, "little")
    return bytes(data.replace(claimed, (10).to_bytes(4, "little")))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(with_part(SHEET, b" " * (60 * MEBIBYTE)), id="60 MiB sheet"),
        pytest.param(with_part(STRINGS, b" " * (17 * MEBIBYTE)), id="17 MiB of texts"),
        pytest.param(lying(), id="false size"),
        pytest.param(laughs(), id="entities"),
        pytest.param(sheet(b'<row r="1048576">' + CELL % b"XFD1048576" + b"</row>"), id="far cell"),
        pytest.param(sheet(b'<row r="1">' + CELL % b"A1" + b"</row>", DIMENSION), id="dimension"),
    ],
)
def test_a_bomb_is_refused_or_stays_small(data: bytes) -> None:
    tracemalloc.start()
    try:
        rows = [row for sheet in parse_table(data).sheets for row in sheet.rows]
    except TableFileError:
        rows = []
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(rows) <= 1 and sum(len(cells) for _, cells in rows) <= 100
    assert most < 40 * MEBIBYTE


def test_too_many_parts_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for n in range(501):
            archive.writestr(f"part{n}", b"")
    with pytest.raises(TableFileError, match="unpacks"):
        parse_table(made.getvalue())


@pytest.mark.parametrize("kind", ["SYSTEM", "PUBLIC 'p'"])
def test_nothing_beside_the_file_is_read(kind: str, tmp_path: Path) -> None:
    """A spreadsheet whose text is said to lie in another file of this machine."""
    secret = tmp_path / "secret"
    secret.write_text("canary of another file", encoding="ascii")
    doctype = f'<!DOCTYPE s [<!ENTITY x {kind} "{secret.as_uri()}">]>'.encode()
    data = with_part(STRINGS, HEAD + doctype + b"<sst " + SPACE + b"><si><t>&x;</t></si></sst>")
    try:
        read = str([row for sheet in parse_table(data).sheets for row in sheet.rows])
    except TableFileError as refused:
        read = str(refused)
    assert "canary" not in read
