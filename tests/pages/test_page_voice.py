"""The pages speak by clips: what they show is said, in the citizen's language as far as it has a voice."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.display_board.voices.sounds import fill
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import on, press, screens

WATCH = """window.said = []; window.played = [];
document.addEventListener("voice", (event) => window.said.push(event.detail));
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const row = { rate: this.playbackRate, volume: this.volume, pitch: this.preservesPitch, sounds: true };
  window.played.push(row);
  this.addEventListener("pause", () => { row.sounds = false; row.cutAt = this.currentTime / this.duration; });
  return play.call(this);
};"""
SAYS = "([first, second]) => window.said.some(({ rows }) => rows[0]?.[0] === first && rows[1]?.[0] === second)"
ASKED = "() => performance.getEntriesByType('resource').some((one) => one.name.includes('/prompts/'))"
SOUNDS = "() => window.played.some((one) => one.sounds)"


@pytest.fixture
def speaking(running: RunningOffice, tmp_path: Path) -> RunningOffice:
    """An office whose pages can say everything in Vietnamese."""
    fill(tmp_path, "vi", running.service.dependencies.voices.phrases("vi"))
    return running


def opened(open_page: Opener, running: RunningOffice, address: str = "") -> Page:
    page = open_page(address or running.page_address("kiosk"))
    page.add_init_script(WATCH)
    page.reload()
    return page


def kiosk(open_page: Opener, running: RunningOffice) -> Page:
    page = opened(open_page, running)
    page.wait_for_selector(".key.listen")
    page.mouse.click(3, 3)
    return page


def said(page: Page) -> list[dict[str, Any]]:
    page.wait_for_function("() => window.said.length > 0")
    rows: list[dict[str, Any]] = page.evaluate("window.said.splice(0)")
    return rows


def test_every_screen_of_the_kiosk_is_said_whole(open_page: Opener, speaking: RunningOffice) -> None:
    page = kiosk(open_page, speaking)
    for name in screens(page):
        page.evaluate("window.said.length = 0")
        press(page, ".key.listen")
        rows = said(page)
        assert [row for row in rows if row["silent"]] == [], name
        assert any(row["rows"] for row in rows), f"{name} says nothing"


def test_a_touch_cuts_what_is_being_said_and_listen_again_says_it_slower(
    open_page: Opener, speaking: RunningOffice
) -> None:
    page = kiosk(open_page, speaking)
    press(page, ".take")
    on(page, "service")
    for _ in range(20):  # a short clip may have ended before the touch came
        page.wait_for_function(SOUNDS)
        page.mouse.click(3, 3)
        page.wait_for_function(f"() => !({SOUNDS})()")
        if page.evaluate("window.played.at(-1).cutAt < 1"):
            break
        press(page, ".key.listen")
    assert page.evaluate("window.played.at(-1).cutAt") < 1
    press(page, ".key.listen")
    page.wait_for_function(SOUNDS)
    again = page.evaluate("window.played.at(-1)")
    assert again["rate"] == 0.85 and again["pitch"], "slower, and no deeper"


def test_loudness_ends_with_its_citizen(open_page: Opener, speaking: RunningOffice) -> None:
    page = kiosk(open_page, speaking)
    press(page, ".take")
    on(page, "service")
    press(page, ".loudness")
    page.wait_for_function("() => window.played.some((one) => one.volume === 1)")
    assert page.inner_text(".loudness") == "Nhỏ hơn"
    press(page, "[data-service=HT]")
    on(page, "priority")
    press(page, ".take")
    on(page, "ticket")
    press(page, ".key.done")
    on(page, "home")
    assert page.inner_text(".loudness") == "To hơn", "as the next citizen finds it"


def test_a_page_without_any_voice_promises_none(open_page: Opener, running: RunningOffice) -> None:
    page = opened(open_page, running)
    on(page, "home")
    page.wait_for_function(ASKED)
    assert page.locator(".key.listen, .loudness").count() == 0
    assert "nói" not in page.inner_text("main.home .heading")
    tablet = opened(open_page, running, running.page_address("tablet", "1"))
    tablet.wait_for_selector("[data-screen=idle]")
    assert tablet.locator(".sound").count() == 0


def test_hre_is_offered_to_be_heard_once_somebody_recorded_it_and_falls_back_clip_by_clip(
    open_page: Opener, speaking: RunningOffice, tmp_path: Path
) -> None:
    page = kiosk(open_page, speaking)
    assert page.locator(".languages button", has_text="Hrê").count() == 0
    fill(tmp_path, "hre", {"start.need": "Bà con cần việc gì"})
    page = kiosk(open_page, speaking)
    hre = page.locator(".languages button", has_text="Hrê")
    assert "nghe" in hre.inner_text()
    hre.evaluate("one => one.click()")  # a finger that comes with the screen is swallowed
    page.wait_for_selector(".languages .used:has-text('Hrê')")
    clips = page.evaluate("fetch('/api/v1/voices/prompts/kiosk').then((answer) => answer.json())")["clips"]
    press(page, ".take")
    on(page, "service")
    expected = [clips["hre"]["start.need"], clips["vi"]["shape.circle"]]  # what is not recorded is said in Vietnamese
    page.wait_for_function(SAYS, arg=expected)


def test_a_quiet_office_speaks_only_to_who_asks(open_page: Opener, speaking: RunningOffice) -> None:
    speaking.service.dependencies.voices.be_quiet(True)
    page = kiosk(open_page, speaking)
    assert "nói" not in page.inner_text("main.home .heading")
    press(page, ".take")
    on(page, "service")
    said(page)
    assert page.evaluate("window.played.length") == 0
    press(page, ".key.listen")
    page.wait_for_function("() => window.played.length === 1")
    assert page.evaluate("window.played[0].volume") < 0.5


def test_a_telephone_says_where_its_ticket_stands(open_page: Opener, speaking: RunningOffice) -> None:
    ticket = speaking.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT", "language": "vi"})
    page = opened(open_page, speaking, f"{speaking.address}/t/{ticket['public_token']}")
    page.click(".listen")
    (row,) = said(page)
    assert row["silent"] == 0 and row["sentences"][0] == "Phiếu của bà con: A, không, không, một"
    page.wait_for_function("() => window.played.length === 1")


def test_by_the_keypad_too_it_is_made_louder_until_its_citizen_goes(open_page: Opener, speaking: RunningOffice) -> None:
    page = kiosk(open_page, speaking)
    press(page, ".take")
    on(page, "service")
    page.keyboard.press("ArrowUp")  # the first press tells where one stands
    for _ in range(30):
        if page.evaluate("document.activeElement.matches('.loudness')"):
            break
        page.keyboard.press("ArrowUp")
    page.evaluate("window.played.length = 0")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.played.some((one) => one.volume === 1)")
    page.evaluate("window.played.length = 0")
    page.keyboard.press("F9")
    page.wait_for_function("() => window.played.some((one) => one.volume === 1 && one.rate === 0.85)")
    press(page, "[data-service=HT]")
    on(page, "priority")
    press(page, ".take")
    on(page, "ticket")
    press(page, ".key.done")
    on(page, "home")
    page.evaluate("window.played.length = 0")
    press(page, ".key.listen")
    page.wait_for_function("() => window.played.length === 1")
    assert page.evaluate("window.played[0].volume") == pytest.approx(0.7), "as every citizen finds it"


def kiosk_at(open_page: Opener, running: RunningOffice, minute: int, noon: int) -> Page:
    """At 11:`minute` of the office's clock, which is seven hours ahead; from 11:30 on as loud as `noon`."""

    def with_hours(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        body["settings"]["volumes"] = [["11:30", noon], ["07:00", 100]]
        route.fulfill(response=answer, body=json.dumps(body))

    page = open_page(f"{running.address}/healthz")
    page.clock.install(time=datetime(2024, 4, 15, 4, minute, tzinfo=UTC))
    page.route("**/voices/prompts/kiosk", with_hours)
    page.add_init_script(WATCH)
    page.goto(running.page_address("kiosk"))
    on(page, "home")
    return page


@pytest.mark.parametrize(("minute", "volume"), [(15, 0.7), (45, 0.35)])
def test_at_noon_the_page_speaks_as_softly_as_the_office_wants(
    open_page: Opener, speaking: RunningOffice, minute: int, volume: float
) -> None:
    page = kiosk_at(open_page, speaking, minute, noon=50)
    page.wait_for_selector(".key.listen")
    page.mouse.click(3, 3)
    press(page, ".key.listen")
    page.wait_for_function("() => window.played.length > 0")
    assert page.evaluate("window.played.at(-1).volume") == pytest.approx(volume)


def test_in_an_hour_that_the_office_keeps_silent_the_page_promises_no_voice(
    open_page: Opener, speaking: RunningOffice, tmp_path: Path
) -> None:
    fill(tmp_path, "hre", {"start.need": "Bà con cần việc gì"})
    page = kiosk_at(open_page, speaking, 15, noon=0)
    page.wait_for_selector(".key.listen")
    assert "Máy sẽ nói" in page.inner_text("main.home .heading")
    page.clock.fast_forward("30:00")
    page.wait_for_selector(".key.listen", state="detached")
    assert page.locator(".loudness").count() == 0 and "nói" not in page.inner_text("main.home .heading")
    assert "nghe" not in page.inner_text(".languages")


def test_the_filing_computer_reads_its_steps_to_mouse_and_keyboard(open_page: Opener, speaking: RunningOffice) -> None:
    page = opened(open_page, speaking, speaking.page_address("kiosk").replace("/kiosk", "/filing"))
    page.click('.guide[data-code="khai-sinh"]')
    page.wait_for_selector(".listen")
    page.evaluate("window.said.length = 0")
    page.click(".listen")
    (row,) = said(page)
    assert (row["silent"], len(row["sentences"])) == (0, 6), "its name and five steps, all of it by clips"
    page.wait_for_function(SOUNDS)
    assert page.evaluate("window.played.at(-1).rate") < 1
    page.keyboard.press("Tab")
    page.wait_for_function(f"() => !({SOUNDS})()")
    page.focus(".listen")
    page.keyboard.press("Enter")
    page.wait_for_function(SOUNDS)


def test_a_page_offers_to_speak_as_soon_as_there_is_a_voice(
    open_page: Opener, running: RunningOffice, tmp_path: Path
) -> None:
    """A voice that is made while the page is open, as in the demonstration: no minute passes before it is offered."""
    page = opened(open_page, running)
    on(page, "home")
    page.wait_for_function(ASKED)
    assert page.locator(".key.listen").count() == 0
    fill(tmp_path, "vi", running.service.dependencies.voices.phrases("vi"))
    page.wait_for_selector(".key.listen", timeout=12_000)
