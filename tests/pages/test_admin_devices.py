"""The administrator's devices: a newcomer gets its place, and pairings of the past are put away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from config.schema import PrinterSection
from tests.office import OfficeStory, sample_configuration
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.test_admin_page import admin

MINUTE = 60_000


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    """Two kiosks, each at a printer of its own; nothing listens at the printers' addresses."""
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    printers = [
        PrinterSection(name=name, url=f"tcp://127.0.0.1:{port}", kiosks=[kiosk])
        for name, port, kiosk in (("hall", 1, "kiosk-1"), ("side", 2, "kiosk-2"))
    ]
    known = sample_configuration(f"sqlite:///{tmp_path}/office.db", opening="always")
    yield from serving(OfficeStory("", known.model_copy(update={"printer": printers})))


def test_a_kiosk_that_lost_its_token_is_given_its_place_again(machines: RunningOffice, open_page: Opener) -> None:
    now = machines.story.clock.now_ms()
    with machines.story.app.store.writing() as tables:
        tables.devices.add("kiosk-1", "kiosk", None, "hash 1", now)
        tables.devices.add("kiosk-2", "kiosk", None, "hash 2", now - 60 * MINUTE)
    asked = machines.send("POST", "/api/v1/devices/pair", "admin", {"role": "kiosk", "name": "kiosk"})
    page = admin(machines, open_page, "devices")
    choice = page.locator(".pairs select")
    expect(choice.locator("option")).to_have_text(
        ["kiosk-2 (đang im: máy cũ ở đó bị thay)", "kiosk-1 (đang chạy: máy cũ ở đó bị thay)"]
    )
    page.click(".pairs .button.primary")
    expect(page.locator(".pairs")).to_have_count(0)
    assert machines.send("POST", "/api/v1/devices/pair/token", "admin", {"device_code": asked["device_code"]})["token"]
    devices = machines.send("GET", "/api/v1/devices", "admin")["devices"]
    assert [one["name"] for one in devices if one["role"] == "kiosk"] == ["kiosk-1", "kiosk-2"]


def test_pairings_of_the_past_are_no_alarm_and_are_put_away(machines: RunningOffice, open_page: Opener) -> None:
    now = machines.story.clock.now_ms()
    with machines.story.app.store.writing() as tables:
        for number, name in enumerate(("board", "board-2", "board-3")):
            tables.devices.add(name, "board", None, f"hash {name}", now - (60 - 10 * number) * MINUTE)
            tables.devices.set_state(name, now - (50 - 10 * number) * MINUTE, "offline", "{}")
    page = admin(machines, open_page, "devices")
    expect(page.locator(".devices tr.broken", has_text="board")).to_have_count(1)
    expect(page.locator(".earlier small")).to_have_text(["board", "board-2"])
    page.locator(".earlier .button").first.click()
    expect(page.locator(".earlier small")).to_have_text(["board-2"])
    page.locator(".devices tr", has_text="board-3").locator(".button", has_text="Cất đi").click()
    expect(page.locator(".devices tr", has_text="board-3")).to_have_count(0)
    left = machines.send("GET", "/api/v1/devices", "admin")["devices"]
    assert [one["name"] for one in left if one["role"] == "board"] == ["board-2"]
