"""Tables as programs and habits leave them: each is read exactly, or refused with a sentence that leads right.

What spreadsheet programs make of codes and days, spanned cells, several tables on a sheet, files of other programs.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sync.dossiers.procedures import ProcedureCatalogue, ProcedureEntry
from tests.sync.dossiers.test_more_tables import (
    CODE,
    EVENING,
    HEADERS,
    MORNING,
    ROWS,
    Cells,
    book,
    comma,
    contents,
    row,
)

RECEIVED, DUE = datetime(2026, 3, 2), datetime(2026, 3, 5)
DATED = [row(number, RECEIVED, DUE) for number in (1, 2, 3)]
GROUP = HEADERS[5:8]  # the three days
FIRST = CODE.format(1)


def altered(change: Callable[[str, bytes], bytes], data: bytes) -> bytes:
    """A workbook whose parts are written otherwise, as other programs do."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            target.writestr(part.filename, change(part.filename, source.read(part)))
    return out.getvalue()


def strict(_: str, part: bytes) -> bytes:
    """Excel's "Strict Open XML"."""
    for word in (b"spreadsheetml/2006/main", b"officeDocument/2006/relationships"):
        new = b"http://purl.oclc.org/ooxml/" + word.replace(b"/2006", b"")
        part = part.replace(b"http://schemas.openxmlformats.org/" + word, new)
    return part


