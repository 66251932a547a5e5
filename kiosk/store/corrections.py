"""Events that one person calls wrong, until a second decides; then the row goes, and the journal tells."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select

from kiosk.domain.correction import OpenCorrection
from kiosk.store.columns import OFFICE, big_integer, key, table, text_column
from kiosk.store.sql import OfficeTable, Statement

corrections = table(
    "corrections",
    key("event"),
    text_column("epoch"),
    big_integer("seq"),
    text_column("reason"),
    text_column("asked_by"),
    big_integer("asked_at"),
)
_c = corrections.c
_all = select(_c.event, _c.epoch, _c.seq, _c.reason, _c.asked_by, _c.asked_at).where(_c.office == OFFICE)
_ALL = Statement(_all.order_by(_c.asked_at, _c.event))
_GET = Statement(_all.where(_c.event == bindparam("event")))
_INSERT = Statement(insert(corrections))
_DELETE = Statement(delete(corrections).where(_c.office == OFFICE, _c.event == bindparam("event")))


class CorrectionTable(OfficeTable):
    """The open corrections of one office."""

    __slots__ = ()

    def all(self) -> list[OpenCorrection]:
        """The oldest first."""
        return [OpenCorrection(*row) for row in self._rows(_ALL)]

    def get(self, event: str) -> OpenCorrection | None:
        row = self._row(_GET, event=event)
        return None if row is None else OpenCorrection(*row)

    def add(self, correction: OpenCorrection) -> None:
        self._run(_INSERT, **correction._asdict())

    def remove(self, event: str) -> None:
        self._run(_DELETE, event=event)
