"""The wall poster of procedures as PDF: by service and field, each with its papers, time and fee; A3, two columns.

Above them what to do, step by step in pictures, and a square by which a phone takes the list along.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph, Spacer

from contract.records import dataclass
from kiosk.reports.wording import translate
from kiosk.reports.writers.poster_steps import draw_code, draw_steps
from kiosk.reports.writers.wall_paper import BOLD, HEAVY, INK, PLAIN, SOFT, Drawing, ServiceSign, use_fonts

A3 = (297.0, 420.0)
MARGIN, GAP, BAND, FOOT = 14.0, 9.0, 12.0, 22.0
TITLE, STEPS = 40.0, 34.0  # high: title with the square, the steps under it
FOREST, EDGE, SAND = "#0F4F3A", "#D8CFB8", "#FBF6EA"
UNSURE = "*"
ICON = 4.2  # of time and fee, in mm


@dataclass(frozen=True, slots=True)
class PosterEntry:
    """A procedure on the wall; `service`: its sign, with the counters as they hang in the room."""

    service: ServiceSign
    field: str
    name: str
    papers: tuple[str, ...]
    time: str
    fee: str
    is_confirmed: bool


def procedures_poster(office: str, entries: Sequence[PosterEntry], fonts: Path, address: str = "") -> bytes:
    """Services and fields in the order in which they come first. `fonts`: the folder of Be Vietnam Pro.

    `address`: of the list on a phone, "" where the office has none.
    """
    use_fonts(fonts)
    title = translate("Procedures: what to bring")
    out = io.BytesIO()
    size = (A3[0] * mm, A3[1] * mm)
    paper = BaseDocTemplate(out, pagesize=size, title=title, author=office, invariant=1, lang="vi-VN")
    first = _columns(A3[1] - BAND - TITLE - STEPS)
    later = _columns(A3[1] - BAND - TITLE)
    some_unsure = not all(entry.is_confirmed for entry in entries)

    def head(canvas: Any, has_steps: bool) -> None:
        _draw_head(Drawing(canvas, A3), canvas, office, title, address, has_steps, some_unsure)

    paper.addPageTemplates(
        [
            PageTemplate("first", first, onPage=lambda canvas, _: head(canvas, True), autoNextPageTemplate="later"),
            PageTemplate("later", later, onPage=lambda canvas, _: head(canvas, False)),
        ]
    )
    paper.build(list(_story(entries)))
    return out.getvalue()


def _columns(top: float) -> list[Frame]:
    wide = (A3[0] - 2 * MARGIN - GAP) / 2
    places = (MARGIN, MARGIN + wide + GAP)
    return [Frame(left * mm, FOOT * mm, wide * mm, (top - FOOT) * mm, 0, 0, 0, 0) for left in places]


def _draw_head(
    paper: Drawing, canvas: Any, office: str, title: str, address: str, has_steps: bool, some_unsure: bool
) -> None:
    paper.band()
    top, side = A3[1] - BAND, 32.0 if address else 0.0
    wide = A3[0] - 2 * MARGIN - (side + 48 if address else 0)
    paper.text(title, MARGIN, top - 23, wide, 18, 12, HEAVY)
    paper.text(office, MARGIN, top - 35, wide, 10, 6, PLAIN, SOFT)
    if address:
        left = A3[0] - MARGIN - side
        draw_code(canvas, address, left, top - 4 - side, side)
        paper.text(translate("Scan: the list on your phone"), left - 46, top - 30, 42, 20, 4.6, BOLD)
    if has_steps:
        draw_steps(paper, canvas, MARGIN, top - TITLE - STEPS + 3, A3[0] - 2 * MARGIN, STEPS - 7)
    words = translate("Papers may change: an officer confirms them at the counter. Forms are at the counter and free.")
    note = translate("* not confirmed by an officer yet: please ask.") if some_unsure else ""
    paper.line(MARGIN, FOOT - 4, A3[0] - MARGIN)
    paper.text(f"{words} {note}".strip(), MARGIN, 5, A3[0] - 2 * MARGIN, 11, 4, BOLD)


def _style(font: str, size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * 1.28, **({"textColor": HexColor(INK)} | more)
    )


def _story(entries: Sequence[PosterEntry]) -> Iterator[Any]:
    services = list(dict.fromkeys(entry.service.letter for entry in entries))
    ordered = sorted(entries, key=lambda entry: services.index(entry.service.letter))
    for _, group in groupby(ordered, key=lambda entry: entry.service.letter):
        own = list(group)
        head: _ServiceHead | None = _ServiceHead(own[0].service)
        for field in dict.fromkeys(entry.field for entry in own):
            cards = [_Card(entry) for entry in own if entry.field == field]
            cards[0].head = Paragraph(escape(field, quote=False), _style(HEAVY, 14, textColor=HexColor(FOREST)))
            yield KeepTogether([head, cards[0]]) if head else cards[0]
            yield from cards[1:]
            head = None
        yield Spacer(0, 3 * mm)


class _ServiceHead(Flowable):  # type: ignore[misc] # reportlab has no types
    """A bar in the tint of paper: shape and letter, name, the counters."""

    HIGH = 19.0

    def __init__(self, service: ServiceSign) -> None:
        super().__init__()
        self._service = service
        self._wide = 0.0

    def wrap(self, wide: float, _: float) -> tuple[float, float]:
        self._wide = wide / mm
        return wide, (self.HIGH + 2) * mm

    def draw(self) -> None:
        canvas, service, wide = self.canv, self._service, self._wide
        paper = Drawing(canvas, (wide, self.HIGH))
        canvas.setFillColor(HexColor(SAND))
        canvas.setStrokeColor(HexColor(service.colour))
        canvas.setLineWidth(0.8 * mm)
        canvas.roundRect(0.4 * mm, 1 * mm, (wide - 0.8) * mm, self.HIGH * mm - 1 * mm, 3 * mm, stroke=1, fill=1)
        paper.shape(service, 3, 3.5, 14)
        paper.picture(service.picture, 19.5, 4, 13)
        paper.text(service.name, 35, 3, wide - 35 - 39, 15, 5.6, HEAVY)
        paper.text(translate("Counter"), wide - 37, 3, 17, 15, 4, BOLD, SOFT)
        paper.text(", ".join(service.counters) or "–", wide - 20, 3, 17, 15, 9, HEAVY)


class _Card(Flowable):  # type: ignore[misc] # reportlab has no types
    """A procedure: name, papers as a list to tick, time and fee by their pictures. Never parted by a page."""

    def __init__(self, entry: PosterEntry) -> None:
        super().__init__()
        self.head: Paragraph | None = None
        unsure = "" if entry.is_confirmed else UNSURE
        self._name = Paragraph(f"{escape(entry.name, quote=False)}{unsure}", _style(BOLD, 13.5))
        self._papers = [Paragraph(escape(paper, quote=False), _style(PLAIN, 12)) for paper in entry.papers]
        self._facts = [
            (icon, Paragraph(escape(text, quote=False), _style(PLAIN, 12, textColor=HexColor(SOFT))))
            for icon, text in (("clock", entry.time), ("coin", entry.fee))
            if text
        ]
        self._rows: list[tuple[str, Paragraph, float, float]] = []

    def wrap(self, wide: float, _: float) -> tuple[float, float]:
        rows = [*([("head", self.head)] if self.head else []), ("name", self._name)]
        rows += [*(("tick", one) for one in self._papers), *self._facts]
        self._rows, used = [], 1.5 * mm
        for kind, paragraph in rows:
            left = 0.0 if kind in {"head", "name"} else 6.5 * mm
            _, high = paragraph.wrap(wide - left, 10_000)
            used += high + (1.6 if kind == "head" else 0.5) * mm
            self._rows.append((kind, paragraph, left, used))
        return wide, used + 2.2 * mm

    def draw(self) -> None:
        whole = self._rows[-1][3] + 2.2 * mm
        for kind, paragraph, left, used in self._rows:
            foot = whole - used
            paragraph.drawOn(self.canv, left, foot)
            if kind not in {"head", "name"}:
                self._icon(kind, foot + paragraph.height - 12 * 1.28 + 1.4)

    def _icon(self, kind: str, foot: float) -> None:
        """Beside the first line of a row: a box to tick, a clock, a coin."""
        canvas, side = self.canv, ICON * mm * 0.8
        canvas.setStrokeColor(HexColor(INK))
        canvas.setLineWidth(1.1)
        middle = (side / 2 + 1, foot + side / 2)
        if kind == "tick":
            canvas.roundRect(1.6, foot + 0.6, side - 1.2, side - 1.2, 1.4)
        else:
            canvas.circle(*middle, side / 2)
        if kind == "clock":
            canvas.line(*middle, middle[0], middle[1] + side * 0.3)
            canvas.line(*middle, middle[0] + side * 0.22, middle[1] - side * 0.12)
        elif kind == "coin":
            canvas.setFillColor(HexColor(INK))
            canvas.setFont(BOLD, side * 0.72)
            canvas.drawCentredString(middle[0], middle[1] - side * 0.24, "đ")
