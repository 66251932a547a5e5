"""Whether the office is open, and the refusal of what it does only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract.tickets import CounterState
from kiosk.domain.errors import OfficeClosed
from kiosk.domain.office_clock import ClockDoubt

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit


def office_is_open(unit: Unit) -> bool:
    """By its hours; while the time is in doubt an office counts as open."""
    return unit.state.clock.doubt is not ClockDoubt.NONE or unit.office.hours.is_open(unit.now)


def is_staffed(unit: Unit) -> bool:
    """Whether a clerk sits at some counter, whatever the hours say."""
    return any(counter.state is not CounterState.CLOSED for counter in unit.counters.all())


def closed(unit: Unit, what: str) -> OfficeClosed:
    """The refusal; `what` happens again at the next opening."""
    opening = unit.office.hours.next_opening(unit.now)
    again = f"{opening:%H:%M %d/%m}" if opening else "-"
    return OfficeClosed(f"the office is closed; {what} again at {again}", again=again)
