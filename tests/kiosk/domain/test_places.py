"""A device keeps its place when its token is lost: which places there are, and which pairings are past."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.accounts import RegisteredDevice
from kiosk.domain.places import Place, is_alive, place_names, places, replaced
from kiosk.domain.service import Office
from tests.kiosk.actions.memory import MINUTE, MONDAY, small_office


def device(
    name: str, role: str = "kiosk", counter: str | None = None, made: int = 0, seen: int | None = None
) -> RegisteredDevice:
    """Times in minutes from now."""
    heard = None if seen is None else MONDAY + seen * MINUTE
    return RegisteredDevice(name, role, counter, MONDAY + made * MINUTE, None, None, heard, "online", "{}")


@pytest.fixture
def office() -> Office:
    """The printer in the hall names no kiosk, the other two name one each."""
    dispensers = {"kiosk-2": "side", "kiosk-3": "back"}
    return replace(small_office(), printers=("hall", "side", "back"), dispensers=dispensers, shared_printer="hall")


@pytest.mark.parametrize(
    ("role", "counter", "names"),
    [
        ("kiosk", None, ("kiosk", "kiosk-2", "kiosk-3")),
        ("counter", "1", ("counter-1",)),
        ("tablet", "3", ("tablet-3",)),
        ("tablet", None, ()),
        ("counter", "9", ()),
        ("board", None, ()),
        ("sync", "1", ()),
    ],
)
def test_the_configuration_names_the_places(
    office: Office, role: str, counter: str | None, names: tuple[str, ...]
) -> None:
    assert place_names(office, role, counter) == names


def test_where_every_printer_names_its_kiosks_there_is_no_other_place(office: Office) -> None:
    assert place_names(replace(office, shared_printer=None), "kiosk", None) == ("kiosk-2", "kiosk-3")
    assert place_names(replace(office, dispensers={}), "kiosk", None) == ()


def test_a_kiosk_that_gives_no_numbers_has_a_place_too(office: Office) -> None:
    informing = replace(office, information=frozenset({"look-up"}))
    assert place_names(informing, "kiosk", None) == ("kiosk", "kiosk-2", "kiosk-3", "look-up")
    assert place_names(replace(informing, dispensers={}), "kiosk", None) == ("kiosk", "look-up")


def test_an_office_without_a_printer_has_a_place_for_the_kiosk_that_gives_numbers(office: Office) -> None:
    plain = replace(office, printers=(), dispensers={}, shared_printer=None)
    informing = replace(plain, information=frozenset({"look-up"}))
    assert place_names(informing, "kiosk", None) == ("kiosk", "look-up")
    assert place_names(replace(plain, information=frozenset({"kiosk"})), "kiosk", None) == ("kiosk",)


def test_free_places_are_offered_first_then_those_of_silent_devices(office: Office) -> None:
    devices = [
        device("kiosk", made=-60, seen=0),
        device("kiosk-2", made=-60, seen=-5),
        device("kiosk-3")._replace(revoked_at=MONDAY),
    ]
    offered = places(office, devices, "kiosk", None, MONDAY)
    assert offered == (
        Place("kiosk-3", "free"),
        Place("kiosk-2", "silent"),
        Place("kiosk-4", "free"),
        Place("kiosk", "in_use"),
    ), "and last one more at the printer that names no kiosk"


@pytest.fixture
def beside_a_desk(office: Office) -> Office:
    """One printer, which names no kiosk, and a touch screen that gives no numbers."""
    return replace(office, printers=("hall",), dispensers={}, information=frozenset({"look-up"}))


def test_a_second_kiosk_at_the_printer_that_names_none_has_a_place_while_the_first_is_in_use(
    beside_a_desk: Office,
) -> None:
    def offered(*devices: RegisteredDevice) -> list[tuple[str, str]]:
        return [(place.name, place.state) for place in places(beside_a_desk, devices, "kiosk", None, MONDAY)]

    first, second = device("kiosk", seen=0), device("kiosk-2", seen=0)
    assert offered() == [("kiosk", "free"), ("look-up", "free")]
    assert offered(first) == [("look-up", "free"), ("kiosk-2", "free"), ("kiosk", "in_use")]
    assert offered(first, second)[1:] == [("kiosk-3", "free"), ("kiosk", "in_use"), ("kiosk-2", "in_use")]
    lost = [("look-up", "free"), ("kiosk-2", "silent"), ("kiosk", "in_use")]
    assert offered(first, device("kiosk-2", made=-60, seen=-5)) == lost, "it takes its own place again"
    assert offered(first, second._replace(revoked_at=MONDAY)) == offered(first)


def test_one_more_kiosk_is_never_called_as_the_file_calls_another(office: Office) -> None:
    offered = places(office, [device("kiosk", seen=0)], "kiosk", None, MONDAY)
    assert [place.name for place in offered] == ["kiosk-2", "kiosk-3", "kiosk-4", "kiosk"]
    without = replace(office, shared_printer=None)
    assert [place.name for place in places(without, [], "kiosk", None, MONDAY)] == ["kiosk-2", "kiosk-3"]
    informing = replace(office, printers=(), dispensers={}, shared_printer=None, information=frozenset({"kiosk"}))
    offered = places(informing, [device("kiosk", seen=0)], "kiosk", None, MONDAY)
    assert [place.name for place in offered] == ["kiosk"], "no printer is shared there"


@pytest.mark.parametrize(
    ("made", "seen", "alive"), [(-60, 0, True), (-60, -1, False), (0, None, True), (-1, None, False), (-1, 0, True)]
)
def test_a_device_is_alive_that_was_heard_or_paired_within_a_minute(made: int, seen: int | None, alive: bool) -> None:
    assert is_alive(device("kiosk", made=made, seen=seen), MONDAY) is alive


def test_a_silent_pairing_is_past_when_a_later_one_stands_in_its_place() -> None:
    devices = [
        device("counter-1", "counter", "1", made=-900, seen=-60),
        device("counter-1-2", "counter", "1", made=-60, seen=-30),
        device("counter-1-3", "counter", "1", made=-30, seen=0),
        device("counter-2", "counter", "2", made=-900, seen=-60),
        device("kiosk-1", made=-900, seen=-60),
        device("kiosk-2", made=-900, seen=0),
        device("board-2", "board", made=-900, seen=-60),
    ]
    assert replaced(devices, MONDAY) == {"counter-1", "counter-1-2"}, "one line is left for each place"


def test_two_devices_that_both_live_are_two_lines() -> None:
    devices = [device("board", "board", seen=0), device("board-2", "board", seen=0)]
    assert replaced(devices, MONDAY) == frozenset()


def test_a_second_screen_that_falls_silent_is_an_alarm() -> None:
    devices = [device("board", "board", made=-900, seen=0), device("board-2", "board", made=-800, seen=-5)]
    assert replaced(devices, MONDAY) == frozenset(), "both ran side by side"


def test_a_pairing_is_past_also_when_the_first_of_its_kind_was_put_away() -> None:
    devices = [device("board-2", "board", made=-60, seen=-30), device("board-3", "board", made=-30, seen=-10)]
    assert replaced(devices, MONDAY) == {"board-2"}
    kiosks = [device("kiosk-1", made=-60, seen=-30), device("kiosk-2", made=-30, seen=0)]
    assert replaced(kiosks, MONDAY) == frozenset(), "which are two machines"
