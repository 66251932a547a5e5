"""A chart of a workbook refers to the cells of its table: whoever mends a figure there mends the chart."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from kiosk.reports.document import BarChart, Rate

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDE_CM, HEAD_CM, ROW_CM = 16.0, 2.0, 0.75
SHEET_ROW_CM = 0.5  # of an empty row
ROW_POINTS, CM_PER_POINT = 15.0, 2.54 / 72  # of a row whose height nobody set
PAGE_CM = {"portrait": 24.0, "landscape": 15.5}  # between the margins of A4
GREY, TITLE_SIZE = "737373", 1200  # hundredths of a point
WHOLE = 1.15  # 100 %, and room for the figure behind the bar


def add_charts(sheet: Worksheet, charts: Sequence[BarChart], first_row: int) -> None:
    """Under the table, one below the other; its figures begin in `first_row` and its sums stand at its end.

    On paper no chart is cut: one that does not fit below begins a page.
    """
    from openpyxl.worksheet.pagebreak import Break

    place = sheet.max_row + 2
    page_cm = PAGE_CM[str(sheet.page_setup.orientation)]
    used_cm = _height_cm(sheet) % page_cm
    for chart in charts:
        made = _chart(sheet, chart, first_row)
        if used_cm + made.height > page_cm:
            sheet.row_breaks.append(Break(id=place - 1))
            place, used_cm = place + 1, ROW_POINTS * CM_PER_POINT  # its border would stand on the page before
        sheet.add_chart(made, f"A{place}")
        rows = ceil(made.height / SHEET_ROW_CM) + 1
        place, used_cm = place + rows, used_cm + rows * ROW_POINTS * CM_PER_POINT


def _height_cm(sheet: Worksheet) -> float:
    """Of all rows, and of the empty one under them."""
    heights = (sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
    return (sum(height or ROW_POINTS for height in heights) + ROW_POINTS) * CM_PER_POINT


def _chart(sheet: Worksheet, chart: BarChart, first_row: int) -> Any:
    from openpyxl.chart import BarChart as SheetChart
    from openpyxl.chart import Reference
    from openpyxl.chart.label import DataLabelList
    from openpyxl.drawing.text import CharacterProperties

    keys = [column.key for column in chart.table.columns]
    bars = chart.bars()
    last_row = first_row + len(bars) - 1
    made: Any = SheetChart()
    made.type, made.style, made.gapWidth, made.legend = "bar", 1, 50, None
    made.title, made.width, made.height = chart.title, WIDE_CM, HEAD_CM + ROW_CM * len(bars)

    made.title.tx.rich.p[0].r[0].rPr = CharacterProperties(sz=TITLE_SIZE, b=True)

    def cells(key: str) -> Any:
        column = keys.index(key) + 1
        return Reference(sheet, min_col=column, min_row=first_row, max_row=last_row)

    made.add_data(cells(chart.key))
    made.set_categories(cells(chart.label))
    made.series[0].graphicalProperties.solidFill = GREY
    made.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    made.y_axis.delete, made.x_axis.delete, made.y_axis.majorGridlines = True, False, None
    made.x_axis.scaling.orientation = "maxMin"  # the first row above
    made.y_axis.scaling.min = 0
    if any(isinstance(cell, Rate) for _, cell in bars):
        made.y_axis.scaling.max = WHOLE
    return made
