"""Counters, as rows."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from kiosk.domain.counter import Counter, CounterState, UndoStep
from kiosk.store.sql import Row, Statement, Transaction
from kiosk.store.tables import counters
from kiosk.store.tickets import from_values, to_row

_c = counters.c
_COLUMNS = [_c.code, _c.state, _c.clerk, _c.current, _c.last_served, _c.priority_run, _c.undo, _c.undo_at]
_GET = Statement(select(*_COLUMNS).where(_c.office == bindparam("office"), _c.code == bindparam("code")))
_ALL = Statement(select(*_COLUMNS).where(_c.office == bindparam("office")).order_by(_c.code))
_INSERT = Statement(insert(counters))
_SAVE = Statement(
    update(counters)
    .where(_c.office == bindparam("office"), _c.code == bindparam("of_code"))
    .values({column.name: bindparam(column.name) for column in _COLUMNS if column.name != "code"})
)


def _to_row(counter: Counter) -> dict[str, Any]:
    return {
        "state": counter.state.value, "clerk": counter.clerk, "current": counter.current,
        "last_served": counter.last_served, "priority_run": counter.priority_run, "undo_at": counter.undo_at,
        "undo": json.dumps([[s.event, to_row(s.before), s.version] for s in counter.undo], ensure_ascii=False),
    }  # fmt: skip


def _from_row(row: Row) -> Counter:
    code, state, clerk, current, last_served, run, undo, undo_at = row
    steps = () if undo == "[]" else tuple(UndoStep(e, from_values(b), v) for e, b, v in json.loads(undo))
    return Counter(code, CounterState(state), clerk, current, last_served, run, steps, undo_at)


class Counters:
    """The counters of one office inside one transaction."""

    def __init__(self, transaction: Transaction, office: str) -> None:
        self._transaction = transaction
        self._office = office

    def get(self, code: str) -> Counter:
        """A counter never touched before is closed."""
        row = _GET.row(self._transaction, office=self._office, code=code)
        return Counter(code) if row is None else _from_row(row)

    def all(self) -> list[Counter]:
        return [_from_row(row) for row in _ALL.rows(self._transaction, office=self._office)]

    def save(self, counter: Counter) -> None:
        row = _to_row(counter)
        if not _SAVE.changed(self._transaction, office=self._office, of_code=counter.code, **row):
            _INSERT.run(self._transaction, office=self._office, code=counter.code, **row)
