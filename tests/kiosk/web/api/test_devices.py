"""Pairing over HTTP, and putting a device away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.schema import PrinterSection
from tests.office import OfficeStory, sample_configuration


@pytest.fixture
def machines(home: Path) -> Iterator[OfficeStory]:
    """Two kiosks, each at a printer of its own."""
    printers = [
        PrinterSection(name=name, url=f"tcp://10.0.0.9:{port}", kiosks=[kiosk])
        for name, port, kiosk in (("hall", 9100, "kiosk-1"), ("side", 9101, "kiosk-2"))
    ]
    known = sample_configuration(f"sqlite:///{home}/motcua.db").model_copy(update={"printer": printers})
    story = OfficeStory("", known)
    yield story
    story.close()


SECRETS: dict[str, str] = {}  # of the devices, by the codes that they show


def ask(office: OfficeStory) -> str:
    asked = office.send("POST", "/api/v1/devices/pair", None, {"role": "kiosk", "name": "kiosk"}).json
    SECRETS[asked["code"]] = asked["device_code"]
    return str(asked["code"])


def places(office: OfficeStory) -> list[tuple[str, str]]:
    (waiting,) = office.send("GET", "/api/v1/devices", "admin").json["pairings"]
    return [(place["name"], place["state"]) for place in waiting["places"]]


def let_in(office: OfficeStory, code: str, **body: str) -> str:
    """The token of the device that asked."""
    assert office.send("POST", f"/api/v1/devices/pair/{code}/approve", "admin", body).status_code == 200
    token: str = office.send("POST", "/api/v1/devices/pair/token", None, {"device_code": SECRETS[code]}).json["token"]
    return token


def here(office: OfficeStory, token: str) -> object:
    answer = office.send("GET", "/api/v1/printers", None, Authorization=f"Bearer {token}")
    return answer.json.get("here", answer.status_code)


def test_a_kiosk_paired_again_takes_its_place_and_prints_at_its_own_machine(machines: OfficeStory) -> None:
    first = ask(machines)
    assert places(machines) == [("kiosk-1", "free"), ("kiosk-2", "free")]
    refused = machines.send("POST", f"/api/v1/devices/pair/{first}/approve", "admin", {})
    assert (refused.status_code, refused.json["detail"]) == (
        400,
        "say which place this device has: kiosk-1, kiosk-2",
    )
    old = let_in(machines, first, name="kiosk-2")
    assert here(machines, old) == "side"
    machines.clock.passes(120)
    code = ask(machines)
    assert places(machines) == [("kiosk-1", "free"), ("kiosk-2", "silent")]
    new = let_in(machines, code, name="kiosk-2")
    machines.clock.passes(2)
    assert (here(machines, old), here(machines, new)) == (401, "side")
    devices = machines.send("GET", "/api/v1/devices", "admin").json["devices"]
    assert [one["name"] for one in devices if one["role"] == "kiosk"] == ["kiosk-2"]


def test_a_kiosk_without_a_place_has_a_fault_and_no_printer(machines: OfficeStory) -> None:
    answer = machines.send("GET", "/api/v1/printers", "kiosk")
    assert answer.json["here"] is None
    ticket = machines.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"}).json
    assert ticket["print"] == {"state": "NOT_PRINTED", "reason": "no_printer"}
    (device,) = [
        one for one in machines.send("GET", "/api/v1/devices", "admin").json["devices"] if one["role"] == "kiosk"
    ]
    assert (device["state"], device["report"]) == ("fault", {"reason": "no_printer"})
    (seen,) = machines.send("GET", "/api/v1/equipment", "admin").json["devices"] or [{"state": "not heard"}]
    assert seen["state"] in {"fault", "not heard"}


def test_a_device_is_put_away_by_an_administrator_alone(machines: OfficeStory) -> None:
    token = let_in(machines, ask(machines), name="kiosk-1")
    for role in ("tablet", "counter", "board"):
        assert machines.send("DELETE", "/api/v1/devices/kiosk-1", role, counter="1").status_code == 403
    assert here(machines, token) == "hall"
    assert machines.send("DELETE", "/api/v1/devices/kiosk-1", "admin").status_code == 204
    machines.clock.passes(2)
    assert here(machines, token) == 401
    assert machines.send("DELETE", "/api/v1/devices/kiosk-1", "admin").status_code == 404


def test_an_earlier_pairing_is_told_apart_from_the_one_that_stands_there(machines: OfficeStory) -> None:
    with machines.app.store.writing() as tables:
        now = machines.clock.now_ms()
        tables.devices.add("board", "board", None, "hash 1", now - 900_000)
        tables.devices.add("board-2", "board", None, "hash 2", now)
    devices = machines.send("GET", "/api/v1/devices", "admin").json["devices"]
    assert {one["name"]: one["replaced"] for one in devices if one["role"] == "board"} == {
        "board": True,
        "board-2": False,
    }


def test_a_renamed_device_keeps_its_token(machines: OfficeStory) -> None:
    token = let_in(machines, ask(machines), name="kiosk-2")
    renamed = machines.send("PUT", "/api/v1/devices/kiosk-2/name", "admin", {"name": "kiosk-1"})
    assert renamed.status_code == 204
    machines.clock.passes(2)
    assert here(machines, token) == "hall"
    assert machines.send("PUT", "/api/v1/devices/kiosk-2/name", "admin", {"name": "x"}).status_code == 404
    assert machines.send("PUT", "/api/v1/devices/kiosk-1/name", "kiosk", {"name": "x"}).status_code == 403
