"""The states of a ticket, of its slip and of a counter, and the sets of them that rules name."""

from __future__ import annotations

from enum import StrEnum


class TicketState(StrEnum):
    WAITING = "WAITING"
    CALLED = "CALLED"
    SERVING = "SERVING"
    ON_HOLD = "ON_HOLD"
    COMPLETED = "COMPLETED"
    NO_SHOW = "NO_SHOW"
    CANCELLED = "CANCELLED"
    ABANDONED = "ABANDONED"


class PrintState(StrEnum):
    QUEUED = "QUEUED"
    SENDING = "SENDING"
    PRINTED = "PRINTED"
    NOT_PRINTED = "NOT_PRINTED"
    UNKNOWN = "UNKNOWN"


class CounterState(StrEnum):
    OPEN = "OPEN"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"


AT_COUNTER = frozenset({TicketState.CALLED, TicketState.SERVING})
CALLABLE = frozenset({TicketState.WAITING, TicketState.ON_HOLD, TicketState.NO_SHOW})
RECALLABLE = frozenset({TicketState.CALLED, TicketState.NO_SHOW, TicketState.ON_HOLD})
COMPLETABLE = AT_COUNTER
HOLDABLE = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVING})
RETURNABLE = frozenset({TicketState.ON_HOLD, TicketState.NO_SHOW})
TRANSFERABLE = frozenset({TicketState.WAITING, TicketState.ON_HOLD, TicketState.CALLED, TicketState.SERVING})
CANCELLABLE = frozenset({TicketState.WAITING, TicketState.ON_HOLD})
OPEN = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.ON_HOLD})
ENDED = frozenset(TicketState) - OPEN
