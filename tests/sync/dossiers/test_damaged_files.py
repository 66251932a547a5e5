"""A damaged file is called by its own kind, and never read as if the rest of it were all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.dossiers.sheets import TableFileError
from tests.sync.dossiers.test_more_tables import HEADERS, ROWS, book, comma, contents, page

SAVED = Path(__file__).parents[2] / "data" / "tables"
XLSX, XLS, ODS = book(HEADERS, *ROWS), (SAVED / "failed.xls").read_bytes(), (SAVED / "failed.ods").read_bytes()


def spoilt(data: bytes) -> bytes:
    """The middle third is noise, as a stick leaves it."""
    third = len(data) // 3
    return data[:third] + bytes(range(256)) * (third // 256 + 1) + data[2 * third :]


def changed(data: bytes, place: int, value: int) -> bytes:
    return data[:place] + bytes([value]) + data[place + 1 :]


LAST_END = XLS.rindex(b"\x0a\x00\x00\x00", 0, XLS.index("Root Entry".encode("utf-16-le")))  # an EOF record of MS-XLS
LENGTH_IN_FORMULA = 4549  # of a text; the library panics over it, which is no Exception of Python's


DAMAGED = {
    "XLSX, cut off": (XLSX[:-200], "tệp XLSX bị hỏng"),
    "XLSX, half of it": (XLSX[: len(XLSX) // 2], "tệp XLSX bị hỏng"),
    "XLSX, spoilt": (spoilt(XLSX), "tệp XLSX bị hỏng"),
    "ODS, cut off": (ODS[:-200], "tệp ODS bị hỏng"),
    "ODS, half of it": (ODS[: len(ODS) // 2], "tệp ODS bị hỏng"),
    "ODS, spoilt": (spoilt(ODS), "tệp ODS bị hỏng"),
    "XLS, its first sectors": (XLS[:1500], "tệp XLS bị hỏng"),
    "XLS, its last sheet without an end": (changed(XLS, LAST_END, 0x5C), "tệp XLS bị hỏng"),
    "XLS, a formula that the library stumbles over": (changed(XLS, LENGTH_IN_FORMULA, 255), "tệp XLS bị hỏng"),
    "an archive that is nothing": (b"PK\x03\x04" + bytes(200), "tệp ZIP bị hỏng"),
    "CSV within quotation marks": (comma(";", "utf-8") + '4;"Mã'.encode(), "tệp CSV bị cụt, thiếu phần cuối"),
    "HTML, cut off": (page("utf-8")[:-60], "tệp HTML bị cụt, thiếu phần cuối"),
    "HTML in UTF-16, cut off": (page("utf-16")[:-120], "tệp HTML bị cụt, thiếu phần cuối"),
    "noise": (bytes(range(256)) * 20, "tệp bị hỏng hoặc không phải bảng"),
    "XLSX without its first bytes": (XLSX[7:], "tệp bị hỏng hoặc không phải bảng"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_called_by_its_kind(name: str) -> None:
    data, words = DAMAGED[name]
    with pytest.raises(TableFileError) as refused:
        contents(data)
    told = refused.value.told()
    assert told.startswith(words) and "hãy " in told


OTHER = {
    "a presentation": (b"\xd0\xcf\x11\xe0" + "PowerPoint Document".encode("utf-16-le"), "tệp này là PowerPoint"),
    "a database": (b"\x00\x01\x00\x00Standard Jet DB\x00", "tệp này là Access"),
    "a flat ODS": (
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
        b"<table:table/></office:document>",
        "tệp này là FODS; hãy mở bằng phần mềm bảng tính",
    ),
}


@pytest.mark.parametrize("name", OTHER)
def test_what_is_no_table_of_ours_is_called_by_its_name(name: str) -> None:
    data, words = OTHER[name]
    with pytest.raises(TableFileError) as refused:
        contents(data)
    assert refused.value.told().startswith(words)
