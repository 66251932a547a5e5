"""The end of a PDF's text: notes and signatures, which stand alone on no page."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether
from reportlab.platypus import Paragraph as Text
from reportlab.platypus import Table as Grid

from kiosk.reports.writers.pdf_flow import ChartBars

LAST_ROWS, LAST_TEXTS = 3, 2  # rows of a table, and paragraphs, which go to the page of what follows them
NO_PAGE, ROUNDING = 1e6, 0.1  # points: more than any page is high; less than any line is


def ended(flow: Sequence[Flowable], notes: Sequence[Flowable], end: Sequence[Flowable]) -> list[Flowable]:
    """`flow` with its end: on the page of the signatures stand the last rows of a table, or the last two paragraphs or
    charts with the headings over them.
    """
    if not end or not flow:
        return [*flow, *notes, *end]
    texts = 1 if isinstance(flow[-1], Text) and len(flow) > 1 else 0
    if isinstance(flow[-1 - texts], Grid):
        last = len(flow) - 1 - texts
        return [*flow[:last], _TableWithEnd(flow[last], [*flow[last + 1 :], *notes, *end])]
    place = len(flow)
    for _ in range(LAST_TEXTS):
        place = _last_text(flow, place)
    return [*flow[:place], KeepTogether([*flow[place:], *notes, *end])]


def _last_text(flow: Sequence[Flowable], before: int) -> int:
    """Where the last paragraph or chart before a place begins, with headings over it."""
    place = before
    if place and isinstance(flow[place - 1], (Text, ChartBars)):
        place -= 1
        while place and flow[place - 1].getKeepWithNext():
            place -= 1
    return place


class _TableWithEnd(Flowable):  # type: ignore[misc] # reportlab has no types
    """A table and what follows it; the end of a page parts its rows so that the last ones stay with that."""

    def __init__(self, table: Grid, end: Sequence[Flowable]) -> None:
        super().__init__()
        self._table, self._end = table, end
        self._was_put_off = False
        self.spaceBefore = table.getSpaceBefore()

    def wrap(self, wide: float, _: float) -> tuple[float, float]:
        """Never fits as it is, so that it is asked for its parts."""
        return wide, NO_PAGE

    def split(self, wide: float, high: float) -> list[Flowable]:
        _, rows = self._table.wrapOn(self.canv, wide, high)
        if rows + self._height_of_end(wide) <= high:
            return [self._table, *self._end]
        parts = self._table.split(wide, high)
        if len(parts) != 2 or _count(parts[1]) < LAST_ROWS:
            parts = self._parts_earlier(wide, high)
        if parts:
            return [parts[0], _TableWithEnd(parts[1], self._end)]
        if self._was_put_off:  # it has a page of its own already
            return [self._table, *self._end]
        self._was_put_off = True
        return []

    def _parts_earlier(self, wide: float, high: float) -> list[Flowable]:
        """Just the last rows go to the next page; nothing where those are all, or no row before them has room."""
        first = len(self._table._cellvalues) - LAST_ROWS
        heights = self._table._rowHeights[:first]  # of a long table only those that it came to
        if first <= self._table.repeatRows or None in heights:
            return []
        least = sum(heights) + ROUNDING
        parts = self._table.split(wide, least) if least <= high else []
        return parts if len(parts) == 2 else []

    def _height_of_end(self, wide: float) -> float:
        heights = (one.getSpaceBefore() + one.wrapOn(self.canv, wide, NO_PAGE)[1] for one in self._end)
        return float(sum(heights) + self._table.getSpaceAfter())


def _count(table: Grid) -> int:
    """Rows without the head."""
    return len(table._cellvalues) - int(table.repeatRows)
