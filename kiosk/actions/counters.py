"""Opening, pausing and closing a counter; who sits at it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.actions.ports import Unit
from kiosk.domain.counter import Counter, CounterState
from kiosk.domain.errors import CounterClosed, Forbidden
from kiosk.domain.events import Fact

EVENTS = {
    CounterState.OPEN: "counter.opened",
    CounterState.PAUSED: "counter.paused",
    CounterState.CLOSED: "counter.closed",
}


def set_state(unit: Unit, code: str, state: CounterState, reason: str | None = None) -> Counter:
    """Open, pause or close. A counter cannot close while a citizen is in front of it."""
    unit.office.counter(code)
    counter = unit.counters.get(code)
    if state is CounterState.CLOSED and counter.current is not None:
        counter.require_free(unit.tickets.get(counter.current).number)
    if state is counter.state:
        return counter
    after = replace(counter, state=state)
    unit.counters.save(after)
    unit.record(Fact(EVENTS[state], code, _facts(unit, after, reason)))
    return after


def open_for_work(unit: Unit, code: str) -> Counter:
    """The counter ready to call: the first call of the day opens it. Raises CounterClosed while it is paused."""
    counter = unit.counters.get(code)
    if unit.office.require_clerk and counter.clerk is None:
        raise Forbidden(f"sign in at counter {code} first", counter=code)
    if counter.state is CounterState.PAUSED:
        raise CounterClosed(f"counter {code} is paused; open it first", counter=code)
    if counter.state is CounterState.CLOSED:
        return set_state(unit, code, CounterState.OPEN, "first call")
    return counter


def sign_in(unit: Unit, code: str, clerk: str) -> Counter:
    """The clerk sits at the counter from now on; a clerk sits at one counter only."""
    for other in unit.counters.all():
        if other.clerk == clerk and other.code != code:
            sign_out(unit, other.code)
    counter = replace(unit.counters.get(code), clerk=clerk)
    unit.counters.save(counter)
    unit.record(Fact("clerk.signed_in", clerk, {"counter": code}))
    return counter


def sign_out(unit: Unit, code: str) -> Counter:
    counter = unit.counters.get(code)
    if counter.clerk is None:
        return counter
    after = replace(counter, clerk=None)
    unit.counters.save(after)
    unit.record(Fact("clerk.signed_out", counter.clerk, {"counter": code}))
    return after


def _facts(unit: Unit, counter: Counter, reason: str | None) -> dict[str, object]:
    return {"clerk": counter.clerk, "services": list(unit.office.counter(counter.code).services), "reason": reason}
