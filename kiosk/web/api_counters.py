"""Calls about counters, the clerk at them and the public's board."""

from __future__ import annotations

from typing import Any

from kiosk.actions import calling, counters, halls
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.dossier import SHOWN_DECIDED_MS
from kiosk.domain.errors import Forbidden
from kiosk.domain.queue import Waiting, calling_order
from kiosk.domain.service import CounterPlace
from kiosk.domain.ticket import TicketState
from kiosk.store import statistics
from kiosk.store.tickets import Tickets
from kiosk.web.calls import Context, call
from kiosk.web.models import (
    AnyObject,
    BoardShown,
    CallBody,
    CallNextBody,
    CounterShown,
    HelpBody,
    Made,
    Nothing,
    QueueShown,
    Refusal,
    TicketShown,
)
from kiosk.web.shapes import counter_shown, dossier_progress, moment, ticket_shown

REFUSED = {404: Refusal, 409: Refusal}
RECENT_CALLS = 8


@call("POST", "/api/v1/counters/<code>/call-next", "counter", CallNextBody, {200: TicketShown, 204: None, **REFUSED})
def call_next(context: Context, code: str) -> tuple[int, Any]:
    """The next ticket; 204 when nobody waits."""
    _own(context, code)
    ticket = calling.call_next(context.unit, code, context.body.finish_current)
    return (204, None) if ticket is None else (200, ticket_shown(ticket))


@call("POST", "/api/v1/counters/<code>/call", "counter", CallBody, {200: TicketShown, **REFUSED})
def call_number(context: Context, code: str) -> tuple[int, Any]:
    _own(context, code)
    return 200, ticket_shown(calling.call_number(context.unit, code, context.body.number))


@call("POST", "/api/v1/counters/<code>/open", "counter", Nothing, {200: CounterShown, **REFUSED})
def open_counter(context: Context, code: str) -> tuple[int, Any]:
    return _set_state(context, code, CounterState.OPEN)


@call("POST", "/api/v1/counters/<code>/pause", "counter", Nothing, {200: CounterShown, **REFUSED})
def pause_counter(context: Context, code: str) -> tuple[int, Any]:
    return _set_state(context, code, CounterState.PAUSED)


@call("POST", "/api/v1/counters/<code>/close", "counter", Nothing, {200: CounterShown, **REFUSED})
def close_counter(context: Context, code: str) -> tuple[int, Any]:
    return _set_state(context, code, CounterState.CLOSED)


@call("GET", "/api/v1/counters/<code>", "counter tablet", None, {200: CounterShown, 404: Refusal})
def get_counter(context: Context, code: str) -> tuple[int, Any]:
    """The counter with its current ticket and the one to be rated; today's figures for its clerk."""
    found = context.services
    found.office.counter(code)
    _own(context, code)
    with found.store.reading() as reading:
        shown = counter_shown(
            found.office, reading.tickets, reading.counters.get(code, with_undo=True), found.clock.now_ms()
        )
        day = reading.glance().business_date
        shown["waiting"] = sum(len(reading.tickets.waiting_in([pool])) for pool in _pools(context, code))
        if context.caller.role == "counter":
            shown["today"] = statistics.counter_day(reading.transaction, found.office.code, day, code)
            shown["ratings"] = statistics.counter_ratings(reading.transaction, found.office.code, day, code)
    return 200, shown


