"""Calls about counters and their queues."""

from __future__ import annotations

from typing import Any

from contract.tickets import CounterState
from kiosk.actions import calling, counters
from kiosk.queries.counters import counter_today, counter_view, read_counter, waiting_at
from kiosk.queries.queue import read_queue
from kiosk.web.api.counter_models import (
    CallBody,
    CallNextBody,
    CounterAnswer,
    CounterLookAnswer,
    FinishBody,
    QueueAnswer,
    counter_answer,
    counter_look_answer,
    queue_answer,
)
from kiosk.web.api.ticket_models import TicketAnswer, ticket_answer
from kiosk.web.http.calls import Context, call
from kiosk.web.http.demands import CLERK, OWN_COUNTER, STAFF_ONLY
from kiosk.web.http.models import MISSING, REFUSED, EmptyBody

AT_OWN_COUNTER = (OWN_COUNTER, CLERK)
FOR_STAFF = tuple(f"{ticket}.{name}" for ticket in ("ticket", "to_rate") for name in STAFF_ONLY)


@call(
    "POST",
    "/api/v1/counters/<code>/call-next",
    "counter",
    CallNextBody,
    {200: TicketAnswer, 204: None, **REFUSED},
    demands=AT_OWN_COUNTER,
)
def call_next(context: Context[CallNextBody], code: str) -> tuple[int, TicketAnswer | None]:
    """The next ticket; 204 when nobody waits."""
    ticket = calling.call_next(context.unit, code, context.body.finish_current)
    return (204, None) if ticket is None else (200, ticket_answer(ticket))


@call(
    "POST", "/api/v1/counters/<code>/call", "counter", CallBody, {200: TicketAnswer, **REFUSED}, demands=AT_OWN_COUNTER
)
def call_number(context: Context[CallBody], code: str) -> tuple[int, TicketAnswer]:
    return 200, ticket_answer(calling.call_number(context.unit, code, context.body.number))


@call(
    "POST",
    "/api/v1/counters/<code>/open",
    "counter",
    EmptyBody,
    {200: CounterAnswer, **REFUSED},
    demands=AT_OWN_COUNTER,
)
def open_counter(context: Context[EmptyBody], code: str) -> tuple[int, CounterAnswer]:
    return _set_state(context, code, CounterState.OPEN)


@call(
    "POST",
    "/api/v1/counters/<code>/pause",
    "counter",
    EmptyBody,
    {200: CounterAnswer, **REFUSED},
    demands=AT_OWN_COUNTER,
)
def pause_counter(context: Context[EmptyBody], code: str) -> tuple[int, CounterAnswer]:
    return _set_state(context, code, CounterState.PAUSED)


@call(
    "POST",
    "/api/v1/counters/<code>/close",
    "counter",
    EmptyBody,
    {200: CounterAnswer, **REFUSED},
    demands=AT_OWN_COUNTER,
)
def close_counter(context: Context[EmptyBody], code: str) -> tuple[int, CounterAnswer]:
    return _set_state(context, code, CounterState.CLOSED)


@call(
    "POST",
    "/api/v1/counters/<code>/finish",
    "counter",
    FinishBody,
    {200: CounterAnswer, **REFUSED},
    demands=AT_OWN_COUNTER,
)
def finish(context: Context[FinishBody], code: str) -> tuple[int, CounterAnswer]:
    """Complete the ticket in front of the counter, if there is one, and pause or close the counter."""
    calling.finish(context.unit, code, context.body.then)
    return 200, _answer(context, code)


@call(
    "GET",
    "/api/v1/counters/<code>",
    "counter tablet",
    None,
    {200: CounterLookAnswer, **MISSING},
    demands=(OWN_COUNTER,),
    withheld={"tablet": FOR_STAFF},
)
def get_counter(context: Context, code: str) -> tuple[int, CounterLookAnswer]:
    """The counter with its current ticket and the one to be rated; today's figures for its clerk."""
    office = context.dependencies.office
    office.counter(code)
    with context.reading() as reading:
        view = read_counter(reading, office, code, context.now)
        waiting = waiting_at(reading, office, code)
        day = counter_today(reading, code) if context.caller.role == "counter" else None
    return 200, counter_look_answer(view, waiting, day)


@call("GET", "/api/v1/counters/<code>/queue", "counter", None, {200: QueueAnswer, **MISSING}, demands=AT_OWN_COUNTER)
def get_queue(context: Context, code: str) -> tuple[int, QueueAnswer]:
    """Tickets in the order in which they will be called, each with why; then held and absent ones."""
    office = context.dependencies.office
    office.counter(code)
    with context.reading() as reading:
        view = read_queue(reading, office, code, context.now)
    return 200, queue_answer(view)


def _set_state(context: Context[EmptyBody], code: str, state: CounterState) -> tuple[int, CounterAnswer]:
    counters.set_state(context.unit, code, state)
    return 200, _answer(context, code)


def _answer(context: Context[Any], code: str) -> CounterAnswer:
    counter = context.unit.counters.get(code, with_undo=True)
    return counter_answer(counter_view(context.dependencies.office, context.unit.tickets, counter, context.unit.now))
