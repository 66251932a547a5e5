"""The voice studio in a real browser, with a microphone that hears a file."""

from __future__ import annotations

import array
import math
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from display_board.announcer import Announcer
from display_board.state import Call
from display_board.voice import Voice
from display_board.voice_line import VoiceLine
from display_board.voices.loudness import loudness
from display_board.voices.packs import Shelf
from display_board.voices.phrases import Manner
from display_board.voices.synthesis import Synthesiser, build
from display_board.voices.wav import encode, parse_clip
from tests.browser import ARGUMENTS, CHROMIUM
from tests.pages.conftest import House

RATE = 48_000
SPEAKER = "chị Hoa, thôn 3"


def spoken_file(folder: Path) -> Path:
    """Somebody says a phrase of 0.9 s after half a second, in a room that hums a little."""
    samples = array.array("h")
    for n in range(RATE * 6):
        at = n / RATE - 0.5
        loud = 6000 * min(1.0, at / 0.02, (0.9 - at) / 0.05) if 0 < at < 0.9 else 0
        voice = math.sin(math.tau * 180 * at) + 0.5 * math.sin(math.tau * 540 * at + 3 * math.sin(math.tau * 3 * at))
        samples.append(round(loud * voice + 15 * math.sin(math.tau * 50 * n / RATE)))
    path = folder / "spoken.wav"
    path.write_bytes(encode(samples, RATE))
    return path


@pytest.fixture
def studio(browser: Browser, house: House, tmp_path: Path) -> Iterator[Page]:
    """The studio open at Hrê; the microphone of its browser hears `spoken_file`."""
    microphone = [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={spoken_file(tmp_path)}%noloop",
        "--autoplay-policy=no-user-gesture-required",
    ]  # fmt: skip
    with_microphone = browser.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS + microphone)
    context = with_microphone.new_context(viewport={"width": 1366, "height": 768}, permissions=["microphone"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(10_000)
    page.goto(f"{house.address}/admin/voices#token={house.story.token('admin')}")
    page.click("nav a[href='#hre']")
    page.wait_for_selector("nav a.now[href='#hre']")
    yield page
    with_microphone.close()
    assert errors == []


def sign(page: Page) -> None:
    page.fill("#speaker", SPEAKER)
    page.click(".speaker button")
    expect(page.locator(".recorder .big")).to_be_enabled()


def record(page: Page, key: str) -> None:
    page.click(f".tile[data-phrase='{key}']")
    page.click(".recorder .big")
    expect(page.locator(".recorder .mark.well")).to_contain_text(SPEAKER, timeout=15_000)


class Hall:
    """Remembers what sounded."""

    def __init__(self) -> None:
        self.played: list[array.array[int]] = []

    def play(self, samples: array.array[int]) -> None:
        self.played.append(samples)

    def is_playing(self) -> bool:
        return False


def say(house: House, call: Call, folder: Path) -> list[array.array[int]]:
    """What the hall hears of a call, from a board on another machine."""
    hall = Hall()
    line = VoiceLine(house.address, house.story.token("board"), folder, house.story.clock.now_ms)
    announcer = Announcer(hall, Voice(line, Synthesiser("no-such-program"), folder, house.story.clock.now_ms))
    announcer.start()
    announcer.announce(call, "bà con", 1)
    waited = threading.Event()
    for _ in range(400):
        if announcer.is_done():
            break
        waited.wait(0.02)
    announcer.stop()
    assert announcer.is_done()
    return hall.played


def test_a_recorded_phrase_is_heard_in_the_next_call(studio: Page, house: House, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "voices")
    build(shelf, "vi", Manner(), Synthesiser())
    call = Call("A001", "HT", "1", 0, False, "t", "hre")
    before = say(house, call, tmp_path / "tv-1")
    sign(studio)
    record(studio, "invite")
    expect(studio.locator(".progress")).to_contain_text("Đã ghi 1 trên 17 câu")
    pack = shelf.pack("hre")
    clip = pack.clips["invite"]
    samples = parse_clip(shelf.read("hre", clip))
    assert 0.85 < len(samples) / 22050 < 1.15
    assert abs(loudness(samples, 22050) + 20) < 0.2
    assert (clip.speaker, clip.origin, clip.text) == (SPEAKER, "recorded", "Mời bà con có số")
    after = say(house, call, tmp_path / "tv-1")
    assert len(after) == len(before) == 2
    assert samples.tobytes() in after[1].tobytes()
    assert samples.tobytes() not in before[1].tobytes()
    assert len(after[1]) > 1.5 * len(before[1])
