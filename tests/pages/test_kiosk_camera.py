"""A code held before the camera: read by the browser where it can, else by a decoder that is fetched then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser import ARGUMENTS, CHROMIUM
from tests.pages.boxes import faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import dossier_answers, on, press
from tests.pages.looks import too_small
from tests.pages.test_kiosk_rating import served
from tests.pages.test_page_weight import MOST_BYTES, has_come, weigh
from tests.ticket_printer.slips import until

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


def test_a_machine_without_a_camera_offers_none(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/healthz")
    page.add_init_script("navigator.mediaDevices.enumerateDevices = async () => [{ kind: 'audiooutput' }]")
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    press(page, ".tile.folder")
    on(page, "code")
    assert page.locator(".look").count() == 0


def video_of(code: str, path: Path, scale: int = 6) -> None:
    """What a camera sees before which a slip is held: grey, a little noise, a square of the code."""
    width, height = 640, 480
    square = Image.open(BytesIO(_png(code, scale))).convert("L")
    frame = Image.effect_noise((width, height), 20).point(lambda light: min(255, light + 40))
    frame.paste(square, ((width - square.width) // 2, (height - square.height) // 2))
    colours = bytes([128]) * (width * height // 2)
    head = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420mpeg2\n".encode()
    path.write_bytes(head + (b"FRAME\n" + frame.tobytes() + colours) * 3)


def _png(code: str, scale: int) -> bytes:
    kept = BytesIO()
    segno.make(code, error="m", micro=False).save(kept, kind="png", scale=scale, border=4)
    return kept.getvalue()


@pytest.fixture
def before_camera(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """A browser without a reader of its own, with a camera that sees this code: a page of it."""
    opened: list[Browser] = []

    def look(code: str) -> Page:
        video_of(code, tmp_path / "camera.y4m")
        seen = f"--use-file-for-fake-video-capture={tmp_path / 'camera.y4m'}"
        flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", seen]
        opened.append(browser.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *flags]))
        page = opened[-1].new_page(viewport={"width": 1080, "height": 1920}, service_workers="block")
        page.add_init_script("delete window.BarcodeDetector")
        return page

    yield look
    for one in opened:
        one.close()


def open_camera(page: Page, tile: str, screen: str) -> None:
    """The browser tells of its camera a moment after the first screen stands."""
    for _ in range(50):
        press(page, tile)
        on(page, screen)
        if page.locator(".look").count():
            break
        press(page, ".key.back")
        on(page, "home")
    press(page, ".look")


def test_a_real_camera_reads_an_appointment_slip_without_a_reader_of_the_browser(
    running: RunningOffice, before_camera: Callable[[str], Page]
) -> None:
    page = before_camera(CODE)
    page.goto(f"{running.address}/healthz")
    sizes = weigh(page, running.page_address("kiosk"), "#stage[data-screen=home]")
    assert [address for address in sizes if "jsqr" in address] == [], "fetched by who opens the camera alone"
    dossier_answers(page, "processing")
    open_camera(page, ".tile.folder", "code")
    page.wait_for_selector("#stage[data-screen=dossier]", timeout=30_000)
    assert until(lambda: has_come(page, sizes, "vendor/jsqr.js"), 10)
    assert sum(sizes.values()) <= MOST_BYTES, "with the decoder too"
    assert page.evaluate("document.querySelectorAll('video').length") == 0


def test_the_square_of_a_slip_before_the_camera_opens_the_faces(
    running: RunningOffice, before_camera: Callable[[str], Page]
) -> None:
    ticket = served(running)
    page = before_camera(f"https://mc.vn/t/{ticket['public_token']}")
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    open_camera(page, ".speech", "rate")
    page.wait_for_selector("#stage[data-screen=faces]", timeout=30_000)
    assert page.inner_text(".whom").split()[:2] == ["A", "001"]
