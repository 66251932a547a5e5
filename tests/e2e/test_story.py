"""The whole story: number, paper, call, TV, rating, one-stop system, figures; then the plug is pulled."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.demo import Demo, until
from tests.pages.conftest import browser  # noqa: F401  the same Chromium as the pages' tests

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path / "demo")
    yield running
    running.stop()


def opened(browser: Browser, address: str, width: int, height: int) -> Page:  # noqa: F811
    page = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN").new_page()
    page.set_default_timeout(20_000)
    page.goto(address)
    return page


def read(picture: Path) -> str:
    """What OCR reads on a picture."""
    command = ["tesseract", str(picture), "-", "-l", "vie", "--psm", "6"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def take_number(kiosk: Page) -> None:
    """Three touches at the pace of a finger: a second touch within a quarter of a second counts as the same one."""
    for target in ("main.home button.take", 'button.service[data-service="HT"]', "main.priority button.take"):
        kiosk.locator(target).wait_for()
        kiosk.wait_for_timeout(400)
        kiosk.locator(target).click()


def today() -> str:
    return datetime.now(ZONE).date().isoformat()


def stored(demo: Demo, epoch: str) -> list[dict[str, Any]]:
    """What the one-stop system holds of an epoch."""
    address = f"{demo.onestop}/events/stored?source=urn:motcua:ba-vi:{epoch}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        body = json.loads(answer.read())
    found: list[dict[str, Any]] = body["events"] if isinstance(body, dict) else body
    return found


def journal(demo: Demo) -> dict[str, Any]:
    events: list[dict[str, Any]] = []
    while True:
        page = demo.get(f"/api/v1/journal?limit=1000&after={len(events)}", demo.admin_token)
        events += page["events"]
        if not page["events"]:
            return {"epoch": page["epoch"], "events": events}


def delivered(demo: Demo) -> bool:
    """Whether the one-stop system holds exactly what the journal holds."""
    book = journal(demo)
    ours = [(e["seq"], e["hash"]) for e in book["events"]]
    return [(e["seq"], e["hash"]) for e in stored(demo, book["epoch"])] == ours


def test_a_new_user_plays_the_whole_story(demo: Demo, browser: Browser, tmp_path: Path) -> None:  # noqa: F811
    kiosk = opened(browser, f"{demo.address}/kiosk", 1080, 1920)
    clerk = opened(browser, f"{demo.address}/counter?counter=1", 1366, 768)
    tablet = opened(browser, f"{demo.address}/tablet?counter=1", 1280, 800)

    take_number(kiosk)
    expect(kiosk.get_by_text("Xin lấy phiếu")).to_be_visible()
    paper = until("the slip", demo.papers)[0]
    text = read(paper)
    assert "001" in text and "Tư pháp" in text and "Đến quầy" in text, text

    clerk.get_by_text("Gọi số tiếp", exact=False).first.wait_for()
    clerk.keyboard.press("Space")
    clerk.get_by_text("Bắt đầu").first.wait_for()
    expect(tablet.get_by_text("001")).to_be_visible()

    snapshot = tmp_path / "tv.png"
    demo.motcua("board", "--headless", "--snapshot", str(snapshot))
    assert "001" in read(snapshot)

    clerk.wait_for_timeout(1600)  # the space bar rests for 1.5 s by design
    clerk.keyboard.press("Space")
    clerk.get_by_text("Xong", exact=False).first.wait_for()
    clerk.wait_for_timeout(1600)
    clerk.keyboard.press("Space")
    tablet.locator('button.level[data-level="very_satisfied"]').click()
    expect(tablet.get_by_text("Cảm ơn")).to_be_visible()

    until("the events at the one-stop system", lambda: delivered(demo))
    report = json.loads(demo.motcua("report", "daily", "--from", today(), "--to", today(), "--format", "json"))
    flat = json.dumps(report)
    assert re.search(r'"issued": 1\b', flat) and re.search(r'"served": 1\b', flat), flat
    assert re.search(r'"very_satisfied": 1\b', flat), flat
    assert "0 differences" in demo.motcua("verify")

    before = journal(demo)
    demo.kill_and_start_again()
    after = journal(demo)
    assert after["epoch"] == before["epoch"] and after["events"][: len(before["events"])] == before["events"]
    kiosk.locator("main.home button.take").wait_for()
    take_number(kiosk)
    expect(kiosk.locator("main").get_by_text("002").first).to_be_visible()
    until("the events after the restart", lambda: delivered(demo))
    assert "0 differences" in demo.motcua("verify")
