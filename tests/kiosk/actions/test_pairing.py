"""Pairing: a device asks, an administrator approves, the device collects its token once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.actions.credentials import remove_device
from kiosk.actions.pairing import Pairing, PairingInput, approve_pairing, collect_token, pairing_state, request_pairing
from kiosk.domain.errors import BadRequest, TooMany, UnknownCounter, UnknownDevice, UnknownPairing
from kiosk.domain.tokens import hash_token
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit

SECRETS: dict[str, str] = {}  # of the devices, by the codes that they show


@pytest.fixture
def unit() -> MemoryUnit:
    return MemoryUnit()


def ask(unit: MemoryUnit, name: str = "pc-1", role: str = "counter", local: bool = False, at: int = MONDAY) -> str:
    return remembered(
        request_pairing(unit, unit.office, PairingInput(role, name, "1", f"10.0.{len(SECRETS)}.1"), local, at)
    ).code


def remembered(asked: Pairing) -> Pairing:
    assert asked.device_code is not None
    SECRETS[asked.code] = asked.device_code
    return asked


def collect(unit: MemoryUnit, code: str, at: int) -> Pairing:
    """By the secret of the device that shows the code."""
    return collect_token(unit, SECRETS.get(code.upper(), code), at)


def test_a_device_waits_for_approval_then_collects_its_token_once(unit: MemoryUnit) -> None:
    code = ask(unit)
    assert unit.pairings.get(code) is not None
    assert collect(unit, code, MONDAY).state == "waiting"
    approved = approve_pairing(unit, unit.office, code.lower(), None, MONDAY + 1)
    assert (approved.code, approved.state, approved.token) == (code, "approved", None)
    collected = collect(unit, code.lower(), MONDAY + 2)
    assert (collected.code, collected.state) == (code, "approved")
    assert collected.token is not None and unit.devices.tokens == {hash_token(collected.token): "pc-1"}
    device = unit.devices.get("pc-1")
    assert device is not None
    assert (device.role, device.counter, device.made_at, device.expires_at) == ("counter", "1", MONDAY + 2, None)
    again = collect(unit, code, MONDAY + 3)
    assert (again.state, again.token) == ("collected", None)
    assert len(unit.devices.all()) == 1


@pytest.mark.parametrize(
    ("role", "local", "state"),
    [
        ("kiosk", True, "approved"),
        ("tablet", True, "approved"),
        ("counter", True, "approved"),
        ("board", True, "approved"),
        ("admin", True, "waiting"),
        ("sync", True, "waiting"),
        ("report", True, "waiting"),
        ("kiosk", False, "waiting"),
    ],
)
def test_only_a_screen_of_this_machine_needs_no_approval(unit: MemoryUnit, role: str, local: bool, state: str) -> None:
    asked = remembered(request_pairing(unit, unit.office, PairingInput(role, "x"), local, MONDAY))
    assert asked.state == state
    assert collect(unit, asked.code, MONDAY).state == state


def test_a_counter_that_there_is_not_is_not_paired(unit: MemoryUnit) -> None:
    with pytest.raises(UnknownCounter):
        request_pairing(unit, unit.office, PairingInput("counter", "pc-9", "9"), False, MONDAY)
    assert unit.pairings.rows == {}


def test_a_code_is_good_for_ten_minutes(unit: MemoryUnit) -> None:
    code = ask(unit, local=True)
    late = ask(unit, "pc-2", local=True)
    assert collect(unit, code, MONDAY + 10 * MINUTE).state == "approved"
    with pytest.raises(UnknownPairing, match="unknown or older than ten minutes"):
        collect(unit, late, MONDAY + 10 * MINUTE + 1)
    assert unit.devices.get("pc-2") is None


def test_an_unknown_code_is_refused(unit: MemoryUnit) -> None:
    with pytest.raises(UnknownPairing):
        collect(unit, "BCDFGHJK", MONDAY)
    with pytest.raises(UnknownPairing, match="no device waits with this code"):
        approve_pairing(unit, unit.office, "BCDFGHJK", None, MONDAY)
    code = ask(unit)
    approve_pairing(unit, unit.office, code, None, MONDAY)
    with pytest.raises(UnknownPairing):
        approve_pairing(unit, unit.office, code, None, MONDAY)


def test_a_hundred_devices_of_as_many_addresses_wait_at_most(unit: MemoryUnit) -> None:
    for n in range(100):
        ask(unit, f"pc-{n}")
    with pytest.raises(TooMany, match="too many devices ask to be paired"):
        ask(unit, "pc-100")
    assert ask(unit, "pc-100", at=MONDAY + 10 * MINUTE)


def test_a_device_in_use_keeps_its_name_and_the_newcomer_gets_a_number(unit: MemoryUnit) -> None:
    for _ in range(3):
        collect(unit, ask(unit, local=True), MONDAY)
    assert [device.name for device in unit.devices.all()] == ["pc-1", "pc-1-2", "pc-1-3"]
    unit.devices.revoke("pc-1-2", MONDAY)
    collect(unit, ask(unit, local=True), MONDAY + 1)
    assert unit.devices.rows["pc-1-2"].made_at == MONDAY + 1


def test_a_name_goes_on_counting_however_many_there_are(unit: MemoryUnit) -> None:
    for n in range(1, 12):
        unit.devices.add("pc-1" if n == 1 else f"pc-1-{n}", "counter", "1", f"hash-{n}", MONDAY)
    collect(unit, ask(unit, local=True), MONDAY)
    assert unit.devices.all()[-1].name == "pc-1-12"


@pytest.fixture
def kiosks() -> MemoryUnit:
    """Two machines: the printer of each names its kiosk."""
    made = MemoryUnit()
    dispensers = {"kiosk-1": "hall", "kiosk-2": "side"}
    made.office = replace(made.office, printers=("hall", "side"), dispensers=dispensers)
    return made


def pair(unit: MemoryUnit, name: str | None, at: int, role: str = "kiosk", counter: str | None = None) -> str:
    """The name under which an administrator lets a device in."""
    asked = PairingInput(role, role if counter is None else f"{role}-{counter}", counter)
    code = remembered(request_pairing(unit, unit.office, asked, False, at)).code
    approve_pairing(unit, unit.office, code, name, at)
    before = set(unit.devices.tokens)
    assert collect(unit, code, at).token is not None
    (token,) = set(unit.devices.tokens) - before
    return unit.devices.tokens[token]


def test_a_kiosk_that_lost_its_token_gets_the_place_that_is_silent(kiosks: MemoryUnit) -> None:
    assert [pair(kiosks, name, MONDAY) for name in ("kiosk-1", "kiosk-2")] == ["kiosk-1", "kiosk-2"]
    kiosks.devices.set_state("kiosk-1", MONDAY + 9 * MINUTE, "online", "{}")
    assert pair(kiosks, None, MONDAY + 9 * MINUTE) == "kiosk-2"
    assert sorted(kiosks.devices.rows) == ["kiosk-1", "kiosk-2"], "and none becomes kiosk-3"


def test_which_of_several_places_a_kiosk_takes_has_to_be_said(kiosks: MemoryUnit) -> None:
    code = remembered(request_pairing(kiosks, kiosks.office, PairingInput("kiosk", "kiosk"), False, MONDAY)).code
    for name in (None, "kiosk-3"):
        with pytest.raises(BadRequest, match="say which place this device has: kiosk-1, kiosk-2"):
            approve_pairing(kiosks, kiosks.office, code, name, MONDAY)
    assert collect(kiosks, code, MONDAY).state == "waiting"


def test_whoever_takes_a_place_ends_what_was_paired_there(kiosks: MemoryUnit) -> None:
    pair(kiosks, "kiosk-1", MONDAY)
    kiosks.sessions.add("cookie", "clerk", "1", "kiosk-1", MONDAY + 60 * MINUTE)
    kiosks.sessions.add("other", "clerk", "1", "kiosk-2", MONDAY + 60 * MINUTE)
    code = remembered(request_pairing(kiosks, kiosks.office, PairingInput("kiosk", "kiosk"), False, MONDAY)).code
    approve_pairing(kiosks, kiosks.office, code, "kiosk-1", MONDAY + 1)
    assert kiosks.devices.rows["kiosk-1"].revoked_at == MONDAY + 1
    assert list(kiosks.sessions.rows) == ["other"]
    collect(kiosks, code, MONDAY + 2)
    assert (kiosks.devices.rows["kiosk-1"].made_at, kiosks.devices.rows["kiosk-1"].revoked_at) == (MONDAY + 2, None)


def test_a_kiosk_of_this_machine_takes_the_only_free_place_and_no_other(kiosks: MemoryUnit) -> None:
    pair(kiosks, "kiosk-2", MONDAY)
    late = MONDAY + 60 * MINUTE
    asked = remembered(request_pairing(kiosks, kiosks.office, PairingInput("kiosk", "kiosk"), True, late))
    assert asked.state == "approved"
    collect(kiosks, asked.code, late)
    assert sorted(kiosks.devices.rows) == ["kiosk-1", "kiosk-2"]
    again = request_pairing(kiosks, kiosks.office, PairingInput("kiosk", "kiosk"), True, late + 60 * MINUTE)
    assert again.state == "waiting", "an earlier pairing ends by an administrator alone"


def test_a_kiosk_of_this_machine_waits_when_two_places_are_free(kiosks: MemoryUnit) -> None:
    assert request_pairing(kiosks, kiosks.office, PairingInput("kiosk", "kiosk"), True, MONDAY).state == "waiting"


def test_a_kiosk_of_this_machine_never_becomes_by_itself_one_that_gives_no_numbers(kiosks: MemoryUnit) -> None:
    """The dispenser lost its token: the place for information is the only free one, and the wrong one."""
    kiosks.office = replace(kiosks.office, information=frozenset({"look-up"}))
    for name in ("kiosk-1", "kiosk-2"):
        pair(kiosks, name, MONDAY)
    assert request_pairing(kiosks, kiosks.office, PairingInput("kiosk", "kiosk"), True, MONDAY).state == "waiting"
    assert pair(kiosks, "look-up", MONDAY) == "look-up", "an administrator says so"


def test_a_second_kiosk_at_a_printer_that_names_none_is_let_in_by_its_place_and_by_no_other_way(
    unit: MemoryUnit,
) -> None:
    unit.office = replace(unit.office, printers=("hall",), shared_printer="hall", information=frozenset({"look-up"}))
    assert [pair(unit, name, MONDAY) for name in ("kiosk", "look-up", "kiosk-2")] == ["kiosk", "look-up", "kiosk-2"]
    assert {unit.office.printer_for(name, "kiosk") for name in ("kiosk", "kiosk-2")} == {"hall"}
    asked = remembered(request_pairing(unit, unit.office, PairingInput("kiosk", "kiosk"), True, MONDAY))
    assert asked.state == "waiting", "the machine's own screen does not become a third one by itself"
    with pytest.raises(BadRequest, match="say which place this device has: kiosk-3, kiosk, look-up, kiosk-2"):
        approve_pairing(unit, unit.office, asked.code, None, MONDAY)


def test_a_tablet_that_lost_its_token_is_the_tablet_of_its_counter_again(unit: MemoryUnit) -> None:
    assert [pair(unit, None, at, "tablet", "1") for at in (MONDAY, MONDAY + MINUTE)] == ["tablet-1", "tablet-1"]
    assert pair(unit, None, MONDAY + MINUTE + 1, "tablet", "1") == "tablet-1-2", "while the first is in use"
    assert pair(unit, "tablet-1", MONDAY + MINUTE + 2, "tablet", "1") == "tablet-1", "but for an administrator"


def test_a_device_that_is_put_away_loses_token_and_sessions(unit: MemoryUnit) -> None:
    pair(unit, None, MONDAY, "tablet", "1")
    unit.sessions.add("cookie", "clerk", "1", "tablet-1", MONDAY + 60 * MINUTE)
    remove_device(unit, "tablet-1")
    assert (unit.devices.rows, unit.sessions.rows) == ({}, {})
    with pytest.raises(UnknownDevice, match='there is no device "tablet-1"'):
        remove_device(unit, "tablet-1")


def test_the_shown_code_tells_the_state_and_collects_nothing(unit: MemoryUnit) -> None:
    code = ask(unit, local=True)
    for _ in range(2):
        assert pairing_state(unit, code.lower(), MONDAY) == Pairing(code, "approved")
    with pytest.raises(UnknownPairing):
        collect_token(unit, code, MONDAY)
    assert collect(unit, code, MONDAY).token is not None
    assert pairing_state(unit, code, MONDAY).state == "collected"


def test_who_asks_again_and_again_pushes_out_his_own_requests_alone(unit: MemoryUnit) -> None:
    honest = ask(unit)
    flood = [
        request_pairing(unit, unit.office, PairingInput("tablet", f"t-{n}", "1", "10.0.0.66"), False, MONDAY + n).code
        for n in range(30)
    ]
    assert list(unit.pairings.rows) == [honest, *flood[-4:]]
    assert unit.pairings.rows[honest].address != "10.0.0.66"
