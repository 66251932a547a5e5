"""Opening, pausing and closing a counter; who sits at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from contract.tickets import CounterState
from kiosk.domain.errors import CounterNotOpen, Forbidden, NobodyThere
from kiosk.domain.events.counters import (
    ClerkSignedIn,
    ClerkSignedOut,
    CounterClosed,
    CounterEvent,
    CounterOpened,
    CounterPaused,
)

if TYPE_CHECKING:
    from kiosk.actions.account_ports import Clerks, Sessions
    from kiosk.actions.ports import Counters, Unit
    from kiosk.domain.counter import Counter

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
    """The clerk sits at the counter from now on; a clerk sits at one counter only.

    From whoever sat there the counter is handed over: both events name both. Its citizen and its last action stay.
    """
    for other in unit.counters.all():
        if other.clerk == clerk and other.code != code:
            release_clerk(unit, other.code)
    before = unit.counters.get(code).clerk
    handed_by = before if before != clerk else None
    if handed_by is not None:
        release_clerk(unit, code, handed_to=clerk)
    counter = replace(unit.counters.get(code), clerk=clerk)
    unit.counters.save(counter)
    unit.record(ClerkSignedIn(clerk, code, handed_by=handed_by))
    return counter


def release_clerk(unit: Unit, code: str, handed_to: str | None = None) -> Counter:
    counter = unit.counters.get(code)
    if counter.clerk is None:
        return counter
    after = replace(counter, clerk=None)
    unit.counters.save(after)
    unit.record(ClerkSignedOut(counter.clerk, code, handed_to=handed_to))
    return after


class Seats(Protocol):
    """Who sits where, in a unit of work or in a reading."""

    @property
    def clerks(self) -> Clerks: ...
    @property
    def counters(self) -> Counters: ...
    @property
    def sessions(self) -> Sessions: ...


def ended_sittings(seats: Seats, now: int) -> list[str]:
    """Counters whose clerk's session has ended, and where no citizen is any more; `now` in ms since 1970."""
    seated = [one for one in seats.counters.all() if one.clerk is not None and one.current is None]
    ids = {one.name: one.id for one in seats.clerks.all()} if seated else {}
    return [one.code for one in seated if not seats.sessions.holds(one.code, ids.get(one.clerk or "", ""), now)]


def end_sittings(unit: Unit) -> None:
    """Behind the office's close nobody sits at a counter, in whose name another could act."""
    for code in ended_sittings(unit, unit.now):
        release_clerk(unit, code)
