"""A citizen speaks into the tablet and the head of the office hears it: a real browser with a made-up microphone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import ARGUMENTS, CHROMIUM
from tests.office import OfficeStory, sample_configuration
from tests.pages.boxes import faults_of
from tests.pages.conftest import CutOffice, Opener, RunningOffice, serving
from tests.pages.looks import cut_off, on_screen, too_small
from tests.pages.test_tablet_page import KEPT, LEAST_PX, finish, keeps, ratings, serve, stored
from tests.sync.proxy import Proxy

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PLAYS = ["--autoplay-policy=no-user-gesture-required"]


def office_that_listens(folder: Path, listens: bool = True) -> OfficeStory:
    plain = sample_configuration(f"sqlite:///{folder / 'office.db'}", opening="always")
    survey = plain.survey.model_copy(update={"voice_remark": listens})
    return OfficeStory("", plain.model_copy(update={"survey": survey}))


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningOffice]:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from serving(office_that_listens(tmp_path))


@pytest.fixture
def far_away(listening: RunningOffice) -> Iterator[CutOffice]:
    line = Proxy(int(listening.address.rsplit(":", 1)[1]))
    yield CutOffice(RunningOffice(listening.story, listening.service, f"http://127.0.0.1:{line.port}"), line)
    line.close()


Tablet = Callable[[RunningOffice], Page]


@pytest.fixture
def tablet(browser: Browser) -> Iterator[Tablet]:
    """A tablet whose microphone hears a beep once a second."""
    with_microphone = browser.browser_type.launch(executable_path=CHROMIUM, args=ARGUMENTS + MICROPHONE + PLAYS)

    def opened(running: RunningOffice) -> Page:
        context = with_microphone.new_context(viewport={"width": 1280, "height": 800}, permissions=["microphone"])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(running.page_address("tablet", "1"))
        on_screen(page, "idle")
        return page

    yield opened
    with_microphone.close()


def thanked(running: RunningOffice, page: Page) -> None:
    finish(running, serve(running))
    on_screen(page, "rate")
    page.click("[data-level=satisfied]")
    on_screen(page, "thanks")
    running.story.clock.passes(60)  # its clock stands still, that of the tablet goes on


def begin_to_speak(page: Page) -> None:
    page.click(".speak")
    on_screen(page, "spoken")
    page.click(".talk")
    page.wait_for_selector(".talk.on")


def remarks(running: RunningOffice) -> list[tuple[str, str, int]]:
    with running.story.app.store.reading() as reading:
        return list(reading.free_texts.newest("voice", 10))


def arrives(running: RunningOffice, page: Page, count: int) -> list[tuple[str, str, int]]:
    for _ in range(200):
        if len(remarks(running)) == count:
            break
        page.wait_for_timeout(100)
    found = remarks(running)
    assert len(found) == count
    return found


def test_a_citizen_speaks_and_the_head_hears_it(listening: RunningOffice, tablet: Tablet, open_page: Opener) -> None:
    page = tablet(listening)
    thanked(listening, page)
    page.click(".speak")
    on_screen(page, "spoken")
    expect(page.locator(".ready")).to_be_disabled()
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == [] and faults_of(page, 20) == []
    page.click(".talk")
    page.wait_for_selector(".talk.on")
    expect(page.locator(".said")).to_contain_text("Máy đang nghe: còn 2")
    page.wait_for_timeout(1500)  # of a beep a second there has to be one
    page.click(".talk")
    expect(page.locator(".ready")).to_be_enabled()
    assert too_small(page, LEAST_PX) == [] and cut_off(page) == [] and faults_of(page, 20) == []
    page.click(".ready")
    on_screen(page, "thanks")
    [(rating, text, _)] = arrives(listening, page, 1)
    assert rating == ratings(listening)[0]["rating"]
    assert text.startswith("audio/webm;") and len(text) > 1000
    assert text[100:160] not in str(listening.story.events())
    hear(listening, open_page)


def hear(running: RunningOffice, open_page: Opener) -> None:
    head = open_page(f"{running.address}/admin/comments#token={running.story.token('head')}", 1280, 800)
    head.click(".heard button")
    expect(head.locator(".heard .said")).to_contain_text("giây")


def test_what_was_spoken_while_the_line_was_down_comes_with_its_rating(far_away: CutOffice, tablet: Tablet) -> None:
    page = tablet(far_away.running)
    thanked(far_away.running, page)
    far_away.line.off = True
    begin_to_speak(page)
    page.wait_for_timeout(1500)
    page.click(".talk")
    page.click(".ready:enabled")
    on_screen(page, "thanks")
    keeps(page, 1)
    assert page.evaluate(KEPT)[0]["spoken"]
    assert ratings(far_away.running) == [] and remarks(far_away.running) == []
    far_away.line.off = False
    [(rating, _, _)] = arrives(far_away.running, page, 1)
    assert rating == ratings(far_away.running)[0]["rating"]
    keeps(page, 0)


def test_the_microphone_closes_after_half_a_minute_and_with_the_screen(
    listening: RunningOffice, tablet: Tablet
) -> None:
    page = tablet(listening)
    page.evaluate(REMEMBER_TRACKS)
    thanked(listening, page)
    begin_to_speak(page)
    page.clock.install()
    page.clock.fast_forward(31_000)
    expect(page.locator(".ready")).to_be_enabled()
    assert page.evaluate(OPEN_TRACKS) == 0
    page.click(".talk")
    page.wait_for_selector(".talk.on")
    assert page.evaluate(OPEN_TRACKS) == 1
    page.click(".skip")
    on_screen(page, "thanks")
    expect(page.locator("html[data-open='0']")).to_have_count(1)
    stored(listening, page, [{"attitude": "satisfied"}])
    assert remarks(listening) == [], "what was not sent is gone"


REMEMBER_TRACKS = """() => {
  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const tracks = [];
  window.openTracks = () => tracks.filter((one) => one.readyState === "live").length;
  const stop = MediaStreamTrack.prototype.stop;
  MediaStreamTrack.prototype.stop = function () {
    stop.call(this);
    document.documentElement.dataset.open = window.openTracks();
  };
  navigator.mediaDevices.getUserMedia = async (wish) => {
    const stream = await real(wish);
    tracks.push(...stream.getTracks());
    document.documentElement.dataset.open = window.openTracks();
    return stream;
  };
}"""
OPEN_TRACKS = "() => window.openTracks()"


@pytest.mark.parametrize("reason", ["not asked for", "no https", "no microphone"])
def test_where_nothing_can_be_recorded_nothing_is_promised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Opener, reason: str
) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    missing = {"no https": "isSecureContext", "no microphone": "MediaRecorder"}.get(reason)
    for running in serving(office_that_listens(tmp_path, listens=missing is not None)):
        page = open_page(running.page_address("tablet", "1"), 1280, 800)
        if missing:
            page.add_init_script(f"Object.defineProperty(window, '{missing}', {{value: undefined}})")
            page.reload()
        on_screen(page, "idle")
        thanked(running, page)
        assert page.locator(".speak").count() == 0


def test_a_microphone_that_is_refused_is_told_and_the_rest_goes_on(listening: RunningOffice, open_page: Opener) -> None:
    page = open_page(listening.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    page.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error()); }")
    thanked(listening, page)
    page.click(".speak")
    on_screen(page, "spoken")
    page.click(".talk")
    expect(page.locator(".said")).to_contain_text("Không dùng được micrô")
    page.click(".skip")
    on_screen(page, "thanks")
