"""A code held before the camera: read by the browser where it can, else by the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from kiosk.jobs import code_reader
from tests.browser import ARGUMENTS, CHROMIUM
from tests.kiosk.jobs.test_code_reader import picture
from tests.pages.boxes import faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import dossier_answers, on, press
from tests.pages.looks import too_near, too_small
from tests.pages.test_access import LEAST_GAP_PX

CODE = "000.00.53.H48-240414-0001"
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
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


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child starts as slowly as the machine is loaded."""
    monkeypatch.setattr(code_reader, "MOST_S", 60.0)


def kiosk(running: RunningOffice, open_page: Opener, code: str = CODE, size: tuple[int, int] = (1080, 1920)) -> Page:
    page = open_page(f"{running.address}/healthz", *size)
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


@pytest.mark.parametrize("size", [(1080, 1920), (1280, 800), (1366, 768)])
def test_the_key_of_the_camera_stands_apart_from_the_others(
    running: RunningOffice, open_page: Opener, size: tuple[int, int]
) -> None:
    page = kiosk(running, open_page, size=size)
    for screen in ("code", "rate"):
        on(page, screen)
        assert page.locator(".look").count() == 1
        scale = size[1] / (1920 if size[1] > size[0] else 768)
        near = [pair for pair in too_near(page, LEAST_GAP_PX * scale) if "look" in str(pair) or "ảnh" in str(pair)]
        assert near == [], screen
        assert faults_of(page, 20 * scale) == [] and too_small(page, 79 * min(scale, 1)) == []
        press(page, ".key.back")
        on(page, "home")
        press(page, ".speech")


def test_a_camera_that_is_found_late_is_offered_to_who_is_there_already(
    running: RunningOffice, open_page: Opener
) -> None:
    page = open_page(f"{running.address}/healthz")
    page.add_init_script(f"({BROWSER})({CODE!r})")
    late = "new Promise((resolve) => { window.found = () => resolve([{ kind: 'videoinput' }]); })"
    page.add_init_script(f"navigator.mediaDevices.enumerateDevices = () => {late};")
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.folder")
    on(page, "code")
    press(page, ".pad button")
    assert page.locator(".look").count() == 0
    page.evaluate("window.found()")
    page.wait_for_selector(".look")
    assert page.inner_text(".code b").startswith("1"), "what was typed stays"


def test_leaving_the_screen_lets_the_camera_go(running: RunningOffice, open_page: Opener) -> None:
    page = kiosk(running, open_page, "")
    press(page, ".look")
    on(page, "camera")
    page.wait_for_function("() => window.cameras.length === 1")
    assert faults_of(page, 20) == []
    press(page, ".key.back")
    on(page, "code")
    assert page.evaluate(CAMERAS) == [True]


def test_a_machine_without_a_camera_offers_none(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.folder")
    on(page, "code")
    assert page.locator(".look").count() == 0


def film(file: Path, text: str) -> Path:
    """What a camera films, as Chromium's made-up camera takes it: a slip's square held askew."""
    grey = Image.frombytes("L", (640, 480), picture(text, side=220, turned=15)).tobytes()
    frame = b"FRAME\n" + grey + bytes([128]) * (640 * 480 // 2)
    file.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frame * 3)
    return file


Filmed = Callable[[RunningOffice, str], Page]


@pytest.fixture
def filmed(browser: Browser, tmp_path: Path) -> Iterator[Filmed]:
    """A kiosk on the screen of codes, in a browser that reads none, with a camera before which a code is held."""
    browsers = []

    def opened(running: RunningOffice, text: str) -> Page:
        film_of_it = film(tmp_path / "film.y4m", text)
        arguments = [*CAMERA, f"--use-file-for-fake-video-capture={film_of_it}"]
        with_camera = browser.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS + arguments)
        browsers.append(with_camera)
        context = with_camera.new_context(viewport={"width": 1080, "height": 1920}, permissions=["camera"])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(running.page_address("kiosk"))
        on(page, "home")
        assert page.evaluate("typeof BarcodeDetector") == "undefined", "Debian's Chromium has none"
        press(page, ".tile.folder")
        on(page, "code")
        return page

    yield opened
    for one in browsers:
        one.close()


def test_where_the_browser_reads_no_codes_the_service_does(running: RunningOffice, filmed: Filmed) -> None:
    page = filmed(running, CODE)
    dossier_answers(page, "processing")
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    press(page, ".look")
    on(page, "dossier")
    assert [url for url in asked if url.endswith("/api/v1/camera-pictures")] != []
    assert [url for url in asked if not url.startswith(running.address)] == [], "no picture leaves the office"
    journal = str(running.story.events())
    assert "camera" not in journal and CODE not in journal


def test_the_square_of_a_slip_before_the_camera_opens_the_faces(running: RunningOffice, filmed: Filmed) -> None:
    ticket: dict[str, Any] = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    page = filmed(running, f"{running.address}/t/{ticket['public_token']}")
    press(page, ".look")
    on(page, "faces")


def test_a_service_that_reads_nothing_sends_the_citizen_to_the_keys(running: RunningOffice, filmed: Filmed) -> None:
    page = filmed(running, CODE)
    page.route("**/api/v1/camera-pictures", lambda route: route.fulfill(status=503, json={"code": "unavailable"}))
    press(page, ".look")
    page.wait_for_selector(".message:has-text('Máy ảnh không dùng được')")
