"""A counter: the ticket in front of it, and what its last action can undo."""

from __future__ import annotations

from typing import Any

import pytest

from contract.tickets import CounterState, TicketState
from kiosk.domain.counter import UNDO_WINDOW_MS, Counter, UndoStep
from kiosk.domain.errors import CounterBusy, TooLate
from kiosk.domain.ticket import Ticket

STEP = UndoStep("e1", "t1", 3, {})
AT = 5_000_000
TICKET = Ticket("t1", "A001", "HT", "HT", TicketState.CALLED, "2024-04-15", 1, AT, "s:HT", version=3)


def test_a_counter_begins_the_day_closed_and_free() -> None:
    counter = Counter("1")
    assert (counter.state, counter.clerk, counter.current, counter.last_served) == (
        CounterState.CLOSED,
        None,
        None,
        None,
    )
    assert (counter.priority_run, counter.undo, counter.undo_at) == (0, None, 0)
    counter.require_free("A001")


@pytest.mark.parametrize(("number", "named"), [("A001", "A001"), (None, "t1")])
def test_a_busy_counter_names_the_ticket_in_front_of_it(number: str | None, named: str) -> None:
    with pytest.raises(CounterBusy) as refused:
        Counter("1", current="t1").require_free(number)
    assert refused.value.facts == {"counter": "1", "number": named}
    assert refused.value.detail == f"{named} is still at counter 1; complete it or mark it as no-show"


def test_an_action_is_remembered_with_its_time() -> None:
    counter = Counter("1", current="t1", priority_run=2).acted(AT, STEP)
    assert (counter.undo, counter.undo_at, counter.current, counter.priority_run) == ((STEP,), AT, "t1", 2)


@pytest.mark.parametrize("later", [0, 1, 59_999, 60_000])
def test_the_last_action_can_be_undone_for_a_minute(later: int) -> None:
    assert Counter("1").acted(AT, STEP).undoable(AT + later) == (STEP,)


@pytest.mark.parametrize(
    "counter",
    [Counter("1").acted(AT - 60_001, STEP), Counter("1", undo=(), undo_at=AT), Counter("1", undo=None, undo_at=AT)],
    ids=["too late", "nothing done", "not loaded"],
)
def test_nothing_older_and_nothing_undone_can_be_undone(counter: Counter) -> None:
    with pytest.raises(TooLate, match="counter 1 has no action of the last 60 s to undo") as refused:
        counter.undoable(AT)
    assert refused.value.facts == {"counter": "1"}


def test_the_window_is_the_minute_that_the_console_shows() -> None:
    assert UNDO_WINDOW_MS == 60_000
    assert Counter("1").acted(AT, STEP).undoable(AT + 60_000)


@pytest.mark.parametrize(("ticket", "version", "is_last"), [("t1", 3, True), ("t1", 4, False), ("t2", 3, False)])
def test_a_step_is_the_last_while_nothing_was_done_with_its_ticket_since(
    ticket: str, version: int, is_last: bool
) -> None:
    assert STEP.is_last_of(TICKET._replace(id=ticket, version=version)) is is_last


FIRST, SECOND = "000.00.53.H48-240414-0001", "000.00.53.H48-240414-0002"


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ({"dossiers": (FIRST,)}, {"dossiers": (FIRST, SECOND)}),
        ({"dossiers": (FIRST, SECOND)}, {"dossiers": (FIRST, SECOND)}),
        ({"state": TicketState.WAITING}, {"state": TicketState.WAITING}),
        ({"dossiers": None}, {"dossiers": None}),
    ],
)
def test_an_undo_keeps_a_dossier_that_was_linked_since(before: dict[str, Any], kept: dict[str, Any]) -> None:
    step = UndoStep("e1", "t1", 3, before).with_dossier(TICKET._replace(version=4), SECOND)
    assert step == UndoStep("e1", "t1", 4, kept)
