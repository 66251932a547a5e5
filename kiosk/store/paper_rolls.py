"""The roll of paper in each printer, as a row."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from kiosk.domain.paper import Roll
from kiosk.store.sql import Statement, Transaction
from kiosk.store.tables import paper_rolls

_p = paper_rolls.c
_GET = Statement(
    select(_p.capacity, _p.used, _p.warned_at, _p.reserve, _p.ended).where(
        _p.office == bindparam("office"), _p.printer == bindparam("printer")
    )
)
_ADD = Statement(insert(paper_rolls))
_PUT = Statement(
    update(paper_rolls)
    .where(_p.office == bindparam("of_office"), _p.printer == bindparam("of_printer"))
    .values(
        capacity=bindparam("capacity"), used=bindparam("used"), warned_at=bindparam("warned_at"),
        reserve=bindparam("reserve"), ended=bindparam("ended"), changed_at=bindparam("changed_at"),
    )
)  # fmt: skip


class PaperRolls:
    """The rolls of one office inside one transaction."""

    def __init__(self, transaction: Transaction, office: str) -> None:
        self._transaction = transaction
        self._office = office

    def get(self, printer: str) -> Roll:
        """A new roll for a printer that has none yet."""
        row = _GET.row(self._transaction, office=self._office, printer=printer)
        return Roll() if row is None else Roll(row[0], row[1], row[2], row[3], bool(row[4]))

    def put(self, printer: str, roll: Roll, at: int) -> None:
        """`at` in ms since 1970."""
        values = {
            "capacity": roll.capacity, "used": roll.used, "warned_at": roll.warned_at, "reserve": roll.reserve,
            "ended": int(roll.over), "changed_at": at,
        }  # fmt: skip
        where = {"of_office": self._office, "of_printer": printer}
        if _PUT.changed(self._transaction, **where, **values) == 0:
            _ADD.run(self._transaction, office=self._office, printer=printer, **values)
