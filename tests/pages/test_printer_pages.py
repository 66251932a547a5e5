"""A printer in trouble, as citizen, clerk and technician see it: before a tap, in the queue, on its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from contract.tickets import PrintState
from kiosk.domain.ticket import Ticket
from kiosk.printing.health import PrinterHealth
from tests.pages.conftest import Opener, RunningOffice, run_printing_office
from tests.pages.looks import cut_off, on_screen, too_small
from tests.ticket_printer.slips import until
from ticket_printer.simulator.printer import SimulatedPrinter

LEAST_PX = 90
SOON_MS = 9000


@pytest.fixture
def device() -> Iterator[SimulatedPrinter]:
    printer = SimulatedPrinter(mm_per_s=900.0, cut_s=0.02)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, device: SimulatedPrinter) -> Iterator[RunningOffice]:
    """The sample office, open, with a printer that really prints, and a public address for QR codes."""
    yield from run_printing_office(tmp_path, monkeypatch, device, "epson-tm-t20", "https://mc.bavi.vn")


def kiosk(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("kiosk"))
    on_screen(page, "home")
    return page


def admin(running: RunningOffice, open_page: Opener, size: tuple[int, int] = (1366, 768)) -> Page:
    page = open_page(f"{running.address}/admin/printers#token={running.story.token('admin')}", *size)
    page.wait_for_selector(".headline")
    return page


def slip_state(running: RunningOffice, ticket: Ticket) -> PrintState:
    return running.story.ticket(ticket.id).print_state


def in_doubt(running: RunningOffice, device: SimulatedPrinter) -> Ticket:
    """A slip during which the paper ran out; then somebody put in a new roll."""
    device.obey({"paper_out_at_row": device.paper.printed_rows + 200})
    ticket = running.story.take_number()
    assert until(lambda: slip_state(running, ticket) is PrintState.UNKNOWN, 15)
    device.obey({"paper": "ok"})
    assert until(lambda: running.story.app.printer_health.shapes()["hall"]["state"] == "ok", 10)
    return ticket


def test_the_kiosk_says_out_of_paper_before_a_tap_and_forgets_it_after_the_refill(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    page = kiosk(running, open_page)
    expect(page.locator(".nopaper")).to_have_count(0)
    device.obey({"paper": "out"})
    expect(page.locator(".nopaper")).to_contain_text("Máy hết giấy", timeout=SOON_MS)
    expect(page.locator(".nopaper")).to_contain_text("Số hiện trên màn hình")
    device.obey({"paper": "ok"})
    expect(page.locator(".nopaper")).to_have_count(0, timeout=SOON_MS)


def test_every_choice_screen_says_it_and_a_number_is_shown_at_once_with_a_square_for_phones(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    device.obey({"paper": "out"})
    page = kiosk(running, open_page)
    expect(page.locator(".nopaper")).to_be_visible(timeout=SOON_MS)
    for click, screen in ((".take", "service"), ("[data-service=HT]", "priority")):
        assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
        assert overlaps(page) == []
        page.click(click)
        on_screen(page, screen)
        expect(page.locator(".nopaper")).to_contain_text("Máy hết giấy")
    page.click(".take")
    page.wait_for_selector(".trouble .qr img")
    assert page.text_content(".number") == "A001"
    assert "Xin lấy phiếu" not in page.inner_text("#stage")


OVERLAPS = """() => { const box = e => e.getBoundingClientRect(), bar = box(document.querySelector('.bar')).top;
  return [...document.querySelectorAll('main button, main .nopaper')].filter(e => box(e).bottom > bar + 1
    || box(e).right > box(document.querySelector('#stage')).right).map(e => e.innerText); }"""


def overlaps(page: Page) -> list[str]:
    """What lies under the bar or beyond the screen's edge."""
    found: list[str] = page.evaluate(OVERLAPS)
    return found


def stop_printing(running: RunningOffice) -> None:
    """From now on only the test tells how the printer is."""
    running.service.printing[0].stop()
    running.service.printing[0].join(10)


