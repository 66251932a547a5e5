"""A slip in a presenter's mouth, as its owner, the next citizen and the technician see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from contract.tickets import PrintState
from tests.pages.conftest import Opener, RunningOffice, run_printing_office
from tests.pages.looks import cut_off, on_screen, too_small
from tests.ticket_printer.slips import until
from ticket_printer.delivery.presenter import TAKE_S
from ticket_printer.simulator.printer import SimulatedPrinter

LEAST_PX = 90
SOON_MS = 9000


@pytest.fixture
def device() -> Iterator[SimulatedPrinter]:
    printer = SimulatedPrinter(mm_per_s=900.0, cut_s=0.02, presenter=True)
    printer.start()
    yield printer
    printer.stop()


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, device: SimulatedPrinter) -> Iterator[RunningOffice]:
    """The sample office, open, with a kiosk printer that holds its slips out."""
    yield from run_printing_office(tmp_path, monkeypatch, device, "custom-vkp80")


def number_taken(running: RunningOffice, open_page: Opener) -> Page:
    page = open_page(running.page_address("kiosk"))
    on_screen(page, "home")
    for click, screen in ((".take", "service"), ("[data-service=HT]", "priority"), (".take", "ticket")):
        page.click(click)
        on_screen(page, screen)
    return page


def held(running: RunningOffice) -> str | None:
    found = running.story.app.printer_health.shapes()["hall"]["held_out"]
    return found["state"] if found else None


OUTSIDE = """() => { const box = e => e.getBoundingClientRect(), floor = box(document.querySelector('.floor'));
  return [...document.querySelectorAll('.floor h1, .floor p, .floor .slot')].filter(e => box(e).left < floor.left
    || box(e).right > floor.right || box(e).top < floor.top || box(e).bottom > floor.bottom
    || e.scrollWidth > e.clientWidth + 1).map(e => e.innerText); }"""


def test_whoever_took_a_number_is_told_to_take_the_slip_and_that_it_was_taken(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    page = number_taken(running, open_page)
    expect(page.locator(".floor h1")).to_have_text("Xin lấy phiếu", timeout=SOON_MS)
    assert until(lambda: held(running) == "in_mouth")
    assert page.evaluate(OUTSIDE) == []
    device.obey({"take": True})
    expect(page.locator(".floor h1")).to_have_text("Đã lấy phiếu", timeout=SOON_MS)
    assert page.evaluate(OUTSIDE) == []
    assert page.text_content(".number") == "A001"


def test_whoever_waits_for_a_slip_sees_which_one_must_be_taken_first(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    running.story.take_number()
    assert until(lambda: held(running) == "in_mouth")
    page = number_taken(running, open_page)
    expect(page.locator(".floor h1")).to_have_text("Xin lấy phiếu A001 còn ở khe máy", timeout=SOON_MS)
    expect(page.locator(".floor p")).to_contain_text("Lấy xong, phiếu A002 sẽ ra")
    assert page.evaluate(OUTSIDE) == []
    device.obey({"take": True})
    expect(page.locator(".floor h1")).to_have_text("Xin lấy phiếu", timeout=SOON_MS)
    expect(page.locator(".floor .sheet")).to_have_text("A002")


def test_a_slip_that_is_taken_swallows_no_touch(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    page = number_taken(running, open_page)
    expect(page.locator(".floor h1")).to_have_text("Xin lấy phiếu", timeout=SOON_MS)
    assert until(lambda: held(running) == "in_mouth")
    page.wait_for_timeout(2200)  # the page knows of it too
    page.hover(".bar button >> nth=-1")
    device.obey({"take": True})
    assert until(lambda: held(running) == "taken")
    page.mouse.down()
    page.wait_for_timeout(2500)
    page.mouse.up()
    on_screen(page, "home")


def test_whoever_left_the_slip_too_long_is_told_where_it_went(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    page = number_taken(running, open_page)
    expect(page.locator(".floor h1")).to_have_text("Xin lấy phiếu", timeout=SOON_MS)
    assert until(lambda: held(running) == "in_mouth")
    running.story.clock.passes(TAKE_S + 1)
    expect(page.locator(".floor h1")).to_have_text("Phiếu rơi ra", timeout=SOON_MS)
    assert page.evaluate(OUTSIDE) == []


def test_a_slip_left_behind_is_told_on_the_screens_of_choice(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    running.story.take_number()
    assert until(lambda: held(running) == "in_mouth")
    page = open_page(running.page_address("kiosk"))
    on_screen(page, "home")
    for click, screen in ((".take", "service"), ("[data-service=HT]", "priority")):
        expect(page.locator(".nopaper")).to_contain_text("Xin lấy phiếu còn ở khe máy", timeout=SOON_MS)
        expect(page.locator(".nopaper")).to_contain_text("A001")
        assert too_small(page, LEAST_PX) == [] and cut_off(page) == []
        page.click(click)
        on_screen(page, screen)
    expect(page.locator(".nopaper")).to_be_visible()
    device.obey({"take": True})
    expect(page.locator(".nopaper")).to_have_count(0, timeout=SOON_MS)


def test_a_slip_that_never_came_for_the_one_before_it_says_so(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    device.obey({"holds": True})
    running.story.take_number()
    assert until(lambda: held(running) == "in_mouth")
    page = number_taken(running, open_page)
    expect(page.locator(".floor.behind")).to_be_visible(timeout=SOON_MS)
    running.story.clock.passes(31)
    page.wait_for_selector("main[data-print=NOT_PRINTED] .trouble", timeout=SOON_MS)
    assert "Xin lấy phiếu còn ở khe máy" in page.inner_text(".trouble")
    number = page.text_content(".number")
    found = [event for event in running.story.events() if event["type"] == "slip.not_printed"]
    assert [(event["data"]["number"], event["data"]["reason"]) for event in found] == [(number, "not_taken")]


def test_the_page_of_the_printers_tells_of_the_mouth_and_how_it_was_emptied(
    running: RunningOffice, open_page: Opener, device: SimulatedPrinter
) -> None:
    ticket = running.story.take_number()
    assert until(lambda: held(running) == "in_mouth")
    page = open_page(f"{running.address}/admin/printers#token={running.story.token('admin')}", 1366, 768)
    expect(page.locator(".headline b")).to_contain_text("Phiếu A001 nằm ở khe máy từ 08:05")
    running.story.take_number()
    expect(page.locator(".headline p")).to_have_text("Xin lấy phiếu ra: phiếu sau đang chờ.", timeout=SOON_MS)
    device.obey({"take": True})
    expect(page.locator(".headline b")).to_contain_text("Phiếu A002", timeout=SOON_MS)
    running.story.clock.passes(TAKE_S + 1)
    expect(page.locator(".headline b")).to_have_text("Máy in chạy tốt", timeout=SOON_MS)
    expect(page.locator(".headline p")).to_contain_text("không ai lấy phiếu A002, máy đẩy ra lúc 08:05")
    assert running.story.ticket(ticket.id).print_state is PrintState.PRINTED
