"""The TV is a fold: `state = apply(state, event)`. Pure; the result equals a fresh snapshot at the same seq."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contract.dossiers import SHOWN_ON_BOARD, STEPS, DossierProgress, mask_code
from contract.tickets import AT_COUNTER, ENDED
from display_board.state.board import (
    Board,
    BoardCall,
    BoardTicket,
    from_snapshot,
    instant,
    notices,
)

__all__ = ["Board", "apply", "call_of", "from_snapshot"]

KEPT_CALLS = 64
KEPT_ENDED = 128
SHOWN_DOSSIERS = 60
CALLING = frozenset({"ticket.called", "ticket.recalled"})
COUNTER_STATES = {"counter.opened": "OPEN", "counter.paused": "PAUSED", "counter.closed": "CLOSED"}
NO_STEP = frozenset({"ticket.dossier_linked", "ticket.dossier_unlinked", "ticket.noted"})
CERTAIN = {
    "ticket.recalled": "CALLED",
    "ticket.serving_started": "CALLED",
    "ticket.completed": "SERVING",
    "ticket.no_show": "CALLED",
    "ticket.returned": "ON_HOLD",
}
FROM_QUEUE = frozenset({"arrival", "priority", "turn"})
STATES = frozenset({"WAITING", "CALLED", "SERVING", "ON_HOLD", "NO_SHOW"})
DECIDED = frozenset({"ready", "returned"})
# A day taken back and a corrected clock change times and tickets that a board does not keep.
ASK_ANEW = frozenset({"office.configured", "office.day_reopened", "office.clock_corrected", "office.clock_jumped"})


def apply(state: Board, event: Mapping[str, Any]) -> Board:
    """The board after one event of the journal; an event already contained in the state changes nothing."""
    seq = event["seq"]
    if event["epoch"] != state.epoch:
        return replace(state, doubtful=True)
    if seq <= state.seq:
        return state
    state = replace(state, doubtful=state.doubtful or seq != state.seq + 1, seq=seq)
    if event["business_date"] > state.day:
        state = replace(state, day=event["business_date"], calls=(), known={}, full=frozenset())
    kind: str = event["type"]
    if kind.startswith("ticket."):
        return _ticket(state, kind, event)
    if kind in COUNTER_STATES:
        rows = (replace(r, state=COUNTER_STATES[kind]) if r.code == event["subject"] else r for r in state.rows)
        return replace(state, rows=tuple(rows))
    if kind == "office.day_closed":
        return replace(state, waiting=dict.fromkeys(state.waiting, 0))
    if kind == "dossier.updated":
        return _dossier(state, event["data"])
    if kind == "notice.changed":
        return replace(state, notices=notices(event["data"]["notices"]))
    return replace(state, doubtful=True) if kind in ASK_ANEW else state


def call_of(event: Mapping[str, Any]) -> BoardCall | None:
    """What an event asks to be announced; None for other events."""
    if event["type"] not in CALLING:
        return None
    data = event["data"]
    return BoardCall(
        data["number"],
        data["service"],
        data["counter"],
        instant(event["time"]),
        data.get("calls", 1) > 1,
        event["subject"],
        data.get("language") or "",
    )


def _ticket(state: Board, kind: str, event: Mapping[str, Any]) -> Board:
    data, subject = event["data"], event["subject"]
    before = _before(state, kind, data, subject)
    after = (data["state"], data["service"])
    known, calls = _known(state.known, subject, after), _calls(state, kind, event)
    if kind in NO_STEP:
        return replace(state, known=known, calls=calls)
    return replace(
        state,
        known=known,
        calls=calls,
        doubtful=state.doubtful or before is None,
        full=_full(state, data["number"]) if kind == "ticket.issued" else state.full,
        waiting=_waiting(state.waiting, before, after),
        rows=_rows(state, data, subject),
    )


def _known(before: Mapping[str, tuple[str, str]], subject: str, after: tuple[str, str]) -> dict[str, tuple[str, str]]:
    """All that may still be called, and those of the others that changed last."""
    states = {**before, subject: after}
    if len(states) < 2 * KEPT_ENDED:
        return states
    ended = [ticket for ticket, (state, _) in states.items() if state in ENDED and ticket != subject]
    for ticket in ended[: max(0, len(ended) - KEPT_ENDED)]:
        del states[ticket]
    return states


def _full(state: Board, number: str) -> frozenset[str]:
    """The services whose last number of the day this was, and those that were full before."""
    given = {
        sign.code
        for sign in state.display.signs
        if sign.cap is not None and number.startswith(sign.letter) and int(number[len(sign.letter) :]) >= sign.cap
    }
    return state.full | given


def _before(state: Board, kind: str, data: Mapping[str, Any], subject: str) -> tuple[str, str] | None:
    """(state, service) of the ticket before the event; None when nothing tells it."""
    if subject in state.known:
        return state.known[subject]
    current = state.at_counter(subject)
    if current is not None:
        return current.state, current.service
    origin = data.get("from")
    if kind == "ticket.issued":
        return "", data["service"]
    if kind == "ticket.called" and data.get("why") in FROM_QUEUE:
        return "WAITING", data["service"]
    if kind == "ticket.called" and data.get("why") == "back":
        return "NO_SHOW", data["service"]
    if kind in {"ticket.held", "ticket.cancelled"} and origin in STATES:
        return origin, data["service"]
    return (CERTAIN[kind], data["service"]) if kind in CERTAIN else None


def _waiting(waiting: Mapping[str, int], before: tuple[str, str] | None, after: tuple[str, str]) -> Mapping[str, int]:
    counts = dict(waiting)
    if before is not None and before[0] == "WAITING":
        counts[before[1]] = max(0, counts.get(before[1], 0) - 1)
    if before is not None and after[0] == "WAITING":
        counts[after[1]] = counts.get(after[1], 0) + 1
    return counts


def _rows(state: Board, data: Mapping[str, Any], subject: str) -> tuple[Any, ...]:
    counter = data["counter"] if data["state"] in AT_COUNTER else None
    ticket = BoardTicket(subject, data["number"], data["service"], data["state"])
    rows = []
    for row in state.rows:
        if row.code == counter:
            rows.append(replace(row, ticket=ticket))
        elif row.ticket is not None and row.ticket.id == subject:
            rows.append(replace(row, ticket=None))
        else:
            rows.append(row)
    return tuple(rows)


def _calls(state: Board, kind: str, event: Mapping[str, Any]) -> tuple[BoardCall, ...]:
    """One call a ticket, newest first; a transfer changes its service, an undo may take it away."""
    data = event["data"]
    own = next((call for call in state.calls if call.number == data["number"]), None)
    fresh = call_of(event)
    if fresh is None and kind != "ticket.undone" and (own is None or own.service == data["service"]):
        return state.calls
    others = [call for call in state.calls if call.number != data["number"]]
    if fresh is not None:
        own = fresh
    elif kind == "ticket.undone":
        at, recall = data.get("called_at"), data.get("calls", 1) > 1
        own = at and BoardCall(data["number"], data["service"], data["counter"], at, recall, event["subject"])
    elif own is not None:
        own = replace(own, service=data["service"])
    calls = [own, *others] if own else others
    return tuple(sorted(calls, key=lambda call: -call.time)[:KEPT_CALLS])


def _dossier(state: Board, data: Mapping[str, Any]) -> Board:
    code = mask_code(data["code"])
    step = STEPS[data["status"]] if data["status"] in SHOWN_ON_BOARD else None
    same = [row for row in state.progress if row.code_masked == code]
    others = [row for row in state.progress if row.code_masked != code]
    # Two units may share date and number, and behind a full list others may wait: only the service knows.
    doubtful = state.doubtful or len(same) > 1 or len(state.progress) >= SHOWN_DOSSIERS or step in DECIDED
    # No event tells a name, nor whether the row of that masked code is the same dossier: where names are shown, ask.
    doubtful = doubtful or (step is not None and any(row.name for row in state.progress))
    if step is not None:
        due = instant(data["due_at"]) if data["due_at"] else None
        others.append(DossierProgress(code, data["field"], step, due, state.display.is_sensitive(data["field"])))
    return replace(state, progress=tuple(sorted(others, key=_rank)), doubtful=doubtful)


def _rank(row: DossierProgress) -> tuple[bool, bool, int]:
    """In progress first, by due date; the order of the database, in which no date comes before any date."""
    return row.step in DECIDED, row.due_at is not None, row.due_at or 0
