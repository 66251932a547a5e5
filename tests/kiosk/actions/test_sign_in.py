"""Signing in: clerks with a PIN at a counter, administrators with a password; and who is locked out."""

from __future__ import annotations

import pytest

from kiosk.actions.sign_in import (
    prove_person,
    require_not_locked_out,
    sign_in_administrator,
    sign_in_clerk,
    sign_out_clerk,
)
from kiosk.domain.accounts import ClerkSession
from kiosk.domain.errors import Forbidden, TooMany
from kiosk.domain.tokens import hash_token
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit

HOUR = 60 * MINUTE


def same(known: str | None, given: str) -> bool:
    """Stands for a slow hash: the PIN of a clerk is 1234 when its hash is #1234."""
    return known == f"#{given}"


@pytest.fixture
def unit() -> MemoryUnit:
    made = MemoryUnit()
    made.clerks.add("c1", "Lan", "#1234")
    made.clerks.add("c2", "Minh", "#5678")
    return made


def attempt(unit: MemoryUnit, pin: str, clerk: str = "Lan", device: str = "pc-1", counter: str | None = "1") -> object:
    return sign_in_clerk(unit, device, counter, clerk, pin, same)


@pytest.mark.parametrize("named", ["c1", "Lan"])
def test_a_clerk_signs_in_by_id_or_name_for_twelve_hours(unit: MemoryUnit, named: str) -> None:
    signed_in = sign_in_clerk(unit, "pc-1", "1", named, "1234", same)
    assert signed_in is not None and (signed_in.clerk, signed_in.counter) == ("Lan", "1")
    assert unit.sessions.rows == {hash_token(signed_in.token): ClerkSession("c1", "1", "pc-1", MONDAY + 12 * HOUR)}
    assert unit.counters.get("1").clerk == "Lan"
    assert unit.events == [("clerk.signed_in", "Lan", {"counter": "1"})]


@pytest.mark.parametrize(("clerk", "pin"), [("Lan", "5678"), ("Hoa", "1234"), ("", ""), ("c2", "1234")])
def test_a_wrong_clerk_or_pin_opens_nothing(unit: MemoryUnit, clerk: str, pin: str) -> None:
    assert attempt(unit, pin, clerk) is None
    assert (unit.sessions.rows, unit.events, unit.counters.get("1").clerk) == ({}, [], None)
    assert unit.pin_failures.get("pc-1", clerk) == (1, MONDAY)


def test_a_disabled_clerk_does_not_sign_in(unit: MemoryUnit) -> None:
    unit.clerks.update("c1", "#1234", disabled=True)
    assert attempt(unit, "1234") is None


def test_nobody_signs_in_at_a_device_of_no_counter(unit: MemoryUnit) -> None:
    with pytest.raises(Forbidden, match="pair this device with a counter first"):
        attempt(unit, "1234", counter=None)


def test_after_five_wrong_pins_the_clerk_waits_a_minute_then_five_then_fifteen(unit: MemoryUnit) -> None:
    for minutes in (1, 5, 15, 15):
        for _ in range(5):
            assert attempt(unit, "0000") is None
        with pytest.raises(TooMany, match=f"too many wrong PINs; wait {minutes * 60 + 1} s"):
            attempt(unit, "1234")
        unit.passes(minutes * MINUTE - 1)
        with pytest.raises(TooMany, match="wait 1 s"):
            attempt(unit, "1234")
        unit.passes(1)
    assert attempt(unit, "1234") is not None


def test_whoever_is_locked_out_is_not_counted_on(unit: MemoryUnit) -> None:
    for _ in range(5):
        attempt(unit, "0000")
    with pytest.raises(TooMany):
        attempt(unit, "0000")
    assert unit.pin_failures.get("pc-1", "Lan").failures == 5


def test_the_right_pin_forgets_the_wrong_ones(unit: MemoryUnit) -> None:
    for _ in range(4):
        attempt(unit, "0000")
    attempt(unit, "1234")
    assert unit.pin_failures.get("pc-1", "Lan") == (0, 0)
    assert attempt(unit, "0000") is None
    assert attempt(unit, "1234") is not None


def test_a_lock_out_binds_one_clerk_at_one_device(unit: MemoryUnit) -> None:
    for _ in range(5):
        attempt(unit, "0000")
    assert attempt(unit, "5678", clerk="Minh") is not None
    assert attempt(unit, "1234", device="pc-2") is not None


def test_a_clerk_sits_at_one_counter_only(unit: MemoryUnit) -> None:
    attempt(unit, "1234", counter="1")
    attempt(unit, "5678", clerk="Minh", counter="2")
    attempt(unit, "1234", counter="3")
    assert [unit.counters.get(code).clerk for code in "123"] == [None, "Minh", "Lan"]
    assert unit.types() == ["clerk.signed_in", "clerk.signed_in", "clerk.signed_out", "clerk.signed_in"]


