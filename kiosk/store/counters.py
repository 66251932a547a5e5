"""Counters, as rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from contract.tickets import CounterState, TicketState
from kiosk.domain.counter import Counter, UndoStep
from kiosk.store.columns import OFFICE, big_integer, integer, key, optional_text, table, text_column
from kiosk.store.failures import stored_json
from kiosk.store.sql import OfficeTable, Row, Statement

counters = table(
    "counters",
    key("code"),
    text_column("state"),
    optional_text("clerk"),
    optional_text("current"),
    optional_text("last_served"),
    integer("priority_run"),
    text_column("undo"),
    big_integer("undo_at"),
)
_c = counters.c
_COLUMNS = [_c.code, _c.state, _c.clerk, _c.current, _c.last_served, _c.priority_run, _c.undo, _c.undo_at]
_GET = Statement(select(*_COLUMNS).where(_c.office == OFFICE, _c.code == bindparam("code")))
_ALL = Statement(select(*_COLUMNS).where(_c.office == OFFICE).order_by(_c.code))
_INSERT = Statement(insert(counters))
_VALUES = ("state", "clerk", "current", "last_served", "priority_run")
_save = update(counters).where(_c.office == OFFICE, _c.code == bindparam("of_code"))
_SAVE = Statement(_save.values({name: bindparam(name) for name in _VALUES}))
_SAVE_UNDO = Statement(_save.values({name: bindparam(name) for name in (*_VALUES, "undo", "undo_at")}))


def _undo_text(steps: tuple[UndoStep, ...]) -> str:
    rows = [[s.event, s.ticket, s.version, s.before, s.counter_state] for s in steps]
    return json.dumps(rows, ensure_ascii=False)


def _undo_steps(text: str) -> tuple[UndoStep, ...]:
    """Steps that an earlier version wrote name no state of the counter."""
    return tuple(_undo_step(*row) for row in stored_json(text))


def _undo_step(event: str, ticket: str, version: int, before: dict[str, Any], state: str | None = None) -> UndoStep:
    return UndoStep(event, ticket, version, _typed(before), CounterState(state) if state else None)


def _typed(before: dict[str, Any]) -> dict[str, Any]:
    """Fields of a ticket as JSON kept them, in the ticket's own types."""
    types: dict[str, Callable[[Any], Any]] = {"state": TicketState, "kept": tuple, "dossiers": tuple}
    return {name: types[name](value) if name in types else value for name, value in before.items()}


def _from_row(row: Row, with_undo: bool) -> Counter:
    code, state, clerk, current, last_served, run, undo, undo_at = row
    steps = _undo_steps(undo) if with_undo else None
    return Counter(code, CounterState(state), clerk, current, last_served, run, steps, undo_at)


class CounterTable(OfficeTable):
    """The counters of one office inside one transaction."""

    __slots__ = ()

    def get(self, code: str, with_undo: bool = False) -> Counter:
        """A counter never touched before is closed."""
        row = _GET.row(self._transaction, office=self._office, code=code)
        return Counter(code, undo=()) if row is None else _from_row(row, with_undo)

    def all(self, with_undo: bool = False) -> list[Counter]:
        return [_from_row(row, with_undo) for row in _ALL.rows(self._transaction, office=self._office)]

    def save(self, counter: Counter) -> None:
        values: dict[str, Any] = {name: getattr(counter, name) for name in _VALUES}
        values["state"] = counter.state.value
        statement = _SAVE
        if counter.undo is not None:
            values |= {"undo": _undo_text(counter.undo), "undo_at": counter.undo_at}
            statement = _SAVE_UNDO
        if not statement.changed(self._transaction, office=self._office, of_code=counter.code, **values):
            whole = {"undo": "[]", "undo_at": 0, **values}
            _INSERT.run(self._transaction, office=self._office, code=counter.code, **whole)
