"""The clerk's screen, worked by keys as clerks work it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from contract.tickets import TicketState
from kiosk.printing.health import PrinterHealth
from kiosk.store.credentials import hash_secret
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.looks import stop_time
from tests.ticket_printer.slips import until

DESIGN = (1366, 768)
DOSSIER = "000.00.53.H48-240415-0003"


def counter(running: RunningOffice, open_page: Opener, code: str = "1", size: tuple[int, int] = DESIGN) -> Page:
    page = open_page(running.page_address("counter", code), *size)
    page.wait_for_selector("#step")
    assert until(lambda: running.service.stream.followers > 0, 20), "the page hears what happens from here on"
    return page


def press(page: Page, key: str) -> None:
    page.keyboard.press(key)


def space(page: Page) -> None:
    """The big key, once it has rested."""
    page.wait_for_selector("#step:not(.rests)")
    page.keyboard.press("Space")


def current(page: Page) -> Any:
    return expect(page.locator(".citizen .number"))


def types_of(running: RunningOffice) -> list[str]:
    return [kind for kind in running.story.types() if kind.startswith(("ticket.", "counter."))]


def called(running: RunningOffice, open_page: Opener) -> Page:
    running.story.take_number()
    running.story.take_number()
    page = counter(running, open_page)
    space(page)
    current(page).to_have_text("001")
    return page


def test_the_space_bar_calls_starts_and_completes_and_calls_the_next(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    expect(page.locator("#step")).to_contain_text("Bắt đầu")
    space(page)
    expect(page.locator("#step")).to_contain_text("Xong, gọi số tiếp")
    space(page)
    current(page).to_have_text("002")
    assert types_of(running)[-4:] == ["ticket.called", "ticket.serving_started", "ticket.completed", "ticket.called"]


def test_the_space_bar_rests_after_each_use(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    for _ in range(4):
        press(page, "Space")
    page.wait_for_selector("#step:not(.rests)")
    assert "ticket.serving_started" not in types_of(running)


def test_the_last_one_is_completed_and_the_button_turns_grey(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    page = counter(running, open_page)
    space(page)
    current(page).to_have_text("001")
    space(page)
    expect(page.locator("#step")).to_contain_text("Xong")
    space(page)
    expect(page.locator("#step")).to_contain_text("Chưa có ai chờ")
    expect(page.locator("#step")).to_be_disabled()


def test_a_number_taken_now_appears_without_reloading(running: RunningOffice, open_page: Opener) -> None:
    page = counter(running, open_page)
    expect(page.locator("#step")).to_be_disabled()
    running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})
    expect(page.locator(".next .number")).to_have_text("001")
    expect(page.locator("#step")).to_be_enabled()


def test_letters_recall_and_mark_absent(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    press(page, "r")
    expect(page.locator(".facts")).to_contain_text("gọi 2 lần")
    press(page, "v")
    expect(page.locator(".aside")).to_contain_text("Vắng mặt")
    assert types_of(running)[-2:] == ["ticket.recalled", "ticket.no_show"]


def test_the_number_pad_serves_the_right_hand(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    press(page, "NumpadAdd")
    expect(page.locator(".facts")).to_contain_text("gọi 2 lần")
    press(page, "NumpadSubtract")
    expect(page.locator(".aside")).to_contain_text("Vắng mặt")
    press(page, "NumpadDecimal")
    current(page).to_have_text("001")


def test_undo_takes_back_the_last_action(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    press(page, "v")
    expect(page.locator(".citizen.empty")).to_be_visible()
    press(page, "z")
    current(page).to_have_text("001")
    assert types_of(running)[-1] == "ticket.undone"


def test_a_transfer_by_letter_goes_to_that_service(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    press(page, "c")
    page.wait_for_selector("dialog[open]")
    press(page, "h")
    expect(page.locator("dialog")).to_contain_text("Chưa quầy nào của Văn hóa – Xã hội mở")
    page.click("dialog .choice")
    expect(page.locator(".citizen.empty")).to_be_visible()
    event = running.story.events()[-1]
    assert (event["type"], event["data"]["service"], event["data"]["number"]) == ("ticket.transferred", "VX", "A001")


def test_a_transferred_number_says_where_it_comes_from(running: RunningOffice, open_page: Opener) -> None:
    ticket = running.story.take_number("VX")
    assert running.story.call_next("4")
    running.send("POST", f"/api/v1/tickets/{ticket.id}/transfer", "counter", {"service": "HT"}, "4")
    page = counter(running, open_page)
    expect(page.locator(".next")).to_contain_text("Từ quầy 4")


def test_holding_keeps_the_reason(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    press(page, "g")
    page.wait_for_selector("dialog[open]")
    press(page, "1")
    expect(page.locator(".aside")).to_contain_text("chờ bổ sung giấy tờ")
    ticket = running.story.ticket(running.story.events()[-1]["subject"])
    assert (ticket.state, ticket.reason) == (TicketState.ON_HOLD, "missing-papers")


def test_digits_and_enter_call_any_number(running: RunningOffice, open_page: Opener) -> None:
    for _ in range(3):
        running.story.take_number()
    page = counter(running, open_page)
    press(page, "3")
    page.wait_for_selector("dialog[open]")
    press(page, "Enter")
    current(page).to_have_text("003")


def test_digits_typed_quickly_make_one_number(running: RunningOffice, open_page: Opener) -> None:
    for _ in range(12):
        running.story.take_number()
    page = counter(running, open_page)
    page.keyboard.type("12", delay=48)
    expect(page.locator(".typed")).to_contain_text("012")
    press(page, "Enter")
    current(page).to_have_text("012")


def test_a_call_at_the_other_counter_updates_the_queue_and_says_so(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    running.story.take_number()
    page = counter(running, open_page)
    expect(page.locator(".next .number")).to_have_text("001")
    running.send("POST", "/api/v1/counters/2/call-next", "counter", {}, "2")
    expect(page.locator(".next .number")).to_have_text("002")
    expect(page.locator(".notice")).to_contain_text("A001 vừa được quầy 2 gọi")


def test_precedence_is_said_without_its_reason(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    running.story.take_number(priority="elderly")
    page = counter(running, open_page)
    expect(page.locator(".next")).to_contain_text("Mời trước")
    assert "cao tuổi" not in page.inner_text("body")


def test_a_scanner_reaches_the_dossier_field_and_starts_nothing_else(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    space(page)
    expect(page.locator("#step")).to_contain_text("Xong, gọi số tiếp")
    page.clock.install()
    stop_time(page)  # at a scanner's pace, whatever this machine's is
    page.keyboard.type(DOSSIER)
    press(page, "Enter")
    page.clock.resume()
    expect(page.locator(".dossier")).to_contain_text(DOSSIER)
    assert types_of(running)[-1] == "ticket.dossier_linked"
    assert page.locator("dialog[open]").count() == 0


def test_no_key_acts_while_the_field_has_the_cursor(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    press(page, "m")
    expect(page.locator("#dossier")).to_be_focused()
    before = types_of(running)
    page.keyboard.type("v r z", delay=90)
    page.wait_for_timeout(300)
    assert types_of(running) == before
    assert page.input_value("#dossier") == "v r z"


def test_a_code_typed_wrongly_is_refused_in_vietnamese(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    page.fill("#dossier", "khong phai ma")
    page.press("#dossier", "Enter")
    expect(page.locator(".toast")).to_contain_text("Mã hồ sơ chưa đủ hoặc sai.")


def test_a_paused_counter_opens_again_with_the_big_button(running: RunningOffice, open_page: Opener) -> None:
    page = counter(running, open_page)
    press(page, "p")
    expect(page.locator(".right")).to_contain_text("Quầy đang tạm nghỉ")
    expect(page.locator("#step")).to_contain_text("Mở lại quầy")
    space(page)
    expect(page.locator(".right")).to_contain_text("Quầy đang mở")


def test_a_call_for_help_stays_until_it_is_answered(running: RunningOffice, open_page: Opener) -> None:
    page = counter(running, open_page)
    running.send("POST", "/api/v1/help", "kiosk", {"where": "kiosk"})
    expect(page.locator(".help")).to_contain_text("ở máy lấy số")
    page.click(".help .small")
    expect(page.locator(".help")).to_have_count(0)
    assert running.story.types()[-1] == "help.answered"


def test_a_dead_line_up_is_told_in_words_of_work(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    state = {"epoch": running.service.stream.epoch, "cursor": 0, "state": "offline"}
    running.send("PUT", "/api/v1/followers/tinh", "sync", state)
    page = counter(running, open_page)
    expect(page.locator(".trouble")).to_contain_text("Mạng đang đứt")
    expect(page.locator(".tick.look")).to_contain_text("việc chờ gửi")


def test_a_lost_service_greys_the_actions_and_keeps_the_number(running: RunningOffice, open_page: Opener) -> None:
    page = called(running, open_page)
    page.context.set_offline(True)
    running.story.take_number()
    expect(page.locator(".lost")).to_contain_text("Mất liên lạc với máy chủ", timeout=15000)
    current(page).to_have_text("001")
    expect(page.locator("#step")).to_be_disabled()
    page.context.set_offline(False)
    expect(page.locator(".lost")).to_have_count(0, timeout=15000)
    expect(page.locator("#step")).to_be_enabled()


def test_a_page_without_a_counter_asks_which_one_it_is(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/counter", *DESIGN)
    expect(page.locator(".choose .choice")).to_have_count(5)


def test_nothing_is_cut_at_the_sizes_of_real_screens(running: RunningOffice, open_page: Opener) -> None:
    for size in (DESIGN, (1280, 720), (1920, 1080)):
        page = called(running, open_page) if size == DESIGN else counter(running, open_page, "1", size)
        cut = page.evaluate(
            "() => [...document.querySelectorAll('.other span, .step b, .badge, .tick, .today b')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')"
            ".map(e => e.innerText)"
        )
        assert cut == []
        height = page.evaluate("() => document.documentElement.scrollHeight - innerHeight")
        assert height <= 0


def test_a_clerk_signs_in_with_a_pin_and_a_wrong_pin_keeps_the_device(
    running: RunningOffice, open_page: Opener
) -> None:
    with running.story.app.store.writing() as tables:
        tables.clerks.add("lan", "Đinh Thị Lan", hash_secret("2468"))
    page = counter(running, open_page)
    page.click(".clerk")
    page.fill("dialog input", "1357")
    page.press("dialog input", "Enter")
    expect(page.locator("dialog .said")).to_have_text("Mã PIN chưa đúng.")
    page.fill("dialog input", "2468")
    page.press("dialog input", "Enter")
    expect(page.locator("dialog")).to_have_count(0)
    assert "clerk.signed_in" in running.story.types()[-2:]
    page.click(".clerk")
    page.click("dialog .choice >> text=Rời quầy này")
    expect(page.locator(".clerk u")).to_be_visible()
    assert "clerk.signed_out" in running.story.types()[-2:]


def test_a_counter_is_handed_over_in_two_keys_and_the_citizen_stays(running: RunningOffice, open_page: Opener) -> None:
    secret = hash_secret("2468")
    with running.story.app.store.writing() as tables:
        for clerk, name in (("an", "Lê Thị An"), ("binh", "Trần Văn Bình"), ("cuc", "Hà Thị Cúc")):
            tables.clerks.add(clerk, name, secret)
    running.story.take_number()
    page = counter(running, open_page)
    for clerk in ("binh", "an"):
        running.send("POST", "/api/v1/session", "counter", {"clerk": clerk, "pin": "2468"}, counter="1")
    expect(page.locator(".clerk")).to_contain_text("Lê Thị An")
    page.keyboard.press("Space")
    expect(page.locator(".left")).to_contain_text("001")
    page.keyboard.press("KeyB")
    expect(page.locator("dialog")).to_contain_text("Ai nhận bàn giao từ Lê Thị An?")
    assert page.locator("dialog option").all_inner_texts() == ["Trần Văn Bình", "Hà Thị Cúc"], "by given name"
    page.select_option("dialog select", "cuc")
    page.fill("dialog input", "2468")
    page.press("dialog input", "Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".clerk")).to_contain_text("Hà Thị Cúc")
    expect(page.locator(".left")).to_contain_text("001")
    told = [event for event in running.story.events() if event["type"].startswith("clerk.")][-2:]
    assert [event["data"] for event in told] == [
        {"counter": "1", "handed_to": "Hà Thị Cúc"},
        {"counter": "1", "handed_by": "Lê Thị An"},
    ]
    page.keyboard.press("KeyB")
    assert page.input_value("dialog select") == "an", "whoever handed over before comes back by the PIN alone"


def test_a_slip_that_did_not_come_out_is_offered_again(running: RunningOffice, open_page: Opener) -> None:
    running.story.take_number()
    running.story.app.printer_health.publish("hall", PrinterHealth("fault", "paper_out"))
    page = counter(running, open_page)
    expect(page.locator(".next .slip")).to_contain_text("Phiếu chưa in được")
    expect(page.locator(".next .small")).to_have_text("In lại")
    expect(page.locator(".trouble")).to_contain_text("Máy in hết giấy")
    expect(page.locator(".tick.broken")).to_contain_text("Máy in")