def test_a_session_ends_with_the_sign_out(unit: MemoryUnit) -> None:
    signed_in = sign_in_clerk(unit, "pc-1", "1", "Lan", "1234", same)
    assert signed_in is not None
    sign_out_clerk(unit, signed_in.token, "1")
    assert (unit.sessions.rows, unit.counters.get("1").clerk) == ({}, None)
    assert unit.events[-1] == ("clerk.signed_out", "Lan", {"counter": "1"})


def test_a_sign_out_without_session_or_counter_changes_what_there_is(unit: MemoryUnit) -> None:
    attempt(unit, "1234")
    sign_out_clerk(unit, None, None)
    assert (len(unit.sessions.rows), unit.counters.get("1").clerk) == (1, "Lan")
    sign_out_clerk(unit, None, "1")
    assert (len(unit.sessions.rows), unit.counters.get("1").clerk) == (1, None)
    sign_out_clerk(unit, "unknown", "2")
    assert unit.types() == ["clerk.signed_in", "clerk.signed_out"]


def test_an_administrator_gets_a_token_of_twelve_hours(unit: MemoryUnit) -> None:
    signed_in = sign_in_administrator(unit, "chief", True, MONDAY)
    assert signed_in is not None and signed_in.expires_at == MONDAY + 12 * HOUR
    device = unit.devices.get(unit.devices.tokens[hash_token(signed_in.token)])
    assert device is not None
    assert (device.role, device.counter, device.made_at, device.expires_at) == (
        "admin",
        None,
        MONDAY,
        MONDAY + 12 * HOUR,
    )
    assert device.name.startswith("admin-") and len(device.name) == 14


def test_two_administrators_have_devices_of_their_own(unit: MemoryUnit) -> None:
    for _ in range(2):
        sign_in_administrator(unit, "chief", True, MONDAY)
    assert len(unit.devices.all()) == 2


def test_each_fifth_wrong_password_locks_an_administrator_out_for_a_minute(unit: MemoryUnit) -> None:
    now = MONDAY
    for _ in range(3):
        for _ in range(5):
            require_not_locked_out(unit, "chief", now)
            assert sign_in_administrator(unit, "chief", False, now) is None
        with pytest.raises(TooMany, match="too many wrong passwords; wait 1 s"):
            require_not_locked_out(unit, "chief", now + MINUTE - 1)
        with pytest.raises(TooMany, match="too many wrong passwords; wait 61 s"):
            sign_in_administrator(unit, "chief", True, now)
        now += MINUTE
    assert unit.devices.all() == []
    assert sign_in_administrator(unit, "chief", True, now) is not None
    assert unit.pin_failures.get("admin", "chief") == (0, 0)


def test_an_administrators_failures_are_not_those_of_another(unit: MemoryUnit) -> None:
    for _ in range(5):
        sign_in_administrator(unit, "chief", False, MONDAY)
    require_not_locked_out(unit, "deputy", MONDAY)
    assert sign_in_administrator(unit, "deputy", True, MONDAY) is not None


@pytest.mark.parametrize("wrong", [1, 2, 4, 5])
def test_each_wrong_password_counts_once(unit: MemoryUnit, wrong: int) -> None:
    for _ in range(wrong):
        sign_in_administrator(unit, "chief", False, MONDAY)
    blocked_until = {1: MONDAY, 2: MONDAY, 4: MONDAY, 5: MONDAY + MINUTE}[wrong]
    assert unit.pin_failures.get("admin", "chief") == (wrong, blocked_until)


def test_at_the_machine_an_administrator_or_a_clerk_proves_who_it_is(unit: MemoryUnit) -> None:
    unit.administrators.add("quan-tri", "#secret")
    assert prove_person(unit, "quan-tri", "secret", same, unit.now) == "quan-tri"
    assert prove_person(unit, "c1", "1234", same, unit.now) == "Lan"
    assert prove_person(unit, "Lan", "5678", same, unit.now) is None
    assert prove_person(unit, "Nobody", "1234", same, unit.now) is None


def test_wrong_secrets_at_the_machine_lock_out_as_well(unit: MemoryUnit) -> None:
    for _ in range(5):
        assert prove_person(unit, "Lan", "0000", same, unit.now) is None
    with pytest.raises(TooMany):
        prove_person(unit, "Lan", "1234", same, unit.now + MINUTE - 1)
    assert prove_person(unit, "Lan", "1234", same, unit.now + MINUTE) == "Lan"
