"""What becomes of the office when the machine's clock is not where it was: doubt, correction, a person's word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kiosk.actions import days
from kiosk.domain.errors import BadRequest, ClockImplausible
from kiosk.domain.events.office import ClockCorrected, ClockJumped, DayConfirmed
from kiosk.domain.events.tickets import TicketRedated
from kiosk.domain.numbering import parse_number
from kiosk.domain.office_clock import ClockChange, ClockDoubt, ClockVerdict, MachineTime, begin, is_possible

if TYPE_CHECKING:
    from kiosk.actions.ports import Unit
    from kiosk.domain.counter import Counter
    from kiosk.domain.ticket import Ticket, TicketField

CONFIRMED, GIVEN = "confirmed", "given"
TIMES = frozenset({"issued_at", "first_called_at", "called_at", "serving_at", "ended_at"})


def begin_boot(unit: Unit, machine: MachineTime, built: int) -> bool:
    """Take the time of a machine that was started anew; False when this boot is known already.

    An implausible clock leaves the office at the highest time seen, its date in doubt. `built`: ms since 1970 before
    which no true clock can be.
    """
    state = unit.state
    if state.clock.boot == machine.boot:
        return False
    state.clock = begin(state.clock, machine, state.last_time, built, state.next_arrival)
    unit.now = state.clock.now(machine)
    if state.clock.doubt is not ClockDoubt.NONE:
        unit.record(ClockJumped(unit.office.code, machine.wall - unit.now, True))
    return True


def follow_clock(unit: Unit, verdict: ClockVerdict) -> None:
    """Do what a look at the machine's clock asked for."""
    state = unit.state
    if verdict.change in {ClockChange.STEPPED, ClockChange.HELD}:
        correct(unit, verdict.by, verdict.change.value)
    elif verdict.change is not ClockChange.NOTHING:
        days.end_passed_day(unit)  # the day that was due before anything was in doubt
        provisional = verdict.change is ClockChange.JUMPED
        state.clock = replace(state.clock, doubt=ClockDoubt.JUMPED if provisional else ClockDoubt.NONE)
        unit.record(ClockJumped(unit.office.code, verdict.by, provisional))


def correct(unit: Unit, by: int, why: str) -> None:
    """The office's time is `by` ms later (earlier when negative), and so are the times taken in this boot.

    When that leads into another day, the business date ends as it stood at its own time. Those who came after a boot
    without the date are of the day that begins.
    """
    state, before = unit.state, unit.business_date
    today = unit.office.hours.civil_date(unit.now + by)
    is_new_day = today > before and state.day_open
    carried = _came_in_doubt(unit) if is_new_day else []
    if is_new_day:
        days.close_day(unit, frozenset(ticket.id for ticket in carried))
    began = state.clock.began
    unit.now += by
    state.clock = state.clock.corrected(by, unit.now)
    if is_new_day:
        state.business_date = today
        days.open_day(unit)
        for ticket in carried:
            _redate(unit, ticket, before)
    unit.record(ClockCorrected(unit.office.code, by, began, unit.business_date, why))
    state.last_time = unit.now
    unit.time_shift.move(by, began, unit.business_date)
    _move_undo(unit, by, began)


def confirm_machine(unit: Unit, machine: MachineTime, built: int) -> None:
    """A person says that the machine's clock is right. Raises ClockImplausible for a time that cannot be."""
    if machine.wall < built:
        raise ClockImplausible("the machine's clock is before the release of this product; give the time")
    correct(unit, machine.wall - unit.now, CONFIRMED)


def confirm_date(unit: Unit) -> None:
    """A person says that it is still the business date of before the boot: those who waited are called again."""
    if unit.state.clock.doubt is ClockDoubt.STARTED:
        unit.state.clock = replace(unit.state.clock, doubt=ClockDoubt.JUMPED)
        unit.record(DayConfirmed(unit.office.code, unit.business_date))


def give_time(unit: Unit, machine: MachineTime, built: int, local_time: datetime) -> None:
    """A person gives the time, as local time without zone; the machine's clock is not believed until it moves.

    Raises ClockImplausible.
    """
    given = round(local_time.replace(tzinfo=unit.office.hours.timezone).timestamp() * 1000)
    if not is_possible(given, unit.state.clock.highest_before, built):
        raise ClockImplausible("the given time is far from everything that was seen; set the machine's clock")
    correct(unit, given - unit.now, GIVEN)
    unit.state.clock = replace(unit.state.clock, disbelieved=machine.offset)


def parse_local_time(text: str) -> datetime:
    """A local time such as 2024-04-15T08:05. Raises BadRequest."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadRequest(f'"{text}" is not a local time such as 2024-04-15T08:05') from None
    if moment.tzinfo is not None:
        raise BadRequest("give the local time without a zone, such as 2024-04-15T08:05")
    return moment


def _came_in_doubt(unit: Unit) -> list[Ticket]:
    """Tickets since a boot after which nobody knew the date."""
    clock = unit.state.clock
    if clock.doubt is not ClockDoubt.STARTED:
        return []
    came = unit.tickets.issued_after(unit.business_date, clock.arrivals_before)
    return sorted(came, key=lambda ticket: ticket.arrival)


def _redate(unit: Unit, ticket: Ticket, before: str) -> None:
    """Numbers of the new day go on behind those that were given in doubt."""
    unit.time_shift.redate(ticket.id, unit.business_date)
    unit.tickets.raise_series(unit.business_date, *parse_number(ticket.number))
    unit.record(TicketRedated(ticket._replace(business_date=unit.business_date), before))


def _move_undo(unit: Unit, by: int, began: int) -> None:
    for counter in unit.counters.all(with_undo=True):
        if counter.undo:
            unit.counters.save(_moved(counter, by, began))


def _moved(counter: Counter, by: int, began: int) -> Counter:
    """What an undo would restore lies on the corrected time as well."""

    def moved(before: Mapping[str, TicketField]) -> dict[str, TicketField]:
        return {
            name: value + by if name in TIMES and isinstance(value, int) and value >= began else value
            for name, value in before.items()
        }

    return replace(counter, undo=tuple(replace(step, before=moved(step.before)) for step in counter.undo or ()))
