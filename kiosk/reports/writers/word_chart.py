"""A chart in Word is a picture with its figures as its description; the table beside it has them as text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kiosk.reports.document import BarChart
from kiosk.reports.writers.chart_layout import FILL, ChartLayout, lay_out
from kiosk.reports.writers.layout import PARAGRAPH_PT, POINTS_PER_MM, TABLE_PT, font_file
from kiosk.reports.writers.text_cells import shown

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

DOTS_PER_MM = 300 / 25.4
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def add_chart(word: WordDocument, chart: BarChart, width_mm: float) -> None:
    """As wide as the text; on the page of what follows, so that a signature under it does not stand alone."""
    from docx.shared import Mm, Pt

    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(PARAGRAPH_PT)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture(lay_out(chart, width_mm))), width=Mm(width_mm))
    for side in "TBLR":
        shape._inline.set(f"dist{side}", "0")  # LibreOffice leaves 3 mm where nothing is said
    described = shape._inline.docPr
    described.set("title", chart.title)
    described.set("descr", "; ".join(f"{label}: {shown(cell)}" for label, cell in chart.bars()))


def picture(drawn: ChartLayout) -> bytes:
    """PNG in greys, 300 dots an inch; the same bytes on any day."""
    from PIL import Image, ImageDraw, ImageFont

    def dots(mm: float) -> int:
        return round(mm * DOTS_PER_MM)

    image = Image.new("L", (dots(drawn.wide), dots(drawn.high)), 255)
    pen = ImageDraw.Draw(image)
    size = TABLE_PT / POINTS_PER_MM * DOTS_PER_MM
    fonts = {bold: ImageFont.truetype(font_file(bold), size) for bold in (False, True)}
    for bar in drawn.bars:
        corners = (dots(bar.left), dots(bar.top), dots(bar.left + bar.wide), dots(bar.top + bar.high))
        pen.rectangle(corners, fill=round(255 * FILL))
    axis = drawn.axis
    pen.line((dots(axis.left), dots(axis.top), dots(axis.left), dots(axis.top + axis.high)), fill=0, width=3)
    for one in drawn.words:
        pen.text((dots(one.left), dots(one.base)), one.text, 0, fonts[one.bold], ANCHORS[one.anchor])
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(300, 300))
    return out.getvalue()
