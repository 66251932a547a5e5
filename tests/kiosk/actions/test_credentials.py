"""What is over ends everywhere: tokens, sessions, and the place at the counter."""

from __future__ import annotations

import pytest

from contract.tickets import CounterState
from kiosk.actions.counters import assign_clerk, set_state
from kiosk.actions.credentials import end_device, set_pin
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit


@pytest.fixture
def unit() -> MemoryUnit:
    """Lan is signed in at counter 1, Minh at counter 2."""
    made = MemoryUnit()
    for clerk, name, counter in (("c1", "Lan", "1"), ("c2", "Minh", "2")):
        made.clerks.add(clerk, name, f"#{clerk}")
        made.sessions.add(f"cookie of {clerk}", clerk, counter, f"quay-{counter}", MONDAY + MINUTE)
        made.devices.add(f"quay-{counter}", "counter", counter, f"token {counter}", MONDAY)
        assign_clerk(made, counter, name)
    made.events.clear()
    return made


def signed_in(unit: MemoryUnit) -> list[str]:
    return [session.clerk for session in unit.sessions.rows.values()]


@pytest.mark.parametrize("disabled", [True, False])
def test_another_pin_or_none_ends_the_clerks_session_and_no_other(unit: MemoryUnit, disabled: bool) -> None:
    set_pin(unit, unit.clerks.rows["c1"], "" if disabled else "#new", disabled)
    assert (signed_in(unit), unit.clerks.rows["c1"].disabled) == (["c2"], disabled)
    assert [unit.counters.get(code).clerk for code in "12"] == [None, "Minh"]
    assert unit.events == [("clerk.signed_out", "Lan", {"counter": "1"})]


def test_a_counter_that_closes_has_no_clerk_any_more(unit: MemoryUnit) -> None:
    set_state(unit, "1", CounterState.OPEN)
    set_state(unit, "1", CounterState.CLOSED)
    assert (signed_in(unit), unit.counters.get("1").clerk) == (["c2"], None)
    assert unit.types() == ["counter.opened", "counter.closed", "clerk.signed_out"]


def test_a_pause_ends_nothing(unit: MemoryUnit) -> None:
    set_state(unit, "1", CounterState.PAUSED)
    assert signed_in(unit) == ["c1", "c2"]


def test_a_device_takes_the_sessions_of_its_clerks_with_it(unit: MemoryUnit) -> None:
    assert end_device(unit, "quay-1", MONDAY)
    assert (signed_in(unit), unit.counters.get("1").clerk) == (["c2"], None)
    assert unit.events == [("clerk.signed_out", "Lan", {"counter": "1"})], "the next device acts in nobody's name"
    assert not end_device(unit, "quay-1", MONDAY)
