"""The voice studio in a real browser, with a microphone that hears a file."""

from __future__ import annotations

import array
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from display_board.announcing.announcer import Announcer
from display_board.announcing.voice import BoardVoice
from display_board.announcing.voice_packs import VoicePackClient
from display_board.state.board import BoardCall
from display_board.voices.espeak import Espeak
from display_board.voices.loudness import loudness
from display_board.voices.packs import PackFolder, clip_for
from display_board.voices.phrases import Manner
from display_board.voices.wav import encode, parse_clip
from kiosk.commands.service_client import board_clients
from tests.browser import ARGUMENTS, CHROMIUM
from tests.display_board.hall import until
from tests.display_board.voices.sounds import build_calls, recording, room, word
from tests.pages.conftest import Opener, RunningOffice

RATE, CLIP_RATE = 48_000, 22_050
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
def studio(browser: Browser, running: RunningOffice, tmp_path: Path) -> Iterator[Page]:
    """The studio open at Hrê; the microphone of its browser hears `spoken_file`."""
    microphone = [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={spoken_file(tmp_path)}%noloop",
        "--autoplay-policy=no-user-gesture-required",
    ]
    with_microphone = browser.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS + microphone)
    context = with_microphone.new_context(viewport={"width": 1366, "height": 768}, permissions=["microphone"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(10_000)
    page.goto(f"{running.address}/admin/voices#token={running.story.token('admin')}")
    page.click("nav a[href='#hre']")
    page.wait_for_selector("nav a.now[href='#hre']")
    yield page
    with_microphone.close()
    assert errors == []


@pytest.fixture
def silent_studio(running: RunningOffice, open_page: Opener) -> Page:
    """The studio on a device without a microphone, as over plain http in the office's network."""
    page = open_page(f"{running.address}/admin/voices#token={running.story.token('admin')}", 1366, 768)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.goto(f"{running.address}/admin/voices#hre")
    page.reload()
    page.wait_for_selector("nav a.now[href='#hre']")
    return page


def sign(page: Page) -> None:
    page.fill("#speaker", SPEAKER)
    page.click(".speaker button")
    expect(page.locator(".recorder .file")).to_be_enabled()


def record(page: Page, key: str) -> None:
    page.click(f".tile[data-phrase='{key}']")
    page.click(".recorder .big")
    expect(page.locator(".recorder .mark.well")).to_contain_text(SPEAKER, timeout=15_000)


class Hall:
    """Remembers what sounded."""

    def __init__(self) -> None:
        self.played: list[array.array[int]] = []

    def open(self) -> None:
        pass

    def play(self, samples: array.array[int]) -> None:
        self.played.append(samples)

    def is_playing(self) -> bool:
        return False

    def reopen(self) -> None:
        raise AssertionError("this device never hangs")


def say(running: RunningOffice, call: BoardCall, folder: Path) -> list[array.array[int]]:
    """What the hall hears of a call, from a board on another machine."""
    hall = Hall()
    service = board_clients(running.address, running.story.token("board"))
    line = VoicePackClient(service, folder, running.story.clock.now_ms)
    announcer = Announcer(hall, BoardVoice(line, Espeak("no-such-program"), folder, running.story.clock.now_ms))
    announcer.start()
    announcer.announce(call, "bà con", 1)
    assert until(announcer.is_done, 60)
    announcer.stop()
    return hall.played


def test_a_recorded_phrase_is_heard_in_the_next_call(studio: Page, running: RunningOffice, tmp_path: Path) -> None:
    shelf = PackFolder(tmp_path / "voices")
    build_calls(shelf, "vi", Manner())
    call = BoardCall("A001", "HT", "1", 0, False, "t", "hre")
    before = say(running, call, tmp_path / "tv-1")
    sign(studio)
    record(studio, "invite")
    expect(studio.locator(".progress")).to_contain_text("Đã ghi 1 trên 17 câu")
    pack = shelf.pack("hre")
    clip = pack.clips["invite"]
    samples = parse_clip(shelf.read("hre", clip))
    assert 0.85 < len(samples) / 22050 < 1.15
    assert abs(loudness(samples, 22050) + 20) < 0.2
    assert (clip.speaker, clip.origin, clip.text) == (SPEAKER, "recorded", "Mời bà con có số")
    after = say(running, call, tmp_path / "tv-1")
    assert len(after) == len(before) == 2
    assert samples.tobytes() in after[1].tobytes()
    assert samples.tobytes() not in before[1].tobytes()
    assert len(after[1]) > 1.5 * len(before[1])


def test_a_recording_ends_by_itself_and_may_be_made_again(studio: Page, running: RunningOffice, tmp_path: Path) -> None:
    shelf = PackFolder(tmp_path / "voices")
    sign(studio)
    record(studio, "digit.7")
    expect(studio.locator(".recorder .big")).to_have_text("Ghi lại")
    before, data = clip_for("digit.7", word(0.3, CLIP_RATE), "recorded", "bảy", SPEAKER, "CC0")
    with shelf.changing("hre") as change:
        change.put("digit.7", before, data)  # the microphone hears the same file again: the old clip must be another
    studio.click(".recorder .big")
    studio.wait_for_selector(".big.stop")
    studio.wait_for_selector(".big.again", timeout=15_000)
    assert shelf.pack("hre").clips["digit.7"].sha256 != before.sha256
    assert len(list((tmp_path / "voices" / "hre").glob("*.wav"))) == 1
    expect(studio.locator("nav a.now small")).to_have_text("1 / 17")
    studio.click(".recorder .next")
    expect(studio.locator(".recorder")).to_have_attribute("data-phrase", "digit.8")


def test_nothing_is_recorded_before_it_is_known_who_speaks(studio: Page) -> None:
    expect(studio.locator(".recorder .big")).to_be_disabled()
    expect(studio.locator(".hindrance")).to_contain_text("xin điền người đọc")
    sign(studio)
    expect(studio.locator(".recorder .big")).to_be_enabled()
    expect(studio.locator(".hindrance")).to_have_count(0)


def test_without_a_microphone_a_recording_of_a_telephone_is_taken(silent_studio: Page) -> None:
    sign(silent_studio)
    expect(silent_studio.locator(".hindrance")).to_contain_text("https")
    expect(silent_studio.locator(".recorder .big")).to_be_disabled()
    sound = FilePayload(name="ghi-am.wav", mimeType="audio/wav", buffer=recording(rate=44_100))
    silent_studio.set_input_files(".recorder input[type=file]", files=[sound])
    expect(silent_studio.locator(".recorder .mark.well")).to_contain_text(SPEAKER)


@pytest.mark.parametrize(
    ("sound", "advice"),
    [
        (encode(room(2), 48_000), "Không nghe thấy gì"),
        (b"nothing of a sound", "Không đọc được tệp âm thanh này"),
        (recording(spoken_s=5.0), "Dài quá"),
        (encode(word(0.9) + room(1), 48_000), "Bị mất phần đầu"),
        (encode(room(1) + word(0.9), 48_000), "Bị mất phần cuối"),
    ],
    ids=["silence", "no sound", "a speech", "begun late", "ended early"],
)
def test_a_bad_recording_is_answered_with_advice(silent_studio: Page, sound: bytes, advice: str) -> None:
    sign(silent_studio)
    file = FilePayload(name="ghi-am.wav", mimeType="audio/wav", buffer=sound)
    silent_studio.set_input_files(".recorder input[type=file]", files=[file])
    expect(silent_studio.locator(".recorder .said")).to_contain_text(advice)
    expect(silent_studio.locator(".recorder .mark.unknown")).to_have_count(1)
    can_be_heard = silent_studio.locator(".recorder .refused")
    expect(can_be_heard).to_have_count(0 if sound == b"nothing of a sound" else 1)


def exchanged(page: Page) -> None:
    """The same take for two phrases: the second is refused."""
    sign(page)
    take = FilePayload(name="ghi-am.wav", mimeType="audio/wav", buffer=recording(pitch=220))
    for key in ("digit.6", "digit.7"):
        page.click(f".tile[data-phrase='{key}']")
        page.set_input_files(".recorder input[type=file]", files=[take])
        if key == "digit.6":
            expect(page.locator(".recorder .mark.well")).to_have_count(1)
    page.wait_for_selector(".recorder .refused")


def test_an_exchanged_take_is_shown_with_the_phrase_that_it_sounds_like(silent_studio: Page, tmp_path: Path) -> None:
    exchanged(silent_studio)
    expect(silent_studio.locator(".recorder .said")).to_contain_text("Nghe giống câu “sáu”. Xin đọc: “bảy”.")
    assert set(PackFolder(tmp_path / "voices").pack("hre").clips) == {"digit.6"}


def test_a_wrongly_refused_take_is_used_once_it_was_heard(silent_studio: Page, tmp_path: Path) -> None:
    exchanged(silent_studio)
    expect(silent_studio.locator(".recorder .byear")).to_have_count(0)
    silent_studio.click(".recorder .refused")
    silent_studio.locator(".recorder .byear").click()
    expect(silent_studio.locator(".recorder .mark.heard")).to_have_text(f"Đã ghi: {SPEAKER}; nghe rồi cho dùng")
    expect(silent_studio.locator(".tile[data-phrase='digit.7'] .mark.heard")).to_have_count(1)
    assert PackFolder(tmp_path / "voices").pack("hre").clips["digit.7"].by_ear


MARK_END = """() => {
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function () {
    this.addEventListener('ended', () => { document.documentElement.dataset.heard = ''; });
    start.call(this);
  };
}"""


def test_a_cut_take_is_heard_and_not_used(silent_studio: Page) -> None:
    sign(silent_studio)
    cut = FilePayload(name="ghi-am.wav", mimeType="audio/wav", buffer=encode(word(0.9) + room(1), 48_000))
    silent_studio.set_input_files(".recorder input[type=file]", files=[cut])
    silent_studio.evaluate(MARK_END)
    silent_studio.click(".recorder .refused")
    silent_studio.wait_for_selector("html[data-heard]")
    expect(silent_studio.locator(".recorder .byear")).to_have_count(0)


def test_a_pack_is_saved_as_a_file_and_brought_in_elsewhere(silent_studio: Page, tmp_path: Path) -> None:
    sign(silent_studio)
    sound = FilePayload(name="ghi-am.wav", mimeType="audio/wav", buffer=recording())
    silent_studio.set_input_files(".recorder input[type=file]", files=[sound])
    expect(silent_studio.locator(".recorder .mark.well")).to_have_count(1)
    with silent_studio.expect_download() as saved:
        silent_studio.click(".export")
    assert saved.value.suggested_filename == "giong-hre.zip"
    pack = saved.value.path().read_bytes()
    shelf = PackFolder(tmp_path / "voices")
    with shelf.changing("hre") as change:
        change.drop("invite")
    silent_studio.reload()
    expect(silent_studio.locator(".progress")).to_contain_text("Đã ghi 0 trên 17 câu")
    file = FilePayload(name="giong.zip", mimeType="application/zip", buffer=pack)
    silent_studio.set_input_files(".packfiles input[type=file]", files=[file])
    expect(silent_studio.locator(".progress")).to_contain_text("Đã ghi 1 trên 17 câu")
    bad = FilePayload(name="giong.zip", mimeType="application/zip", buffer=b"no pack")
    silent_studio.set_input_files(".packfiles input[type=file]", files=[bad])
    expect(silent_studio.locator(".packfiles .said")).to_contain_text("Chưa có gì thay đổi")


def test_the_machine_reads_vietnamese_until_somebody_records_it(silent_studio: Page) -> None:
    silent_studio.click("nav a[href='#vi']")
    silent_studio.click(".packfiles .build")
    expect(silent_studio.locator(".progress")).to_contain_text("các câu khác do máy đọc", timeout=30_000)
    expect(silent_studio.locator(".recorder .mark.machine")).to_have_text("Máy đọc")
    silent_studio.click("nav a[href='#hre']")
    expect(silent_studio.locator(".packfiles .build")).to_have_count(0)


def test_the_hall_is_made_quiet_and_loud_again_here(silent_studio: Page, tmp_path: Path) -> None:
    silent_studio.click(".quiet")
    expect(silent_studio.locator(".quiet")).to_have_attribute("aria-pressed", "true")
    assert (tmp_path / "voices" / "quiet").exists()
    silent_studio.click(".quiet")
    expect(silent_studio.locator(".quiet")).to_have_attribute("aria-pressed", "false")
    assert not (tmp_path / "voices" / "quiet").exists()


BEYOND_THE_CARD = """() => [...document.querySelectorAll('.card *')].filter(e => !e.closest('svg'))
  .filter(e => e.getBoundingClientRect().right > e.closest('.card').getBoundingClientRect().right)
  .map(e => e.className || e.tagName)"""
TARGETS = """() => [...document.querySelectorAll('button, input:not([hidden]), select, summary')]
  .filter(e => e.offsetParent !== null).map(e => ({
    words: e.innerText || e.id, width: e.offsetWidth, height: e.offsetHeight, over: e.scrollWidth > e.clientWidth + 1,
  }))"""


@pytest.mark.parametrize("size", [(1366, 768), (1280, 800), (800, 1280), (390, 844)])
def test_every_target_is_large_enough_and_no_word_is_cut_off(silent_studio: Page, size: tuple[int, int]) -> None:
    silent_studio.set_viewport_size({"width": size[0], "height": size[1]})
    found = silent_studio.evaluate(TARGETS)
    assert len(found) > 20
    assert [one for one in found if min(one["width"], one["height"]) < 40] == []
    assert [one for one in found if one["over"]] == []
    assert silent_studio.evaluate(BEYOND_THE_CARD) == []


LINES = """() => [...document.querySelectorAll('details .tile b')].map(e => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const heights = new Set([...range.getClientRects()].map(r => Math.round(r.top)));
    return {words: e.innerText, lines: heights.size};
  })"""


@pytest.mark.parametrize(("size", "most"), [((1280, 800), 4), ((390, 844), 6)])
def test_long_phrases_stand_in_tiles_in_which_they_are_read(
    silent_studio: Page, size: tuple[int, int], most: int
) -> None:
    """A sentence of 137 signs in a tile of 118 px stood a word a line, 21 lines high."""
    silent_studio.set_viewport_size({"width": size[0], "height": size[1]})
    silent_studio.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = silent_studio.evaluate(LINES)
    assert max(len(one["words"]) for one in found) > 120
    assert [one for one in found if one["lines"] > most] == []
    assert [one for one in found if one["lines"] > 1 and len(one["words"]) < 9] == []


def test_choosing_another_phrase_ends_a_recording_that_runs(studio: Page, tmp_path: Path) -> None:
    sign(studio)
    studio.click(".tile[data-phrase='digit.1']")
    studio.click(".recorder .big")
    studio.wait_for_selector(".big.stop")
    studio.click(".tile[data-phrase='digit.2']")
    record(studio, "digit.3")
    assert set(PackFolder(tmp_path / "voices").pack("hre").clips) == {"digit.3"}


def test_without_signing_in_the_studio_shows_nothing(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/admin/voices", 1366, 768)
    expect(page.locator("#password")).to_be_visible()
    expect(page.locator(".recorder")).to_have_count(0)
