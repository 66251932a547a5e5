"""The waiting room's screen as a page, and a citizen's own phone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.pages.conftest import Opener, RunningOffice

TV = (1920, 1080)
PHONE = (390, 844)


def board(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("board"), *TV)
    page.wait_for_selector(".rows, .call")
    return page


def take(running: RunningOffice, service: str = "HT") -> dict[str, str]:
    taken: dict[str, str] = running.send("POST", "/api/v1/tickets", "kiosk", {"service": service})
    return taken


def call_next(running: RunningOffice, counter: str = "1", **body: str) -> dict[str, str]:
    called: dict[str, str] = running.send("POST", f"/api/v1/counters/{counter}/call-next", "counter", body, counter)
    return called


def phone(running: RunningOffice, open_page: Opener, token: str) -> Page:
    page = open_page(f"{running.address}/t/{token}", *PHONE)
    page.wait_for_selector("main section")
    return page


def test_a_call_fills_the_board_with_number_and_counter(running: RunningOffice, open_page: Opener) -> None:
    take(running, "DD")
    page = board(running, open_page)
    call_next(running, "3")
    expect(page.locator(".call")).to_contain_text("Mời bà con có số")
    expect(page.locator(".call .gold b")).to_have_text("001")
    expect(page.locator(".call .code")).to_have_text("3")


def test_a_recall_says_so(running: RunningOffice, open_page: Opener) -> None:
    take(running)
    ticket = call_next(running)
    page = board(running, open_page)
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/recall", "counter", {}, "1")
    expect(page.locator(".call h1")).to_contain_text("Mời lại")


def test_a_called_row_stays_gold_until_service_starts(running: RunningOffice, open_page: Opener) -> None:
    take(running)
    ticket = call_next(running)
    page = board(running, open_page)
    expect(page.locator(".row.called")).to_contain_text("Mời đến")
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/start", "counter", {}, "1")
    expect(page.locator("[data-counter='1']")).to_contain_text("Đang phục vụ")
    expect(page.locator(".row.called")).to_have_count(0)


def test_people_waiting_are_counted_as_they_come(running: RunningOffice, open_page: Opener) -> None:
    page = board(running, open_page)
    take(running)
    take(running)
    expect(page.locator(".waiting .signs b").first).to_have_text("2")


def test_a_paused_counter_shows_no_number(running: RunningOffice, open_page: Opener) -> None:
    page = board(running, open_page)
    running.send("POST", "/api/v1/counters/2/open", "counter", {}, "2")
    expect(page.locator("[data-counter='2']")).to_contain_text("Sẵn sàng")
    running.send("POST", "/api/v1/counters/2/pause", "counter", {}, "2")
    expect(page.locator("[data-counter='2']")).to_contain_text("Tạm nghỉ")


def test_the_code_of_a_sensitive_dossier_is_never_shown(running: RunningOffice, open_page: Opener) -> None:
    dossier = {
        "code": "000.00.53.H48-240410-0012",
        "procedure": "1.001776",
        "field": "Bảo trợ xã hội",
        "channel": 1,
        "status": 4,
        "received_at": "2024-04-10T01:00:00Z",
        "due_at": "2024-04-17T10:00:00Z",
    }
    other = {**dossier, "code": "000.00.53.H48-240411-0034", "field": "Đất đai"}
    running.send("PUT", "/api/v1/dossiers", "admin", [dossier, other])
    page = board(running, open_page)
    expect(page.locator(".progress .one")).to_have_count(2)
    words = page.inner_text(".progress")
    assert "240411-0034" in words
    assert "240410-0012" not in words


def test_a_dead_service_turns_the_numbers_grey_at_once(running: RunningOffice, open_page: Opener) -> None:
    take(running)
    ticket = call_next(running)
    running.send("POST", f"/api/v1/tickets/{ticket['id']}/start", "counter", {}, "1")
    page = board(running, open_page)
    running.service.stopped.set()
    expect(page.locator(".offline")).to_contain_text("Không cập nhật từ", timeout=14000)
    expect(page.locator("[data-counter='1'] .state")).to_have_text("chưa rõ")
    expect(page.locator(".waiting")).to_have_count(0)


def test_nothing_on_the_board_is_cut(running: RunningOffice, open_page: Opener) -> None:
    for _ in range(3):
        take(running)
    page = board(running, open_page)
    page.set_viewport_size({"width": 1366, "height": 768})
    call_next(running)
    page.wait_for_selector(".call")
    over = "() => { const c = document.querySelector('.call .gold'); return c.scrollWidth - c.clientWidth; }"
    assert page.evaluate(over) <= 0


def test_a_phone_shows_number_people_before_and_the_age_of_its_figures(
    running: RunningOffice, open_page: Opener
) -> None:
    take(running)
    own = take(running)
    page = phone(running, open_page, own["public_token"])
    expect(page.locator(".slip .number b")).to_have_text("002")
    expect(page.locator(".ahead > b")).to_have_text("1")
    expect(page.locator(".age")).to_contain_text("Đang cập nhật liên tục")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_that_lost_its_line_says_how_old_the_figures_are(running: RunningOffice, open_page: Opener) -> None:
    own = take(running)
    page = phone(running, open_page, own["public_token"])
    expect(page.locator(".age")).to_contain_text("Đang cập nhật liên tục")
    page.context.set_offline(True)
    running.service.stopped.set()  # a browser that is offline keeps the stream that it has
    expect(page.locator(".age")).to_contain_text("Mất liên lạc")
    page.evaluate("() => { const real = Date.now; Date.now = () => real() + 31000; }")
    expect(page.locator(".age")).to_contain_text("Chưa cập nhật")
    expect(page.locator("#ticket.old")).to_have_count(1)


def test_a_phone_tells_that_the_turn_has_come(running: RunningOffice, open_page: Opener) -> None:
    own = take(running)
    call_next(running)
    page = phone(running, open_page, own["public_token"])
    expect(page.locator("main")).to_contain_text("Mời bà con đến quầy 1")


def test_a_phone_rates_once_after_the_service(running: RunningOffice, open_page: Opener) -> None:
    own = take(running)
    call_next(running)
    running.send("POST", f"/api/v1/tickets/{own['id']}/complete", "counter", {}, "1")
    page = phone(running, open_page, own["public_token"])
    page.click("[data-level=satisfied]")
    expect(page.locator(".rate")).to_contain_text("Cảm ơn bà con!")
    for _ in range(150):  # it rests for ten seconds, in which another face may be touched
        rated = [event for event in running.story.events() if event["type"] == "rating.submitted"]
        if rated:
            break
        page.wait_for_timeout(100)
    assert [event["data"]["answers"] for event in rated] == [{"attitude": "satisfied"}]


def test_an_old_address_sends_the_citizen_to_the_machine(running: RunningOffice, open_page: Opener) -> None:
    page = phone(running, open_page, "abcdefghijkm")
    expect(page.locator("main")).to_contain_text("không phải của hôm nay")


def test_the_first_page_leads_to_every_other(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.address, 1366, 768)
    expect(page.locator("main li a")).to_have_count(6)
    for link in page.locator("main li a").all():
        assert page.request.get(running.address + str(link.get_attribute("href"))).ok
