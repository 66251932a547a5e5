"""The roll of paper in each printer, as a row."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from kiosk.domain.paper import PaperRoll
from kiosk.store.columns import OFFICE, big_integer, integer, key, optional_integer, table
from kiosk.store.sql import OfficeTable, Statement

paper_rolls = table(
    "paper_rolls",
    key("printer"),
    integer("capacity"),
    integer("used"),
    optional_integer("warned_at"),
    integer("reserve"),
    integer("ended"),
    big_integer("changed_at"),
)
_p = paper_rolls.c
_GET = Statement(
    select(_p.capacity, _p.used, _p.warned_at, _p.reserve, _p.ended).where(
        _p.office == OFFICE, _p.printer == bindparam("printer")
    )
)
_ADD = Statement(insert(paper_rolls))
_PUT = Statement(
    update(paper_rolls)
    .where(_p.office == bindparam("of_office"), _p.printer == bindparam("of_printer"))
    .values(
        capacity=bindparam("capacity"),
        used=bindparam("used"),
        warned_at=bindparam("warned_at"),
        reserve=bindparam("reserve"),
        ended=bindparam("ended"),
        changed_at=bindparam("changed_at"),
    )
)


class PaperRollTable(OfficeTable):
    """The rolls of one office inside one transaction."""

    __slots__ = ()

    def get(self, printer: str) -> PaperRoll:
        """A new roll for a printer that has none yet."""
        row = _GET.row(self._transaction, office=self._office, printer=printer)
        return PaperRoll() if row is None else PaperRoll(row[0], row[1], row[2], row[3], bool(row[4]))

    def put(self, printer: str, roll: PaperRoll, at: int) -> None:
        """`at` in ms since 1970."""
        values = {
            "capacity": roll.capacity,
            "used": roll.used,
            "warned_at": roll.warned_at,
            "reserve": roll.reserve,
            "ended": int(roll.over),
            "changed_at": at,
        }
        where = {"of_office": self._office, "of_printer": printer}
        if _PUT.changed(self._transaction, **where, **values) == 0:
            _ADD.run(self._transaction, office=self._office, printer=printer, **values)
