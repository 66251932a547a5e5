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
import zxingcpp
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, expect

from tests.e2e.demo import Demo, until

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path / "demo")
    yield running
    running.stop()


def opened(browser: Browser, address: str, width: int, height: int) -> Page:
    page = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN").new_page()
    page.set_default_timeout(20_000)
    page.goto(address)
    return page


def read(picture: Path, layout: str = "6") -> str:
    """What OCR reads on a picture."""
    command = ["tesseract", str(picture), "-", "-l", "vie", "--psm", layout]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def read_figures(picture: Path) -> str:
    """A line of figures."""
    command = ["tesseract", str(picture), "-", "--psm", "7", "-c", "tessedit_char_whitelist=0123456789"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def without_codes(slip: Image.Image) -> Image.Image:
    """White where a QR code stands: OCR takes some of them for a column, and the line of words below for its rest."""
    blank = slip.copy()
    for code in zxingcpp.read_barcodes(slip):
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        across, down = [corner.x for corner in corners], [corner.y for corner in corners]
        blank.paste(255, (min(across) - 8, min(down) - 8, max(across) + 8, max(down) + 8))
    return blank


def read_slip(paper: Path, folder: Path) -> tuple[str, str]:
    """(figures of the number, the words) of a slip; enlarged and framed, as a scanner would."""
    slip = without_codes(Image.open(paper).convert("L"))
    words = ImageOps.expand(slip.resize((slip.width * 2, slip.height * 2), Image.Resampling.LANCZOS), 40, 255)
    number = ImageOps.expand(slip.crop((210, 62, 576, 228)), 60, 255)
    words.save(folder / "words.png")
    number.save(folder / "number.png")
    return read_figures(folder / "number.png"), read(folder / "words.png", "4")


def touch(page: Page, target: str) -> None:
    page.locator(target).wait_for()
    page.wait_for_timeout(400)
    page.locator(target).click()


def take_number(kiosk: Page) -> None:
    """Three touches at the pace of a finger: a second touch within a quarter of a second counts as the same one."""
    for target in ("main.home button.take", 'button.service[data-service="HT"]', "main.priority button.take"):
        touch(kiosk, target)


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


def is_rated(demo: Demo) -> bool:
    """Today, beside the ratings of the sample day."""
    return any(e["type"] == "rating.submitted" and e["business_date"] == today() for e in journal(demo)["events"])


def test_a_new_user_plays_the_whole_story(demo: Demo, browser: Browser, tmp_path: Path) -> None:
    kiosk = opened(browser, f"{demo.address}/kiosk", 1080, 1920)
    clerk = opened(browser, f"{demo.address}/counter?counter=1", 1366, 768)
    tablet = opened(browser, f"{demo.address}/tablet?counter=1", 1280, 800)

    take_number(kiosk)
    expect(kiosk.get_by_role("heading", name="Xin lấy phiếu")).to_be_visible()
    paper = until("the slip", demo.papers)[0]
    figures, words = read_slip(paper, tmp_path)
    assert "001" in figures, figures
    words = " ".join(words.replace("–", "-").split())  # a dash is a dash to OCR, lines end where the type lets them
    assert "Tư pháp - Hộ tịch" in words and "Vui lòng giữ phiếu, chờ gọi số. Xin cảm ơn!" in words, words

    clerk.get_by_text("Gọi số tiếp", exact=False).first.wait_for()
    clerk.keyboard.press("Space")
    clerk.get_by_text("Bắt đầu").first.wait_for()
    expect(tablet.get_by_text("001").first).to_be_visible()

    snapshot = tmp_path / "tv.png"
    demo.motcua("board", "--headless", "--snapshot", str(snapshot))
    assert "không, không, một" in " ".join(read(snapshot).split())
    spotlight = tmp_path / "spotlight.png"
    ImageOps.expand(Image.open(snapshot).convert("L").crop((420, 270, 1200, 620)), 80, 184).save(spotlight)
    assert "001" in read_figures(spotlight)

    clerk.wait_for_timeout(1600)  # the space bar rests for 1.5 s by design
    clerk.keyboard.press("Space")
    clerk.get_by_text("Xong", exact=False).first.wait_for()
    clerk.wait_for_timeout(1600)
    clerk.keyboard.press("Space")
    touch(tablet, 'button.level[data-level="very_satisfied"]')
    expect(tablet.get_by_text("Cảm ơn").first).to_be_visible()

    until("the rating, once it may no longer be chosen anew", lambda: is_rated(demo))
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
