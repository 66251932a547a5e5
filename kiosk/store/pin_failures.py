"""Wrong PINs and passwords in a row, by device and person."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select

from kiosk.domain.accounts import PinFailures
from kiosk.store.columns import OFFICE, big_integer, integer, key, table
from kiosk.store.sql import OfficeTable, Statement

pin_failures = table("pin_failures", key("device"), key("clerk"), integer("failures"), big_integer("blocked_until"))
_f = pin_failures.c
_one = (_f.office == OFFICE, _f.device == bindparam("device"), _f.clerk == bindparam("clerk"))
_GET = Statement(select(_f.failures, _f.blocked_until).where(*_one))
_INSERT = Statement(insert(pin_failures))
_DELETE = Statement(delete(pin_failures).where(*_one))
_PURGE = Statement(delete(pin_failures).where(_f.office == OFFICE, _f.blocked_until < bindparam("before")))


class PinFailureTable(OfficeTable):
    """The failed sign-ins of one office."""

    __slots__ = ()

    def get(self, device: str, clerk: str) -> PinFailures:
        row = self._row(_GET, device=device, clerk=clerk)
        return PinFailures() if row is None else PinFailures(row[0], row[1])

    def set(self, device: str, clerk: str, failures: int, blocked_until: int) -> None:
        """`blocked_until` in ms since 1970; no failure forgets the row."""
        self._run(_DELETE, device=device, clerk=clerk)
        if failures:
            self._run(_INSERT, device=device, clerk=clerk, failures=failures, blocked_until=blocked_until)

    def purge(self, before: int) -> int:
        """Forget failures whose lock ended before a moment (ms since 1970); how many."""
        return self._changed(_PURGE, before=before)