def test_a_number_taken_while_the_paper_is_changed_shows_its_slip_when_it_comes(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    page = kiosk(running, open_page)
    page.click(".take")
    on_screen(page, "service")
    page.click("[data-service=HT]")
    on_screen(page, "priority")
    page.click(".take")
    page.wait_for_selector("main[data-print=PRINTED]", timeout=SOON_MS)
    assert "Xin lấy phiếu" in page.inner_text(".floor")


def test_nobody_is_warned_while_another_printer_stands_in(running: RunningOffice, open_page: Opener) -> None:
    stop_printing(running)
    states = running.story.app.printer_health
    states.publish("hall", PrinterHealth("fault", "paper_out", near_end=True, fallback="gate"))
    states.publish("gate", PrinterHealth("ok", None))
    page = kiosk(running, open_page)
    page.wait_for_timeout(2500)
    assert page.locator(".nopaper").count() == 0
    states.publish("gate", PrinterHealth("unknown", "unreachable"))
    expect(page.locator(".nopaper")).to_contain_text("Máy hết giấy", timeout=SOON_MS)


def test_a_hot_head_is_waited_for(running: RunningOffice, open_page: Opener, device: SimulatedPrinter) -> None:
    stop_printing(running)
    states = running.story.app.printer_health
    states.publish("hall", PrinterHealth("fault", "overheat"))
    page = kiosk(running, open_page)
    expect(page.locator(".nopaper")).to_contain_text("Máy in đang nóng", timeout=SOON_MS)
    for click, screen in ((".take", "service"), ("[data-service=HT]", "priority"), (".take", "ticket")):
        page.click(click)
        on_screen(page, screen)
    assert "Đang in phiếu" in page.inner_text(".floor")


def test_a_printer_that_cannot_speak_frightens_nobody(running: RunningOffice, open_page: Opener) -> None:
    states = running.story.app.printer_health
    stop_printing(running)
    states.publish("hall", PrinterHealth("unknown", "no_answer", mute=True))
    page = kiosk(running, open_page)
    page.wait_for_timeout(2500)
    assert page.locator(".nopaper").count() == 0
    states.publish("hall", PrinterHealth("unknown", "no_answer"))
    expect(page.locator(".nopaper")).to_contain_text("Máy in không trả lời", timeout=SOON_MS)


def test_a_clerk_settles_a_slip_in_doubt_from_the_queue(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    ticket = in_doubt(running, device)
    page = open_page(running.page_address("counter", "1"), 1366, 768)
    expect(page.locator(".next .slip")).to_contain_text("Chưa rõ phiếu đã ra")
    page.click(".next .seen")
    expect(page.locator(".next .slip")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text("phiếu A001 đã ra")
    assert slip_state(running, ticket) is PrintState.PRINTED


def test_a_doubt_stays_in_sight_at_the_counter_until_it_is_settled(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    ticket = in_doubt(running, device)
    running.story.call_next()
    page = open_page(running.page_address("counter", "1"), 1366, 768)
    expect(page.locator(".citizen .slip")).to_contain_text("Chưa rõ phiếu đã ra")
    assert page.evaluate("() => document.documentElement.scrollHeight - innerHeight") <= 0
    running.send("POST", f"/api/v1/tickets/{ticket.id}/hold", "counter", {"reason": None}, "1")
    expect(page.locator(".aside .slip")).to_be_visible()
    page.click(".aside .seen")
    expect(page.locator(".slip")).to_have_count(0)
    assert slip_state(running, ticket) is PrintState.PRINTED


def test_a_clerk_prints_a_slip_in_doubt_again(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    ticket = in_doubt(running, device)
    page = open_page(running.page_address("counter", "1"), 1366, 768)
    page.click(".next .slip .small:not(.seen)")
    expect(page.locator(".next .slip")).to_have_count(0, timeout=SOON_MS)
    assert until(lambda: slip_state(running, ticket) is PrintState.PRINTED)


def test_the_page_of_the_printers_shows_slips_as_pictures_and_faults_by_day(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    running.story.take_number()
    assert until(lambda: device.count == 1)
    in_doubt(running, device)
    page = admin(running, open_page)
    expect(page.locator(".headline b")).to_have_text("Máy in chạy tốt")
    expect(page.locator(".shot")).to_have_count(2)
    page.wait_for_function("() => [...document.querySelectorAll('.shot img')].every(i => i.naturalWidth === 576)")
    expect(page.locator(".shot .mark").first).to_have_text("chưa rõ")
    expect(page.locator(".fortnight .fault")).to_have_count(1)
    expect(page.locator(".faults tr")).to_contain_text("Máy in hết giấy")
    page.click(".doubts .button >> nth=0")
    expect(page.locator(".doubts")).to_have_count(0)
    page.click(".shot >> nth=0")
    expect(page.locator("dialog.large img")).to_be_visible()


def test_the_page_says_since_when_the_paper_is_out_and_what_to_do(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    device.obey({"paper": "out"})
    assert until(lambda: running.story.app.printer_health.shapes()["hall"]["state"] == "fault", 10)
    page = admin(running, open_page)
    expect(page.locator(".headline")).to_contain_text("Máy in hết giấy từ 08:05")
    expect(page.locator(".headline")).to_contain_text("Thay cuộn giấy mới")
    expect(page.locator(".paper b")).to_have_text("hết")


def test_a_trial_slip_is_printed_from_the_page(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    page = admin(running, open_page)
    page.click(".trial")
    expect(page.locator(".tried")).to_contain_text("đã ra")
    assert device.count == 1


def test_a_new_roll_is_told_on_the_page_where_slips_are_counted(running: RunningOffice, open_page: Opener) -> None:
    stop_printing(running)
    running.service.printing[0].join(10)
    states = running.story.app.printer_health
    states.publish("hall", PrinterHealth("ok", None, near_end=True, slips_left=37))
    page = admin(running, open_page)
    expect(page.locator(".paper")).to_contain_text("khoảng 37 phiếu")
    expect(page.locator(".headline")).to_contain_text("sắp hết")
    asked: list[str] = []

    def renewed(route: Route) -> None:
        asked.append(route.request.method)
        states.publish("hall", PrinterHealth("ok", None, slips_left=700))
        route.fulfill(json={"slips_left": 700})

    page.route("**/api/v1/printers/hall/roll", renewed)
    page.click(".paper .button")
    expect(page.locator(".paper")).to_contain_text("khoảng 700 phiếu")
    assert asked == ["POST"]


def test_the_page_fits_real_screens(running: RunningOffice, open_page: Opener, device: SimulatedPrinter) -> None:
    for service in ("HT", "DD", "VX", "VP", "KQ", "HT", "DD", "VX"):
        running.story.take_number(service)
    assert until(lambda: device.count == 8, 15)
    for size in ((1366, 768), (1920, 1080), (1024, 768)):
        page = admin(running, open_page, size)
        expect(page.locator(".shot")).to_have_count(8)
        assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
        cut = page.evaluate(
            "() => [...document.querySelectorAll('.shot .mark, .shot b, .headline b, .button')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')"
            ".map(e => e.innerText)"
        )
        assert cut == []
