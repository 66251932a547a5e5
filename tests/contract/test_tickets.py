"""Which states allow which steps, against the table of the architecture written out here."""

from __future__ import annotations

import pytest

from contract import tickets
from contract.tickets import TicketState

W, C, S, H, N = (TicketState[name] for name in ("WAITING", "CALLED", "SERVING", "ON_HOLD", "NO_SHOW"))
DONE, GONE, LEFT = TicketState.COMPLETED, TicketState.CANCELLED, TicketState.ABANDONED


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("AT_COUNTER", {C, S}),
        ("CALLABLE", {W, H, N}),
        ("RECALLABLE", {C, N, H}),
        ("COMPLETABLE", {C, S}),
        ("HOLDABLE", {W, C, S}),
        ("RETURNABLE", {H, N}),
        ("TRANSFERABLE", {W, H, C, S}),
        ("CANCELLABLE", {W, H}),
        ("OPEN", {W, C, S, H}),
        ("ENDED", {DONE, N, GONE, LEFT}),
    ],
)
def test_a_step_is_allowed_from_these_states_only(name: str, states: set[TicketState]) -> None:
    assert getattr(tickets, name) == states


def test_states_are_the_words_of_the_contract() -> None:
    assert [state.value for state in TicketState] == [
        "WAITING",
        "CALLED",
        "SERVING",
        "ON_HOLD",
        "COMPLETED",
        "NO_SHOW",
        "CANCELLED",
        "ABANDONED",
    ]
    assert [state.value for state in tickets.PrintState] == ["QUEUED", "SENDING", "PRINTED", "NOT_PRINTED", "UNKNOWN"]
    assert [state.value for state in tickets.CounterState] == ["OPEN", "PAUSED", "CLOSED"]
