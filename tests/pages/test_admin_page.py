"""The administrator's page: figures with their denominators, devices with what to do, the journal in words."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from kiosk.maintenance.initialise import add_administrator
from kiosk.printing.health import PrinterHealth
from tests.pages.conftest import Opener, RunningOffice

DESIGN = (1366, 768)
PASSWORD = "mat-khau-thu-nghiem"


def admin(running: RunningOffice, open_page: Opener, room: str = "statistics") -> Page:
    page = open_page(running.page_address("admin"), *DESIGN)
    page.wait_for_selector(".room h1")
    if room != "statistics":
        page.click(f"nav a[href='#{room}']")
        page.wait_for_selector(f"nav a.now[href='#{room}']")
    return page


def serve_two_of_three(running: RunningOffice) -> None:
    story = running.story
    for _ in range(3):
        story.take_number()
    story.clock.passes(600)
    story.call_next()
    story.clock.passes(300)
    story.call_next(finish="complete")
    story.clock.passes(300)
    story.call_next(finish="complete")


def test_figures_of_today_stand_with_what_they_are_counted_from(running: RunningOffice, open_page: Opener) -> None:
    serve_two_of_three(running)
    page = admin(running, open_page)
    served = page.locator(".figure").first
    expect(served).to_contain_text("lượt phục vụ")
    expect(served.locator(".value b")).to_have_text("2")
    expect(served).to_contain_text("trên 3 số đã cấp, 1 số còn mở")
    expect(page.locator(".agrees")).to_have_count(1)


def test_a_rate_without_a_denominator_is_a_dash(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    page = admin(running, open_page)
    expect(page.locator(".figure").nth(2).locator(".value b")).to_have_text("–")


def test_an_empty_period_says_so(running: RunningOffice, open_page: Opener) -> None:
    page = admin(running, open_page)
    expect(page.locator(".nothing")).to_contain_text("Chưa có lượt nào trong kỳ này")


def test_waiting_by_hour_is_drawn(running: RunningOffice, open_page: Opener) -> None:
    serve_two_of_three(running)
    page = admin(running, open_page)
    hour = page.locator(".drawn").first.locator(".pick")
    expect(hour).to_have_count(1)
    expect(hour).to_contain_text("8h")
    hour.click()
    rows = page.locator(".counted tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("15/4/2024")
    page.click(".counted .cardhead .button")
    expect(page.locator(".counted")).to_have_count(0)


def test_figures_follow_the_office_without_reloading(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    page = admin(running, open_page)
    expect(page.locator(".figure").first).to_contain_text("trên 1 số")
    running.send("POST", "/api/v1/tickets", "kiosk", {"service": "DD"})
    expect(page.locator(".figure").first).to_contain_text("trên 2 số")


def test_the_report_is_saved_as_csv(running: RunningOffice, open_page: Opener) -> None:
    serve_two_of_three(running)
    page = admin(running, open_page)
    with page.expect_download() as saved:
        page.click("text=CSV")
    assert saved.value.suggested_filename == "mot-cua-2024-04-15-2024-04-15.csv"
    assert "2024" in saved.value.path().read_text(encoding="utf-8-sig")


def test_a_device_waiting_to_be_paired_is_accepted_here(running: RunningOffice, open_page: Opener) -> None:
    asked = running.send(
        "POST", "/api/v1/devices/pair", "kiosk", {"role": "tablet", "name": "tablet-3", "counter": "3"}
    )
    page = admin(running, open_page, "devices")
    expect(page.locator(".pairs .code")).to_have_text(f"{asked['code'][:4]} {asked['code'][4:]}")
    expect(page.locator(".pairs small")).to_contain_text("tablet-3 · 127.0.0.1 ·")
    page.click(".pairs .button")
    expect(page.locator(".pairs")).to_have_count(0)
    collected = running.send("POST", "/api/v1/devices/pair/token", "kiosk", {"device_code": asked["device_code"]})
    assert collected["token"]


def test_a_faulty_device_says_what_to_do(running: RunningOffice, open_page: Opener) -> None:
    running.send("POST", "/api/v1/devices/heartbeat", "tablet", {"state": "fault", "reason": "pin 5 %"}, "5")
    page = admin(running, open_page, "devices")
    row = page.locator("tr.look")
    expect(row).to_contain_text("Quầy 5")
    expect(row).to_contain_text("Cắm sạc")
    expect(page.locator(".headline")).to_contain_text("Có 1 việc cần xem")


def test_a_line_that_is_down_says_that_nothing_is_lost(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    state = {"epoch": running.service.stream.epoch, "cursor": 0, "state": "offline"}
    running.send("PUT", "/api/v1/followers/tinh", "sync", state)
    page = admin(running, open_page, "devices")
    expect(page.locator(".headline")).to_contain_text("không mất gì")
    expect(page.locator(".three")).to_contain_text("Chờ gửi lên tỉnh (tinh)")


def test_a_line_whose_program_died_is_not_well(running: RunningOffice, open_page: Opener) -> None:
    state = {"epoch": running.service.stream.epoch, "cursor": 0, "state": "ok"}
    running.send("PUT", "/api/v1/followers/tinh", "sync", state)
    running.story.clock.passes(3600)
    page = admin(running, open_page, "devices")
    expect(page.locator(".headline")).to_contain_text("Chương trình gửi im lặng từ 08:05")
    expect(page.locator(".three")).not_to_contain_text("Đường truyền tốt")
    expect(page.locator(".three")).to_contain_text("Chờ gửi lên tỉnh (tinh)")


def test_the_journal_is_told_in_words(running: RunningOffice, open_page: Opener) -> None:
    serve_two_of_three(running)
    page = admin(running, open_page, "journal")
    events = page.locator(".events")
    expect(events).to_contain_text("Gọi A001 đến quầy 1")
    expect(events).to_contain_text("Cấp số A003")
    running.send("POST", "/api/v1/tickets", "kiosk", {"service": "DD"})
    expect(events).to_contain_text("Cấp số C001")


def test_dossiers_are_counted_by_field(running: RunningOffice, open_page: Opener) -> None:
    dossier = {
        "code": "000.00.53.H48-240410-0012",
        "procedure": "1.001193",
        "field": "Hộ tịch",
        "channel": 1,
        "status": 4,
        "received_at": "2024-04-10T01:00:00Z",
        "due_at": "2024-04-12T10:00:00Z",
    }
    running.send("PUT", "/api/v1/dossiers", "admin", [dossier])
    page = admin(running, open_page, "dossiers")
    expect(page.locator(".bars").first).to_contain_text("Hộ tịch")
    expect(page.locator(".figure").nth(2).locator("p b")).to_have_text("1")


def test_name_and_password_open_the_page_and_a_wrong_one_does_not(running: RunningOffice, open_page: Opener) -> None:
    add_administrator(running.story.app, "minh", PASSWORD)
    page = open_page(f"{running.address}/admin", *DESIGN)
    page.fill("#name", "minh")
    page.fill("#password", "khong-dung")
    page.press("#password", "Enter")
    expect(page.locator(".said")).to_have_text("Tên, mật khẩu hoặc mã chưa đúng.")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    expect(page.locator("nav a")).to_have_count(12)
    page.click("text=Đăng xuất")
    expect(page.locator("#password")).to_be_visible()


def test_whoever_is_signed_in_changes_his_password_and_signs_in_with_it(
    running: RunningOffice, open_page: Opener
) -> None:
    add_administrator(running.story.app, "hoa", PASSWORD)
    page = open_page(f"{running.address}/admin", *DESIGN)
    page.fill("#name", "hoa")
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.click("text=Đổi mật khẩu")
    page.fill("#present", "khong-dung")
    page.fill("#chosen", "mua xuân ở Ba Vì")
    page.press("#chosen", "Enter")
    expect(page.locator("dialog .said")).to_have_text("Mật khẩu hiện tại chưa đúng.")
    page.fill("#present", PASSWORD)
    page.press("#present", "Enter")
    page.fill("#name", "hoa")
    page.fill("#password", "mua xuân ở Ba Vì")
    page.press("#password", "Enter")
    expect(page.locator("nav a")).to_have_count(12)


def test_a_printer_without_paper_stands_first_with_what_to_do(running: RunningOffice, open_page: Opener) -> None:
    running.send("POST", "/api/v1/devices/heartbeat", "board", {"state": "online"})
    running.story.app.printer_health.publish("hall", PrinterHealth("fault", "paper_out", near_end=True))
    page = admin(running, open_page, "devices")
    first = page.locator(".devices tbody tr").first
    expect(first).to_contain_text("Hết giấy")
    expect(first).to_contain_text("Thay cuộn giấy mới")


def test_an_event_is_looked_for_by_number_and_somebody_who_guesses_is_told(
    running: RunningOffice, open_page: Opener
) -> None:
    serve_two_of_three(running)
    for _ in range(20):
        running.story.send("GET", "/api/v1/board", None, Authorization="Bearer guessed")
    page = admin(running, open_page, "journal")
    expect(page.get_by_role("alert").filter(has_text="Có người đang dò mã")).to_contain_text("127.0.0.1")
    page.get_by_label("Số", exact=True).fill("a002")
    page.get_by_role("button", name="Tìm", exact=True).click()
    events = page.locator(".events tbody tr")
    expect(events.first).to_contain_text("A002")
    expect(page.locator(".events")).not_to_contain_text("A001")
