"""A day that a wrong clock closed is taken back: its people go on where they were."""

from __future__ import annotations

import pytest

from contract.tickets import CounterState, TicketState
from contract.times import from_rfc3339
from kiosk.actions import calling, counters, days, reopening
from kiosk.domain.errors import ClockImplausible, IllegalTransition
from kiosk.domain.office_clock import MachineTime
from kiosk.domain.ticket import Ticket
from tests.kiosk.actions.memory import MINUTE, MONDAY, JournalText, MemoryUnit
from tests.kiosk.actions.test_calling import called, issue

DAY = 24 * 60 * MINUTE
TODAY, TOMORROW = "2024-04-15", "2024-04-16"
BUILT = from_rfc3339("2024-01-01T00:00:00Z")
PEOPLE = ("Hoa", "Lan")


@pytest.fixture(params=[1000, 3])
def unit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> MemoryUnit:
    """Monday is open; the journal is read in one page, or in many."""
    monkeypatch.setattr(reopening, "PAGE", request.param)
    made = MemoryUnit()
    made.state.day_open = False
    days.ensure_today(made)
    return made


def people(unit: MemoryUnit) -> dict[str, Ticket]:
    """One called at counter 1, one served at 2, one done, one held, one waiting."""
    done = called(unit, "2")
    calling.complete(unit, done.id)
    tickets = {"called": called(unit, "1"), "served": called(unit, "2")}
    calling.start_service(unit, tickets["served"].id)
    held = issue(unit, "DD")
    calling.hold(unit, held.id, "3", None)
    return tickets | {"done": done, "held": held, "waiting": issue(unit)}


def leap(unit: MemoryUnit) -> None:
    """The clock leaps a day ahead, and Monday is closed."""
    unit.passes(DAY)
    days.ensure_today(unit)
    assert (unit.business_date, unit.state.day_open) == (TOMORROW, True)


def reopen(unit: MemoryUnit, day: str = TODAY, ahead: int = 10 * MINUTE) -> int:
    return reopening.reopen_day(unit, day, PEOPLE, MachineTime(MONDAY + ahead, 0, "b"), BUILT)


def states(unit: MemoryUnit, tickets: dict[str, Ticket]) -> dict[str, str]:
    return {name: unit.tickets.get(ticket.id).state.value for name, ticket in tickets.items()}


BEFORE = {"called": "CALLED", "served": "SERVING", "done": "COMPLETED", "held": "ON_HOLD", "waiting": "WAITING"}


def test_everybody_whom_the_close_ended_is_where_he_was(unit: MemoryUnit) -> None:
    tickets = people(unit)
    assert states(unit, tickets) == BEFORE
    leap(unit)
    assert states(unit, tickets) == {
        "called": "NO_SHOW",
        "served": "COMPLETED",
        "done": "COMPLETED",
        "held": "ABANDONED",
        "waiting": "ABANDONED",
    }
    assert reopen(unit) == 4, "one was done before"
    assert states(unit, tickets) == BEFORE
    assert [unit.tickets.get(ticket.id).ended_at is None for ticket in tickets.values()] == [
        True,
        True,
        False,
        True,
        True,
    ]
    assert (unit.business_date, unit.state.day_open, unit.now) == (TODAY, True, MONDAY + 10 * MINUTE)
    at = {code: unit.counters.get(code) for code in "12"}
    assert {code: one.current for code, one in at.items()} == {"1": tickets["called"].id, "2": tickets["served"].id}
    assert {one.state for one in at.values()} == {CounterState.OPEN}


def test_the_journal_says_who_reopened_what_and_which_endings_are_undone(unit: MemoryUnit) -> None:
    tickets = people(unit)
    leap(unit)
    count = len(unit.events)
    reopen(unit)
    events = unit.events[count:]
    assert [kind for kind, _, _ in events[:2]] == ["office.clock_corrected", "office.day_reopened"]
    assert events[1][2] == {"business_date": TODAY, "instead_of": TOMORROW, "confirmed_by": ["Hoa", "Lan"]}
    undone = [subject for kind, subject, _ in events if kind == "ticket.undone"]
    assert sorted(undone) == sorted(one.id for name, one in tickets.items() if name != "done")
    opened = [(subject, data["reason"]) for kind, subject, data in events if kind == "counter.opened"]
    assert opened == [("1", "day reopened"), ("2", "day reopened")]


