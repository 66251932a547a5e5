"""The wall poster of procedures as PDF: by field, each with its papers, time, fee and counter; A3, two columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Paragraph

from contract.records import dataclass
from kiosk.reports.wording import translate

PLAIN, BOLD, HEAVY = "BeVietnamPro-Medium", "BeVietnamPro-Bold", "BeVietnamPro-ExtraBold"
INK, SOFT, FOREST = HexColor("#1D1A16"), HexColor("#57503F"), HexColor("#0F4F3A")
MARGIN, GAP, HEAD = 14 * mm, 10 * mm, 30 * mm


@dataclass(frozen=True, slots=True)
class PosterEntry:
    """A procedure on the wall; `counters` as they hang in the room."""

    field: str
    name: str
    papers: tuple[str, ...]
    time: str
    fee: str
    counters: str
    is_confirmed: bool


def procedures_poster(office: str, entries: Sequence[PosterEntry], fonts: Path) -> bytes:
    """Fields in the order in which they come first. `fonts`: the folder of Be Vietnam Pro."""
    for name in (PLAIN, BOLD, HEAVY):
        registerFont(TTFont(name, fonts / f"{name}.ttf"))
    title = translate("Procedures: what to bring")
    out = io.BytesIO()
    paper = BaseDocTemplate(out, pagesize=A3, title=title, author=office, invariant=1, lang="vi-VN")
    wide, high = (A3[0] - 2 * MARGIN - GAP) / 2, A3[1] - HEAD - 2 * MARGIN
    columns = [Frame(MARGIN + place * (wide + GAP), MARGIN, wide, high, 0, 0, 0, 0) for place in (0, 1)]
    paper.addPageTemplates(PageTemplate("wall", columns, onPage=lambda canvas, _: _head(canvas, office, title)))
    paper.build(_story(entries))
    return out.getvalue()


def _head(canvas: Any, office: str, title: str) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(HEAVY, 40)
    canvas.drawString(MARGIN, A3[1] - MARGIN - 12 * mm, title)
    canvas.setFillColor(SOFT)
    canvas.setFont(PLAIN, 16)
    canvas.drawString(MARGIN, A3[1] - MARGIN - 21 * mm, office)


def _style(font: str, size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(font, fontName=font, fontSize=size, leading=size * 1.3, **({"textColor": INK} | more))


def _story(entries: Sequence[PosterEntry]) -> list[Any]:
    heading = _style(HEAVY, 19, textColor=FOREST, spaceBefore=8, spaceAfter=4)
    name, plain = _style(BOLD, 14, spaceBefore=6), _style(PLAIN, 12)
    story: list[Any] = []
    for field in dict.fromkeys(entry.field for entry in entries):
        blocks = [
            [Paragraph(escape(entry.name, quote=False), name), *(Paragraph(line, plain) for line in _lines(entry))]
            for entry in entries
            if entry.field == field
        ]
        blocks[0].insert(0, Paragraph(escape(field, quote=False), heading))
        story += [KeepTogether(block) for block in blocks]
    return story


def _lines(entry: PosterEntry) -> list[str]:
    papers = [f"– {escape(paper, quote=False)}" for paper in entry.papers]
    facts = [
        f"{translate(word)}: {escape(text, quote=False)}"
        for word, text in (("Time", entry.time), ("Fee", entry.fee), ("Counter", entry.counters))
        if text
    ]
    unsure = [] if entry.is_confirmed else [f"({translate('needs confirmation')})"]
    return [*papers, " · ".join([*facts, *unsure])]
