"""What a citizen reads on a phone after scanning the TV's code."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.pages.conftest import RunningOffice

Opener = Callable[..., Page]


def test_each_procedure_opens_with_its_time_and_fee(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/procedures", 390, 844)
    birth = page.locator("details", has_text="Đăng ký khai sinh").first
    expect(birth.locator("dd").first).to_be_hidden()
    birth.locator("summary").click()
    expect(birth.locator("dl")).to_contain_text("Trong ngày")
    expect(birth.locator("dl")).to_contain_text("Miễn phí nếu đúng hạn")
    expect(page.locator("details")).to_have_count(37)


def test_nothing_stands_beside_a_narrow_screen(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(f"{running.address}/procedures", 320, 640)
    for closed in page.locator("summary").all():
        closed.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
