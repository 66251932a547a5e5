"""Pages and the service behind them: what people see when the line breaks, and how soon."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.pages.conftest import Opener, RunningOffice
from tests.pages.looks import on_screen
from tests.pages.test_admin_page import admin
from tests.pages.test_counter_page import counter


def test_a_dead_service_is_known_by_the_end_of_its_stream(running: RunningOffice, open_page: Opener) -> None:
    page = open_page(running.page_address("kiosk"))
    on_screen(page, "home")
    page.clock.install(time=time.time())
    page.clock.pause_at(time.time() + 1)  # so that nothing but the stream can tell it
    running.service.stopped.set()
    page.wait_for_selector("#stage[data-screen=down]", timeout=15_000)


def lose_the_service(running: RunningOffice, page: Page) -> None:
    page.clock.install(time=time.time())
    page.clock.pause_at(time.time() + 1)  # so that nothing but the stream can tell it
    running.service.stopped.set()
    expect(page.locator(".lost")).to_contain_text("Mất liên lạc với máy chủ", timeout=15_000)


def test_a_clerk_knows_a_dead_service_by_the_end_of_its_stream(running: RunningOffice, open_page: Opener) -> None:
    page = counter(running, open_page)
    expect(page.locator(".lost")).to_have_count(0)
    lose_the_service(running, page)


def test_an_administrator_knows_a_dead_service_by_the_end_of_its_stream(
    running: RunningOffice, open_page: Opener
) -> None:
    page = admin(running, open_page, "devices")
    expect(page.locator(".headline")).to_be_visible()
    expect(page.locator(".lost")).to_be_hidden()
    lose_the_service(running, page)
