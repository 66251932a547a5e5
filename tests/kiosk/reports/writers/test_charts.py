"""Charts of documents: bars as long as their figures, every word in its place, the same figures as the table."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pdfplumber
import pytest
from openpyxl import load_workbook
from PIL import Image

from kiosk.reports.document import (
    MOST_BARS,
    BarChart,
    Cell,
    Column,
    Document,
    DocumentSection,
    Duration,
    HeadCell,
    Rate,
    Signature,
    Table,
    TableRow,
    charts_of,
)
from kiosk.reports.writers.chart_layout import ROW_MM, Bar, Word, lay_out
from kiosk.reports.writers.csv_writer import to_csv
from kiosk.reports.writers.docx_writer import to_docx
from kiosk.reports.writers.html_writer import to_html
from kiosk.reports.writers.json_writer import to_json
from kiosk.reports.writers.layout import TABLE_PT, width_mm
from kiosk.reports.writers.pdf_writer import to_pdf
from kiosk.reports.writers.xlsx_writer import to_xlsx

WIDE = 165.0
TITLE = "Số thứ tự đã phát, theo lĩnh vực"
COLUMNS = (Column("name", 40, "left"), Column("count"))
HEAD = ((HeadCell("Lĩnh vực"), HeadCell("Số lượt")),)


def chart(*cells: Cell, names: tuple[str, ...] = ("Hộ tịch", "Đất đai", "Chứng thực")) -> BarChart:
    rows = [TableRow([name, cell]) for name, cell in zip(names, cells, strict=True)]
    return BarChart(TITLE, Table(COLUMNS, HEAD, [*rows, TableRow(["Tổng cộng", 9999], strong=True)]), "name", "count")


def document(made: BarChart) -> Document:
    return Document("x", "Báo cáo", "Ba Vì", "Kỳ này", sections=(DocumentSection("Phần", (made.table, made)),))


def test_bars_are_as_long_as_their_figures_and_a_sum_is_none() -> None:
    long = [bar.wide for bar in lay_out(chart(400, 100, 200), WIDE).bars]
    assert len(long) == 3
    assert long[1] == pytest.approx(long[0] / 4) and long[2] == pytest.approx(long[0] / 2)


@pytest.mark.parametrize("cells", [(0, 0, 0), (None, 5, 0), (Duration(None), Duration(60_000), Duration(0))])
def test_where_nothing_was_measured_no_bar_stands_and_its_figure_says_so(cells: tuple[Cell, ...]) -> None:
    drawn = lay_out(chart(*cells), WIDE)
    assert len(drawn.bars) == sum(cell in (5, Duration(60_000)) for cell in cells)
    assert [word.text for word in drawn.words[2::2]] == [
        {None: "–", 0: "0", 5: "5", Duration(None): "–", Duration(0): "0,0", Duration(60_000): "1,0"}[cell]
        for cell in cells
    ]


def test_a_rate_is_measured_against_a_whole() -> None:
    half, whole, _ = (bar.wide for bar in lay_out(chart(Rate(5000), Rate(10_000), Rate(2500)), WIDE).bars)
    assert half == pytest.approx(whole / 2)
    (alone, _, _) = (bar.wide for bar in lay_out(chart(Rate(5000), Rate(100), Rate(100)), WIDE).bars)
    assert alone < whole * 0.6, "50 % is no full bar where nobody reached more"


LONG = "Đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc của công dân"


@pytest.mark.parametrize("wide", [165.0, 252.0])
@pytest.mark.parametrize("cells", [(1_234_567, 3, 1), (Rate(10_000), Rate(1), Rate(None)), (1, 1, 1)])
def test_no_word_is_cut_or_lies_over_another_or_over_a_bar(wide: float, cells: tuple[Cell, ...]) -> None:
    drawn = lay_out(chart(*cells, names=(LONG, "A", "Đất đai")), wide)
    boxes = [word_box(word) for word in drawn.words]
    for left, top, right, low in boxes:
        assert left >= 0 and right <= wide and top >= 0 and low <= drawn.high
    areas = [*boxes, *((bar.left, bar.top, bar.left + bar.wide, bar.top + bar.high) for bar in drawn.bars)]
    for place, one in enumerate(areas):
        assert not any(overlap(one, another) for another in areas[place + 1 :])


def word_box(word: Word) -> tuple[float, float, float, float]:
    wide = width_mm(word.text, TABLE_PT, word.bold)
    left = word.left - {"start": 0, "middle": wide / 2, "end": wide}[word.anchor]
    return left, word.base - 3.2, left + wide, word.base + 0.8


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] - 0.01 and b[0] < a[2] - 0.01 and a[1] < b[3] - 0.01 and b[1] < a[3] - 0.01


def test_a_label_that_is_too_long_ends_with_dots() -> None:
    label = lay_out(chart(1, 2, 3, names=(LONG, "A", "B")), WIDE).words[1].text
    assert label.endswith("…") and LONG.startswith(label[:-1])


def test_a_chart_wants_two_rows_and_a_page() -> None:
    def rows(count: int) -> Table:
        return Table(COLUMNS, HEAD, [TableRow([str(n), n]) for n in range(count)] + [TableRow(["", 1], strong=True)])

    assert [len(charts_of(rows(count), ("t", "name", "count"))) for count in (0, 1, 2, 16, 17)] == [0, 0, 1, 1, 0]
    assert lay_out(BarChart("t", rows(16), "name", "count"), WIDE).high < 210 - 21 - 20, "on its side too"


def test_the_pdf_has_the_bars_and_words_of_the_chart() -> None:
    made = chart(400, 100, 200)
    with pdfplumber.open(io.BytesIO(to_pdf(document(made)))) as pdf:
        (page,) = pdf.pages
        grey = [one for one in page.rects if one["fill"] and one["width"] > 5 and one["height"] > 5]
        text = page.extract_text()
    mm = 72 / 25.4
    assert [round(one["width"] / mm, 1) for one in grey] == [round(bar.wide, 1) for bar in lay_out(made, WIDE).bars]
    assert TITLE in text
    assert [text.count(word) for word in ("Hộ tịch", "400", "Tổng cộng")] == [2, 2, 1], "in table and chart; no sum"


def test_the_page_shows_and_says_it() -> None:
    page = to_html(document(chart(400, 100, 200))).decode()
    assert page.count("<rect") == 3 and page.count("<svg") == 1
    said = re.search(r'aria-label="([^"]*)"', page)
    assert said is not None and said[1] == f"{TITLE}: Hộ tịch: 400; Đất đai: 100; Chứng thực: 200"


def test_no_label_of_the_page_begins_before_the_picture_whatever_typeface_is_there() -> None:
    page = to_html(document(chart(400, 100, 200))).decode()
    words = re.findall(
        r'<text x="([\d.]+)" [^>]*text-anchor="(\w+)" textLength="([\d.]+)" lengthAdjust="([^"]+)"', page
    )
    assert len(words) == page.count("<text") > 6 and {how for *_, how in words} == {"spacingAndGlyphs"}
    shares = {"start": 0.0, "middle": 0.5, "end": 1.0}
    assert all(float(x) >= float(length) * shares[anchor] for x, anchor, length, _ in words)


def test_a_word_document_has_a_picture_that_says_its_figures_on_any_day() -> None:
    made = document(chart(400, 100, 200))
    assert to_docx(made) == to_docx(made)
    with zipfile.ZipFile(io.BytesIO(to_docx(made))) as archive:
        (name,) = [one for one in archive.namelist() if one.startswith("word/media/")]
        with Image.open(io.BytesIO(archive.read(name))) as image:
            assert image.mode == "L" and image.size[0] == round(WIDE * 300 / 25.4)
            dark = sum(count for grey, count in enumerate(image.histogram()) if 110 <= grey <= 120)
        text = archive.read("word/document.xml").decode()
    bars = lay_out(chart(400, 100, 200), WIDE).bars
    assert dark == pytest.approx(area(bars), rel=0.05)
    assert 'descr="Hộ tịch: 400; Đất đai: 100; Chứng thực: 200"' in text
    (inline,) = re.findall(r"<wp:inline[^>]*>", text)
    assert all(f'dist{side}="0"' in inline for side in "TBLR"), "LibreOffice would push it over the margin"


def area(bars: list[Bar] | tuple[Bar, ...] | object) -> float:
    assert isinstance(bars, list)
    return sum(bar.wide * bar.high for bar in bars) * (300 / 25.4) ** 2


def test_a_workbooks_chart_refers_to_the_tables_cells() -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(document(chart(400, 100, 200)))))["Phần"]
    (made,) = sheet._charts
    (series,) = made.series
    assert cells_of(sheet, series.val.numRef.f) == [400, 100, 200]
    assert cells_of(sheet, series.cat.numRef.f) == ["Hộ tịch", "Đất đai", "Chứng thực"]


def test_two_charts_of_a_workbook_lie_one_below_the_other() -> None:
    made = chart(400, 100, 200)
    second = replace(made, title="Chờ lâu nhất")
    whole = replace(document(made), sections=(DocumentSection("Phần", (made.table, made, second)),))
    sheet = load_workbook(io.BytesIO(to_xlsx(whole)))["Phần"]
    tops = [one.anchor._from.row for one in sheet._charts]
    heights_in_rows = [one.anchor.ext.height / 360_000 / 0.53 for one in sheet._charts]  # EMU, and rows of 15 points
    assert tops[0] >= sheet.max_row and tops[1] >= tops[0] + heights_in_rows[0]


@pytest.mark.parametrize(("rows", "landscape", "breaks"), [(2, False, 0), (3, True, 0), (16, False, 1), (16, True, 1)])
def test_a_workbooks_chart_is_cut_by_no_page(rows: int, landscape: bool, breaks: int) -> None:
    made = chart(*range(rows), names=tuple(f"Lĩnh vực {n}" for n in range(rows)))
    sheet = load_workbook(io.BytesIO(to_xlsx(replace(document(made), landscape=landscape))))["Phần"]
    (drawn,) = sheet._charts
    assert [one.id for one in sheet.row_breaks.brk] == [drawn.anchor._from.row - 1] * breaks
    assert not sheet.print_title_rows


def test_a_word_documents_signature_is_one_row_that_no_page_parts() -> None:
    signed = replace(document(chart(400, 100, 200)), signatures=(Signature(("Người lập biểu",), "An"),))
    with zipfile.ZipFile(io.BytesIO(to_docx(signed))) as archive:
        text = archive.read("word/document.xml").decode()
    rows = re.findall(r"<w:tr>.*?</w:tr>", text, re.S)
    assert "Người lập biểu" in rows[-1] and "<w:cantSplit/>" in rows[-1]
    assert "<w:p/>" not in rows[-1], "no empty lines of whatever height"


@pytest.mark.parametrize("rows", range(2, MOST_BARS + 1))
def test_a_signature_under_a_chart_stands_on_its_page(rows: int) -> None:
    made = chart(*range(rows), names=tuple(f"Lĩnh vực {n}" for n in range(rows)))
    signed = replace(document(made), signatures=(Signature(("Người lập biểu",), "An"),), landscape=True)
    with pdfplumber.open(io.BytesIO(to_pdf(signed))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert [TITLE in text for text in texts] == ["Người lập biểu" in text for text in texts]
    with zipfile.ZipFile(io.BytesIO(to_docx(signed))) as archive:
        paragraphs = re.findall(r"<w:p>.*?</w:p>", archive.read("word/document.xml").decode(), re.S)
    (drawn,) = [one for one in paragraphs if "<w:drawing>" in one]
    assert "<w:keepNext/>" in drawn


def cells_of(sheet: object, reference: str) -> list[object]:
    area = reference.rpartition("!")[2].replace("$", "")
    return [cell.value for row in sheet[area] for cell in row]  # type: ignore[index]


def test_data_formats_have_the_table_alone() -> None:
    made = document(chart(400, 100, 200))
    without = replace(made, sections=(DocumentSection("Phần", (made.tables()[0][1],)),))
    assert to_csv(made) == to_csv(without) and to_json(made) == to_json(without)


def test_a_row_of_the_chart_has_room_for_a_line_of_text() -> None:
    assert ROW_MM > TABLE_PT * 1.2 * 25.4 / 72