@call("GET", "/api/v1/counters/<code>/queue", "counter", None, {200: QueueShown, 404: Refusal})
def get_queue(context: Context, code: str) -> tuple[int, Any]:
    """Tickets in the order in which they will be called, each with why; then held and absent ones."""
    found = context.services
    found.office.counter(code)
    _own(context, code)
    with found.store.reading() as reading:
        counter = reading.counters.get(code)
        waiting = {ticket.id: ticket for ticket in reading.tickets.waiting_in(_pools(context, code))}
        candidates = [Waiting(t.id, t.arrival, t.priority is not None) for t in waiting.values()]
        day = reading.glance().business_date
        held = reading.tickets.aside(day, TicketState.ON_HOLD)
        absent = reading.tickets.aside(day, TicketState.NO_SHOW)
        others = statistics.waiting_by_service(reading.transaction, found.office.code)
        help_calls = reading.records.open_help()
    order = calling_order(candidates, counter.priority_run, found.office.priority_in_a_row)
    now, grace = found.clock.now_ms(), found.office.no_show_grace_ms
    return 200, {
        "waiting": [
            {"ticket": ticket_shown(waiting[c.ticket.id], position), "why": c.why} for position, c in enumerate(order)
        ],
        "held": [ticket_shown(ticket) for ticket in held],
        "absent": [
            {**ticket_shown(t), "grace_left_s": max(0, (t.ended_at or 0) + grace - now) // 1000}
            for t in absent
            if (t.ended_at or 0) + grace > now
        ],
        "waiting_by_service": {code: others.get(code, 0) for code in found.office.services},
        "help": [{**ask, "asked_at": moment(ask["asked_at"])} for ask in help_calls],
    }


@call("POST", "/api/v1/help", "kiosk tablet", HelpBody, {201: Made})
def ask_help(context: Context) -> tuple[int, Any]:
    """ "Gọi cán bộ"."""
    return 201, {"id": halls.ask_help(context.unit, context.body.where, context.caller.name)}


@call("POST", "/api/v1/help/<help_id>/answer", "counter", Nothing, {200: AnyObject, 404: Refusal})
def answer_help(context: Context, help_id: str) -> tuple[int, Any]:
    halls.answer_help(context.unit, help_id, context.caller.counter)
    return 200, {"id": help_id}


@call("GET", "/api/v1/board", "board counter kiosk", None, {200: BoardShown})
def board(context: Context) -> tuple[int, Any]:
    """The snapshot that a follower folds the stream onto."""
    return 200, snapshot(context)


def snapshot(context: Context) -> dict[str, Any]:
    found = context.services
    office = found.office
    now = found.clock.now_ms()
    with found.store.reading() as reading:
        glance = reading.glance()
        calls = statistics.recent_calls(reading.transaction, office.code, glance.business_date, RECENT_CALLS)
        waiting = statistics.waiting_by_service(reading.transaction, office.code)
        known = {counter.code: counter for counter in reading.counters.all()}
        full = {
            s.code for s in office.services.values()
            if s.daily_cap and reading.tickets.last_ordinal(glance.business_date, s.letter) >= s.daily_cap
        }  # fmt: skip
        progress = reading.records.public_dossiers(now - SHOWN_DECIDED_MS)
        shows = office.masked_names if context.caller.role == "board" else frozenset()
        names = {one.code: reading.records.applicant(one.code) for one in progress if one.field in shows}
        rows = [_on_board(place, known.get(place.code), reading.tickets) for place in office.counters.values()]
    return {
        "seq": glance.head.seq, "epoch": glance.head.epoch, "business_date": glance.business_date,
        "time": moment(now),
        "open": office.hours.is_open(now), "next_opening": _next_opening(context, now),
        "counters": rows,
        "queues": [
            {"service": s.code, "name": s.name, "prefix": s.letter, "waiting": waiting.get(s.code, 0),
             "estimated_wait_s": found.estimates.wait_s(s.code, waiting.get(s.code, 0)),
             "full": s.code in full}
            for s in office.services.values()
        ],
        "recent_calls": [
            {"number": c[0], "service": c[1], "counter": c[2], "time": moment(c[3]), "recall": c[4] > 1} for c in calls
        ],
        "progress": [dossier_progress(one, office.sensitive_fields, names.get(one.code)) for one in progress],
        "notices": [{"id": n[0], "text": n[1], "language": n[2]} for n in office.notices],
        "display": found.shown,
    }  # fmt: skip


def _on_board(place: CounterPlace, counter: Counter | None, tickets: Tickets) -> dict[str, Any]:
    current = tickets.get(counter.current) if counter and counter.current else None
    return {
        "code": place.code, "name": place.name, "services": list(place.services),
        "state": counter.state.value if counter else CounterState.CLOSED.value,
        "ticket": current and {"id": current.id, "number": current.number, "service": current.service,
                               "state": current.state.value, "calls": current.calls, "language": current.language},
    }  # fmt: skip


def _next_opening(context: Context, now: int) -> str | None:
    opening = context.services.office.hours.next_opening(now)
    return None if opening is None else opening.isoformat()


def _own(context: Context, code: str) -> None:
    if context.caller.counter is not None and context.caller.counter != code:
        raise Forbidden(f"this device belongs to counter {context.caller.counter}", counter=code)


def _pools(context: Context, code: str) -> list[str]:
    place = context.services.office.counter(code)
    return [f"c:{code}", *(f"s:{service}" for service in place.services)]


def _set_state(context: Context, code: str, state: CounterState) -> tuple[int, Any]:
    _own(context, code)
    counters.set_state(context.unit, code, state)
    counter = context.unit.counters.get(code, with_undo=True)
    return 200, counter_shown(context.services.office, context.unit.tickets, counter, context.unit.now)
