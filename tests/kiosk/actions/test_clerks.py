"""Clerks come, get another PIN, leave and come back."""

from __future__ import annotations

import pytest

from kiosk.actions.clerks import add_clerk, change_clerk, require_good_pin
from kiosk.actions.counters import assign_clerk
from kiosk.domain.accounts import ClerkAccount
from kiosk.domain.errors import BadRequest, PersonExists, UnknownPerson, WeakSecret
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit


@pytest.fixture
def unit() -> MemoryUnit:
    """Lan is signed in at counter 1."""
    made = MemoryUnit()
    made.clerks.add("c1", "Lan", "#1")
    made.sessions.add("cookie", "c1", "1", "quay-1", MONDAY + MINUTE)
    assign_clerk(made, "1", "Lan")
    return made


def test_a_clerk_comes_once_under_a_name(unit: MemoryUnit) -> None:
    clerk = add_clerk(unit, "Minh", "#2")
    assert unit.clerks.rows[clerk] == ClerkAccount(clerk, "Minh", "#2", False)
    with pytest.raises(PersonExists):
        add_clerk(unit, "Lan", "#3")
    assert len(unit.clerks.rows) == 2


@pytest.mark.parametrize(
    ("disabled", "pin", "after"),
    [(True, None, ("", True)), (True, "#9", ("", True)), (False, "#9", ("#9", False)), (False, None, ("#1", False))],
)
def test_another_pin_or_leaving_ends_the_session_and_nothing_given_changes_nothing(
    unit: MemoryUnit, disabled: bool, pin: str | None, after: tuple[str, bool]
) -> None:
    change_clerk(unit, "c1", disabled, pin)
    clerk = unit.clerks.rows["c1"]
    assert (clerk.pin_hash, clerk.disabled) == after
    is_changed = after != ("#1", False)
    assert (unit.sessions.rows == {}, unit.counters.get("1").clerk is None) == (is_changed, is_changed)


def test_who_comes_back_needs_another_pin(unit: MemoryUnit) -> None:
    change_clerk(unit, "c1", True, None)
    with pytest.raises(BadRequest, match="gets another PIN"):
        change_clerk(unit, "c1", False, None)
    change_clerk(unit, "c1", False, "#9")
    assert unit.clerks.rows["c1"] == ClerkAccount("c1", "Lan", "#9", False)


def test_nobody_is_unknown(unit: MemoryUnit) -> None:
    with pytest.raises(UnknownPerson):
        change_clerk(unit, "c9", True, None)


@pytest.mark.parametrize("pin", ["12", "1234", "1990", "aaaa"])
def test_what_anybody_would_guess_is_no_pin(pin: str) -> None:
    with pytest.raises(WeakSecret):
        require_good_pin(pin)
    require_good_pin("4827")
