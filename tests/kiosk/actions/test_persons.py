"""Persons come, get other roles and passwords, and go; what is taken from them ends their sessions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kiosk.actions import persons
from kiosk.domain.accounts import SecondFactor
from kiosk.domain.errors import BadRequest, Forbidden, LastAdministrator, PersonExists, UnknownPerson, WeakSecret
from kiosk.domain.persons import Person, PersonRole
from kiosk.domain.totp import STEP_MS, totp_code
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def unit() -> MemoryUnit:
    """Mai administers, Bảo heads the office; both are signed in."""
    made = MemoryUnit()
    made.persons.add("mai", "#mai")
    made.persons.add("bao", "#bao", "head")
    for name in ("mai", "bao"):
        made.person_sessions.add(f"token of {name}", name, "browser", MONDAY, MONDAY + MINUTE)
    return made


def signed_in(unit: MemoryUnit) -> list[str]:
    return [row[0] for row in unit.person_sessions.rows.values()]


def test_a_person_comes_once(unit: MemoryUnit) -> None:
    persons.add_person(unit, "an", "reader", "#an")
    assert (unit.persons.get("an"), unit.persons.password_hash("an")) == (Person("an", "reader"), "#an")
    with pytest.raises(PersonExists, match='"an" exists already'):
        persons.add_person(unit, "an", "admin", "#other")
    assert unit.persons.password_hash("an") == "#an"


@pytest.mark.parametrize(
    ("role", "disabled", "left"),
    [("head", False, ["mai", "bao"]), ("reader", False, ["mai"]), ("head", True, ["mai"]), ("admin", False, ["mai"])],
)
def test_another_role_or_none_ends_the_sessions_of_that_person_and_no_other(
    unit: MemoryUnit, role: PersonRole, disabled: bool, left: list[str]
) -> None:
    assert persons.change_role(unit, "bao", role, disabled) == Person("bao", role, disabled)
    assert (unit.persons.get("bao"), signed_in(unit)) == (Person("bao", role, disabled), left)


CHANGES: list[Callable[[MemoryUnit], object]] = [
    lambda unit: persons.change_role(unit, "mai", "head", False),
    lambda unit: persons.change_role(unit, "mai", "admin", True),
    lambda unit: persons.remove_person(unit, "mai"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_last_administrator_stays(unit: MemoryUnit, change: Callable[[MemoryUnit], object]) -> None:
    with pytest.raises(LastAdministrator):
        change(unit)
    assert (unit.persons.get("mai"), signed_in(unit)) == (Person("mai", "admin"), ["mai", "bao"])
    persons.change_role(unit, "bao", "admin", False)
    change(unit)
    assert "mai" not in signed_in(unit)


def test_another_password_and_going_end_the_sessions(unit: MemoryUnit) -> None:
    persons.give_password(unit, "mai", "#new")
    assert (unit.persons.password_hash("mai"), signed_in(unit)) == ("#new", ["bao"])
    persons.remove_person(unit, "bao")
    assert (unit.persons.get("bao"), signed_in(unit)) == (None, [])


@pytest.mark.parametrize(("ahead", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_second_factor_counts_once_a_code_of_it_was_right(unit: MemoryUnit, ahead: int, good: bool) -> None:
    step = MONDAY // STEP_MS + ahead
    if not good:
        with pytest.raises(BadRequest, match="not the code"):
            persons.new_second_factor(SECRET, totp_code(SECRET, step), MONDAY)
        return
    factor = persons.new_second_factor(SECRET, totp_code(SECRET, step), MONDAY)
    assert factor == SecondFactor(SECRET, step)
    unit.person_sessions.add("here", "mai", "browser-2", MONDAY, MONDAY + 1)
    persons.set_second_factor(unit, "mai", factor, "here")
    assert unit.persons.second_factor("mai") == factor
    assert sorted(signed_in(unit)) == ["bao", "mai"] and "here" in unit.person_sessions.rows, "the others of hers ended"


def test_what_one_signs_in_with_oneself_is_not_given_anew(unit: MemoryUnit) -> None:
    with pytest.raises(Forbidden, match="by the present one"):
        persons.require_another("mai", "mai")
    persons.require_another("bao", "mai")
    persons.require_another(None, "mai")


def test_at_the_machine_a_second_factor_is_given_and_taken_away(unit: MemoryUnit) -> None:
    persons.give_second_factor(unit, "bao", SECRET)
    assert (unit.persons.second_factor("bao"), signed_in(unit)) == (SecondFactor(SECRET, 0), ["mai"])
    persons.drop_second_factor(unit, "bao")
    assert unit.persons.second_factor("bao") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda unit: persons.change_role(unit, "nobody", "admin", False),
        lambda unit: persons.give_password(unit, "nobody", "#new"),
        lambda unit: persons.remove_person(unit, "nobody"),
        lambda unit: persons.set_second_factor(unit, "nobody", SecondFactor(SECRET, 0), ""),
        lambda unit: persons.give_second_factor(unit, "nobody", SECRET),
        lambda unit: persons.drop_second_factor(unit, "nobody"),
    ],
)
def test_nobody_is_unknown(unit: MemoryUnit, change: Callable[[MemoryUnit], object]) -> None:
    with pytest.raises(UnknownPerson, match='there is nobody called "nobody"'):
        change(unit)
    assert signed_in(unit) == ["mai", "bao"]


@pytest.mark.parametrize(
    ("role", "disabled", "may"),
    [("admin", False, True), ("head", False, True), ("head", True, False), ("technician", False, False)],
)
def test_administrators_and_heads_say_that_something_was_wrong(
    unit: MemoryUnit, role: PersonRole, disabled: bool, may: bool
) -> None:
    unit.persons.set_role("bao", role, disabled)
    if may:
        assert persons.require_decider(unit, "bao").role == role
        return
    with pytest.raises(Forbidden, match="neither an administrator nor the head"):
        persons.require_decider(unit, "bao")


def test_nobody_decides_by_an_unknown_name(unit: MemoryUnit) -> None:
    with pytest.raises(Forbidden):
        persons.require_decider(unit, "nobody")


@pytest.mark.parametrize("password", ["short", "matkhau123", "nguyenvanan"])
def test_what_anybody_would_guess_is_no_password(password: str) -> None:
    with pytest.raises(WeakSecret):
        persons.require_good_password(password, "nguyenvanan")
    persons.require_good_password("mua xuân ở Ba Vì", "nguyenvanan")
