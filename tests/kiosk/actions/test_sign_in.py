"""Signing in: clerks with a PIN at a counter, other persons with a password; and who is locked out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contract.times import from_rfc3339
from kiosk.actions.attempts import forgive
from kiosk.actions.sign_in import (
    OpenedClerkSession,
    OpenedPersonSession,
    begin_clerk_sign_in,
    begin_person_sign_in,
    begin_proof,
    change_password,
    end_person_session,
    open_clerk_session,
    open_person_session,
    sign_out_clerk,
)
from kiosk.domain.accounts import ClerkSession, SecondFactor
from kiosk.domain.errors import Forbidden, TooMany, WeakSecret
from kiosk.domain.tokens import hash_token
from kiosk.domain.totp import STEP_MS, totp_code
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


def attempt(
    unit: MemoryUnit, pin: str, clerk: str = "Lan", device: str = "pc-1", counter: str | None = "1"
) -> OpenedClerkSession | None:
    begun = begin_clerk_sign_in(unit, device, counter, clerk, unit.now)
    assert counter is not None
    return open_clerk_session(unit, begun, counter) if same(begun.secret_hash, pin) else None


def administer(
    unit: MemoryUnit, password: str, name: str = "chief", address: str = "10.0.0.7"
) -> OpenedPersonSession | None:
    begun = begin_person_sign_in(unit, address, name, unit.now)
    return open_person_session(unit, begun, unit.now) if same(begun.secret_hash, password) else None


def failures(unit: MemoryUnit, source: str) -> dict[str, int]:
    return {person: row[0] for (where, person), row in unit.pin_failures.rows.items() if where == source and row[0]}


@pytest.mark.parametrize("named", ["c1", "Lan"])
def test_a_clerk_signs_in_by_id_or_name_until_half_an_hour_behind_the_close(unit: MemoryUnit, named: str) -> None:
    signed_in = attempt(unit, "1234", named)
    assert signed_in is not None and (signed_in.clerk, signed_in.counter) == ("Lan", "1")
    noon = from_rfc3339("2024-04-15T12:00:00+07:00")  # the office closes at 11:30
    assert signed_in.expires_at == noon
    assert unit.sessions.rows == {hash_token(signed_in.token): ClerkSession("c1", "1", "pc-1", noon)}
    assert unit.counters.get("1").clerk == "Lan"
    assert unit.events == [("clerk.signed_in", "Lan", {"counter": "1"})]


def test_a_counter_is_handed_over_and_what_stands_there_stays(unit: MemoryUnit) -> None:
    attempt(unit, "1234")
    unit.counters.save(replace(unit.counters.get("1"), current="t1", last_served="t0").acted(MONDAY))
    unit.events.clear()
    taken_over = attempt(unit, "5678", clerk="Minh")
    assert taken_over is not None
    counter = unit.counters.get("1", with_undo=True)
    assert (counter.clerk, counter.current, counter.last_served, counter.undo_at) == ("Minh", "t1", "t0", MONDAY)
    assert [session.clerk for session in unit.sessions.rows.values()] == ["c2"], "who handed over is signed out"
    assert unit.events == [
        ("clerk.signed_out", "Lan", {"counter": "1", "handed_to": "Minh"}),
        ("clerk.signed_in", "Minh", {"counter": "1", "handed_by": "Lan"}),
    ]
    assert unit.person == "c2"


def test_a_wrong_pin_hands_nothing_over(unit: MemoryUnit) -> None:
    attempt(unit, "1234")
    before = list(unit.events)
    assert attempt(unit, "1234", clerk="Minh") is None
    assert (unit.counters.get("1").clerk, unit.events) == ("Lan", before)
    assert [session.clerk for session in unit.sessions.rows.values()] == ["c1"]


@pytest.mark.parametrize(("clerk", "pin"), [("Lan", "5678"), ("Hoa", "1234"), ("", ""), ("c2", "1234")])
def test_a_wrong_clerk_or_pin_opens_nothing(unit: MemoryUnit, clerk: str, pin: str) -> None:
    assert attempt(unit, pin, clerk) is None
    assert (unit.sessions.rows, unit.events, unit.counters.get("1").clerk) == ({}, [], None)
    assert list(failures(unit, "pc-1").values()) == [1]


def test_a_disabled_clerk_does_not_sign_in(unit: MemoryUnit) -> None:
    unit.clerks.update("c1", "#1234", disabled=True)
    assert attempt(unit, "1234") is None


def test_nobody_signs_in_at_a_device_of_no_counter(unit: MemoryUnit) -> None:
    with pytest.raises(Forbidden, match="pair this device with a counter first"):
        attempt(unit, "1234", counter=None)


def test_after_five_wrong_pins_the_clerk_waits_a_minute_then_five_then_fifteen(unit: MemoryUnit) -> None:
    for wrong, minutes in ((5, 1), (1, 5), (1, 15), (1, 15)):
        for _ in range(wrong):
            assert attempt(unit, "0000") is None
        with pytest.raises(TooMany, match=f"too many wrong tries; wait {minutes * 60} s"):
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
    assert unit.pin_failures.get("pc-1", "c1").failures == 5


def test_the_right_pin_forgets_the_wrong_ones(unit: MemoryUnit) -> None:
    for _ in range(4):
        attempt(unit, "0000")
    attempt(unit, "1234")
    assert unit.pin_failures.get("pc-1", "c1") == (0, 0)
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
    signed_in = attempt(unit, "1234")
    assert signed_in is not None
    sign_out_clerk(unit, signed_in.token, "1")
    assert (unit.sessions.rows, unit.counters.get("1").clerk) == ({}, None)
    assert unit.events[-1] == ("clerk.signed_out", "Lan", {"counter": "1"})


def test_a_sign_out_by_the_device_ends_the_session_at_its_counter(unit: MemoryUnit) -> None:
    attempt(unit, "1234")
    sign_out_clerk(unit, None, None)
    assert (len(unit.sessions.rows), unit.counters.get("1").clerk) == (1, "Lan")
    sign_out_clerk(unit, None, "1")
    assert (len(unit.sessions.rows), unit.counters.get("1").clerk) == (0, None)
    sign_out_clerk(unit, "unknown", "2")
    assert unit.types() == ["clerk.signed_in", "clerk.signed_out"]


def test_id_and_name_of_a_clerk_are_counted_as_one(unit: MemoryUnit) -> None:
    for named in ("Lan", "c1", "Lan", "c1", "Lan"):
        assert attempt(unit, "0000", named) is None
    with pytest.raises(TooMany):
        attempt(unit, "1234", "c1")


def test_a_name_that_nobody_has_waits_like_one_that_somebody_has(unit: MemoryUnit) -> None:
    for _ in range(5):
        attempt(unit, "0000", "Hoa")
    with pytest.raises(TooMany, match="wait 60 s"):
        attempt(unit, "0000", "Hoa")


def test_a_try_counts_before_its_pin_is_verified(unit: MemoryUnit) -> None:
    """So a fifth that is being verified leaves no room for a sixth beside it."""
    begun = [begin_clerk_sign_in(unit, "pc-1", "1", "Lan", unit.now) for _ in range(5)]
    with pytest.raises(TooMany):
        begin_clerk_sign_in(unit, "pc-1", "1", "c1", unit.now)
    assert open_clerk_session(unit, begun[-1], "1") is not None, "the fifth was right"
    assert failures(unit, "pc-1") == {}


def test_failures_of_yesterday_are_forgotten(unit: MemoryUnit) -> None:
    for _ in range(15):
        attempt(unit, "0000")
        unit.passes(20 * MINUTE)
    unit.passes(24 * HOUR)
    attempt(unit, "0000")
    assert failures(unit, "pc-1") == {"c1": 1}


@pytest.mark.parametrize("disabled", [True, False])
def test_who_was_disabled_or_got_another_pin_meanwhile_does_not_get_in(unit: MemoryUnit, disabled: bool) -> None:
    begun = begin_clerk_sign_in(unit, "pc-1", "1", "Lan", unit.now)
    unit.clerks.update("c1", "#1234" if disabled else "#9876", disabled)
    assert open_clerk_session(unit, begun, "1") is None
    assert unit.sessions.rows == {}


@pytest.fixture
def administered(unit: MemoryUnit) -> MemoryUnit:
    unit.persons.add("chief", "#right")
    unit.persons.add("deputy", "#right as well", "head")
    return unit


def test_a_person_gets_a_token_of_twelve_hours_and_no_device(administered: MemoryUnit) -> None:
    signed_in = administer(administered, "right")
    assert signed_in is not None
    assert (signed_in.expires_at, signed_in.person, signed_in.role) == (MONDAY + 12 * HOUR, "chief", "admin")
    person, browser, made_at, expires_at = administered.person_sessions.rows[hash_token(signed_in.token)]
    assert (person, made_at, expires_at) == ("chief", MONDAY, MONDAY + 12 * HOUR)
    assert browser.startswith("admin-") and len(browser) == 14
    assert administered.devices.all() == []


def test_two_sign_ins_have_sessions_of_their_own_and_the_same_browser_the_same_name(administered: MemoryUnit) -> None:
    for _ in range(2):
        begun = begin_person_sign_in(administered, "10.0.0.7", "deputy", MONDAY)
        assert open_person_session(administered, begun, MONDAY, browser="abcd1234") is not None
    assert [row[1] for row in administered.person_sessions.rows.values()] == ["head-abcd1234"] * 2


def test_whoever_is_disabled_is_nobody_before_and_after_the_password(administered: MemoryUnit) -> None:
    begun = begin_person_sign_in(administered, "10.0.0.7", "deputy", MONDAY)
    administered.persons.set_role("deputy", "head", True)
    assert open_person_session(administered, begun, MONDAY) is None
    again = begin_person_sign_in(administered, "10.0.0.7", "deputy", MONDAY)
    assert (again.account, again.secret_hash) == (None, None)
    assert administered.person_sessions.rows == {}


def test_signing_out_ends_one_session(administered: MemoryUnit) -> None:
    first, second = administer(administered, "right"), administer(administered, "right")
    assert first is not None and second is not None
    end_person_session(administered, hash_token(first.token))
    assert list(administered.person_sessions.rows) == [hash_token(second.token)]


def test_after_five_wrong_passwords_one_waits_at_that_address_alone(administered: MemoryUnit) -> None:
    for wrong, minutes in ((5, 1), (1, 5)):
        for _ in range(wrong):
            assert administer(administered, "wrong") is None
        with pytest.raises(TooMany, match=f"wait {minutes * 60} s"):
            administer(administered, "right")
        assert administer(administered, "right", address="10.0.0.8") is not None, "nobody is locked out by others"
        administered.passes(minutes * MINUTE)


def test_who_tries_name_after_name_waits_after_ten_tries(administered: MemoryUnit) -> None:
    for n in range(10):
        assert administer(administered, "wrong", f"name {n}") is None
    for name in ("another", "chief"):
        with pytest.raises(TooMany, match="wait 60 s"):
            administer(administered, "right", name)
    assert administer(administered, "right", address="10.0.0.8") is not None


def test_while_an_address_waits_nothing_is_counted_on(administered: MemoryUnit) -> None:
    for n in range(10):
        administer(administered, "wrong", f"name {n}")
    before = dict(administered.pin_failures.rows)
    with pytest.raises(TooMany):
        administer(administered, "wrong", "chief")
    assert administered.pin_failures.rows == before


def test_the_right_password_forgets_the_wrong_ones(administered: MemoryUnit) -> None:
    for _ in range(4):
        administer(administered, "wrong")
    assert administer(administered, "right") is not None
    assert failures(administered, "address 10.0.0.7") == {"*": 4}, "what others tried from there stays"
    for _ in range(4):
        assert administer(administered, "wrong") is None
    assert administer(administered, "right") is not None


@pytest.mark.parametrize(("later", "count"), [(24 * HOUR, 2), (24 * HOUR + 1, 1)])
def test_a_failure_counts_for_a_day(administered: MemoryUnit, later: int, count: int) -> None:
    administer(administered, "wrong")
    administered.passes(later)
    administer(administered, "wrong")
    assert failures(administered, "address 10.0.0.7")["chief"] == count


SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(("ahead", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_with_a_second_factor_the_code_of_the_telephone_is_demanded_as_well(
    administered: MemoryUnit, ahead: int, good: bool
) -> None:
    administered.persons.set_second_factor("chief", SecondFactor(SECRET, 0))
    begun = begin_person_sign_in(administered, "10.0.0.7", "chief", MONDAY)
    code = totp_code(SECRET, MONDAY // STEP_MS + ahead)
    for wrong in ("", "12345", "000000x"):
        assert open_person_session(administered, begun, MONDAY, wrong) is None
    assert (open_person_session(administered, begun, MONDAY, code) is not None) is good
    assert (failures(administered, "address 10.0.0.7") == {}) is good
    assert len(administered.person_sessions.rows) == good
    assert open_person_session(administered, begun, MONDAY, code) is None, "each code is good once"


def test_who_has_no_second_factor_needs_no_code(administered: MemoryUnit) -> None:
    administered.persons.set_second_factor("chief", SecondFactor(SECRET, 0))
    assert administer(administered, "right as well", "deputy") is not None


def test_another_password_ends_every_session_of_its_administrator(administered: MemoryUnit) -> None:
    administer(administered, "right")
    administer(administered, "right as well", "deputy")
    begun = begin_person_sign_in(administered, "10.0.0.7", "chief", MONDAY)
    assert change_password(administered, begun, "mua xuân ở Ba Vì", "#new")
    assert administered.persons.rows == {"chief": "#new", "deputy": "#right as well"}
    assert [row[0] for row in administered.person_sessions.rows.values()] == ["deputy"]
    assert failures(administered, "address 10.0.0.7") == {}


def test_a_password_that_is_guessed_first_or_changed_meanwhile_is_not_taken(administered: MemoryUnit) -> None:
    begun = begin_person_sign_in(administered, "10.0.0.7", "chief", MONDAY)
    with pytest.raises(WeakSecret, match="anybody would guess"):
        change_password(administered, begun, "matkhau123", "#weak")
    unknown = begin_person_sign_in(administered, "10.0.0.7", "nobody", MONDAY)
    assert not change_password(administered, unknown, "mua xuân ở Ba Vì", "#new")
    administered.persons.rows["chief"] = "#another"
    assert not change_password(administered, begun, "mua xuân ở Ba Vì", "#new")
    assert administered.persons.rows == {"chief": "#another", "deputy": "#right as well"}


def test_a_right_password_does_not_cover_guesses_at_others(administered: MemoryUnit) -> None:
    """Whoever has an account of his own gains no tries by signing in between."""
    with pytest.raises(TooMany):
        for _ in range(5):
            for _ in range(4):
                administer(administered, "wrong", "deputy")
            administer(administered, "right", "chief")
    assert failures(administered, "address 10.0.0.7")["deputy"] <= 5


def test_a_password_changed_meanwhile_opens_nothing(administered: MemoryUnit) -> None:
    begun = begin_person_sign_in(administered, "10.0.0.7", "chief", MONDAY)
    administered.persons.rows["chief"] = "#another"
    assert open_person_session(administered, begun, MONDAY) is None


def prove_person(unit: MemoryUnit, name: str, secret: str, now: int) -> str | None:
    begun = begin_proof(unit, name, now)
    if not same(begun.secret_hash, secret):
        return None
    forgive(unit, begun)
    return begun.account


def test_at_the_machine_an_administrator_or_a_clerk_proves_who_it_is(unit: MemoryUnit) -> None:
    unit.persons.add("quan-tri", "#secret")
    assert prove_person(unit, "quan-tri", "secret", unit.now) == "quan-tri"
    assert prove_person(unit, "c1", "1234", unit.now) == "Lan"
    assert prove_person(unit, "Lan", "5678", unit.now) is None
    assert prove_person(unit, "Nobody", "1234", unit.now) is None


def test_wrong_secrets_at_the_machine_lock_out_as_well(unit: MemoryUnit) -> None:
    for _ in range(5):
        assert prove_person(unit, "Lan", "0000", unit.now) is None
    with pytest.raises(TooMany):
        prove_person(unit, "Lan", "1234", unit.now + MINUTE - 1)
    assert prove_person(unit, "Lan", "1234", unit.now + MINUTE) == "Lan"
