"""Letters to be measured, and ways to spoil one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

import pytest
from reportlab.lib.colors import red
from reportlab.platypus import PageBreak, Spacer

from kiosk.domain.letterhead import Letterhead
from kiosk.reports.document import Column, Document, DocumentSection, HeadCell, Paragraph, Rate, Table, TableRow
from kiosk.reports.writers import layout, pdf_flow, pdf_writer

LETTER = Letterhead(
    superior="Ủy ban nhân dân huyện Ba Tơ",
    issuer="Ủy ban nhân dân xã Ba Vì",
    symbol="BC-UBND",
    place="Ba Vì",
    day=date(2024, 4, 16),
    signer=("TM. Ủy ban nhân dân", "Chủ tịch"),
    signer_name="Nguyễn Văn A",
    addressees=("Ủy ban nhân dân huyện Ba Tơ",),
    recipients=("UBND huyện", "Thường trực HĐND xã"),
)
LONG = (
    "Từ ngày 15/12/2023 đến ngày 14/04/2024, Bộ phận Một cửa tiếp nhận và giải quyết 681 hồ sơ, trong đó: trực tiếp "
    "4 hồ sơ; trực tuyến 669 hồ sơ; từ kỳ trước chuyển qua 8 hồ sơ, tỷ lệ số hóa đạt 99,56 % (678 trên 681 hồ sơ)."
)
TABLE = Table(
    (Column("field", 60, "left"), Column("count", 20), Column("rate_bp", 20)),
    ((HeadCell("Lĩnh vực", 1, 2), HeadCell("Hồ sơ", 2)), (HeadCell("Số"), HeadCell("Tỷ lệ"))),
    [TableRow(["Hộ tịch", 1234, Rate(9956)]), TableRow(["Tổng cộng", 1234, Rate(None)], strong=True)],
)
SHORT = Document(
    "x",
    "Tình hình tổ chức, hoạt động của Bộ phận Một cửa xã Ba Vì",
    "Bộ phận Một cửa xã Ba Vì",
    "Từ ngày 15/12/2023 đến ngày 14/04/2024",
    sections=(
        DocumentSection("1. Kết quả", (Paragraph(LONG), Paragraph("- Đã rút: 1 hồ sơ;"), TABLE)),
        DocumentSection("Số liệu theo lĩnh vực", (TABLE,), annex=True),
    ),
    source="Nghị định 61/2018/NĐ-CP",
    letter=LETTER,
)
ROWS = Table(TABLE.columns, TABLE.head, [TableRow([f"Lĩnh vực {n}", n, Rate(n)]) for n in range(60)])
SEVERAL = Document(
    "x",
    SHORT.title,
    SHORT.office,
    SHORT.period,
    sections=(
        DocumentSection("1. Kết quả", tuple(Paragraph(LONG) for _ in range(25))),
        DocumentSection("Số liệu", (ROWS,), annex=True),
        DocumentSection("Số liệu khác", (TABLE,), annex=True),
    ),
    letter=replace(LETTER, superior="", day=date(2026, 2, 5), addressees=("Ủy ban nhân dân tỉnh", "Sở Nội vụ")),
)
Spoil = Callable[[pytest.MonkeyPatch, Document], Document]


def setting(name: str, value: object, document: Document | None = None) -> Spoil:
    """Another figure of the layout."""

    def spoil(patch: pytest.MonkeyPatch, given: Document) -> Document:
        patch.setattr(layout, name, value)
        return document or given

    return spoil


def patched(where: Any, name: str, value: object, document: Document | None = None) -> Spoil:
    def spoil(patch: pytest.MonkeyPatch, given: Document) -> Document:
        patch.setattr(where, name, value)
        return document or given

    return spoil


def instead(document: Document) -> Spoil:
    return lambda _, __: document


def both(first: Spoil, second: Spoil) -> Spoil:
    return lambda patch, given: second(patch, first(patch, given))


def line(which: str, **changes: Any) -> Spoil:
    """One line that is set otherwise: another text, size, side, bold or italic."""

    def spoil(patch: pytest.MonkeyPatch, given: Document) -> Document:
        for name in ("line", "centred"):
            patch.setattr(pdf_writer, name, _changed(getattr(pdf_writer, name), which, changes))
        return given

    return spoil


def _changed(draw: Callable[..., Any], text: str, changes: dict[str, Any]) -> Callable[..., Any]:
    def changed(given: str, *args: Any, **options: Any) -> Any:
        if given != text:
            return draw(given, *args, **options)
        size, side = args or (layout.BODY_PT, "centre")
        options = {"text": given, "size": size, "side": side, **options, **changes}
        return pdf_flow.line(**options)

    return changed


def sunk(patch: pytest.MonkeyPatch, given: Document) -> Document:
    """Left blocks stand lower."""
    draw = pdf_flow.side_by_side
    patch.setattr(pdf_writer, "side_by_side", lambda blocks, wide: draw([[Spacer(0, 30), *blocks[0]], blocks[1]], wide))
    return given


def turned(patch: pytest.MonkeyPatch, given: Document) -> Document:
    """The end stands at the beginning."""
    draw = pdf_writer._main
    patch.setattr(pdf_writer, "_main", lambda *given: [draw(*given)[-1], *draw(*given)[:-1]])
    return given


def parted(patch: pytest.MonkeyPatch, given: Document) -> Document:
    """The end stands on a page of its own."""
    patch.setattr(pdf_writer, "ended", lambda flow, notes, end: [*flow, PageBreak(), *notes, *end])
    return given


def coloured(patch: pytest.MonkeyPatch, given: Document) -> Document:
    patch.setattr(pdf_flow, "ParagraphStyle", partial(pdf_flow.ParagraphStyle, textColor=red))
    return given


def wide(patch: pytest.MonkeyPatch, given: Document) -> Document:
    patch.setattr(pdf_writer, "table", lambda made, width, *more: pdf_flow.table(made, width + 20, *more))
    return given


def other_face(patch: pytest.MonkeyPatch, given: Document) -> Document:
    for module in (pdf_flow, pdf_writer):
        patch.setattr(module, "face", lambda bold=False, italic=False: "Helvetica")
    return given


def ragged(patch: pytest.MonkeyPatch, given: Document) -> Document:
    patch.setitem(pdf_flow.SIDES, "both", pdf_flow.SIDES["left"])
    return given