def test_numbers_go_on_and_who_came_on_the_other_day_is_called_in_turn(unit: MemoryUnit) -> None:
    first = issue(unit)
    leap(unit)
    waits, held = issue(unit), issue(unit)
    calling.hold(unit, held.id, "1", None)
    reopen(unit)
    assert unit.tickets.get(held.id).state is TicketState.WAITING
    assert [calling.call_next(unit, "1", "complete" if n else None).id for n in range(3)] == [  # type: ignore[union-attr]
        first.id,
        waits.id,
        held.id,
    ]
    assert issue(unit).number == "A002"


@pytest.mark.parametrize(
    ("busy", "count", "after"),
    [
        ("1", 4, {"called": "WAITING"}),
        ("2", 3, {"served": "COMPLETED"}),
        ("12", 3, {"called": "WAITING", "served": "COMPLETED"}),
    ],
)
def test_a_counter_that_serves_somebody_since_stays_with_that_citizen(
    unit: MemoryUnit, busy: str, count: int, after: dict[str, str]
) -> None:
    """Who was called there waits again, and whose service was cut short stays served."""
    tickets = people(unit)
    leap(unit)
    since = [called(unit, code) for code in busy]
    assert reopen(unit) == count
    assert [unit.counters.get(code).current for code in busy] == [ticket.id for ticket in since]
    assert states(unit, tickets) == BEFORE | after


def test_what_was_rated_since_stays_ended(unit: MemoryUnit) -> None:
    tickets = people(unit)
    leap(unit)
    served = unit.tickets.get(tickets["served"].id)
    unit.tickets.save(served, served.rate())
    assert reopen(unit) == 3
    assert states(unit, tickets) == BEFORE | {"served": "COMPLETED"}
    assert unit.counters.get("2").current is None


def test_a_counter_that_was_opened_since_is_not_opened_again(unit: MemoryUnit) -> None:
    tickets = people(unit)
    leap(unit)
    counters.set_state(unit, "1", CounterState.PAUSED)
    reopen(unit)
    assert unit.counters.get("1").state is CounterState.PAUSED
    assert unit.counters.get("1").current == tickets["called"].id


@pytest.mark.parametrize("day", [TOMORROW, "2024-04-17"])
def test_only_a_day_before_the_present_one_is_reopened(unit: MemoryUnit, day: str) -> None:
    leap(unit)
    with pytest.raises(IllegalTransition, match=f"the office works on {TOMORROW}; only a day before it"):
        reopen(unit, day, DAY)


@pytest.mark.parametrize(("day", "ahead"), [(TODAY, DAY), (TODAY, -DAY), ("2024-04-14", 0)])
def test_the_machine_has_to_show_the_day_that_is_reopened(unit: MemoryUnit, day: str, ahead: int) -> None:
    waiting = issue(unit)
    leap(unit)
    events = len(unit.events)
    with pytest.raises(IllegalTransition, match=f"the machine's clock is not on {day}; set it first"):
        reopen(unit, day, ahead)
    assert (unit.business_date, len(unit.events)) == (TOMORROW, events)
    assert unit.tickets.get(waiting.id).state is TicketState.ABANDONED


def test_a_clock_before_the_release_reopens_nothing(unit: MemoryUnit) -> None:
    leap(unit)
    with pytest.raises(ClockImplausible):
        reopening.reopen_day(unit, TODAY, PEOPLE, MachineTime(MONDAY, 0, "b"), MONDAY + 1)
    assert unit.business_date == TOMORROW


def test_the_journal_is_read_back_to_the_opening_of_the_day_and_no_farther(
    unit: MemoryUnit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        unit.passes(DAY)
        days.ensure_today(unit)
    opening = len(unit.events)
    tickets = people(unit)
    day = unit.business_date
    unit.passes(DAY)
    days.ensure_today(unit)
    starts: list[int] = []
    read = unit.journal.read

    def noted(epoch: str, after: int, limit: int) -> list[JournalText]:
        starts.append(after)
        return read(epoch, after, limit)

    monkeypatch.setattr(unit.journal, "read", noted)
    assert reopening.reopen_day(unit, day, PEOPLE, MachineTime(MONDAY + 4 * DAY, 0, "b"), BUILT) == 4
    assert states(unit, tickets) == BEFORE
    assert opening - 1 - reopening.PAGE < min(starts) < opening


def test_a_day_that_was_opened_in_an_epoch_before_is_read_from_its_first_event(unit: MemoryUnit) -> None:
    """As after a restore in the middle of the day: the epoch knows no opening."""
    unit.begin_epoch("restored")
    waiting = issue(unit)
    leap(unit)
    assert reopen(unit) == 1
    assert unit.tickets.get(waiting.id).state is TicketState.WAITING
