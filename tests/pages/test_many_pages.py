"""Many pages of one browser: each is served and each hears, although a browser opens six connections to one address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.web.pages.routes import PAGES
from tests.pages.conftest import RunningOffice
from tests.ticket_printer.slips import until


@pytest.fixture
def pages(running: RunningOffice, browser: Browser) -> Iterator[list[Page]]:
    """Eight pages: every counter, the kiosk, the tablet and the board."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    addresses = [running.page_address("counter", code) for code in ("1", "2", "3", "4", "5")]
    addresses += [running.page_address("kiosk"), running.page_address("tablet", "1"), running.page_address("board")]
    opened = []
    for address in addresses:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.goto(address)
        opened.append(page)
    yield opened
    context.close()


def test_eight_pages_of_one_browser_have_two_streams_and_all_hear(running: RunningOffice, pages: list[Page]) -> None:
    counter, kiosk, board = pages[0], pages[5], pages[7]
    kiosk.wait_for_selector(".take")
    assert until(lambda: running.service.stream.followers == 2), "one for staff's pages, one for citizens'"
    ticket = running.story.take_number("HT")
    running.story.call_next("1")
    expect(counter.locator("body")).to_contain_text(ticket.number)
    expect(board.locator("body")).to_contain_text(ticket.number)
    kiosk.click(".take")
    kiosk.wait_for_selector("[data-service=VX]")
    running.story.take_number("VX")
    kiosk.wait_for_selector("[data-service=VX] >> text=1 người")
    assert running.service.stream.followers == 2


def test_the_stream_goes_on_when_the_page_that_opened_it_is_closed(running: RunningOffice, pages: list[Page]) -> None:
    until(lambda: running.service.stream.followers == 2)
    for page in pages[:5]:
        page.close()
    ticket = running.story.take_number("HT")
    running.story.call_next("1")
    expect(pages[7].locator("body")).to_contain_text(ticket.number)


def test_a_browser_without_shared_workers_has_a_stream_for_each_page(running: RunningOffice, browser: Browser) -> None:
    context = browser.new_context(locale="vi-VN")
    context.add_init_script("delete window.SharedWorker")
    pages = [context.new_page() for _ in range(2)]
    for page, code in zip(pages, "12", strict=True):
        page.goto(running.page_address("counter", code))
    assert until(lambda: running.service.stream.followers == 2)
    ticket = running.story.take_number("HT")
    for page in pages:
        expect(page.locator("body")).to_contain_text(ticket.number)
    context.close()


def test_a_worker_that_says_nothing_is_not_waited_for(running: RunningOffice, browser: Browser) -> None:
    context = browser.new_context(locale="vi-VN")
    context.add_init_script("window.SharedWorker = class { port = { postMessage() {} }; }")
    page = context.new_page()
    page.goto(running.page_address("counter", "1"))
    assert until(lambda: running.service.stream.followers == 1)
    ticket = running.story.take_number("HT")
    expect(page.locator("body")).to_contain_text(ticket.number)
    context.close()


DENIED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
OLD = {
    "modules": "delete HTMLScriptElement.prototype.noModule",
    "time limits": "delete AbortSignal.timeout",
    "streams of text": "delete window.TextDecoderStream",
}


@pytest.mark.parametrize("missing", OLD)
def test_a_browser_that_is_too_old_says_so_instead_of_a_blank_page(
    running: RunningOffice, browser: Browser, missing: str
) -> None:
    context = browser.new_context(locale="vi-VN")
    context.add_init_script(OLD[missing])
    page = context.new_page()
    page.goto(running.page_address("kiosk"))
    expect(page.locator("#too-old")).to_be_visible()
    expect(page.locator("#too-old")).to_contain_text("Trình duyệt này quá cũ")
    expect(page.locator("#no-storage")).to_be_hidden()
    context.close()


def test_a_browser_that_denies_its_store_says_so_instead_of_a_blank_page(
    running: RunningOffice, browser: Browser
) -> None:
    context = browser.new_context(locale="vi-VN")
    context.add_init_script(DENIED)
    page = context.new_page()
    page.goto(running.page_address("tablet", "1"))
    expect(page.locator("#no-storage")).to_be_visible()
    expect(page.locator("#no-storage")).to_contain_text("dữ liệu trang web")
    context.close()


@pytest.mark.parametrize(("defect", "sentence"), [("too old", "#too-old"), ("no store", "#no-storage")])
def test_no_page_stays_blank_in_a_browser_that_it_cannot_work_in(
    running: RunningOffice, browser: Browser, defect: str, sentence: str
) -> None:
    """A phone need not remember anything, so its page works without a store."""
    token = running.send("POST", "/api/v1/tickets", "kiosk", {"service": "HT"})["public_token"]
    context = browser.new_context(locale="vi-VN")
    context.add_init_script(DENIED if defect == "no store" else OLD["time limits"])
    page = context.new_page()
    shown = {}
    for path in PAGES:
        page.goto(running.address + path.replace("<token>", token), wait_until="commit")
        page.wait_for_load_state("domcontentloaded")
        shown[path] = [one for one in ("#too-old", "#no-storage") if page.locator(one).is_visible()]
        if (path, defect) == ("/t/<token>", "no store"):
            expect(page.locator("#ticket .slip")).to_be_visible(timeout=15_000)
            assert shown.pop(path) == []
    assert shown == {path: [sentence] for path in PAGES if path in shown}
    assert len(shown) >= len(PAGES) - 1
    context.close()


def test_a_browser_without_scripts_says_so(running: RunningOffice, browser: Browser) -> None:
    context = browser.new_context(locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{running.address}/kiosk")
    expect(page.locator("noscript p")).to_contain_text("JavaScript")
    context.close()


def test_a_browser_of_today_says_nothing_of_the_kind(running: RunningOffice, pages: list[Page]) -> None:
    for page in pages:
        expect(page.locator("#too-old")).to_be_hidden()
        expect(page.locator("#no-storage")).to_be_hidden()
