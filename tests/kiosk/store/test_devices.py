"""Devices: one name holds one token, and a revoked token ends at once."""

from __future__ import annotations

import pytest

from kiosk.domain.accounts import RegisteredDevice
from kiosk.store.tables import OfficeTables
from tests.kiosk.store.conftest import NOW


def add(tables: OfficeTables, name: str, role: str = "kiosk", token: str | None = None) -> None:
    tables.devices.add(name, role, None, token or f"hash of {name}", NOW)


def test_a_new_device_was_never_seen(tables: OfficeTables) -> None:
    tables.devices.add("quay-1", "counter", "1", "hash", NOW, NOW + 1000)
    assert tables.devices.get("quay-1") == RegisteredDevice(
        "quay-1", "counter", "1", NOW, NOW + 1000, None, None, "new", "{}"
    )


def test_a_token_lasts_for_ever_unless_a_time_is_given(tables: OfficeTables) -> None:
    add(tables, "hall")
    device = tables.devices.get("hall")
    assert device is not None and device.expires_at is None


def test_a_device_is_found_by_its_token(tables: OfficeTables) -> None:
    add(tables, "hall", token="a")
    add(tables, "door", token="b")
    found = tables.devices.by_token("b")
    assert found is not None and found.name == "door"
    assert tables.devices.by_token("c") is None
    assert tables.devices.get("window") is None


def test_the_same_name_again_replaces_the_device_and_ends_its_token(tables: OfficeTables) -> None:
    add(tables, "hall", token="old")
    tables.devices.set_state("hall", NOW, "online", '{"a": 1}')
    add(tables, "hall", role="tablet", token="new")
    assert tables.devices.by_token("old") is None
    device = tables.devices.by_token("new")
    assert device is not None and (device.role, device.state, device.seen_at) == ("tablet", "new", None)
    assert len(tables.devices.all()) == 1


def test_a_revoked_token_opens_nothing_and_is_revoked_once(tables: OfficeTables) -> None:
    add(tables, "hall", token="a")
    add(tables, "door", token="b")
    assert tables.devices.revoke("hall", NOW + 5)
    assert tables.devices.by_token("a") is None
    assert tables.devices.by_token("b") is not None
    assert not tables.devices.revoke("hall", NOW + 9)
    device = tables.devices.get("hall")
    assert device is not None and device.revoked_at == NOW + 5
    assert not tables.devices.revoke("nobody", NOW)


def test_devices_are_listed_by_role_and_name_with_revoked_ones(tables: OfficeTables) -> None:
    for name, role in (("b", "tablet"), ("a", "tablet"), ("z", "counter"), ("c", "kiosk")):
        add(tables, name, role)
    tables.devices.revoke("a", NOW)
    assert [device.name for device in tables.devices.all()] == ["z", "c", "a", "b"]


def test_a_heartbeat_changes_only_its_device(tables: OfficeTables) -> None:
    add(tables, "hall")
    add(tables, "door")
    tables.devices.set_state("hall", NOW + 7, "fault", '{"paper": false}')
    states = {d.name: (d.seen_at, d.state, d.report) for d in tables.devices.all()}
    assert states == {"hall": (NOW + 7, "fault", '{"paper": false}'), "door": (None, "new", "{}")}


def test_offices_do_not_see_each_others_devices(tables: OfficeTables, other: OfficeTables) -> None:
    add(tables, "hall", token="a")
    add(other, "hall", token="b")
    assert other.devices.by_token("a") is None
    tables.devices.set_state("hall", NOW, "online", "{}")
    tables.devices.revoke("hall", NOW)
    theirs = other.devices.get("hall")
    assert theirs is not None and (theirs.state, theirs.revoked_at) == ("new", None)
    add(tables, "hall", token="c")
    assert [d.name for d in other.devices.all()] == ["hall"]


def test_two_devices_never_share_a_token(tables: OfficeTables) -> None:
    add(tables, "hall", token="a")
    with pytest.raises(Exception, match=r"UNIQUE constraint failed: devices.token_hash"):
        add(tables, "door", token="a")


def test_a_renamed_device_keeps_its_token(tables: OfficeTables) -> None:
    add(tables, "hall", token="a")
    add(tables, "door", token="b")
    assert tables.devices.rename("hall", "window")
    assert not tables.devices.rename("hall", "gate")
    assert {device.name for device in tables.devices.all()} == {"door", "window"}
    renamed = tables.devices.by_token("a")
    assert renamed is not None and renamed.name == "window"


def test_the_tokens_that_open_something_are_listed_with_their_devices(tables: OfficeTables) -> None:
    add(tables, "hall", token="a")
    add(tables, "door", token="b")
    add(tables, "gone", token="c")
    tables.devices.revoke("gone", NOW)
    assert sorted(tables.devices.valid_tokens()) == [("door", "b"), ("hall", "a")]
