"""The counters' signs and the wall poster as PDF: the same shape, letter and colour as on kiosk, slip and TV.

Lengths are millimetres, y goes up from the lower edge. Fonts are embedded; the same office gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from contract.records import dataclass
from kiosk.reports.wording import translate
from kiosk.reports.writers.wall_paper import (
    BAND,
    BOLD,
    GAP,
    HEAVY,
    MARGIN,
    PLAIN,
    SOFT,
    Drawing,
    ServiceSign,
    use_fonts,
)

A4, A3 = (297.0, 210.0), (297.0, 420.0)  # a sign lies, the poster stands
ROWS = 8  # on one poster


@dataclass(frozen=True, slots=True)
class CounterSign:
    """What hangs over a counter. `code` is what the voice calls; `name` is shown when it says more than that."""

    code: str
    name: str
    services: tuple[ServiceSign, ...]


def counter_signs(office: str, counters: Sequence[CounterSign], fonts: Path) -> bytes:
    """A page of A4, lying, for each counter. `fonts`: the folder of Be Vietnam Pro."""
    paper = _Paper(translate("Signs of the counters"), office, fonts)
    _draw_signs(paper, office, counters)
    return paper.done()


def poster(office: str, services: Sequence[ServiceSign], fonts: Path) -> bytes:
    """A page of A3, upright, for each eight services: what to look for and at which counter."""
    paper = _Paper(translate("Which matter, which counter"), office, fonts)
    _draw_poster(paper, office, services)
    return paper.done()


def signs_and_poster(
    office: str, counters: Sequence[CounterSign], services: Sequence[ServiceSign], fonts: Path
) -> bytes:
    """Both in one document, each page of its own size."""
    paper = _Paper(translate("Signs of the counters"), office, fonts)
    _draw_signs(paper, office, counters)
    _draw_poster(paper, office, services)
    return paper.done()


def _draw_signs(paper: _Paper, office: str, counters: Sequence[CounterSign]) -> None:
    for counter in counters:
        paper.begin(A4)
        _number(paper, counter)
        _services(paper, counter.services)
        own = "" if counter.name == f"{translate('Counter')} {counter.code}" else f" · {counter.name}"
        paper.text(f"{office}{own}", MARGIN, 8, A4[0] - 2 * MARGIN, 10, 7, PLAIN, SOFT)


def _draw_poster(paper: _Paper, office: str, services: Sequence[ServiceSign]) -> None:
    wide, top = A3[0] - 2 * MARGIN, A3[1] - BAND - 8
    for first in range(0, len(services), ROWS):
        some = services[first : first + ROWS]
        paper.begin(A3)
        paper.text(translate("Which matter, which counter"), MARGIN, top - 34, wide, 34, 26, HEAVY)
        paper.text(office, MARGIN, top - 48, wide, 12, 9, PLAIN, SOFT)
        high = min((top - 52 - 46) / len(some), 64)
        for row, service in enumerate(some, 1):
            _row(paper, service, top - 54 - row * high, high)
        paper.text(translate("Take a number, wait for the call"), MARGIN, 12, wide, 26, 9, BOLD)


def _number(paper: _Paper, counter: CounterSign) -> None:
    paper.text(translate("Counter"), MARGIN, 152, 104, 34, 24, HEAVY)
    paper.text(counter.code, MARGIN, 26, 104, 114, 130, HEAVY)


def _services(paper: _Paper, services: Sequence[ServiceSign]) -> None:
    left, foot, wide, high = 132.0, 24.0, A4[0] - 132 - MARGIN, 166.0
    if len(services) == 1:
        paper.shape(services[0], left, foot + high - 92, 92)
        paper.picture(services[0].picture, left + 92 + GAP, foot + high - 92 + 20, 52)
        paper.text(services[0].name, left, foot, wide, high - 92 - GAP, 19, HEAVY)
        return
    each = high / len(services)
    side = min(each * 0.84, 62)
    for row, service in enumerate(services, 1):
        low = foot + high - row * each
        paper.shape(service, left, low + (each - side) / 2, side)
        paper.text(service.name, left + side + GAP, low, wide - side - GAP, each * 0.94, 15, HEAVY)


def _row(paper: _Paper, service: ServiceSign, low: float, high: float) -> None:
    side = min(high * 0.82, 46)
    middle, names = low + (high - side) / 2, MARGIN + 46 + 36 + 2 * GAP
    paper.line(MARGIN, low, A3[0] - MARGIN)
    paper.shape(service, MARGIN + (46 - side) / 2, middle, side)
    paper.picture(service.picture, MARGIN + 46 + GAP, low + (high - side * 0.7) / 2, side * 0.7)
    wide = A3[0] - MARGIN - 52 - names - GAP
    share = 0.62 if service.hint else 0.94
    paper.text(service.name, names, low + high * (0.97 - share), wide, high * share, 11, HEAVY)
    paper.text(service.hint, names, low + 2, wide, high * 0.3, 7.5, PLAIN)
    at = A3[0] - MARGIN - 50
    paper.text(translate("Counter"), at, low + high * 0.68, 50, high * 0.28, 8, BOLD)
    paper.text(", ".join(service.counters) or "–", at, low + 2, 50, high * 0.64, 30, HEAVY)


class _Paper(Drawing):
    """A PDF of pages, each with the woven band on its upper edge."""

    def __init__(self, title: str, office: str, fonts: Path) -> None:
        use_fonts(fonts)
        self._out = io.BytesIO()
        super().__init__(Canvas(self._out, invariant=1, lang="vi-VN"), A4)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(office)
        self._is_open = False

    def begin(self, size: tuple[float, float]) -> None:
        if self._is_open:
            self._canvas.showPage()
        self._is_open, self._size = True, size
        self._canvas.setPageSize((size[0] * mm, size[1] * mm))
        self.band()

    def done(self) -> bytes:
        self._canvas.save()
        return self._out.getvalue()
