"""Clerks and the hashes of their PINs."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, insert, select, update

from kiosk.domain.accounts import ClerkAccount
from kiosk.store.columns import OFFICE, integer, key, table, text_column
from kiosk.store.counters import counters
from kiosk.store.ended_file import secret_line
from kiosk.store.sql import OfficeTable, Statement

clerks = table("clerks", key("id"), text_column("name"), text_column("pin_hash"), integer("disabled"))
_c = clerks.c
_ALL = Statement(select(_c.id, _c.name, _c.pin_hash, _c.disabled).where(_c.office == OFFICE).order_by(_c.name))
_INSERT = Statement(insert(clerks))
_UPDATE = Statement(
    update(clerks)
    .where(_c.office == OFFICE, _c.id == bindparam("clerk"))
    .values(pin_hash=bindparam("pin_hash"), disabled=bindparam("disabled"))
)


_SIGNED_IN = Statement(
    select(_c.id)
    .join(counters, and_(counters.c.office == _c.office, counters.c.clerk == _c.name))
    .where(counters.c.office == OFFICE, counters.c.code == bindparam("counter"))
    .order_by(_c.disabled, _c.id)
    .limit(1)
)


class ClerkTable(OfficeTable):
    """The clerks of one office."""

    __slots__ = ()

    def all(self) -> list[ClerkAccount]:
        """By name, disabled ones as well."""
        return [ClerkAccount(row[0], row[1], row[2], bool(row[3])) for row in self._rows(_ALL)]

    def signed_in_at(self, counter: str) -> str | None:
        """The code of the clerk who sits at a counter."""
        row = self._row(_SIGNED_IN, counter=counter)
        return None if row is None else str(row[0])

    def add(self, clerk: str, name: str, pin_hash: str) -> None:
        self._run(_INSERT, id=clerk, name=name, pin_hash=pin_hash, disabled=0)

    def update(self, clerk: str, pin_hash: str, disabled: bool) -> bool:
        """False when there is no clerk of this id. The PIN before is over when it is another."""
        before = next((one.pin_hash for one in self.all() if one.id == clerk), "")
        if before and before != pin_hash:
            self._note_end(secret_line(before))
        return self._changed(_UPDATE, clerk=clerk, pin_hash=pin_hash, disabled=int(disabled)) == 1
