"""Blind and alone: five keys of a keypad reach everything on the kiosk; each step comes as words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import on, press, screens
from tests.pages.looks import on_screen

WAIT_MS = 15_000
# A round of the down key on the present screen: what was said at each step, and which keys had the focus.
ROUND = """() => {
  const keys = [...document.querySelectorAll('#stage button:not(:disabled)')].filter((one) => one.checkVisibility());
  const [all, reached, silent] = [new Set(keys), new Set(), []];
  const down = () => document.dispatchEvent(new KeyboardEvent('keydown', { code: 'ArrowDown', key: 'ArrowDown' }));
  for (let step = 0; step <= all.size; step += 1) {
    down();
    reached.add(document.activeElement);
    if (!document.querySelector('.announcer').textContent.trim()) silent.push(document.activeElement.outerHTML);
  }
  return { missed: [...all].filter((one) => !reached.has(one)).map((one) => one.textContent), silent };
}"""


def says(page: Page, words: str) -> None:
    expect(page.locator(".announcer")).to_contain_text(words, timeout=WAIT_MS)


def test_with_a_black_screen_a_number_is_taken_in_four_presses(office: RunningOffice, open_page: Opener) -> None:
    """Only by what is told: the first press begins, each further one chooses what was told last."""
    page = open_page(office.page_address("kiosk"))
    on(page, "home")
    page.add_style_tag(content="#stage { opacity: 0; }")
    page.keyboard.press("Enter")
    says(page, "Lấy số")
    page.keyboard.press("Enter")
    says(page, "Bà con cần việc gì?. Tư pháp – Hộ tịch")
    page.keyboard.press("Enter")
    says(page, "Bà con đã chọn: Tư pháp – Hộ tịch. Lấy số")
    page.keyboard.press("Enter")
    page.wait_for_selector("main.ticket .card1")
    says(page, "Số của bà con: A0")
    page.keyboard.press("F9")
    says(page, "Số của bà con: A0")


PRESSES = 5


@pytest.mark.parametrize("service", ["HT", "DD", "VX", "VP", "KQ"])
def test_with_a_black_screen_a_number_of_any_service_is_taken_in_five_presses(
    office: RunningOffice, open_page: Opener, service: str
) -> None:
    """A key that is held goes on step by step, and ends where it is let go."""
    name = next(one.name for one in office.story.app.configuration.service if one.code == service)
    page = open_page(office.page_address("kiosk"))
    on(page, "home")
    page.add_style_tag(content="#stage { opacity: 0; }")
    presses = 2
    page.keyboard.press("Enter")
    says(page, "Lấy số")
    page.keyboard.press("Enter")
    says(page, "Bà con cần việc gì?. Tư pháp – Hộ tịch")
    if service != "HT":
        presses += 1
        page.keyboard.down("ArrowDown")
        says(page, name)
        page.keyboard.up("ArrowDown")
    page.keyboard.press("Enter")
    says(page, f"Bà con đã chọn: {name}")
    page.keyboard.press("Enter")
    page.wait_for_selector("main.ticket .card1")
    says(page, "Số của bà con:")
    assert presses + 2 <= PRESSES
    assert office.story.events()[-1]["data"]["service"] == service


def test_a_key_that_was_let_go_goes_no_further(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{office.address}/healthz")
    page.clock.install()
    page.goto(office.page_address("kiosk"))
    on(page, "home")
    page.keyboard.press("Enter")
    says(page, "Lấy số")
    page.keyboard.down("ArrowDown")
    says(page, "Tra cứu hồ sơ")
    page.clock.run_for(2000)
    says(page, "Giấy tờ, thủ tục")
    page.keyboard.up("ArrowDown")
    page.clock.run_for(3000)  # less than the page waits for a beat of the service
    assert "Giấy tờ, thủ tục" in page.inner_text(".announcer")


def test_the_tablet_is_worked_by_ear(running: RunningOffice, open_page: Opener) -> None:
    """Faces, reason, thanks; every key of every screen is reached; help comes; the next citizen finds none of it."""
    page = open_page(running.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    running.story.take_number("HT")
    ticket = running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/complete", "counter", {}, "1")
    on_screen(page, "rate")
    page.add_style_tag(content="#stage { opacity: 0; }")
    page.keyboard.press("ArrowDown")
    says(page, "Cán bộ phục vụ bà con thế nào?. Rất hài lòng")
    assert page.evaluate(ROUND) == {"missed": [], "silent": []}
    page.keyboard.press("F9")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/api/v1/help") as asked:
        page.keyboard.press("F1")
    assert asked.value.ok
    says(page, "Máy đã báo cán bộ")
    page.evaluate("document.querySelector('[data-level=not_satisfied]').focus()")
    page.keyboard.press("Enter")
    says(page, "Vì sao bà con chưa hài lòng?. Chờ lâu")
    assert page.evaluate(ROUND) == {"missed": [], "silent": []}
    page.evaluate("document.querySelector('[data-reason=long_wait]').focus()")
    page.keyboard.press("Enter")
    says(page, "Cảm ơn bà con!")
    running.story.take_number("HT")
    running.send("POST", "/api/v1/counters/1/call-next", "counter", {}, "1")
    on_screen(page, "serving")
    assert page.evaluate("document.activeElement === document.body")
    rated = [one["data"] for one in running.story.events() if one["type"] == "rating.submitted"]
    assert [(one["answers"], one["reasons"]) for one in rated] == [({"attitude": "not_satisfied"}, ["long_wait"])]


def test_every_key_of_every_screen_is_reached_and_told(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(office.page_address("kiosk"))
    for screen in screens(page):
        rounds = page.evaluate(ROUND)
        assert rounds == {"missed": [], "silent": []}, screen


def test_the_keys_go_both_ways_and_end_with_their_citizen(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(office.page_address("kiosk"))
    on(page, "home")
    page.keyboard.press("ArrowDown")
    says(page, "Lấy số")
    page.keyboard.press("ArrowDown")
    says(page, "Tra cứu hồ sơ")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    says(page, "Rõ hơn")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    on(page, "service")
    assert page.evaluate("document.activeElement.dataset.service") == "HT"
    with page.expect_response("**/api/v1/help") as asked:
        page.keyboard.press("F1")
    assert asked.value.ok
    press(page, ".key.back")
    on(page, "home")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowDown")
    says(page, "Lấy số")


def test_the_enter_of_a_scanner_chooses_nothing(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(office.page_address("kiosk"))
    on_screen(page, "home")
    page.keyboard.press("ArrowDown")
    says(page, "Lấy số")
    with page.expect_response("**/api/v1/dossiers/*"):
        page.keyboard.type("000.00.53.H48-240414-0001\n")
    on(page, "code")


def test_an_office_names_its_own_keys(office: RunningOffice, open_page: Opener) -> None:
    def own_keys(route: Route) -> None:
        answer = route.fetch()
        body = answer.json()
        body["shown"]["kiosk"]["keypad"] = ["Numpad8", "Numpad2", "Numpad5", "NumpadAdd", "Numpad0"]
        route.fulfill(response=answer, json=body)

    page = open_page(f"{office.address}/healthz")
    page.route("**/api/v1/page/kiosk", own_keys, times=1)
    page.goto(office.page_address("kiosk"))
    on(page, "home")
    page.keyboard.press("Numpad2")
    says(page, "Lấy số")
    page.keyboard.press("Numpad5")
    on(page, "service")


def test_on_a_closed_day_the_tablets_help_key_tells_the_opening_time(
    closed_house: RunningOffice, open_page: Opener
) -> None:
    page = open_page(closed_house.page_address("tablet", "1"), 1280, 800)
    page.wait_for_selector("#stage[data-screen]")
    page.keyboard.press("ArrowDown")
    says(page, "Kính chào bà con")
    with page.expect_response("**/api/v1/help") as asked:
        page.keyboard.press("F1")
    assert asked.value.status == 409
    says(page, "Văn phòng đang nghỉ. Mở cửa lúc 07:00, 21/4.")


def test_a_tablet_that_is_drawn_anew_leaves_the_keys_where_they_were(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.page_address("tablet", "1"), 1280, 800)
    on_screen(page, "idle")
    page.keyboard.press("ArrowDown")
    says(page, "Chữ to")
    page.keyboard.press("ArrowDown")
    says(page, "Rõ hơn")
    running.story.take_number("HT")
    page.wait_for_selector(".below:has-text('1')")
    assert page.evaluate("document.activeElement.matches('.contrast')")
    assert page.inner_text(".announcer") == "Rõ hơn"
