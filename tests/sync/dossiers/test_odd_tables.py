"""More tables as offices have them: failed formulas, hidden rows, odd letters, days in any order, what is no table."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.dossiers import formula_errors
from sync.dossiers.old_workbooks import concealed_in_old_workbook
from sync.dossiers.sheets import TableFileError
from tests.sync.dossiers.test_more_tables import CODE, EVENING, HEADERS, MORNING, ROWS, book, comma, contents, row

NBSP, NARROW, SOFT = "\u00a0", "\u202f", "\u00ad"
WIDE = str.maketrans("0123456789.-/", "０１２３４５６７８９．－／")  # full-width digits, as some keyboards type


def ods(rows: str, columns: str = "", error: str = "") -> bytes:
    """A document as LibreOffice writes it, with the rows of a sheet as XML."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    more = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    body = f'<table:table table:name="Trang 1">{columns}{rows}</table:table>{error}'
    content = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        head = '<?xml version="1.0"?>'
        target.writestr(
            "content.xml", f"{head}<office:document-content {spaces} {more}>{content}</office:document-content>"
        )
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        target.writestr("META-INF/manifest.xml", f'{head}<manifest:manifest xmlns:manifest="{manifest}"/>')
    return out.getvalue()


def ods_row(*cells: str, **attributes: str) -> str:
    about = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{about}>{''.join(cells)}</table:table-row>"


