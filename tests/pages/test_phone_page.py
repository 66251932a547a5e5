"""A citizen's own ticket on a phone: live without signing in, in the ticket's language, to the answer at the end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.office import OfficeStory, sample_configuration
from tests.pages.boxes import faults_of
from tests.pages.conftest import Opener, RunningOffice, serving
from tests.pages.kiosk_walk import press

PATIENCE_MS = 20_000
LEAST_PX = 13
NOTE_SHAKES = "navigator.vibrate = (ms) => { window.shakes = (window.shakes || 0) + (ms ? 1 : 0); return true; }"
NOTE_LINES = """
  const real = window.fetch;
  window.asked = [];
  window.fetch = (address, options) => { window.asked.push(String(address)); return real(address, options); };
"""


def take(running: RunningOffice, language: str = "vi", service: str = "HT") -> dict[str, Any]:
    ticket: dict[str, Any] = running.send(
        "POST", "/api/v1/tickets", "kiosk", {"service": service, "language": language}
    )
    return ticket


def phone(
    running: RunningOffice, open_page: Opener, ticket: dict[str, Any], width: int = 360, height: int = 740
) -> Page:
    page = open_page(f"{running.address}/t/{ticket['public_token']}", width, height)
    page.set_default_timeout(PATIENCE_MS)
    page.wait_for_selector("#ticket .slip")
    return page


def step(running: RunningOffice, ticket: dict[str, Any], name: str) -> None:
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/{name}", "counter", {}, "1")


def call_next(running: RunningOffice) -> None:
    running.send("POST", "/api/v1/counters/1/call-next", "counter", {"finish_current": "complete"}, "1")


def is_live(page: Page) -> None:
    page.wait_for_selector("#ticket.live")


def ratings(running: RunningOffice) -> list[dict[str, Any]]:
    return [e["data"] for e in running.story.events() if e["type"].startswith("rating.")]


def rated(running: RunningOffice, page: Page, count: int) -> None:
    for _ in range(100):
        if len(ratings(running)) >= count:
            break
        page.wait_for_timeout(100)
    assert len(ratings(running)) == count


def test_a_phone_counts_the_people_ahead_down_and_calls_by_sound_and_shake(
    running: RunningOffice, open_page: Opener
) -> None:
    take(running)
    mine = take(running)
    page = phone(running, open_page, mine)
    is_live(page)
    assert page.inner_text(".ahead > b") == "1"
    page.evaluate(f"{NOTE_SHAKES}; {NOTE_LINES}; 0")
    page.click(".bell")
    page.wait_for_selector(".bell.on")
    call_next(running)
    page.wait_for_function("() => document.querySelector('.ahead > b').innerText === '0'")
    call_next(running)
    page.wait_for_selector(".slip.called")
    assert page.inner_text(".notice h1") == "Đến lượt rồi. Mời bà con đến quầy 1."
    page.wait_for_function("() => window.shakes >= 1")
    shakes = page.evaluate("window.shakes")
    step(running, mine, "recall")
    page.wait_for_function(f"() => window.shakes > {shakes}")
    step(running, mine, "start")
    page.wait_for_selector(".notice.serving")
    asked = page.evaluate("window.asked")
    assert {one.rsplit("/", 1)[0] for one in asked} == {"/api/v1/public/tickets"}, "nobody signs in on a phone"


def test_the_faces_stand_above_the_fold_and_an_answer_and_its_reason_count_once(
    running: RunningOffice, open_page: Opener
) -> None:
    mine = take(running, "en")
    call_next(running)
    page = phone(running, open_page, mine, 320, 568)
    assert page.inner_text(".notice h1") == "It is your turn. Please go to counter 1."
    assert page.evaluate("document.documentElement.lang") == "en"
    step(running, mine, "complete")
    page.wait_for_selector(".faces")
    assert page.evaluate(LOWEST) <= 568 and page.evaluate("scrollY") == 0
    page.click("[data-level=not_satisfied]")
    page.click("[data-reason=long_wait]")
    page.wait_for_selector(".rate:has-text('Your opinion is stored')")
    rated(running, page, 2)
    assert ratings(running)[0]["answers"] == {"attitude": "not_satisfied"}
    assert ratings(running)[1]["reasons"] == ["long_wait"]
    page.reload()
    page.wait_for_selector(".rate")
    assert page.locator(".faces").count() == 0, "it was rated already"


LOWEST = "Math.max(...[...document.querySelectorAll('.faces button')].map(b => b.getBoundingClientRect().bottom))"


@pytest.mark.parametrize(("width", "height"), [(360, 740), (360, 640), (320, 568)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_five_faces_stand_above_the_fold_on_every_phone(
    five: RunningOffice, open_page: Opener, width: int, height: int, language: str
) -> None:
    mine = take(five, language)
    call_next(five)
    step(five, mine, "complete")
    page = phone(five, open_page, mine, width, height)
    page.wait_for_selector(".faces")
    assert page.locator(".faces button").count() == 5
    assert page.evaluate(LOWEST) <= height and page.evaluate("scrollY") == 0
    assert [one for one in faults_of(page, LEAST_PX) if not one.startswith("cut")] == [], "what is below is scrolled to"


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Xin mở lại ở nơi đã mở lần đầu"), ("en", "Please open it where it was opened first")],
)
def test_another_phone_with_the_same_slip_follows_and_does_not_rate(
    running: RunningOffice, open_page: Opener, language: str, words: str
) -> None:
    mine = take(running, language)
    first = phone(running, open_page, mine)
    other = phone(running, open_page, mine)
    is_live(other)
    call_next(running)
    step(running, mine, "complete")
    other.wait_for_selector(f".rate:has-text('{words}')")
    assert other.locator(".faces").count() == 0
    first.reload()
    first.click("[data-level=very_satisfied]")
    rated(running, first, 1)


def test_the_span_of_the_wait_is_told_in_five_minutes(running: RunningOffice, open_page: Opener) -> None:
    mine = take(running)
    page = open_page(f"{running.address}/healthz", 360, 640)
    shape = running.send("GET", f"/api/v1/public/tickets/{mine['public_token']}", "kiosk")
    known = {"people_ahead": 12, "wait_span_s": [1600, 2800], "estimated_wait_s": 2200}
    page.route("**/api/v1/public/tickets/*", lambda route: route.fulfill(json={**shape, **known}))
    page.goto(f"{running.address}/t/{mine['public_token']}")
    page.wait_for_selector(".queue")
    assert page.inner_text(".ahead b") == "12"
    assert re.search(r"\b25\D+50 phút", page.inner_text(".ahead span")), "25 minutes at least, 50 at most"


def cut(route: Route) -> None:
    route.abort()


def test_a_cut_is_told_at_once_and_an_answer_given_in_it_is_counted_once(
    running: RunningOffice, open_page: Opener
) -> None:
    mine = take(running)
    call_next(running)
    page = phone(running, open_page, mine)
    step(running, mine, "complete")
    with page.expect_response(lambda answer: answer.url.endswith("/rating-token") and answer.ok):
        page.wait_for_selector(".faces")
    page.route("**/api/**", cut)
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#ticket:not(.live) .age:has-text('Mất liên lạc')")
    page.click("[data-level=very_satisfied]")
    page.wait_for_selector(".rate:has-text('tự gửi khi có mạng')")
    assert ratings(running) == []
    page.context.set_offline(False)
    page.unroute("**/api/**", cut)
    page.wait_for_selector(".rate:has-text('Ý kiến đã được ghi lại')")
    rated(running, page, 1)
    is_live(page)


def test_a_phone_that_wakes_from_sleep_asks_at_once(running: RunningOffice, open_page: Opener) -> None:
    mine = take(running)
    page = open_page(f"{running.address}/healthz", 360, 740)
    page.clock.install()
    page.route("**/api/v1/public/stream/*", lambda route: route.abort())
    page.goto(f"{running.address}/t/{mine['public_token']}")
    page.wait_for_selector("#ticket .slip")
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)  # asleep: nothing but waking can ask
    call_next(running)
    assert page.locator("#ticket .slip.called").count() == 0
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("#ticket .slip.called")


def test_no_faces_are_shown_once_it_is_too_late(running: RunningOffice, open_page: Opener) -> None:
    mine = take(running)
    call_next(running)
    step(running, mine, "complete")
    running.story.clock.passes(16 * 60)
    page = phone(running, open_page, mine)
    page.wait_for_selector(".rate:has-text('Đã quá giờ đánh giá')")
    assert page.locator(".faces").count() == 0


def worst_office(url: str) -> OfficeStory:
    """The longest names, the widest numbers, every counter on one service."""
    plain = sample_configuration(url, opening="always")
    long = "Tư pháp – Hộ tịch – Chứng thực – Nuôi con nuôi – Lao động, người có công"
    services = [one.model_copy(update={"name": long}) if one.code == "HT" else one for one in plain.service]
    counters = [one.model_copy(update={"services": [*{*one.services, "HT"}]}) for one in plain.counter]
    return OfficeStory(url, plain.model_copy(update={"service": services, "counter": counters}))


@pytest.fixture
def worst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path))
    yield from serving(worst_office(f"sqlite:///{tmp_path / 'office.db'}"))


OVER = """() => [...document.querySelectorAll('.number b')].flatMap((one) =>
    (one.offsetHeight > 1.5 * parseFloat(getComputedStyle(one).fontSize) ? [`in two lines: ${one.textContent}`] : []))
  .concat([...document.querySelectorAll('#ticket section, #ticket main > button, #ticket .bell')].flatMap((box) => {
  const room = box.getBoundingClientRect();
  const range = document.createRange();
  return [...box.querySelectorAll('*')].filter((e) => e.childNodes.length && e.checkVisibility()).filter((e) => {
    range.selectNodeContents(e);
    const { left, right } = range.getBoundingClientRect();
    return right > Math.min(room.right - 4, innerWidth) || left < room.left + 4;
  }).map((e) => `over the edge: ${e.textContent}`);
}))"""
STATES = ["WAITING", "CALLED", "SERVING", "ON_HOLD", "NO_SHOW", "CANCELLED", "ABANDONED", "COMPLETED"]


def test_nothing_is_cut_or_overlaps_on_a_small_phone(worst: RunningOffice, open_page: Opener) -> None:
    mine = take(worst)
    page = open_page(f"{worst.address}/healthz", 320, 4000)
    page.set_default_timeout(PATIENCE_MS)
    shape = worst.send("GET", f"/api/v1/public/tickets/{mine['public_token']}", "kiosk")
    shown: dict[str, Any] = {}
    page.route("**/api/v1/public/tickets/*", lambda route: route.fulfill(json={**shape, **shown}))
    page.route("**/api/v1/public/stream/*", cut)
    faults = []
    for language in ("vi", "en"):
        for number in ("A006", "A1000"):
            for state in STATES:
                at = {"counter": "1" if state in {"CALLED", "SERVING"} else None}
                ahead = (
                    {"people_ahead": 128, "wait_span_s": [3000, 7500], "estimated_wait_s": 5000}
                    if state == "WAITING"
                    else {}
                )
                shown = {"language": language, "number": number, "state": state, **at, **ahead}
                page.goto(f"{worst.address}/t/{mine['public_token']}")
                page.wait_for_selector("#ticket .slip")
                for least in (LEAST_PX, 2 * LEAST_PX):
                    about = f"{language} {number} {state} {least} px"
                    faults += [f"{about}: {one}" for one in faults_of(page, least)]
                    faults += [f"{about}: {one}" for one in page.evaluate(OVER)]
                    press(page, ".larger")
    assert faults == []