def prefixed(name: str, part: bytes) -> bytes:
    """Software on Microsoft's Open XML SDK writes <x:row>, <x:c>."""
    if not (name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml"):
        return part
    return re.sub(rb"<(/?)(?=\w)", rb"<\1x:", part).replace(b'xmlns="', b'xmlns:x="')


def bold_beginning(name: str, part: bytes) -> bytes:
    code = f"<t>{FIRST}</t>".encode()
    runs = f"<r><t>{FIRST[:10]}</t></r><r><rPr><b/></rPr><t>{FIRST[10:]}</t></r>".encode()
    return part.replace(code, runs) if name == "xl/sharedStrings.xml" else part


def iso_days(name: str, part: bytes) -> bytes:
    """Days as texts of ISO 8601, a kind of cell of its own."""
    if not name.startswith("xl/worksheets/"):
        return part
    cell = re.compile(rb'<c r="([FG]\d)" s="\d+" t="n"><v>(\d+)</v>')
    days = {b"46083": b"2026-03-02T00:00:00", b"46086": b"2026-03-05"}
    return cell.sub(lambda found: b'<c r="%s" t="d"><v>%s</v>' % (found[1], days[found[2]]), part)


def page(*rows: Sequence[object], encoding: str = "utf-8", declared: str = "utf-8") -> bytes:
    lines = ["".join(c if str(c).startswith("<t") else f"<td>{c or ''}</td>" for c in cells) for cells in rows]  # type: ignore[misc]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    whole = f"<html><meta charset={declared}><table>{table}</table></html>"
    return (_tones_apart(whole) if encoding == "cp1258" else whole).encode(encoding)


def _tones_apart(text: str) -> str:
    """As Windows-1258 has it: ô, ơ, ă and their like are letters, the five tones stand behind them."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = [unicodedata.normalize("NFD", letter) for letter in text]
    return "".join(
        unicodedata.normalize("NFC", "".join(one for one in part if one not in tones))
        + "".join(one for one in part if one in tones)
        for part in parts
    )


def th(text: str, **spans: int) -> str:
    about = " ".join(f"{name}={value}" for name, value in spans.items())
    return f"<th {about}>{text}</th>"


SPANNED = [
    [th("DANH SÁCH HỒ SƠ", colspan=10)],
    [
        *(th(one, rowspan=2) for one in HEADERS[:5]),
        th("Thời gian", colspan=3),
        *(th(one, rowspan=2) for one in HEADERS[8:]),
    ],
    [th("Tiếp nhận"), th("Hẹn trả"), th("Kết thúc")],
]
ORDER = [1, 0, 2, 5, 3, 4, 6, 7, 8, 9]  # of the columns of another table
SIGNED: list[Cells] = [
    [],
    [None, "NGƯỜI LẬP BIỂU", None, None, None, "Xã Ba Vì, ngày 5 tháng 3 năm 2026"],
    [None, "(Ký, ghi rõ họ tên)", None, None, None, None, None, None, "CHỦ TỊCH"],
    [None, "Phạm Văn An", None, None, None, None, None, None, "Nguyễn Thị Bình"],
]


def mac(workbook: Any) -> None:
    workbook.epoch = CALENDAR_MAC_1904


def with_cover(workbook: Any) -> None:
    workbook.create_sheet("Bìa", 0).append(["BÁO CÁO THÁNG 3"])


def with_chart(workbook: Any) -> None:
    workbook.create_chartsheet("Biểu đồ")


def guarded(separator: str) -> bytes:
    """Each cell as ="…", so that a spreadsheet program leaves it as it is."""
    return "\r\n".join(separator.join(f'="{cell or ""}"' for cell in cells) for cells in (HEADERS, *ROWS)).encode()


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text).replace(" ", "\u00a0")


def in_place(place: int, *cells: object) -> list[list[object]]:
    return [[*one[:place], cell, *one[place + 1 :]] for one, cell in zip(ROWS, cells, strict=True)]


RIGHT = {
    "days counted from 1904, as on a Mac": book(HEADERS, *DATED, change=mac),
    "days in ISO cells": altered(iso_days, book(HEADERS, *DATED)),
    "days with their weekday": book(HEADERS, row(1, "Thứ Hai, 02/03/2026", "Thứ năm, ngày 05/03/2026"), *ROWS[1:]),
    "days with T2, T5, CN": book(HEADERS, row(1, "T2, 02/03/2026", "T5 05/03/2026"), *ROWS[1:]),
    "months in English": book(HEADERS, row(1, "02-Mar-2026", "5 mar 2026"), *ROWS[1:]),
    "months as Excel says them in Vietnamese": book(HEADERS, row(1, "02-thg 3-2026", "5 Thg3 2026"), *ROWS[1:]),
    "days that end like a sentence": book(HEADERS, row(1, "02/03/2026.", "05/03/2026;"), *ROWS[1:]),
    "days with thousandths": book(
        HEADERS, row(1, "02/03/2026 07:00:00.000", "2026-03-05T17:00:00.000+07:00"), *ROWS[1:]
    ),
    "strict Open XML": altered(strict, book(HEADERS, *ROWS)),
    "elements with a prefix": altered(prefixed, book(HEADERS, *ROWS)),
    "letters of several kinds in a cell": altered(bold_beginning, book(HEADERS, *ROWS)),
    "a cover before the list": book(HEADERS, *ROWS, change=with_cover),
    "a sheet that is a chart": book(HEADERS, *ROWS, change=with_chart),
    "a table that begins at D8": book(*([[]] * 7), *([None, None, None, *one] for one in (HEADERS, *ROWS))),
    "twenty columns of others": book(*([*["x"] * 20, *one] for one in (HEADERS, *ROWS))),
    "three rows of headers": book(
        [*HEADERS[:5], "Thời gian", None, None, *HEADERS[8:]],
        [*[None] * 5, "Tiếp nhận", "Hẹn trả", "Kết thúc"],
        [*[None] * 5, "(ngày)", "(ngày)", "(ngày)"],
        *ROWS,
    ),
    "lines that end within headers and codes": book(
        [one.replace(" ", "\n", 1) for one in HEADERS], row(1, code=FIRST.replace("H48-", "H48-\n")), *ROWS[1:]
    ),
    "headers decomposed, with hard blanks": book([decomposed(one) for one in HEADERS], *ROWS),
    "a table of counts above": book(
        ["Tổng hợp"], ["Lĩnh vực", "Tiếp nhận", "Đã trả"], ["Hộ tịch", 3, 0], [], HEADERS, *ROWS
    ),
    "two tables, columns in another order": book(
        HEADERS, *ROWS[:2], [], ["Đất đai"], [HEADERS[one] for one in ORDER], [ROWS[2][one] for one in ORDER]
    ),
    "a sum without a word": book(HEADERS, *ROWS, [None, 3, None, None, None, None, None, None, 3]),
    "a signature in the columns that matter": book(HEADERS, *ROWS, *SIGNED),
    "page numbers and who printed": book(
        HEADERS, ROWS[0], ["Trang 1/2"], ROWS[1], [*[None] * 4, "Trang 2/2"], ROWS[2], ["In lúc 05/03/2026 08:00"]
    ),
    "channels in whole sentences": book(
        HEADERS,
        *in_place(4, "Trực tiếp tại bộ phận 1 cửa", "Tại Bộ phận Tiếp nhận và Trả kết quả", "Trực tiếp"),
    ),
    "digitised as true": book(HEADERS, *in_place(9, True, True, True)),
    "a code of a procedure that lost its point": book(HEADERS, *in_place(2, 2000635, "2,000635", 2.000635)),
    "code and name of a procedure in a cell": book(
        HEADERS, row(1, procedure="2.000635.000.00.00.H48 - Cấp bản sao trích lục"), *ROWS[1:]
    ),
    "guarded cells": guarded(","),
    "guarded cells, semicolons": guarded(";"),
    "UTF-16, the large end first": b"\xfe\xff" + comma(";", "utf-16-be"),
    "two byte order marks": b"\xef\xbb\xbf" + comma(",", "utf-8-sig"),
    "blanks around tabs": comma("\t", "utf-8").replace(b"\t", b" \t "),
    "a line that ends within a cell of a CSV": comma(",", "utf-8").replace("Hộ tịch".encode(), '"Hộ\n tịch"'.encode()),
    "a page whose headers span rows": page(*SPANNED, *ROWS),
    "a page whose field spans rows": page(
        HEADERS, [*ROWS[0][:3], "<td rowspan=3>Hộ tịch</td>", *ROWS[0][4:]], *([*o[:3], *o[4:]] for o in ROWS[1:])
    ),
    "a page in UTF-8 that says windows-1252": page(HEADERS, *ROWS, declared="windows-1252"),
    "a page in windows-1258 that says so": page(HEADERS, *ROWS, encoding="cp1258", declared="windows-1258"),
    "a table within a cell": page(HEADERS, [*ROWS[0][:9], "<td><table><tr><td>Có</td></tr></table></td>"], *ROWS[1:]),
}


@pytest.mark.parametrize("name", RIGHT)
def test_every_dossier_is_read_exactly(name: str) -> None:
    read = contents(RIGHT[name])
    assert [str(error) for error in read.errors] == []
    seen = [
        (one["code"], one["procedure"], one["received_at"], one.get("due_at"), one["status"], one.get("channel"))
        for one in read.dossiers
    ]
    assert seen == [(CODE.format(number), "2.000635", MORNING, EVENING, 4, 1) for number in (1, 2, 3)]
    assert {one["field"] for one in read.dossiers} == {"Hộ tịch"}
    assert {one.get("digitised", True) for one in read.dossiers} == {True}


def test_a_code_of_a_procedure_that_lost_its_zeros_is_known_only_where_the_office_has_it() -> None:
    entries = [ProcedureEntry("1.001120", "Cấp giấy", "Đất đai"), ProcedureEntry("2.000000", "Sao y", "Chứng thực")]
    office = ProcedureCatalogue.of(entries)
    for text in ("1.00112", "1,00112", "1.001120", "1001120", "1.001120.000.00.00.H48"):
        assert office.procedure(text) == "1.001120", text
    assert office.procedure("2") is None, "a count is no code"
    assert (office.procedure("1.00113"), office.procedure("100112")) == (None, None)