def text(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'


def failed(shown: str, kind: str = 'office:value-type="float" office:value="0"', marked: bool = True) -> str:
    mark = ' calcext:value-type="error"' if marked else ""
    return f'<table:table-cell table:formula="of:=1/0" {kind}{mark}><text:p>{shown}</text:p></table:table-cell>'


def ods_rows(change: Callable[[list[str]], None] = lambda cells: None, **second: str) -> str:
    """The headers and three dossiers; `change` alters the cells of the second one."""
    rows = [ods_row(*map(text, HEADERS))]
    for number, cells in enumerate(ROWS):
        written = list(map(text, cells))
        if number == 1:
            change(written)
        rows.append(ods_row(*written, **(second if number == 1 else {})))
    return "".join(rows)


def with_cell(place: int, cell: str) -> Callable[[list[str]], None]:
    def change(cells: list[str]) -> None:
        cells[place] = cell

    return change


def lines(change: Callable[[str], str] = lambda line: line, separator: str = ";", encoding: str = "utf-8") -> bytes:
    return change(comma(separator, "utf-8").decode()).encode(encoding)


def pages(workbook: Any) -> None:
    """A printed list: headers and a line of page numbers again after every dossier."""
    sheet = workbook.active
    for place in (4, 3):
        sheet.insert_rows(place, 2)
        sheet.cell(place, 1, "Trang 2/3")
        for column, header in enumerate(HEADERS, start=1):
            sheet.cell(place + 1, column, header)


EMPTY = "&nbsp;"
RIGHT = {
    "ODS": ods(ods_rows()),
    "UTF-16 with BOM, semicolons": comma(";", "utf-16"),
    "CSV with BOM": comma(",", "utf-8-sig"),
    "CSV with an empty line and spaces in front": b" \r\n" + comma(",", "utf-8"),
    "CSV with lines ended by CR alone": comma(";", "utf-8").replace(b"\r\n", b"\r"),
    "non-breaking spaces": lines(lambda all_: all_.replace("Đang xử lý", f"Đang{NBSP}xử{NARROW}lý{NBSP}")),
    "soft hyphens": lines(lambda all_: all_.replace("H48", f"H{SOFT}48")),
    "full-width digits": book(
        HEADERS, *([one.translate(WIDE) if isinstance(one, str) else one for one in cells] for cells in ROWS)
    ),
    "status and channel as numbers": book(HEADERS, *([*c[:4], 1, *c[5:8], 4, c[9]] for c in map(list, ROWS))),
    "status and channel as numbers in text": book(
        HEADERS, *([*c[:4], "01", *c[5:8], "04", c[9]] for c in map(list, ROWS))
    ),
    "days in three orders": book(
        HEADERS, row(1, "02/03/2026", "2026-03-05"), row(2, "2026/3/2", "5.3.2026"), row(3, "20260302", "05-03-2026")
    ),
    "headers repeated after a page": book(HEADERS, *ROWS, change=pages),
    "a sum for each field": book(
        HEADERS, ROWS[0], ["Cộng lĩnh vực Hộ tịch:", 1], ROWS[1], ["", "Tổng", 2], ROWS[2], ["TỔNG CỘNG", None, 3]
    ),
    "a sum by formula": book(HEADERS, *ROWS, ["Tổng số hồ sơ", "=COUNTA(B2:B4)"]),
    "a mail's table": (
        "<html><body><p>Kính gửi các anh chị,</p><table>"
        + "".join(
            "<tr>" + "".join(f"<td>{one or '&nbsp;'}</td>" for one in cells) + "</tr>" for cells in (HEADERS, *ROWS)
        )
        + "</table><p>Trân trọng</p></body></html>"
    ).encode(),
}


@pytest.mark.parametrize("name", RIGHT)
def test_every_dossier_is_read_exactly(name: str) -> None:
    read = contents(RIGHT[name])
    assert [str(error) for error in read.errors] == []
    seen = [
        (one["code"], one["received_at"], one.get("due_at"), one["status"], one.get("channel"), one["field"])
        for one in read.dossiers
    ]
    assert seen == [(CODE.format(number), MORNING, EVENING, 4, 1, "Hộ tịch") for number in (1, 2, 3)]


FAILED = {
    "ODS, #N/A as LibreOffice saves it": (ods(ods_rows(with_cell(6, failed("#N/A")))), "#N/A"),
    "ODS, Err:502": (ods(ods_rows(with_cell(6, failed("Err:502")))), "Err:502"),
    "ODS, in Vietnamese": (ods(ods_rows(with_cell(6, failed("Lỗi:508")))), "Lỗi:508"),
    "ODS, a failed text": (
        ods(ods_rows(with_cell(6, failed("#REF!", 'office:value-type="string" office:string-value=""')))),
        "#REF!",
    ),
    "ODS of before marks": (ods(ods_rows(with_cell(6, failed("#VALUE!", marked=False)))), "#VALUE!"),
    "ODS, shown in another language": (ods(ods_rows(with_cell(6, failed("#ФАЙЛ!")))), "#ERROR!"),
    "HTML": (RIGHT["a mail's table"].replace(b"05/03/2026", b"#N/A", 1), "#N/A"),
    "CSV": (lines(lambda all_: all_.replace("05/03/2026", "#REF!", 1)), "#REF!"),
    "CSV of LibreOffice": (lines(lambda all_: all_.replace("05/03/2026", "Err:504", 1)), "Err:504"),
    "a page of Google": (lines(lambda all_: all_.replace("05/03/2026", "#ERROR!", 1)), "#ERROR!"),
}


@pytest.mark.parametrize("name", FAILED)
def test_a_failed_formula_is_told_by_row_and_column_and_never_read_as_empty(name: str) -> None:
    data, shown = FAILED[name]
    (error,) = contents(data).errors
    assert error.column == "G" and error.row in (2, 3)
    assert error.message == f"công thức báo lỗi {shown}; hãy sửa công thức, hoặc ghi giá trị vào ô"


HIDDEN_COLUMNS = (
    '<table:table-column table:number-columns-repeated="6"/><table:table-column table:visibility="collapse"/>'
)


def hide(workbook: Any) -> None:
    sheet = workbook.active
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["G"].hidden = True
    sheet.column_dimensions["Z"].hidden = True


def hide_every_other(workbook: Any) -> None:
    for number in range(2, 100, 2):
        workbook.active.row_dimensions[number].hidden = True


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        (
            book(HEADERS, *ROWS, change=hide),
            [
                "trang “Sheet”: 2 hồ sơ nằm ở dòng đang bị ẩn hoặc bị lọc (dòng 3–4); vẫn được đọc",
                "trang “Sheet”: cột đang bị ẩn vẫn được đọc: G (Ngày hẹn trả)",
            ],
        ),
        (
            ods(ods_rows(visibility="filter")),
            ["trang “Trang 1”: 1 hồ sơ nằm ở dòng đang bị ẩn hoặc bị lọc (dòng 3); vẫn được đọc"],
        ),
        (ods(ods_rows(), HIDDEN_COLUMNS), ["trang “Trang 1”: cột đang bị ẩn vẫn được đọc: G (Ngày hẹn trả)"]),
        (book(HEADERS, *ROWS, change=lambda one: setattr(one.active.row_dimensions[5], "hidden", True)), []),
    ],
)
def test_what_a_sheet_hides_is_read_and_the_clerk_is_told(data: bytes, notes: list[str]) -> None:
    read = contents(data)
    assert len(read.dossiers) == 3 and read.errors == []
    assert read.notes[1:] == notes


def test_of_many_hidden_rows_the_first_are_named() -> None:
    rows = [row(number) for number in range(1, 10)] + [
        [*row(1)[:1], f"000.00.53.H48-260302-{number:04}", *row(1)[2:]] for number in range(10, 99)
    ]
    (note,) = contents(book(HEADERS, *rows, change=hide_every_other)).notes[1:]
    assert note.startswith("trang “Sheet”: 49 hồ sơ nằm ở dòng đang bị ẩn")
    assert note.endswith("36, 38, 40, …); vẫn được đọc")


