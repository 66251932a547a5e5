"""The keys "clearer" and "larger letters" on filing PC and phone; pages for reading with large letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.pages.axe import short_of_ten
from tests.pages.boxes import faults_of
from tests.pages.conftest import Opener, RunningOffice
from tests.pages.kiosk_walk import press

LEAST_PX = 13
ASIDE = "document.documentElement.scrollWidth - innerWidth"


def filing(office: RunningOffice, open_page: Opener, width: int = 1366, height: int = 768) -> Page:
    page = open_page(office.page_address("kiosk").replace("/kiosk", "/filing"), width, height)
    page.wait_for_selector(".guide")
    return page


def test_the_filing_pc_comes_to_ten_to_one_until_its_citizen_is_gone(office: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{office.address}/healthz", 1366, 768)
    page.clock.install()
    page.goto(office.page_address("kiosk").replace("/kiosk", "/filing"))
    page.wait_for_selector(".guide")
    press(page, ".contrast")
    press(page, ".larger")
    faults = short_of_ten(page, "start")
    press(page, ".guide")
    page.wait_for_selector(".steps li")
    faults += short_of_ten(page, "guide")
    assert faults == []
    expect(page.locator(".larger")).to_have_attribute("aria-pressed", "true")
    page.clock.run_for(80_000)
    page.wait_for_selector(".guide")
    expect(page.locator("html:not([data-contrast])")).to_have_count(1)
    assert page.evaluate("document.documentElement.style.fontSize") == ""
    expect(page.locator(".eases [aria-pressed=true]")).to_have_count(0)


def test_a_phone_comes_to_ten_to_one_and_moves_nothing_if_asked(office: RunningOffice, open_page: Opener) -> None:
    for _ in range(2):
        taken = office.send("POST", "/api/v1/tickets", "kiosk", {"service": "DD"})
    page = open_page(f"{office.address}/t/{taken['public_token']}", 360, 740)
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_selector("#ticket .slip")
    press(page, ".contrast")
    faults = short_of_ten(page, "waiting")
    office.send("POST", "/api/v1/counters/3/call-next", "counter", {}, "3")
    office.send("POST", "/api/v1/counters/3/call-next", "counter", {"finish_current": "complete"}, "3")
    page.wait_for_selector("#ticket .slip.called")
    faults += short_of_ten(page, "called")
    office.send("POST", f"/api/v1/tickets/{taken['id']}/complete", "counter", {}, "3")
    page.wait_for_selector("#ticket [data-level]")
    faults += short_of_ten(page, "faces")
    press(page, "[data-level=not_satisfied]")
    page.wait_for_selector("#ticket [data-reason]")
    faults += short_of_ten(page, "reasons")
    press(page, "[data-reason=long_wait]")
    page.wait_for_selector("#ticket .rate:not(:has([data-reason]))")
    assert faults + short_of_ten(page, "thanks") == []
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("width", [1366, 683])
def test_nothing_of_the_filing_pc_is_cut_with_large_letters(
    office: RunningOffice, open_page: Opener, width: int
) -> None:
    """683 px: a window of 1366 that its browser magnifies as well."""
    page = filing(office, open_page, width, 4000)
    press(page, ".larger")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") >= 60
    faults = [f"start: {one}" for one in faults_of(page, 2 * LEAST_PX)]
    aside = [page.evaluate(ASIDE)]
    press(page, ".guide")
    page.wait_for_selector(".steps li")
    faults += [f"guide: {one}" for one in faults_of(page, 2 * LEAST_PX)]
    assert faults == [] and [*aside, page.evaluate(ASIDE)] == [0, 0]


@pytest.mark.parametrize("path", ["/procedures", "/procedures?q=khai sinh", "/"])
def test_nothing_of_a_page_for_reading_is_cut_with_large_letters(
    office: RunningOffice, open_page: Opener, path: str
) -> None:
    """As a telephone shows it whose owner chose letters twice as large."""
    page = open_page(f"{office.address}{path}", 320, 12_000)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("for (const one of [...document.querySelectorAll('details')].slice(0, 2)) one.open = true")
    assert faults_of(page, 2 * LEAST_PX) == []
    assert page.evaluate(ASIDE) == 0
