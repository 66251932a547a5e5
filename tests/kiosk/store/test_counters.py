"""Counters as rows, with what their last action can undo."""

from __future__ import annotations

from dataclasses import replace

from contract.tickets import CounterState, TicketState
from kiosk.domain.counter import Counter, UndoStep
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW

STEP = UndoStep(
    "event-1", "t1", 3, {"state": TicketState.WAITING, "kept": ("HT",), "dossiers": ("D1",), "reason": "lý do"}
)
OPEN = Counter("1", CounterState.OPEN, "Lê Thị An", "t2", "t1", 2, (STEP,), NOW)


def test_a_counter_never_touched_is_closed(tables: OfficeTables) -> None:
    assert tables.counters.get("1") == Counter("1", CounterState.CLOSED, None, None, None, 0, (), 0)
    assert tables.counters.all() == []


def test_a_counter_is_read_as_it_was_saved(tables: OfficeTables) -> None:
    tables.counters.save(OPEN)
    found = tables.counters.get("1", with_undo=True)
    assert found == OPEN
    assert found.undo is not None and type(found.undo[0].before["state"]) is TicketState


def test_undo_is_loaded_only_when_it_is_asked_for(tables: OfficeTables) -> None:
    tables.counters.save(OPEN)
    assert tables.counters.get("1") == replace(OPEN, undo=None)
    assert tables.counters.all() == [replace(OPEN, undo=None)]
    assert tables.counters.all(with_undo=True) == [OPEN]


def test_a_counter_without_loaded_undo_keeps_what_can_be_undone(tables: OfficeTables) -> None:
    tables.counters.save(OPEN)
    paused = replace(tables.counters.get("1"), state=CounterState.PAUSED, undo_at=99)
    tables.counters.save(paused)
    assert tables.counters.get("1", with_undo=True) == replace(OPEN, state=CounterState.PAUSED)


def test_every_field_of_a_known_counter_changes(tables: OfficeTables) -> None:
    tables.counters.save(OPEN)
    changed = Counter("1", CounterState.PAUSED, None, None, "t9", 0, (), NOW + 5)
    tables.counters.save(changed)
    assert tables.counters.get("1", with_undo=True) == changed


def test_a_new_counter_without_loaded_undo_has_nothing_to_undo(tables: OfficeTables) -> None:
    tables.counters.save(replace(OPEN, undo=None))
    assert tables.counters.get("1", with_undo=True) == replace(OPEN, undo=(), undo_at=0)


def test_two_steps_are_kept_in_order(tables: OfficeTables) -> None:
    second = UndoStep("event-2", "t2", 4, {"state": TicketState.CALLED, "called_at": NOW, "rated": False})
    tables.counters.save(replace(OPEN, undo=(STEP, second)))
    assert tables.counters.get("1", with_undo=True).undo == (STEP, second)


def test_counters_are_listed_by_code_in_their_office(tables: OfficeTables, other: OfficeTables) -> None:
    for code in ("3", "1", "2"):
        tables.counters.save(replace(OPEN, code=code))
    other.counters.save(replace(OPEN, code="1", clerk="Trần Thị Cúc"))
    tables.counters.save(replace(OPEN, code="1", clerk=None))
    assert [counter.code for counter in tables.counters.all()] == ["1", "2", "3"]
    assert tables.counters.get("1").clerk is None
    assert tables.counters.get("2").clerk == "Lê Thị An"
    assert other.counters.get("1").clerk == "Trần Thị Cúc"


def test_reasons_are_stored_as_people_read_them(tables: OfficeTables) -> None:
    tables.counters.save(OPEN)
    tables.transaction.cursor.execute("SELECT undo FROM counters")
    assert "lý do" in tables.transaction.cursor.fetchone()[0]