def test_an_error_in_a_hidden_row_says_that_nobody_sees_the_row() -> None:
    rows = [ROWS[0], row(2, "hôm qua"), ROWS[2]]
    (error,) = contents(book(HEADERS, *rows, change=hide)).errors
    assert error.row == 3 and error.message.endswith("(dòng này đang bị ẩn hoặc bị lọc: hãy cho hiện dòng trước)")


SWAPPED = "ngày và tháng bị đảo: không có tháng này; hãy xuất lại bảng"


@pytest.mark.parametrize("due", ["03/25/2026", "03/25/2026 17:00", "5:00 PM 03/25/2026", "2026-25-03"])
def test_a_day_in_the_american_order_is_called_so(due: str) -> None:
    (error,) = contents(book(HEADERS, row(1, due=due), *ROWS[1:])).errors
    assert (error.row, error.column) == (2, "G") and error.message.startswith(SWAPPED)


def message(data: bytes) -> str:
    with pytest.raises(TableFileError) as refused:
        contents(data)
    return refused.value.told()


def two_sheets(other: list[object]) -> bytes:
    def add(workbook: Any) -> None:
        sheet = workbook.create_sheet("Đất đai")
        sheet.append(["DANH SÁCH"])
        sheet.append(other)
        sheet.append(ROWS[0])

    return book(HEADERS, *ROWS, change=add)


def sectors_with(name: str) -> bytes:
    """As Office of before 2007 saved everything."""
    return b"\xd0\xcf\x11\xe0" + b"\0" * 600 + name.encode("utf-16-le")


