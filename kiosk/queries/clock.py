"""The office's time against the machine's, and what somebody has to decide about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from contract.records import dataclass
from kiosk.domain.office_clock import ClockDoubt

if TYPE_CHECKING:
    from kiosk.clock import OfficeClock
    from kiosk.domain.service import Office
    from kiosk.store.office_state import OfficeState
    from kiosk.store.tickets import TicketTable


class OfficeNow(Protocol):
    """A reading, or an open transaction."""

    @property
    def state(self) -> OfficeState: ...
    @property
    def tickets(self) -> TicketTable: ...


@dataclass(frozen=True, slots=True)
class ClockView:
    """Times in ms since 1970. `doubt`: what is not known. `set_aside`: people who wait and are not called until a
    person has said which day it is. `is_given`: a person gave the time, since the machine's clock is wrong.
    `is_possible`: the machine's clock may be confirmed. `is_ahead`: the business date is one that has not come yet.
    """

    time: int
    machine_time: int
    business_date: str
    doubt: ClockDoubt
    set_aside: int
    is_given: bool
    is_possible: bool
    is_ahead: bool

    @property
    def is_trusted(self) -> bool:
        return self.doubt is ClockDoubt.NONE and not self.is_ahead


def read_clock(reading: OfficeNow, office: Office, clock: OfficeClock) -> ClockView:
    state, machine, now = reading.state, clock.machine.look(), clock.now_ms()
    after = state.clock.callable_after
    return ClockView(
        time=now,
        machine_time=machine.wall,
        business_date=state.business_date,
        doubt=state.clock.doubt,
        set_aside=sum(ticket.arrival <= after for ticket in reading.tickets.waiting()) if after else 0,
        is_given=state.clock.disbelieved is not None,
        is_possible=machine.wall >= clock.machine.built_ms(),
        is_ahead=state.business_date > office.hours.civil_date(now),
    )


def clock_problem(view: ClockView) -> str | None:
    """Why the time cannot be relied on and what ends that, in a line of plain English; None when all is well."""
    if view.doubt is ClockDoubt.STARTED:
        return "the machine was started without the time: confirm the date or give the time at a counter"
    if view.doubt is ClockDoubt.JUMPED:
        ahead = (view.machine_time - view.time) // 1000
        return f"the machine's clock is {ahead} s ahead of the office's time: confirm it at a counter or set it back"
    if view.is_ahead:
        return f"the business date {view.business_date} has not come yet: motcua day reopen"
    return None
