"""What an office does when its machine's clock is not where it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from contract.tickets import CounterState
from contract.times import from_rfc3339
from kiosk.actions import calling, clock, counters, days
from kiosk.domain.errors import BadRequest, ClockImplausible
from kiosk.domain.office_clock import ClockChange, ClockDoubt, ClockVerdict, MachineTime, OfficeTime
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit
from tests.kiosk.actions.test_calling import called, issue

BUILT = from_rfc3339("2024-01-01T00:00:00Z")
DAY = 24 * 60 * MINUTE


@pytest.fixture
def unit() -> MemoryUnit:
    made = MemoryUnit()
    made.state.clock = OfficeTime("b", MONDAY, MONDAY - DAY, MONDAY)
    return made


def machine(ahead: int = 0, boot: str = "b") -> MachineTime:
    return MachineTime(MONDAY + ahead, 0, boot)


def test_a_known_boot_is_not_begun_again(unit: MemoryUnit) -> None:
    assert not clock.begin_boot(unit, machine(DAY), BUILT)
    assert unit.state.clock.offset == MONDAY and unit.events == []


def test_a_boot_without_the_time_is_told_and_stays_at_the_last_time(unit: MemoryUnit) -> None:
    assert clock.begin_boot(unit, MachineTime(0, 0, "c"), BUILT)
    assert unit.now == MONDAY + 1
    assert unit.events == [("office.clock_jumped", "ba-vi", {"by_ms": -MONDAY - 1, "provisional": True})]


def test_nothing_happens_while_the_clock_agrees(unit: MemoryUnit) -> None:
    clock.follow_clock(unit, ClockVerdict(ClockChange.NOTHING, 0))
    assert unit.events == []


def test_a_jump_brings_doubt_and_its_return_ends_it(unit: MemoryUnit) -> None:
    clock.follow_clock(unit, ClockVerdict(ClockChange.JUMPED, DAY))
    assert unit.state.clock.doubt is ClockDoubt.JUMPED
    clock.follow_clock(unit, ClockVerdict(ClockChange.RETURNED, 3))
    assert unit.state.clock.doubt is ClockDoubt.NONE
    told = [data for kind, _, data in unit.events if kind == "office.clock_jumped"]
    assert told == [{"by_ms": DAY, "provisional": True}, {"by_ms": 3, "provisional": False}]


def test_a_day_that_was_due_before_the_jump_is_still_begun(unit: MemoryUnit) -> None:
    unit.now += DAY
    clock.follow_clock(unit, ClockVerdict(ClockChange.JUMPED, 30 * DAY))
    days.ensure_today(unit)
    assert (unit.business_date, unit.types()[-1]) == ("2024-04-16", "office.day_opened")


def test_in_doubt_no_day_is_closed(unit: MemoryUnit) -> None:
    unit.state.clock = replace(unit.state.clock, doubt=ClockDoubt.JUMPED)
    unit.now += DAY
    days.ensure_today(unit)
    assert (unit.business_date, unit.events) == ("2024-04-15", [])


def test_a_correction_within_the_day_moves_its_times(unit: MemoryUnit) -> None:
    clock.correct(unit, 5 * MINUTE, "held")
    assert (unit.now, unit.state.last_time) == (MONDAY + 5 * MINUTE, MONDAY + 5 * MINUTE)
    assert unit.time_shift.moves == [(5 * MINUTE, MONDAY, "2024-04-15")]
    data = {"by_ms": 5 * MINUTE, "since_ms": MONDAY, "business_date": "2024-04-15", "why": "held"}
    assert unit.events == [("office.clock_corrected", "ba-vi", data)]


def test_a_correction_into_another_day_ends_the_day_at_its_own_time(unit: MemoryUnit) -> None:
    waiting = issue(unit)
    clock.correct(unit, DAY, "held")
    assert unit.tickets.get(waiting.id).ended_at == MONDAY
    assert unit.types()[-4:] == [
        "ticket.abandoned",
        "office.day_closed",
        "office.day_opened",
        "office.clock_corrected",
    ]
    assert unit.time_shift.moves == [(DAY, MONDAY, "2024-04-16")]


def test_who_came_in_doubt_goes_over_with_number_and_counter(unit: MemoryUnit) -> None:
    before = issue(unit)
    unit.state.clock = replace(unit.state.clock, doubt=ClockDoubt.STARTED, arrivals_before=unit.arrivals)
    new = issue(unit)
    assert calling.call_next(unit, "1") is not None and unit.counters.get("1").current == new.id
    clock.correct(unit, DAY, "held")
    assert unit.tickets.get(before.id).state.value == "ABANDONED"
    assert unit.tickets.get(new.id).state.value == "CALLED"
    assert unit.counters.get("1").current == new.id
    assert unit.time_shift.redated == [(new.id, "2024-04-16")]
    assert unit.tickets.last_ordinal("2024-04-16", "A") == 2
    assert ("ticket.redated", new.id) in [(kind, subject) for kind, subject, _ in unit.events]


def test_an_undo_waits_on_the_corrected_time(unit: MemoryUnit) -> None:
    ticket = called(unit, "1")
    calling.start_service(unit, ticket.id)
    calling.complete(unit, ticket.id)
    clock.correct(unit, MINUTE, "step")
    (step,) = unit.counters.get("1", with_undo=True).undo or ()
    assert {name: value for name, value in step.before.items() if name.endswith("_at")} == {"ended_at": None}


@pytest.mark.parametrize(("began", "by"), [(MONDAY, 5 * MINUTE), (MONDAY, -5 * MINUTE), (MONDAY + 1, 0)])
def test_times_that_an_undo_restores_move_when_they_were_taken_in_this_boot(
    unit: MemoryUnit, began: int, by: int
) -> None:
    unit.state.clock = replace(unit.state.clock, began=began)
    ticket = called(unit, "1")
    unit.passes(MINUTE)
    calling.recall(unit, ticket.id, "1")
    clock.correct(unit, by or 5 * MINUTE, "step")
    (step,) = unit.counters.get("1", with_undo=True).undo or ()
    assert step.before == {"calls": 1, "called_at": MONDAY + by}
    assert unit.counters.get("1", with_undo=True).current == ticket.id


def test_it_is_still_today_only_after_a_boot_without_the_time(unit: MemoryUnit) -> None:
    clock.confirm_date(unit)
    assert unit.events == []
    unit.state.clock = replace(unit.state.clock, doubt=ClockDoubt.STARTED, arrivals_before=9)
    clock.confirm_date(unit)
    assert (unit.state.clock.doubt, unit.state.clock.callable_after) == (ClockDoubt.JUMPED, 0)
    assert unit.types() == ["office.day_confirmed"]


def test_a_person_gives_the_time_of_the_office(unit: MemoryUnit) -> None:
    clock.give_time(unit, machine(-3 * DAY), BUILT, datetime(2024, 4, 15, 9, 0))
    assert unit.now == from_rfc3339("2024-04-15T09:00:00+07:00")
    assert unit.state.clock.disbelieved == MONDAY - 3 * DAY


def test_the_very_moment_of_the_release_can_be_confirmed(unit: MemoryUnit) -> None:
    clock.confirm_machine(unit, MachineTime(BUILT, 0, "b"), BUILT)
    assert unit.now == BUILT


def test_the_close_at_a_corrected_date_closes_all_counters_but_those_of_who_came_in_doubt(unit: MemoryUnit) -> None:
    for code in "23":
        counters.set_state(unit, code, CounterState.OPEN)
    unit.state.clock = replace(unit.state.clock, doubt=ClockDoubt.STARTED, arrivals_before=unit.arrivals)
    new = called(unit, "1")
    clock.correct(unit, DAY, "held")
    states = {code: unit.counters.get(code).state for code in "123"}
    assert states == {"1": CounterState.OPEN, "2": CounterState.CLOSED, "3": CounterState.CLOSED}
    assert unit.counters.get("1").current == new.id


def test_an_impossible_time_is_refused(unit: MemoryUnit) -> None:
    with pytest.raises(ClockImplausible):
        clock.confirm_machine(unit, MachineTime(BUILT - 1, 0, "b"), BUILT)
    with pytest.raises(ClockImplausible):
        clock.give_time(unit, machine(), BUILT, datetime(2024, 12, 24))
    for text in ("yesterday", "2024-04-15T08:05+07:00"):
        with pytest.raises(BadRequest):
            clock.parse_local_time(text)
    assert unit.events == []