TCVN3 = "M· hå s¬;M· thñ tôc;Ngµy tiÕp nhËn;Tr¹ng th¸i\r\nH48.1-240415-0001;2.000635;15/04/2024;§ang xö lý\r\n"
VNI = (
    "Maõ hoà sô;Maõ thuû tuïc;Ngaøy tieáp nhaän;Traïng thaùi\r\nH48.1-240415-0001;2.000635;15/04/2024;Ñang xöû lyù\r\n"
)
REFUSED = {
    "TCVN3 in a CSV of bytes": (
        TCVN3.encode("cp1252"),
        "phông chữ cũ (.VnTime, VNI); hãy chuyển sang Unicode rồi lưu lại",
    ),
    "VNI in a CSV of bytes": (VNI.encode("cp1252"), "phông chữ cũ (.VnTime, VNI); hãy chuyển sang Unicode rồi lưu lại"),
    "TCVN3 in Unicode letters": (TCVN3.encode(), "phông chữ cũ"),
    "a mail": (
        b"Return-Path: <a@b.vn>\r\nSubject: =?utf-8?B?SOG7kyBzxqE=?=\r\nMIME-Version: 1.0\r\n\r\n<table>",
        "tệp này là thư điện tử; hãy mở thư, lưu bảng đính kèm thành tệp",
    ),
    "a mail of Outlook": (
        b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "__properties_version1.0".encode("utf-16-le"),
        "thư điện tử",
    ),
    "an old Word file": (b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "tệp này là Word"),
    "a column is missing in one of two sheets": (
        two_sheets([*HEADERS[:1], "Mã HS", *HEADERS[2:8], "Ghi chú", "Số hóa"]),
        "trang “Đất đai”, dòng tiêu đề (dòng 2) thiếu cột: Trạng thái; hãy xuất bảng có cột đó",
    ),
    "two columns of one name": (
        book([*HEADERS, "Ngày hẹn trả"], *ROWS),
        "dòng tiêu đề (dòng 1): các cột G, K cùng tên “Ngày hẹn trả”; hãy giữ lại một cột",
    ),
    "XLSB": (
        book(HEADERS).replace(b"xl/workbook.xml", b"xl/workbook.bin"),
        "tệp này là XLSB; hãy mở bằng phần mềm bảng tính",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_says_where_and_what_to_do(name: str) -> None:
    data, words = REFUSED[name]
    told = message(data)
    assert words in told and "hãy " in told


def test_a_file_system_of_sectors_that_bites_its_tail_is_refused() -> None:
    """An XLS whose table of sectors leads in circles, or nowhere, is refused and does not run for ever."""
    for filler in (b"\0", b"\x01", b"\xff"):
        assert "XLS" in message(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + filler * 4096)


UNRECKONED = "đang để trống vì công thức chưa được tính; hãy mở tệp bằng phần mềm bảng tính rồi lưu lại"


@pytest.mark.parametrize(
    "data",
    [
        book(HEADERS, row(1, due='=TEXT(TODAY(),"dd/mm/yyyy")'), *ROWS[1:], ["Tổng số", "=COUNTA(B2:B4)"]),
        book(
            HEADERS, row(1, due="=F2+3"), *ROWS[1:], ["Tổng số", "=COUNTA(B2:B4)", None, None, None, "=COUNTA(F2:F4)"]
        ),
        ods(ods_rows().replace(text("05/03/2026"), '<table:table-cell table:formula="of:=[.F2]+3"/>', 1)),
    ],
)
def test_a_formula_that_was_never_reckoned_is_told_and_not_read_as_no_due_day(data: bytes) -> None:
    (error,) = contents(data).errors
    assert (error.row, error.column) == (2, "G") and error.message.startswith(UNRECKONED)


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell() -> None:
    """As Excel stores =IF(A1="","",A1)."""
    made = book(HEADERS, row(1, due="=F2"), *ROWS[1:])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            for value in (b"<v></v>", b"<v />", b"<v/>"):
                formula = b'<c r="G2"><f>F2</f>'
                content = content.replace(formula + value, b'<c r="G2" t="str"><f>IF(F2="","",F2)</f><v></v>')
            target.writestr(part, content)
    read = contents(out.getvalue())
    assert read.errors == [] and read.dossiers[0].get("due_at") is None and read.dossiers[1].get("due_at") == EVENING


SAVED = Path(__file__).parents[2] / "data" / "tables"


@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_failed_formulas_and_hidden_rows_as_libreoffice_saves_them(kind: str) -> None:
    """The same seven dossiers in three formats: what failed in five of them, which rows and columns are hidden."""
    read = contents((SAVED / f"failed.{kind}").read_bytes())
    other = "Err:502" if kind == "ods" else "#VALUE!"
    shown = [(3, "G", "#DIV/0!"), (4, "G", "#N/A"), (5, "F", other), (6, "I", "#NAME?"), (7, "G", other)]
    assert [(one.row, one.column, one.message.split(";")[0]) for one in read.errors] == [
        (number, column, f"công thức báo lỗi {text}") for number, column, text in shown
    ]
    assert ["dòng này đang bị ẩn" in one.message for one in read.errors] == [False, True, False, False, False]
    assert read.notes[1:] == [
        "trang “Hồ sơ”: 2 hồ sơ nằm ở dòng đang bị ẩn hoặc bị lọc (dòng 4, 8); vẫn được đọc",
        "trang “Hồ sơ”: cột đang bị ẩn vẫn được đọc: H (Ngày kết thúc)",
        "không đọc trang “Cũ”: trang đang bị ẩn",
    ]


@given(st.binary(max_size=200), st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_a_damaged_xls_does_not_make_our_reader_stumble(noise: bytes, seed: int) -> None:
    """What the library makes of it is another matter: it reads in a process of its own."""
    data = bytearray((SAVED / "failed.xls").read_bytes())
    place = random.Random(seed).randrange(len(data))
    data[place : place + len(noise)] = noise
    try:
        sheets = concealed_in_old_workbook(bytes(data))
    except ValueError:
        return
    assert len(sheets) < 100


def without_channel(workbook: Any) -> None:
    sheet = workbook.create_sheet("Đất đai")
    sheet.append([header for header in HEADERS if header != "Hình thức nộp"])
    cells = row(4)
    sheet.append([*cells[:4], *cells[5:]])


def test_what_is_supplied_is_said_of_its_sheet_where_there_are_several() -> None:
    notes = contents(book(HEADERS, *ROWS, change=without_channel)).notes
    assert notes[-1].startswith("trang “Đất đai”, bảng không ghi hình thức nộp")


def test_a_cell_far_from_the_table_and_a_sheet_that_is_too_long_are_called_by_their_names() -> None:
    far = book(HEADERS, *ROWS, change=lambda workbook: workbook.active.cell(900_000, 30, "x"))
    assert message(far).startswith("ô AD900000 nằm cách xa bảng; hãy xóa")
    long = book(HEADERS, *ROWS, change=lambda workbook: workbook.active.cell(60_001, 1, "x"))
    assert message(long).startswith("trang “Sheet”, bảng có hơn 60000 dòng; hãy xuất một kỳ ngắn hơn")


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("size", range(1, 60))
def test_a_formula_is_seen_wherever_a_large_sheet_is_read_on(
    monkeypatch: pytest.MonkeyPatch, prefix: str, size: int
) -> None:
    """Some programs write cells without any attribute: their start is no place to part a sheet."""
    monkeypatch.setattr(formula_errors, "CHUNK", size)
    cell = "<c><f>A1+1</f></c>".replace("<", "<" + prefix).replace(f"<{prefix}/", f"</{prefix}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("xl/worksheets/sheet1.xml", f"<{prefix}row>{cell * 3}</{prefix}row>")
    with zipfile.ZipFile(io.BytesIO(formula_errors.errors_as_texts(out.getvalue()))) as made:
        told = made.read("xl/worksheets/sheet1.xml").decode()
    assert told.count(formula_errors.UNRECKONED) == 3 and "A1+1" not in told
