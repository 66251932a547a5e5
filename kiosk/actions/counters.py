"""Opening, pausing and closing a counter; who sits at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from contract.tickets import CounterState
from kiosk.actions.ports import Unit
from kiosk.domain.counter import Counter
from kiosk.domain.errors import CounterNotOpen, Forbidden, NobodyThere
from kiosk.domain.events.counters import (
    ClerkSignedIn,
    ClerkSignedOut,
    CounterClosed,
    CounterEvent,
    CounterOpened,
    CounterPaused,
)

EVENTS: Mapping[CounterState, type[CounterEvent]] = {
    CounterState.OPEN: CounterOpened,
    CounterState.PAUSED: CounterPaused,
    CounterState.CLOSED: CounterClosed,
}


def set_state(unit: Unit, code: str, state: CounterState, reason: str | None = None) -> Counter:
    """Open, pause or close. A counter cannot close while a citizen is in front of it."""
    services = unit.office.counter(code).services
    counter = unit.counters.get(code)
    if state is CounterState.CLOSED and counter.current is not None:
        counter.require_free(unit.tickets.get(counter.current).number)
    if state is counter.state:
        return counter
    after = replace(counter, state=state)
    unit.counters.save(after)
    unit.record(EVENTS[state](code, after.clerk, services, reason))
    if state is CounterState.CLOSED:
        unit.sessions.end_at(code)
        return release_clerk(unit, code)
    return after


def open_for_work(unit: Unit, code: str) -> Counter:
    """The counter ready to call: the first call of the day opens it. Raises CounterNotOpen while it is paused."""
    counter = unit.counters.get(code)
    if unit.office.require_clerk and counter.clerk is None:
        raise Forbidden(f"sign in at counter {code} first", counter=code)
    if counter.state is CounterState.PAUSED:
        raise CounterNotOpen(f"counter {code} is paused; open it first", counter=code)
    if counter.state is CounterState.CLOSED:
        return set_state(unit, code, CounterState.OPEN, "first call")
    return counter


def is_open(unit: Unit, service: str, counter: str | None = None) -> bool:
    """Whether the counter, or any that serves the service, calls people now."""
    able = {counter} if counter else {one.code for one in unit.office.counters.values() if service in one.services}
    return any(one.state is CounterState.OPEN for one in unit.counters.all() if one.code in able)


def require_open(unit: Unit, service: str, counter: str | None = None) -> None:
    """Raises NobodyThere."""
    if not is_open(unit, service, counter):
        where = f"counter {counter} is" if counter else f"every counter of {service} is"
        raise NobodyThere(f"{where} closed or paused", counter=counter or "", service=unit.office.service(service).name)


def assign_clerk(unit: Unit, code: str, clerk: str) -> Counter:
    """The clerk sits at the counter from now on; a clerk sits at one counter only."""
    for other in unit.counters.all():
        if other.clerk == clerk and other.code != code:
            release_clerk(unit, other.code)
    counter = replace(unit.counters.get(code), clerk=clerk)
    unit.counters.save(counter)
    unit.record(ClerkSignedIn(clerk, code))
    return counter


def release_clerk(unit: Unit, code: str) -> Counter:
    counter = unit.counters.get(code)
    if counter.clerk is None:
        return counter
    after = replace(counter, clerk=None)
    unit.counters.save(after)
    unit.record(ClerkSignedOut(counter.clerk, code))
    return after
