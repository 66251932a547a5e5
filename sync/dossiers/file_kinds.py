"""What a handed-in file is that is no table we read, so that a clerk is told what to do with it."""

from __future__ import annotations

import io
import re
import zipfile

from sync.dossiers.workbooks import MOST_PARTS

NO_TABLE = "the file is no table but {kind}; export the list of dossiers as XLSX"
OTHER_TABLE = "the file is {kind}; open it in a spreadsheet program and save it as XLSX"
MAIL = "the file is an e-mail; open it, save the table that hangs on it as a file, and take that"
EMPTY_FILE = "the file is empty; export it again"
_BEGINNINGS = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "GZIP",
    b"{\\rtf": "RTF",
    b"\x00\x01\x00\x00Standard ": "Access",
}
_OLE = b"\xd0\xcf\x11\xe0"
_MSG, _DOC = "__properties_version1.0".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
_PPT = "PowerPoint Document".encode("utf-16-le")
_MAIL_HEADER = re.compile(rb"(?:Return-Path|Delivered-To|Received|From|Date|Subject|Message-ID|To|X-[\w-]+): ", re.I)
_PARTS = {"word/document.xml": "Word", "ppt/presentation.xml": "PowerPoint", "Index/Document.iwa": "Numbers"}
_BINARY = "XLSB"  # whose failed formulas nobody could tell from empty cells
_BOOKS = ("xl/", "content.xml")


def other_kind(data: bytes) -> tuple[str, str] | None:
    """(sentence, name of the kind) of a file that is known and no table of ours; None for every other one."""
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return EMPTY_FILE, ""
    kind = next((name for start, name in _BEGINNINGS.items() if data.startswith(start)), None)
    if kind is None and data.startswith(b"PK"):
        kind = _kind_of_archive(data)
    if kind is None and data.startswith(_OLE) and _DOC in data:
        kind = "Word"
    if kind is None and data.startswith(_OLE) and _PPT in data:
        kind = "PowerPoint"
    if kind is not None:
        return (OTHER_TABLE if kind == _BINARY else NO_TABLE), kind
    head = data[:4096]
    if _is_mail(data, head):
        return MAIL, ""
    if head.startswith(b"MIME-Version"):
        return OTHER_TABLE, "MHTML"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return OTHER_TABLE, "XML Spreadsheet 2003"
    if b"urn:oasis:names:tc:opendocument:xmlns:office" in head and head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        return OTHER_TABLE, "FODS"
    return None


def _is_mail(data: bytes, head: bytes) -> bool:
    """As mail programs save one: with its headers in front, or as .msg of Outlook."""
    if data.startswith(_OLE):
        return _MSG in data
    return _MAIL_HEADER.match(head) is not None and b"<html" not in head.lower().split(b"\n\n")[0]


def _kind_of_archive(data: bytes) -> str | None:
    """None when it may be a workbook, or is damaged: who reads workbooks says so."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return None
    if "xl/workbook.bin" in names:
        return _BINARY
    if len(names) > MOST_PARTS or any(name.lower().startswith(_BOOKS) for name in names):
        return None
    return next((kind for part, kind in _PARTS.items() if part in names), "ZIP" if names else None)
