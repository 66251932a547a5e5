"""A code held before the camera: where the browser reads codes by itself, and nowhere else."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.pages.boxes import faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import dossier_answers, on, press
from tests.pages.looks import too_small

CODE = "000.00.53.H48-240414-0001"
# A camera that sees grey, and a reader that reads the code in its third picture.
BROWSER = """code => {
  const draw = document.createElement("canvas");
  draw.getContext("2d");
  window.cameras = [];
  navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput" }];
  navigator.mediaDevices.getUserMedia = async () => {
    const one = draw.captureStream(5);
    window.cameras.push(one);
    return one;
  };
  let seen = 0;
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { seen += 1; return seen < 3 ? [] : [{ rawValue: code }]; }
  };
  HTMLMediaElement.prototype.play = async () => {};
}"""
CAMERAS = "() => window.cameras.map(one => one.getTracks().every(track => track.readyState === 'ended'))"


def kiosk(running: RunningOffice, open_page: Opener, code: str = CODE) -> Page:
    page = open_page(f"{running.address}/healthz")
    page.add_init_script(f"({BROWSER})({code!r})")
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.folder")
    on(page, "code")
    return page


def test_a_code_before_the_camera_is_looked_up_and_the_camera_is_off(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page)
    dossier_answers(page, "processing")
    assert faults_of(page, 20) == [] and too_small(page, 80) == []
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.post_data or ""))
    press(page, ".look")
    on(page, "dossier")
    assert page.evaluate(CAMERAS) == [True]
    assert [len(body) for body in sent if len(body) > 2000] == [], "no picture leaves the page"


def test_leaving_the_screen_lets_the_camera_go(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page, "")
    press(page, ".look")
    on(page, "camera")
    page.wait_for_function("() => window.cameras.length === 1")
    assert faults_of(page, 20) == []
    press(page, ".key.back")
    on(page, "code")
    assert page.evaluate(CAMERAS) == [True]


def test_a_machine_that_cannot_read_codes_offers_no_camera(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz")
    page.add_init_script("delete window.BarcodeDetector")
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.folder")
    on(page, "code")
    assert page.locator(".look").count() == 0
