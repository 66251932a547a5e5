"""Devices that come, go, fail and recover; and what a heartbeat changes."""

from __future__ import annotations

import json

import pytest

from contract.events import DeviceChange
from kiosk.actions.devices import record_device_change, record_heartbeat, rename_device
from kiosk.domain.errors import BadRequest, UnknownDevice
from tests.kiosk.actions.memory import MINUTE, MONDAY, MemoryUnit


@pytest.mark.parametrize("change", ["online", "offline", "fault", "recovered"])
def test_a_change_of_a_device_is_an_event_of_its_type(change: DeviceChange) -> None:
    unit = MemoryUnit()
    record_device_change(unit, "printer", "hall", change, "cover_open")
    assert unit.events == [(f"device.{change}", "hall", {"kind": "printer", "state": change, "reason": "cover_open"})]


# (state before, what the heartbeat says, the change that is recorded)
BEATS = [
    ("new", "online", "online"),
    ("offline", "online", "online"),
    ("fault", "online", "recovered"),
    ("online", "online", None),
    ("online", "no_screen", "fault"),
    ("no_screen", "no_screen", None),
    ("no_screen", "online", "online"),
    ("offline", "fault", "fault"),
]


@pytest.mark.parametrize(("before", "beat", "change"), BEATS)
def test_a_heartbeat_is_an_event_only_when_the_state_changes(before: str, beat: str, change: str | None) -> None:
    unit = MemoryUnit()
    unit.devices.add("tv", "board", None, "hash", MONDAY)
    unit.devices.set_state("tv", None, before, "{}")
    unit.passes(MINUTE)
    record_heartbeat(unit, "tv", {"state": beat, "reason": "no_sound", "screens": 2})
    device = unit.devices.get("tv")
    assert device is not None
    assert (device.seen_at, device.state) == (MONDAY + MINUTE, beat)
    assert json.loads(device.report) == {"state": beat, "reason": "no_sound", "screens": 2}
    data = {"kind": "board", "state": change, "reason": "no_sound"}
    assert unit.events == ([] if change is None else [(f"device.{change}", "tv", data)])


def test_a_device_that_is_not_registered_leaves_no_trace() -> None:
    unit = MemoryUnit()
    record_heartbeat(unit, "gone", {"state": "online", "reason": "Lan đã về"})
    assert (unit.devices.rows, unit.events, unit.free_texts.rows) == ({}, [], [])


def test_the_words_of_a_heartbeat_are_in_no_event() -> None:
    unit = MemoryUnit()
    unit.devices.add("tv", "board", None, "hash", MONDAY)
    words = {"state": "Lan ở đây", "reason": "gọi 0912345678", "owner": "Nguyễn Văn An", "id": 1089012345678, "pin": 5}
    record_heartbeat(unit, "tv", words)
    device = unit.devices.get("tv")
    assert device is not None and json.loads(device.report) == {"state": "fault", "reason": "other", "pin": 5}
    assert unit.events == [("device.fault", "tv", {"kind": "board", "state": "fault", "reason": "other"})]
    ((_, kind, about, text, _),) = unit.free_texts.rows
    assert (kind, about) == ("heartbeat", "tv") and "0912345678" in text and "1089012345678" in text


def test_a_device_with_another_name_goes_on_as_it_was() -> None:
    unit = MemoryUnit()
    unit.devices.add("counter-1", "counter", "1", "hash", MONDAY)
    unit.devices.add("counter-2", "counter", "2", "another", MONDAY)
    unit.sessions.add("cookie", "c1", "1", "counter-1", MONDAY + MINUTE)
    rename_device(unit, "counter-1", "quay-1")
    assert sorted(unit.devices.rows) == ["counter-2", "quay-1"]
    assert unit.sessions.rows["cookie"].device == "quay-1"
    with pytest.raises(BadRequest, match='there is a device "quay-1" already'):
        rename_device(unit, "counter-2", "quay-1")
    with pytest.raises(UnknownDevice):
        rename_device(unit, "counter-1", "quay-9")
    rename_device(unit, "quay-1", "quay-1")
